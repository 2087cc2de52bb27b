import {
  assertNever,
  canonicalJson,
  err,
  type Json,
  type LineId,
  ok,
  type RegionCode,
  type Result,
  regionContains,
  toHex,
  type UnitId,
  utf8,
} from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { RepeatGrounds } from '@dual-random/policy'
import type { ClueTaskForm } from './clue-rules.ts'
import type { JointException } from './joint-scope.ts'
import type { Act, PlanLine, PolicyRef } from './plan.ts'
import { publishedTerms } from './published-line.ts'

/** What the draw is narrowed to beside its items (TGT-09); an empty list narrows nothing. */
export interface DrawScope {
  /** GB/T 4754 codes with section letter. */
  readonly industryPrefixes: readonly string[]
  /** The task's region, or some below it. */
  readonly regionCodes: readonly RegionCode[]
}

/** What is drawn, as a plan line has it. Its one batch is the draw. */
export type DrawTerms = Omit<
  PlanLine,
  'lineId' | 'scope' | 'reasons' | 'jointException' | 'repeatGround' | 'source' | 'origin' | 'joint' | 'commandId'
>

/** A task on clues (线索任务): several clues about a group lead to a targeted draw (定向抽查; DRW-25, TGT-08). */
export interface ClueTaskFacts {
  readonly taskId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly year: number
  readonly form: ClueTaskForm
  /** One of policy `targetedDraw.triggers` (TGT-10). */
  readonly trigger: { readonly id: string; readonly text: string }
  /** The recorded ground, in words. */
  readonly ground: string
  /** Ascending. */
  readonly clueIds: readonly string[]
  readonly scope: DrawScope
  readonly terms: DrawTerms
  /** Why one department follows the clues alone, where policy has every check joint (PLN-22). */
  readonly jointException?: JointException
  /** Why objects drawn before in the year may be drawn again (CRD-07, CRD-09). */
  readonly repeatGround?: RepeatGrounds
  /** In force when it was proposed, and for ever after (POL-05). */
  readonly policy: PolicyRef
  readonly policyDigest: string
  readonly proposed: Act
}

export interface ClueTaskAcceptance extends Act {
  /** SHA-256 of the published form, hex: what a commitment names. */
  readonly subjectDigest: string
}

/** Nothing of it changes once it is accepted. */
export type ClueTask = ClueTaskFacts &
  (
    | { readonly status: 'PROPOSED' }
    | { readonly status: 'ACCEPTED'; readonly accepted: ClueTaskAcceptance }
    | { readonly status: 'WITHDRAWN'; readonly accepted?: ClueTaskAcceptance; readonly withdrawn: Act & { readonly reason: string } }
  )

export const clueTaskStatuses = ['PROPOSED', 'ACCEPTED', 'WITHDRAWN'] as const
export type ClueTaskStatus = (typeof clueTaskStatuses)[number]

/** The one line of a task on clues, where merge windows ask for a line. */
export const clueTaskLineId = 'T1' as LineId

export type ClueTaskCommand =
  | { readonly type: 'accept'; readonly mergeWindowId: string; readonly act: Act }
  /** `hasDraw`: a draw for it is committed and not void. */
  | { readonly type: 'withdraw'; readonly reason: string; readonly hasDraw: boolean; readonly act: Act }

export type ClueTaskEvent = 'proposed' | 'accepted' | 'withdrawn'

export interface ClueTaskChange {
  readonly task: ClueTask
  readonly event: ClueTaskEvent
}

export type ClueTaskError = { readonly code: 'clue-task-withdrawn' } | { readonly code: 'clue-task-has-draw' }

export const proposeClueTask = (facts: ClueTaskFacts): ClueTaskChange => ({ task: { ...facts, status: 'PROPOSED' }, event: 'proposed' })

/** What a command does to a task on clues; undefined when it was done already. */
export function decideClueTask(task: ClueTask, command: ClueTaskCommand): Result<ClueTaskChange | undefined, ClueTaskError> {
  switch (command.type) {
    case 'accept':
      return accept(task, command)
    case 'withdraw':
      return withdraw(task, command)
    default:
      return assertNever(command)
  }
}

function accept(
  task: ClueTask,
  { mergeWindowId, act }: Extract<ClueTaskCommand, { readonly type: 'accept' }>,
): Result<ClueTaskChange | undefined, ClueTaskError> {
  if (task.status === 'WITHDRAWN') return err({ code: 'clue-task-withdrawn' })
  if (task.status === 'ACCEPTED') return ok(undefined)
  const { status: _status, ...facts } = task
  const placed = { ...facts, terms: { ...facts.terms, batches: facts.terms.batches.map((batch) => ({ ...batch, mergeWindowId })) } }
  return ok({ task: { ...placed, status: 'ACCEPTED', accepted: { ...act, subjectDigest: clueTaskDigest(placed) } }, event: 'accepted' })
}

/** What was committed for it stands: an organiser who saw the draw cannot take its subject away. */
function withdraw(
  task: ClueTask,
  { reason, hasDraw, act }: Extract<ClueTaskCommand, { readonly type: 'withdraw' }>,
): Result<ClueTaskChange | undefined, ClueTaskError> {
  if (task.status === 'WITHDRAWN') return ok(undefined)
  if (hasDraw) return err({ code: 'clue-task-has-draw' })
  return ok({ task: { ...task, status: 'WITHDRAWN', withdrawn: { ...act, reason } }, event: 'withdrawn' })
}

/** The first region of a scope that is not the task's own or below it. */
export const regionOutside = (regionCode: RegionCode, { regionCodes }: DrawScope): RegionCode | undefined =>
  regionCodes.find((each) => !regionContains(regionCode, each))

/**
 * An accepted task on clues as the public reads it, and what its digest goes over. It names its clues by their ids alone: what they say, and
 * of whom, and the ground in words, stay inside.
 */
export function publishedClueTask(task: ClueTaskFacts): Json {
  return {
    type: 'dual-random/clue-task/v1',
    taskId: task.taskId,
    regionCode: task.regionCode,
    unitId: task.unitId,
    year: task.year,
    form: task.form,
    trigger: { ...task.trigger },
    clueIds: task.clueIds,
    scope: { industryPrefixes: task.scope.industryPrefixes, regionCodes: task.scope.regionCodes },
    policy: { preset: task.policy.preset, version: task.policy.version },
    policyDigest: task.policyDigest,
    // Its basis may be a complaint, so it stays inside.
    ...(task.jointException === undefined ? {} : { jointException: { ground: task.jointException.ground } }),
    ...(task.repeatGround === undefined ? {} : { repeatGround: publishedRepeatGround(task.repeatGround) }),
    ...publishedTerms(task.terms),
  }
}

/** The reason too may be a complaint: that there is one is public, and the law it rests on. */
const publishedRepeatGround = ({ reason, citation }: RepeatGrounds): Json => ({
  hasReason: reason !== undefined,
  citation: citation === undefined ? null : { ...citation },
})

/** SHA-256 of the canonical JSON of the published form, hex. */
export const clueTaskDigest = (task: ClueTaskFacts): string => toHex(sha256(utf8(canonicalJson(publishedClueTask(task)))))
