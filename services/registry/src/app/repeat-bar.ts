import { assertNever, chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import { decideRepeat, type Policy, type RepeatBasis, type RepeatGrounds } from '@dual-random/policy'
import { type EarlierTask, earlierTaskNumber } from '../domain/earlier-task.ts'
import type { Mapping, Member } from '../domain/mapped-set.ts'
import { requireRule } from './policy-book.ts'

/** That an object was drawn before, as far as its own draw tells. */
export interface DrawnBefore {
  readonly drawId: string
  readonly label: string
  readonly joint: boolean
  /** What that draw was made of. */
  readonly mapping: Mapping
  /** Where its task stands; absent where drawing did not say. */
  readonly task?: EarlierTask
}

export interface RepeatingDraw {
  readonly regionCode: RegionCode
  readonly asOf: Instant
  readonly joint?: true
  readonly repeatGround?: RepeatGrounds
}

/** The evidence is `<drawId> <label> <task number> …` of the earlier draw, `-` where the number is not known. */
export type RepeatOutcome =
  | { readonly outcome: 'free' }
  /** Drawn again on a ground that is put on record (CRD-07): after the earlier task the citation or reason, where it rests on one. */
  | { readonly outcome: 'kept'; readonly ground: RepeatBasis; readonly evidence: string }
  /** After the earlier task BARRED, or NEEDS_REASON where a recorded reason would have let it in. */
  | { readonly outcome: 'barred'; readonly evidence: string }

/** Whether an object that was drawn before is kept out (CRD-07, CRD-09): what policy asks a reason for is, where none is recorded. */
export function repeatOutcome(
  policy: Policy,
  draw: RepeatingDraw,
  grade: string | undefined,
  { object, items }: Pick<Member, 'object' | 'items'>,
  before: readonly DrawnBefore[] = [],
): RepeatOutcome {
  if (before.length === 0 || policy.find('repeat.lowRiskBar') === undefined) return { outcome: 'free' }
  const { repeatGround = {} } = draw
  const decision = requireRule(
    decideRepeat(
      policy,
      {
        grade,
        itemClass: items.some(({ itemClass }) => itemClass === 'KEY') ? 'KEY' : 'GENERAL',
        fieldClass: items.some(({ fieldClass }) => fieldClass === 'GENERAL') ? 'GENERAL' : 'KEY',
      },
      { date: chinaDateOf(draw.asOf), regionCode: draw.regionCode, joint: draw.joint ?? false },
      before.map(({ drawId, label, joint, mapping, task }) => ({
        date: chinaDateOf(mapping.asOf),
        regionCode: mapping.regionCode,
        joint,
        taskNumber: [drawId, label, (task && earlierTaskNumber(object, mapping, task)) ?? '-'].join(' '),
      })),
      repeatGround,
    ),
  )
  switch (decision.outcome) {
    case 'allowed': {
      if (decision.repeat === undefined) return { outcome: 'free' }
      const { basis, earlierTask } = decision.repeat
      return { outcome: 'kept', ground: basis, evidence: [earlierTask, ...recorded(basis, repeatGround)].join(' ') }
    }
    case 'needs-reason':
      return { outcome: 'barred', evidence: `${decision.earlierTask} NEEDS_REASON` }
    case 'barred':
      return { outcome: 'barred', evidence: `${decision.earlierTask} BARRED` }
    default:
      return assertNever(decision)
  }
}

/** What of the ground a basis rests on. */
function recorded(basis: RepeatBasis, { citation, reason }: RepeatGrounds): readonly string[] {
  if (basis === 'GRADE') return []
  if (basis === 'CITATION') return citation === undefined ? [] : [`${citation.kind} ${citation.text}`]
  return reason === undefined ? [] : [reason]
}
