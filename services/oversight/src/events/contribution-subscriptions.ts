import { events } from '@dual-random/contracts'
import type { Subscription } from '@dual-random/messaging'
import { type Evolve, type Projection, projectionSubscription } from '@dual-random/mongo'
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
import {
  evolveDraw,
  evolveFollowUp,
  evolveJointTask,
  evolveObjection,
  evolvePlan,
  evolvePublication,
  evolveResult,
  evolveTask,
} from './contributions.ts'

/** Where each kind of contribution is kept. */
export interface ContributionProjections {
  readonly tasks: Projection<TaskContribution>
  readonly results: Projection<ResultContribution>
  readonly followUps: Projection<FollowUpContribution>
  readonly publications: Projection<PublicationContribution>
  readonly draws: Projection<DrawContribution>
  readonly jointTasks: Projection<JointTaskContribution>
  readonly plans: Projection<PlanContribution>
  readonly objections: Projection<ObjectionContribution>
}

const feed = <S>({ topic }: { readonly topic: string }, projection: Projection<S>, evolve: Evolve<S>): Subscription =>
  projectionSubscription({ topic, projection, evolve })

/** Shape N→1: one contribution per source aggregate; totals are queries. */
export const contributionSubscriptions = (to: ContributionProjections): readonly Subscription[] => [
  feed(events.inspection.taskDispatched, to.tasks, evolveTask),
  feed(events.inspection.resultRecorded, to.results, evolveResult),
  feed(events.inspection.followUpOpened, to.followUps, evolveFollowUp),
  feed(events.publication.publicationScheduled, to.publications, evolvePublication),
  feed(events.publication.objectionFiled, to.objections, evolveObjection),
  feed(events.drawing.drawFrozen, to.draws, evolveDraw),
  feed(events.joint.jointTaskOpened, to.jointTasks, evolveJointTask),
  feed(events.planning.planPublished, to.plans, evolvePlan),
]
