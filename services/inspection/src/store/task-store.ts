import { appError } from '@dual-random/errors'
import type { TaskId } from '@dual-random/kernel'
import { type AggregateOptions, aggregates, type BulkChange, type Store } from '@dual-random/mongo'
import type { Page, TaskQuery, Tasks } from '../app/ports.ts'
import type { Task, TaskChange } from '../domain/task.ts'
import { groundsFilter } from './grounds-filter.ts'
import { taskEvent } from './task-events.ts'

export type StoreParts = Pick<AggregateOptions<never>, 'relay' | 'clock'>

const paths = { unitId: 'state.unitId', regionCode: 'state.regionCode', subject: 'state.team.members.subject' }

const open = { 'state.status': 'OPEN' }

const flag = 'state.team.members.unavailable.flaggedFrom'

/** All tasks of one visit: a handful of departments and plans. */
const perVisit = 500

const bulkAttempts = 5

const absentWhenUndefined = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** The lists' order and cursor: the id. */
export const pageOf = ({ limit, after }: Page) => ({ options: { limit }, filter: after === undefined ? {} : { _id: { $gt: after } } })

export function taskStore(store: Store, parts: StoreParts): Tasks {
  const tasks = aggregates<Task>(store, {
    ...parts,
    collection: 'tasks',
    service: 'inspection',
    scopeOf: (task) => task,
    indexes: [
      { fields: { 'state.team.members.subject': 1, _id: 1 } },
      { fields: { 'state.team.members.inspectorId': 1, _id: 1 } },
      { fields: { 'state.unitId': 1, _id: 1 } },
      { fields: { 'state.regionCode': 1, _id: 1 } },
      { fields: { 'state.drawId': 1, 'state.unitId': 1, _id: 1 } },
      { fields: { 'state.visitId': 1, _id: 1 } },
      { fields: { 'state.entryDue': 1 }, partial: { 'state.entryDue': { $exists: true } } },
    ],
  })
  const eventsOf = ({ task, events }: TaskChange) => events.map((event) => taskEvent(task, event))

  const changeMany = async (taskIds: readonly TaskId[], decide: (task: Task) => TaskChange | undefined): Promise<void> => {
    let left: readonly string[] = taskIds
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt === bulkAttempts) throw appError('version-conflict', 'version-conflict')
      const found = await tasks.loadMany(left)
      const changes = [...found.values()].flatMap((previous): BulkChange<Task>[] => {
        const change = decide(previous.state)
        return change === undefined ? [] : [{ id: previous.id, previous, state: change.task, events: eventsOf(change) }]
      })
      left = (await tasks.saveMany(changes)).conflicts
    }
  }

  return {
    get: async (taskId) => (await tasks.load(taskId))?.state,
    dispatch: async (changes) => {
      await tasks.saveMany(changes.map((change) => ({ id: change.task.taskId, state: change.task, events: eventsOf(change) })))
    },
    change: async (taskId, decide) => {
      const saved = await tasks.update(taskId, (current) => {
        const change = current === undefined ? undefined : decide(current.state)
        return change === undefined ? undefined : { state: change.task, events: eventsOf(change) }
      })
      return saved?.state
    },
    changeMany,
    list: async ({ grounds, status, drawId, planId, visitId, flaggedOn }: TaskQuery, page) => {
      const { options, filter } = pageOf(page)
      const wanted = absentWhenUndefined({
        'state.status': status,
        'state.drawId': drawId,
        'state.planId': planId,
        'state.visitId': visitId,
      })
      const flagged = flaggedOn === undefined ? {} : { $and: [{ ...open, [flag]: { $lte: flaggedOn } }] }
      const found = await tasks.find({ ...groundsFilter(grounds, paths), ...wanted, ...flagged, ...filter }, options)
      return found.map(({ state }) => state)
    },
    ofVisit: async (visitId) => (await tasks.find({ 'state.visitId': visitId }, { limit: perVisit })).map(({ state }) => state),
    openOf: async (inspectorId, page) => {
      const { options, filter } = pageOf(page)
      return (await tasks.find({ 'state.team.members.inspectorId': inspectorId, ...open, ...filter }, options)).map(({ state }) => state)
    },
    hasBegun: async (visitIds) => (await tasks.count({ 'state.visitId': { $in: visitIds }, 'state.results.0': { $exists: true } })) > 0,
    entryMissing: async (today, limit) => (await tasks.find({ 'state.entryDue': { $lt: today } }, { limit })).map(({ state }) => state),
  }
}
