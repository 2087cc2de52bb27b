import { type Clock, regionPrefix } from '@dual-random/kernel'
import type { OutboxRelay } from '@dual-random/messaging'
import { aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { DrawnLists, DrawnSubjects, SubjectQuery } from '../app/ports.ts'
import { cityListId, type DrawnList, listIdOf } from '../domain/drawn-list.ts'
import type { DrawnSubject, SubjectEvent } from '../domain/drawn-subject.ts'
import { beginning, scopeFilter } from './scope-filter.ts'

interface Options<Tell> {
  readonly relay: OutboxRelay
  readonly clock: Clock
  readonly tell: Tell
}

const after = (id: string | undefined): Filter => (id === undefined ? {} : { _id: { $gt: id } })

/** Lists of drawn subjects, that of the organiser's city under the draw's id. */
export function drawnListStore(store: Store, { relay, clock, tell }: Options<(list: DrawnList) => NewEvent>): DrawnLists {
  const lists = aggregates<DrawnList>(store, {
    collection: 'drawn_lists',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { regionCode: 1, _id: 1 } }],
    service: 'publication',
    relay,
    clock,
  })
  const stateOf = async (id: string): Promise<DrawnList | undefined> => (await lists.load(id))?.state
  return {
    load: async (drawId, regionCode) => {
      const organisers = await stateOf(drawId)
      return regionCode === undefined || organisers?.regionCode === regionCode ? organisers : stateOf(cityListId(drawId, regionCode))
    },
    open: async (list) => {
      const id = listIdOf(list)
      await lists.create(id, list, [tell(list)])
      return (await stateOf(id)) ?? list
    },
    list: async ({ regionCode }, page) => {
      const ofRegion: Filter = regionCode === undefined ? {} : { regionCode: beginning(regionPrefix(regionCode)) }
      const found = await lists.find({ ...ofRegion, ...after(page.after) }, { limit: page.limit })
      return found.map(({ state }) => state)
    },
  }
}

/** The subjects of these lists, one document each: a provincial draw has thousands, and each has its own way to the channel. */
export function drawnSubjectStore(
  store: Store,
  { relay, clock, tell }: Options<(event: SubjectEvent, subject: DrawnSubject) => NewEvent>,
): DrawnSubjects {
  const subjects = aggregates<DrawnSubject>(store, {
    collection: 'drawn_subjects',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [
      { fields: { 'state.drawId': 1, _id: 1 } },
      { fields: { unitId: 1, 'state.status': 1, _id: 1 } },
      { fields: { regionCode: 1, 'state.status': 1, _id: 1 } },
      { fields: { 'state.push.retryAt': 1 }, partial: { 'state.status': 'pending' } },
      { fields: { 'state.deadline.endsAt': 1 }, partial: { 'state.status': 'pending' } },
    ],
    service: 'publication',
    relay,
    clock,
  })
  const idsOf = async (filter: Filter, sort: Readonly<Record<string, 1>>, limit: number): Promise<readonly string[]> =>
    (await subjects.find(filter, { sort, limit })).map(({ id }) => id)
  return {
    open: async (opened) => {
      await subjects.saveMany(opened.map((state) => ({ id: state.subjectId, state, events: [] })))
    },
    change: async (id, decide) => {
      const saved = await subjects.update(id, (current) => {
        const change = current === undefined ? undefined : decide(current.state)
        if (change === undefined) return undefined
        return { state: change.subject, events: change.events.map((event) => tell(event, change.subject)) }
      })
      return saved?.state
    },
    list: async (query, page) => {
      const found = await subjects.find({ ...subjectFilter(query), ...after(page.after) }, { limit: page.limit })
      return found.map(({ state }) => state)
    },
    count: (query) => subjects.count(subjectFilter(query)),
    newlyOverdue: (now, limit) =>
      idsOf(
        {
          'state.status': 'pending',
          'state.deadline.endsAt': { $lt: now },
          'state.overdueSince': { $exists: false },
          'state.confirmed': { $exists: false },
        },
        { 'state.deadline.endsAt': 1 },
        limit,
      ),
    duePushes: (systemNow, limit) =>
      idsOf({ 'state.status': 'pending', 'state.push.retryAt': { $lte: systemNow } }, { 'state.push.retryAt': 1 }, limit),
    provisional: (page) =>
      idsOf({ 'state.status': 'pending', 'state.deadline.provisional': true, ...after(page.after) }, { _id: 1 }, page.limit),
  }
}

const subjectFilter = ({ scope, drawId, regionCode, status, overdue, isPublic }: SubjectQuery): Filter => ({
  ...(scope === undefined ? {} : scopeFilter(scope)),
  ...(drawId === undefined ? {} : { 'state.drawId': drawId }),
  ...(regionCode === undefined ? {} : { 'state.regionCode': regionCode }),
  ...(status === undefined ? {} : { 'state.status': status }),
  ...(overdue === undefined ? {} : { 'state.overdueSince': { $exists: overdue } }),
  ...(isPublic === undefined ? {} : { 'state.confirmed': { $exists: isPublic } }),
})
