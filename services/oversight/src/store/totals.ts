import { type LocalDate, regionPrefix } from '@dual-random/kernel'
import type { Filter, Projection } from '@dual-random/mongo'
import type { Scope, Totals } from '../app/ports.ts'
import type { ComputedMeasure } from '../domain/measures.ts'
import type { Period } from '../domain/period.ts'
import { type Contributions, joined } from './contribution-stores.ts'

type Query = (scope: Filter, period: Period, asOf: LocalDate) => Promise<number>

/** Totals by query over the contributions: nothing is ever incremented, so nothing can be counted twice. */
export function totals({ tasks, results, followUps, publications, draws, jointTasks, plans, objections }: Contributions): Totals {
  const queries: Readonly<Record<ComputedMeasure, Query>> = {
    // A visit counts once, on the day the first of its checks ended.
    DOUBLE_RANDOM_VISITS: (scope, period) =>
      sum(tasks, [
        { $match: { ...scope, 'state.checkedOn': { $gt: '', $lte: period.end } } },
        { $group: { _id: '$state.visitId', first: { $min: '$state.checkedOn' } } },
        { $match: { first: { $gte: period.start } } },
        { $group: { _id: null, total: { $sum: 1 } } },
      ]),
    TASKS_COMPLETED: (scope, period) => tasks.count(completed(scope, period)),
    JOINT_TASKS_COMPLETED: (scope, period) => tasks.count({ ...completed(scope, period), 'state.planType': 'JOINT' }),
    RESULTS_PUBLISHED_ON_TIME: (scope, period) =>
      publications.count({ ...scope, 'state.dueDate': within(period), 'state.outcome': 'ON_TIME' }),
    RESULTS_DUE_NOT_EXEMPT: async (scope, period, asOf) => {
      const published = await publications.count({
        ...scope,
        'state.dueDate': within(period),
        'state.outcome': { $in: ['ON_TIME', 'LATE'] },
      })
      const unpublished = { $gte: period.start, $lte: period.end, $lt: asOf }
      return published + (await publications.count({ ...scope, 'state.dueDate': unpublished, 'state.outcome': 'SCHEDULED' }))
    },
    PROBLEMS_FOUND: (scope, period) => results.count({ ...scope, 'state.recordedOn': within(period), 'state.problem': true }),
    // Of the problems found in the period, whenever they were closed.
    PROBLEMS_CLOSED: (scope, period) =>
      sum(followUps, [
        { $match: { ...scope, 'state.closed': true } },
        { $lookup: { from: joined.results, localField: 'state.resultId', foreignField: '_id', as: 'result' } },
        { $match: { 'result.state.recordedOn': within(period), 'result.state.problem': true } },
        { $group: { _id: null, total: { $sum: 1 } } },
      ]),
    TASKS_PLANNED: (scope, period) => sum(plans, linesOf(scope, period)),
    JOINT_TASKS_PLANNED: (scope, period) => sum(plans, linesOf({ ...scope, 'state.planType': 'JOINT' }, period)),
    OBJECTS_DRAWN: async (scope, period) => {
      const own = await sum(draws, [
        { $match: { ...scope, 'state.frozenOn': within(period) } },
        { $group: { _id: null, total: { $sum: '$state.drawn' } } },
      ])
      // What another city organised is no unit's own.
      return 'state.unitId' in scope ? own : own + (await sum(draws, drawnElsewhere(scope['state.regionCode'], period)))
    },
    JOINT_OBJECTS_DRAWN: (scope, period) =>
      sum(jointTasks, [
        { $match: scope },
        { $lookup: { from: joined.draws, localField: 'state.drawId', foreignField: '_id', as: 'draw' } },
        { $unwind: '$draw' },
        { $match: { 'draw.state.frozenOn': within(period) } },
        { $group: { _id: null, total: { $sum: '$draw.state.drawn' } } },
      ]),
  }

  const openInvestigations = (scope: Filter, period: Period): Promise<number> =>
    sum(results, [
      { $match: { ...scope, 'state.recordedOn': within(period), 'state.awaitsInvestigation': true } },
      { $lookup: { from: joined.followUps, localField: '_id', foreignField: 'state.resultId', as: 'followUp' } },
      { $match: { 'followUp.state.closed': { $ne: true } } },
      { $group: { _id: null, total: { $sum: 1 } } },
    ])

  return {
    count: (measure, scope, period, asOf) => queries[measure](scopeFilter(scope), period, asOf),
    beside: async (scope, period) => {
      const own = scopeFilter(scope)
      const filed = { ...own, 'state.filedOn': within(period) }
      return {
        objections: {
          filed: await objections.count(filed),
          open: await objections.count({ ...filed, 'state.outcome': 'OPEN' }),
          upheld: await objections.count({ ...filed, 'state.outcome': 'UPHELD' }),
        },
        openInvestigations: await openInvestigations(own, period),
        lapsedTasks: await tasks.count({ ...own, 'state.status': 'LAPSED', 'state.windowStart': within(period) }),
      }
    },
  }
}

const scopeFilter = ({ regionCode, unitId }: Scope): Filter => {
  const prefix = regionPrefix(regionCode)
  return { 'state.regionCode': { $gte: prefix, $lt: `${prefix}~` }, ...(unitId === undefined ? {} : { 'state.unitId': unitId }) }
}

const within = ({ start, end }: Period): Filter => ({ $gte: start, $lte: end })

const completed = (scope: Filter, period: Period): Filter => ({
  ...scope,
  'state.completedOn': within(period),
  'state.status': 'COMPLETED',
})

type Stages = Parameters<Projection<unknown>['aggregate']>[0]

/** What was drawn of a region's objects in draws that another city organised. */
const drawnElsewhere = (region: unknown, period: Period): Stages => [
  { $match: { 'state.elsewhere.regionCode': region, 'state.frozenOn': within(period) } },
  { $unwind: '$state.elsewhere' },
  { $match: { 'state.elsewhere.regionCode': region } },
  { $group: { _id: null, total: { $sum: '$state.elsewhere.drawn' } } },
]

/** A plan is of a year: its lines count in the period that holds the year's first day. */
const linesOf = (scope: Filter, { start }: Period): Stages => [
  { $match: { ...scope, 'state.year': start.endsWith('-01-01') ? Number(start.slice(0, 4)) : 0 } },
  { $group: { _id: null, total: { $sum: '$state.lines' } } },
]

async function sum<S>(projection: Projection<S>, pipeline: Stages): Promise<number> {
  const [row] = await projection.aggregate<{ readonly total: number }>(pipeline)
  return row?.total ?? 0
}
