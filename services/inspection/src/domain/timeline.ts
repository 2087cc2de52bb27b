import type { Instant } from '@dual-random/kernel'
import type { FollowUp } from './follow-up.ts'
import type { CheckResult } from './result.ts'

export interface TimelineStep {
  readonly at: Instant
  readonly what: 'RESULT_ENTERED' | 'FOLLOW_UP_OPENED' | 'ESCALATED' | 'CLOSED'
  readonly by?: string
  /** Result type, kind of follow-up, region it was escalated to, or outcome. */
  readonly detail: string
}

/** The chain from a result to its end, with an explicit closed state (监管闭环, FUP-17). */
export interface Timeline {
  readonly closed: boolean
  readonly steps: readonly TimelineStep[]
}

/** A result that opens nothing is closed by itself; one whose follow-up is not known yet is open. */
export function timelineOf(result: CheckResult, followUp: FollowUp | undefined): Timeline {
  const entered: TimelineStep = { at: result.enteredAt, what: 'RESULT_ENTERED', by: result.enteredBy, detail: result.resultType }
  if (followUp === undefined) return { closed: result.opens === undefined, steps: [entered] }
  const { escalated, closing } = followUp
  return {
    closed: closing !== undefined,
    steps: [
      entered,
      { at: followUp.openedAt, what: 'FOLLOW_UP_OPENED', detail: followUp.kind },
      ...(escalated === undefined ? [] : [{ at: escalated.at, what: 'ESCALATED' as const, detail: escalated.toRegionCode }]),
      ...(closing === undefined ? [] : [{ at: closing.at, what: 'CLOSED' as const, by: closing.by, detail: closing.outcome }]),
    ],
  }
}
