import { assertNever, err, type Instant, type LocalDate, ok, type RegionCode, type Result, type UnitId } from '@dual-random/kernel'
import type { Act } from './plan.ts'

/** A clue (问题线索) as it came in. Its id is public once a draw names it, so it is made by chance and tells nothing (DRW-25). */
export interface ClueFacts {
  readonly clueId: string
  readonly regionCode: RegionCode
  /** The unit that received it and answers for it. */
  readonly unitId: UnitId
  /** Code of policy `clue.sources`; OTHER where the list is open. */
  readonly source: string
  readonly sourceNote?: string
  /** What the source calls it: number of a complaint, of a letter of assignment, of a warning. */
  readonly reference?: string
  readonly receivedAt: Instant
  readonly matter: string
  /** GB/T 4754 code with section letter. */
  readonly industry?: string
  readonly placeRegionCode?: RegionCode
  /** Whom a case clue (个案线索) concerns; absent where it tells of a group. */
  readonly object?: { readonly code: string; readonly name: string }
  /** By when it is to be checked; absent where policy sets no term. */
  readonly due?: { readonly date: LocalDate; readonly provisional: boolean }
  readonly recorded: Act
}

/** What was done about it: a check task of inspection, or a check that has none here, told in words. */
export type ClueCheck = { readonly at: Instant } & (
  | { readonly checkTaskId: string }
  | { readonly note: string; readonly by: string; readonly checkTaskId?: never }
)

/** A clue ends in a check or in a closure with its reason (TGT-15). */
export type Clue = ClueFacts &
  (
    | { readonly status: 'OPEN' }
    | { readonly status: 'CLUSTERED'; readonly taskId: string }
    | { readonly status: 'CHECKED'; readonly check: ClueCheck; readonly taskId?: string }
    | { readonly status: 'CLOSED'; readonly closing: Act & { readonly reason: string } }
  )

export const clueStatuses = ['OPEN', 'CLUSTERED', 'CHECKED', 'CLOSED'] as const
export type ClueStatus = (typeof clueStatuses)[number]

export type ClueCommand =
  | { readonly type: 'cluster'; readonly taskId: string }
  | { readonly type: 'release'; readonly taskId: string }
  | { readonly type: 'check'; readonly check: ClueCheck }
  | { readonly type: 'close'; readonly reason: string; readonly act: Act }

export type ClueEvent = 'recorded' | 'clustered' | 'released' | 'checked' | 'closed'

export interface ClueChange {
  readonly clue: Clue
  readonly event: ClueEvent
  /** Of one that is released: the task on clues that it was in. */
  readonly releasedFrom?: string
}

export type ClueError =
  | { readonly code: 'clue-settled'; readonly clueId: string; readonly status: ClueStatus }
  | { readonly code: 'clue-clustered'; readonly clueId: string; readonly taskId: string }

export const recordClue = (facts: ClueFacts): ClueChange => ({ clue: { ...facts, status: 'OPEN' }, event: 'recorded' })

export const isCaseClue = ({ object }: Pick<Clue, 'object'>): boolean => object !== undefined

export const isOverdue = ({ status, due }: Clue, today: LocalDate): boolean =>
  (status === 'OPEN' || status === 'CLUSTERED') && due !== undefined && today > due.date

/** What a command does to a clue; undefined when it was done already, so that every command may be sent again. */
export function decideClue(clue: Clue, command: ClueCommand): Result<ClueChange | undefined, ClueError> {
  switch (command.type) {
    case 'cluster':
      return cluster(clue, command.taskId)
    case 'release':
      return ok(
        clue.status === 'CLUSTERED' && clue.taskId === command.taskId
          ? { clue: { ...factsOf(clue), status: 'OPEN' }, event: 'released', releasedFrom: command.taskId }
          : undefined,
      )
    case 'check':
      return check(clue, command.check)
    case 'close':
      return close(clue, command)
    default:
      return assertNever(command)
  }
}

/** One that has been checked may still bear witness to what is widespread; it stays checked. */
function cluster(clue: Clue, taskId: string): Result<ClueChange | undefined, ClueError> {
  const { clueId } = clue
  switch (clue.status) {
    case 'OPEN':
      return ok({ clue: { ...factsOf(clue), status: 'CLUSTERED', taskId }, event: 'clustered' })
    case 'CLUSTERED':
      return clue.taskId === taskId ? ok(undefined) : err({ code: 'clue-clustered', clueId, taskId: clue.taskId })
    case 'CHECKED':
      return ok(undefined)
    case 'CLOSED':
      return err({ code: 'clue-settled', clueId, status: clue.status })
    default:
      return assertNever(clue)
  }
}

function check(clue: Clue, done: ClueCheck): Result<ClueChange | undefined, ClueError> {
  if (clue.status === 'CHECKED') return ok(undefined)
  if (clue.status === 'CLOSED') return err({ code: 'clue-settled', clueId: clue.clueId, status: clue.status })
  const of = clue.status === 'CLUSTERED' ? { taskId: clue.taskId } : {}
  return ok({ clue: { ...factsOf(clue), status: 'CHECKED', check: done, ...of }, event: 'checked' })
}

/** A clue that a draw is to follow is not closed behind its back. */
function close(clue: Clue, { reason, act }: Extract<ClueCommand, { readonly type: 'close' }>): Result<ClueChange | undefined, ClueError> {
  const { clueId } = clue
  switch (clue.status) {
    case 'OPEN':
      return ok({ clue: { ...factsOf(clue), status: 'CLOSED', closing: { ...act, reason } }, event: 'closed' })
    case 'CLUSTERED':
      return err({ code: 'clue-clustered', clueId, taskId: clue.taskId })
    case 'CHECKED':
      return err({ code: 'clue-settled', clueId, status: clue.status })
    case 'CLOSED':
      return ok(undefined)
    default:
      return assertNever(clue)
  }
}

function factsOf(clue: Clue): ClueFacts {
  const { status: _status, taskId: _taskId, check: _check, closing: _closing, ...facts } = clue as Clue & Readonly<Record<string, unknown>>
  return facts
}
