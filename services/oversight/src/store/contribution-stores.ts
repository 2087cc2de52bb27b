import { type Projection, projection, type Store } from '@dual-random/mongo'
import type { CountMeasures } from '../app/ports.ts'
import type { FollowUpContribution, PublicationContribution, ResultContribution, TaskContribution } from '../domain/contributions.ts'
import { regionPrefixOf } from './region-prefix.ts'

export interface Contributions {
  readonly tasks: Projection<TaskContribution>
  readonly results: Projection<ResultContribution>
  readonly followUps: Projection<FollowUpContribution>
  readonly publications: Projection<PublicationContribution>
}

const byRegionAndYear = { fields: { 'state.regionCode': 1, 'state.year': 1 } } as const

export const contributionStores = (store: Store): Contributions => ({
  tasks: projection<TaskContribution>(store, { collection: 'task_contributions', indexes: [byRegionAndYear] }),
  results: projection<ResultContribution>(store, { collection: 'result_contributions', indexes: [byRegionAndYear] }),
  followUps: projection<FollowUpContribution>(store, { collection: 'follow_up_contributions', indexes: [byRegionAndYear] }),
  publications: projection<PublicationContribution>(store, { collection: 'publication_contributions', indexes: [byRegionAndYear] }),
})

/** Totals by query over the contributions: nothing is ever incremented, so nothing can be counted twice. */
export const countMeasures =
  ({ tasks, results, followUps, publications }: Contributions): CountMeasures =>
  async (regionCode, year, asOf) => {
    const own = { 'state.regionCode': { $gte: regionPrefixOf(regionCode), $lt: `${regionPrefixOf(regionCode)}~` }, 'state.year': year }
    const visits = await tasks.aggregate<{ readonly count: number }>([
      { $match: { ...own, 'state.status': { $ne: 'OPEN' } } },
      { $group: { _id: '$state.visitId' } },
      { $count: 'count' },
    ])
    const visited = visits[0]?.count ?? 0
    const [completed, jointCompleted, onTime, late, overdue, problems, closed] = await Promise.all([
      tasks.count({ ...own, 'state.status': 'COMPLETED' }),
      tasks.count({ ...own, 'state.status': 'COMPLETED', 'state.planType': 'JOINT' }),
      publications.count({ ...own, 'state.outcome': 'ON_TIME' }),
      publications.count({ ...own, 'state.outcome': 'LATE' }),
      publications.count({ ...own, 'state.outcome': 'SCHEDULED', 'state.dueDate': { $lt: asOf } }),
      results.count({ ...own, 'state.problem': true }),
      followUps.count({ ...own, 'state.closed': true }),
    ])
    return {
      DOUBLE_RANDOM_VISITS: visited,
      ALL_VISITS: visited,
      JOINT_TASKS_COMPLETED: jointCompleted,
      TASKS_COMPLETED: completed,
      RESULTS_PUBLISHED_ON_TIME: onTime,
      RESULTS_DUE_NOT_EXEMPT: onTime + late + overdue,
      PROBLEMS_CLOSED: closed,
      PROBLEMS_FOUND: problems,
    }
  }
