import { chinaDateOf, err, type Instant, type LocalDate, ok, type Result } from '@dual-random/kernel'
import type { Task, TaskChange } from './task.ts'

/** Until when a delegate owes its feedback; provisional while a year of the working calendar is not known. */
export interface FeedbackDue {
  readonly date: LocalDate
  readonly provisional: boolean
}

/** What a delegate reports in writing: a text, a document known by its digest, or both. */
export interface FeedbackContent {
  readonly text?: string
  readonly document?: { readonly digest: string; readonly title: string }
}

/** The written feedback of a delegate to the unit that delegated (DRW-12), owed once the check is done. */
export type Feedback =
  | { readonly status: 'MISSING'; readonly due?: FeedbackDue }
  | (FeedbackContent & {
      readonly status: 'GIVEN'
      readonly due?: FeedbackDue
      readonly by: string
      readonly at: Instant
      /** After its due date; never where there is none. */
      readonly late: boolean
    })

/** When the feedback on a check that ended is due; undefined where policy sets no days. */
export type CountFeedbackDue = (completedAt: Instant) => FeedbackDue | undefined

/** Missing from now on; undefined for a task that nobody was delegated, is not completed, or that has its feedback asked for already. */
export function askFeedback(task: Task, dueOf: CountFeedbackDue): TaskChange | undefined {
  if (task.delegation === undefined || task.completedAt === undefined || task.feedback !== undefined) return undefined
  return { task: { ...task, feedback: missingAfter(task.completedAt, dueOf) }, events: [] }
}

function missingAfter(completedAt: Instant, dueOf: CountFeedbackDue): Feedback {
  const due = dueOf(completedAt)
  return { status: 'MISSING', ...(due === undefined ? {} : { due }) }
}

export type FeedbackRefusal =
  | { readonly code: 'task-not-delegated' }
  | { readonly code: 'task-not-completed' }
  | { readonly code: 'feedback-empty' }
  | { readonly code: 'feedback-given' }

/** Undefined where the same was given before. */
export function giveFeedback(
  task: Task,
  content: FeedbackContent,
  { by, at, dueOf }: { readonly by: string; readonly at: Instant; readonly dueOf: CountFeedbackDue },
): Result<TaskChange | undefined, FeedbackRefusal> {
  if (task.delegation === undefined) return err({ code: 'task-not-delegated' })
  if (task.completedAt === undefined) return err({ code: 'task-not-completed' })
  if (content.text === undefined && content.document === undefined) return err({ code: 'feedback-empty' })
  const { status, due, ...given } = task.feedback ?? missingAfter(task.completedAt, dueOf)
  if (status === 'GIVEN') return isSame(given, content) ? ok(undefined) : err({ code: 'feedback-given' })
  const late = due !== undefined && chinaDateOf(at) > due.date
  const feedback: Feedback = { status: 'GIVEN', ...(due === undefined ? {} : { due }), ...content, by, at, late }
  return ok({
    task: { ...task, feedback, trace: [...task.trace, { at, what: 'FEEDBACK_GIVEN', by }] },
    events: [{ type: 'feedback-given', givenAt: at, late }],
  })
}

const isSame = (given: FeedbackContent, content: FeedbackContent): boolean =>
  given.text === content.text && given.document?.digest === content.document?.digest && given.document?.title === content.document?.title

/** Where the feedback on a task stands: missing from its completion on; undefined while none is owed. */
export const feedbackOf = ({ delegation, completedAt, feedback }: Task): Feedback | undefined =>
  feedback ?? (delegation === undefined || completedAt === undefined ? undefined : { status: 'MISSING' })

/** Missing after its due date. */
export const isFeedbackOverdue = (feedback: Feedback, on: LocalDate): boolean =>
  feedback.status === 'MISSING' && feedback.due !== undefined && feedback.due.date < on
