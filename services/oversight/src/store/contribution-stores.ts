import { type IndexSpec, type Projection, projection, type Store } from '@dual-random/mongo'
import type {
  DrawContribution,
  FollowUpContribution,
  JointTaskContribution,
  ObjectionContribution,
  PlanContribution,
  PublicationContribution,
  ResultContribution,
  TaskContribution,
} from '../domain/contributions.ts'

export interface Contributions {
  readonly tasks: Projection<TaskContribution>
  readonly results: Projection<ResultContribution>
  readonly followUps: Projection<FollowUpContribution>
  readonly publications: Projection<PublicationContribution>
  readonly draws: Projection<DrawContribution>
  readonly jointTasks: Projection<JointTaskContribution>
  readonly plans: Projection<PlanContribution>
  readonly objections: Projection<ObjectionContribution>
}

/** The collections that totals join. */
export const joined = { results: 'result_contributions', followUps: 'follow_up_contributions', draws: 'draw_contributions' } as const

/** Holds every field its queries count by, so that a count reads the index alone. */
const byRegionAnd = (...fields: readonly string[]): IndexSpec => ({
  fields: Object.fromEntries(['regionCode', ...fields].map((field) => [`state.${field}`, 1 as const])),
})

export const contributionStores = (store: Store): Contributions => ({
  tasks: projection(store, {
    collection: 'task_contributions',
    indexes: [byRegionAnd('completedOn', 'status', 'planType'), byRegionAnd('checkedOn', 'visitId'), byRegionAnd('status', 'windowStart')],
  }),
  results: projection(store, { collection: joined.results, indexes: [byRegionAnd('recordedOn', 'problem')] }),
  followUps: projection(store, {
    collection: joined.followUps,
    indexes: [byRegionAnd('closed'), { fields: { 'state.resultId': 1 } }],
  }),
  publications: projection(store, { collection: 'publication_contributions', indexes: [byRegionAnd('dueDate', 'outcome')] }),
  draws: projection(store, {
    collection: joined.draws,
    indexes: [byRegionAnd('frozenOn'), { fields: { 'state.elsewhere.regionCode': 1 } }],
  }),
  jointTasks: projection(store, { collection: 'joint_task_contributions', indexes: [byRegionAnd('drawId')] }),
  plans: projection(store, { collection: 'plan_contributions', indexes: [byRegionAnd('year')] }),
  objections: projection(store, { collection: 'objection_contributions', indexes: [byRegionAnd('filedOn')] }),
})
