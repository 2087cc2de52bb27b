import type { ItemCode, Ratio, UnitId } from '@dual-random/kernel'
import type { BatchInput } from '../batches.ts'
import type { GivenException } from '../joint-scope.ts'
import type { LineUnitInput } from '../line-input.ts'
import type { ObjectScope } from '../object-scope.ts'
import type { DateWindow, Reason, Selection, StratumRatio } from '../plan.ts'

/** What people settled about a line of a published table beyond what its cells say. */
export interface LinePatch {
  readonly taskName?: string
  readonly objectScope?: string
  readonly scope?: ObjectScope
  readonly itemCodes?: readonly ItemCode[]
  readonly initiatorUnitId?: UnitId
  readonly participantUnitIds?: readonly UnitId[]
  readonly units?: readonly LineUnitInput[]
  /** One ratio for ALL objects. */
  readonly ratio?: Ratio
  readonly ratios?: readonly StratumRatio[]
  readonly count?: number
  readonly window?: DateWindow
  readonly times?: number
  readonly batches?: readonly BatchInput[]
  readonly checkBatches?: number
  readonly selection?: Selection
  readonly jointException?: GivenException
  readonly reasons?: readonly Reason[]
  /** Why the line is left out. */
  readonly omit?: string
}

export type PatchMember = keyof LinePatch

/** Members that say the same thing in different ways: the latest of a group stands alone. */
const exclusive: readonly (readonly PatchMember[])[] = [
  ['ratio', 'ratios', 'count'],
  ['window', 'batches'],
  ['times', 'batches'],
  ['itemCodes', 'units'],
  ['initiatorUnitId', 'units'],
  ['participantUnitIds', 'units'],
]

/** The later patch wins member by member, and puts away what it replaces. Reasons add up, the latest of a rule standing. */
export function mergePatch(earlier: LinePatch, later: LinePatch): LinePatch {
  const replaced = new Set(
    exclusive.flatMap((group) =>
      group.some((member) => later[member] !== undefined) ? group.filter((member) => later[member] === undefined) : [],
    ),
  )
  const kept = withoutMembers(earlier, [...replaced])
  const rules = new Set((later.reasons ?? []).map(({ rule }) => rule))
  const reasons = [...(earlier.reasons ?? []).filter(({ rule }) => !rules.has(rule)), ...(later.reasons ?? [])]
  return { ...kept, ...later, ...(reasons.length === 0 ? {} : { reasons }) }
}

export const withoutMembers = (patch: LinePatch, members: readonly PatchMember[]): LinePatch =>
  Object.fromEntries(Object.entries(patch).filter(([member]) => !members.includes(member as PatchMember)))
