import { events, planTypes } from '@dual-random/contracts'
import { chinaDateOf, yearOf } from '@dual-random/kernel'
import { decodePayload, type ReceivedEvent, type Subscription } from '@dual-random/messaging'
import { type Projection, projectionSubscription } from '@dual-random/mongo'
import {
  completeTask,
  type FollowUpContribution,
  type PublicationContribution,
  type ResultContribution,
  type TaskContribution,
} from '../domain/contributions.ts'

/** Where each kind of contribution is kept. */
export interface ContributionProjections {
  readonly tasks: Projection<TaskContribution>
  readonly results: Projection<ResultContribution>
  readonly followUps: Projection<FollowUpContribution>
  readonly publications: Projection<PublicationContribution>
}

const yearOfEvent = (event: ReceivedEvent): number => yearOf(chinaDateOf(event.at))

const { inspection, publication } = events

function evolveTask(state: TaskContribution | undefined, event: ReceivedEvent): TaskContribution | undefined {
  if (event.type === inspection.taskDispatched.type) {
    const { regionCode, visitId, planType, window } = decodePayload(inspection.taskDispatched, event)
    const year = Number(window?.start.slice(0, 4) ?? yearOfEvent(event))
    return { regionCode, year, visitId, planType: planTypes.toName(planType) ?? 'INTERNAL', status: 'OPEN' }
  }
  if (state === undefined) return undefined
  if (event.type === inspection.taskMerged.type) return { ...state, visitId: decodePayload(inspection.taskMerged, event).visitId }
  if (event.type === inspection.taskCompleted.type) return completeTask(state)
  if (event.type === inspection.taskLapsed.type) return { ...state, status: 'LAPSED' }
  return state
}

function evolveResult(state: ResultContribution | undefined, event: ReceivedEvent): ResultContribution | undefined {
  if (event.type !== inspection.resultRecorded.type) return state
  const { regionCode, opensFollowUp } = decodePayload(inspection.resultRecorded, event)
  return { regionCode, year: yearOfEvent(event), problem: opensFollowUp }
}

function evolveFollowUp(state: FollowUpContribution | undefined, event: ReceivedEvent): FollowUpContribution | undefined {
  if (event.type === inspection.followUpOpened.type) {
    return { regionCode: decodePayload(inspection.followUpOpened, event).regionCode, year: yearOfEvent(event), closed: false }
  }
  return event.type === inspection.followUpClosed.type && state !== undefined ? { ...state, closed: true } : state
}

function evolvePublication(state: PublicationContribution | undefined, event: ReceivedEvent): PublicationContribution | undefined {
  if (event.type === publication.publicationScheduled.type) {
    const { regionCode, dueDate } = decodePayload(publication.publicationScheduled, event)
    return { regionCode, year: Number(dueDate.slice(0, 4)), dueDate, outcome: state?.outcome ?? 'SCHEDULED' }
  }
  if (state === undefined) return undefined
  if (event.type === publication.publicationPublished.type) {
    return { ...state, outcome: decodePayload(publication.publicationPublished, event).onTime ? 'ON_TIME' : 'LATE' }
  }
  return event.type === publication.publicationExempted.type ? { ...state, outcome: 'EXEMPT' } : state
}

/** Shape N→1: one contribution per source aggregate; totals are queries. */
export const contributionSubscriptions = ({
  tasks,
  results,
  followUps,
  publications,
}: ContributionProjections): readonly Subscription[] => [
  projectionSubscription({ topic: inspection.taskDispatched.topic, projection: tasks, evolve: evolveTask }),
  projectionSubscription({ topic: inspection.resultRecorded.topic, projection: results, evolve: evolveResult }),
  projectionSubscription({ topic: inspection.followUpOpened.topic, projection: followUps, evolve: evolveFollowUp }),
  projectionSubscription({ topic: publication.publicationScheduled.topic, projection: publications, evolve: evolvePublication }),
]
