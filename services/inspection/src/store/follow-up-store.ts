import { events } from '@dual-random/contracts'
import { assertNever } from '@dual-random/kernel'
import { aggregates, type NewEvent, newEvent, type Store } from '@dual-random/mongo'
import type { FollowUps } from '../app/ports.ts'
import type { FollowUp, FollowUpChange, FollowUpEvent } from '../domain/follow-up.ts'
import { groundsFilter } from './grounds-filter.ts'
import { pageOf, type StoreParts } from './task-store.ts'

const paths = { unitId: 'state.unitId', regionCode: 'state.regionCode', subject: 'state.subjects' }

export function followUpStore(store: Store, parts: StoreParts): FollowUps {
  const followUps = aggregates<FollowUp>(store, {
    ...parts,
    collection: 'follow_ups',
    service: 'inspection',
    scopeOf: (followUp) => followUp,
    indexes: [
      { fields: { 'state.unitId': 1, _id: 1 } },
      { fields: { 'state.regionCode': 1, _id: 1 } },
      { fields: { 'state.subjects': 1, _id: 1 } },
      { fields: { 'state.object.objectId': 1, 'state.status': 1 } },
      { fields: { 'state.status': 1, 'state.dueDate': 1 } },
    ],
  })
  return {
    get: async (followUpId) => (await followUps.load(followUpId))?.state,
    open: async (change) => {
      await followUps.create(change.followUp.followUpId, change.followUp, eventsOf(change))
    },
    change: async (followUpId, decide) => {
      const saved = await followUps.update(followUpId, (current) => {
        const change = current === undefined ? undefined : decide(current.state)
        return change === undefined ? undefined : { state: change.followUp, events: eventsOf(change) }
      })
      return saved?.state
    },
    list: async ({ grounds, status, kind, escalated }, page) => {
      const { options, filter } = pageOf(page)
      const wanted = {
        ...(status === undefined ? {} : { 'state.status': status }),
        ...(kind === undefined ? {} : { 'state.kind': kind }),
        ...(escalated === undefined ? {} : { 'state.escalated': { $exists: escalated } }),
      }
      return (await followUps.find({ ...groundsFilter(grounds, paths), ...wanted, ...filter }, options)).map(({ state }) => state)
    },
    openOfObject: async (objectId, limit) =>
      (await followUps.find({ 'state.object.objectId': objectId, 'state.status': 'OPEN' }, { limit })).map(({ state }) => state),
    overdue: async (today, limit) =>
      (
        await followUps.find({ 'state.status': 'OPEN', 'state.dueDate': { $lt: today }, 'state.escalated': { $exists: false } }, { limit })
      ).map(({ state }) => state),
  }
}

const eventsOf = ({ followUp, events: told }: FollowUpChange): NewEvent[] => told.map(({ type }) => followUpEvent(followUp, type))

function followUpEvent(followUp: FollowUp, type: FollowUpEvent['type']): NewEvent {
  const { followUpId, resultId, taskId, regionCode, unitId, kind, dueDate, escalated, closing } = followUp
  const ids = { followUpId, resultId, regionCode, unitId }
  switch (type) {
    case 'opened':
      return newEvent(events.inspection.followUpOpened, { ...ids, taskId, kind, dueDate })
    case 'escalated':
      return newEvent(events.inspection.followUpEscalated, {
        ...ids,
        dueDate: dueDate ?? '',
        escalatedToRegionCode: escalated?.toRegionCode ?? '',
      })
    case 'closed':
      return newEvent(events.inspection.followUpClosed, { ...ids, outcome: closing?.outcome ?? '' })
    default:
      return assertNever(type)
  }
}
