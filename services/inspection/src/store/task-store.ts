import { appError } from '@dual-random/errors'
import type { TaskId } from '@dual-random/kernel'
import { type AggregateOptions, aggregates, type BulkChange, type Store } from '@dual-random/mongo'
import type { Page, TaskQuery, Tasks } from '../app/ports.ts'
import { openedModes, openingGrounds } from '../domain/opening.ts'
import type { Task, TaskChange } from '../domain/task.ts'
import { groundsFilter } from './grounds-filter.ts'
import { taskEvent } from './task-events.ts'

export type StoreParts = Pick<AggregateOptions<never>, 'relay' | 'clock'>

const paths = {
  unitId: 'state.unitId',
  delegateUnitId: 'state.delegation.toUnitId',
  regionCode: 'state.regionCode',
  subject: 'state.team.members.subject',
}

const toDo = { 'state.status': { $nin: ['COMPLETED', 'WITHDRAWN'] } }

const flag = 'state.team.members.unavailable.flaggedFrom'

/** All tasks of one visit: a handful of departments and plans. */
const perVisit = 500

const bulkAttempts = 5

const absentWhenUndefined = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** A completed check is missing its feedback from that moment on, even before its due date was counted. */
function feedbackFilter({ status, dueBefore }: NonNullable<TaskQuery['feedback']>) {
  if (status === 'GIVEN') return { 'state.feedback.status': status }
  if (dueBefore !== undefined) return { 'state.feedback.status': status, 'state.feedback.due.date': { $lt: dueBefore } }
  return { 'state.delegation': { $exists: true }, 'state.status': 'COMPLETED', 'state.feedback.status': { $ne: 'GIVEN' } }
}

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
      { fields: { 'state.delegation.toUnitId': 1, _id: 1 }, partial: { 'state.delegation.toUnitId': { $exists: true } } },
      { fields: { 'state.drawId': 1, 'state.unitId': 1, _id: 1 } },
      { fields: { 'state.visitId': 1, _id: 1 } },
      { fields: { 'state.recusals.status': 1, _id: 1 }, partial: { 'state.recusals.status': { $exists: true } } },
      { fields: { 'state.onSite.override.rule': 1 }, partial: { 'state.onSite.override.rule': { $exists: true } } },
      { fields: { 'state.opening.override.rule': 1 }, partial: { 'state.opening.override.rule': { $exists: true } } },
      { fields: { 'state.opening.untriggered.rule': 1 }, partial: { 'state.opening.untriggered.rule': { $exists: true } } },
      { fields: { 'state.entryDue': 1 }, partial: { 'state.entryDue': { $exists: true } } },
    ],
  })
  const eventsOf = ({ task, events }: TaskChange) => events.flatMap((event) => taskEvent(task, event) ?? [])

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
    list: async ({ grounds, status, drawId, planId, visitId, checkBatch, flaggedOn, feedback }: TaskQuery, page) => {
      const { options, filter } = pageOf(page)
      const wanted = absentWhenUndefined({
        'state.status': status,
        'state.drawId': drawId,
        'state.planId': planId,
        'state.visitId': visitId,
        'state.checkBatch': checkBatch,
      })
      const further = [
        ...(flaggedOn === undefined ? [] : [{ ...toDo, [flag]: { $lte: flaggedOn } }]),
        ...(feedback === undefined ? [] : [feedbackFilter(feedback)]),
      ]
      const found = await tasks.find(
        { ...groundsFilter(grounds, paths), ...wanted, ...(further.length === 0 ? {} : { $and: further }), ...filter },
        options,
      )
      return found.map(({ state }) => state)
    },
    recused: async ({ viewer, statuses, taskId }, page) => {
      const { options, filter } = pageOf(page)
      const readable = [
        { 'state.recusals.subjects': viewer.subject },
        { 'state.recusals.enteredBy': viewer.subject },
        { 'state.unitId': viewer.unitId },
        { 'state.organiserUnitId': viewer.unitId },
        { 'state.delegation.toUnitId': viewer.unitId },
      ]
      const wanted = { 'state.recusals.status': { $in: [...statuses] }, ...(taskId === undefined ? {} : { 'state.taskId': taskId }) }
      return (await tasks.find({ $or: readable, ...wanted, ...filter }, options)).map(({ state }) => state)
    },
    ofVisit: async (visitId) => (await tasks.find({ 'state.visitId': visitId }, { limit: perVisit })).map(({ state }) => state),
    openBefore: ({ drawId, unitId, checkBatch }) =>
      tasks.count({
        'state.drawId': drawId,
        'state.unitId': unitId,
        'state.status': 'OPEN',
        'state.checkBatch': { $lt: checkBatch },
        'state.team.members.0': { $exists: true },
      }),
    toDoOf: async (inspectorId, page) => {
      const { options, filter } = pageOf(page)
      return (await tasks.find({ 'state.team.members.inspectorId': inspectorId, ...toDo, ...filter }, options)).map(({ state }) => state)
    },
    hasBegun: async (visitIds) => (await tasks.count({ 'state.visitId': { $in: visitIds }, 'state.results.0': { $exists: true } })) > 0,
    overridden: async function* overridden(regionCode) {
      const overrides = ['onSite.override', 'opening.override', 'opening.untriggered'].map((member) => ({
        [`state.${member}.rule`]: { $exists: true },
      }))
      const within = { ...groundsFilter([{ kind: 'REGION', regionCode }], paths), $or: overrides }
      for await (const { state } of tasks.scan(within)) yield state
    },
    countChecks: async (regionCode, year) => {
      const ofYear = {
        ...groundsFilter([{ kind: 'REGION', regionCode }], paths),
        'state.status': { $ne: 'WITHDRAWN' },
        'state.window.start': { $gte: `${year}-01-01`, $lte: `${year}-12-31` },
      }
      const count = (further: Readonly<Record<string, unknown>>) => tasks.count({ ...ofYear, ...further })
      const opened = await Promise.all(
        openingGrounds.flatMap((ground) =>
          openedModes.map(async (mode) => ({
            ground,
            mode,
            checks: await count({ 'state.opening.ground': ground, 'state.opening.mode': mode }),
          })),
        ),
      )
      return { drawn: await count({ 'state.opening': { $exists: false } }), opened: opened.filter(({ checks }) => checks > 0) }
    },
    completedOf: async function* completedOf(regionCode, year) {
      const within = {
        ...groundsFilter([{ kind: 'REGION', regionCode }], paths),
        'state.status': 'COMPLETED',
        'state.window.start': { $gte: `${year}-01-01`, $lte: `${year}-12-31` },
      }
      for await (const { state } of tasks.scan(within)) yield state
    },
    entryMissing: async (today, limit) => (await tasks.find({ 'state.entryDue': { $lt: today } }, { limit })).map(({ state }) => state),
  }
}
