import type { ItemCode } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { drawnParts, hasBatchScopes } from './batch-scope.ts'
import { departmentsOf } from './departments.ts'
import { type JointNorm, jointNormOf } from './joint-industry.ts'
import type { CheckItem, Unit } from './line-input.ts'
import { heaviest, sharedItems } from './line-pairs.ts'
import { mayShareObjects, type PlacedLine, sharedWindows } from './overlaps.ts'
import type { DateWindow, PlanType } from './plan.ts'

/** A line with the type of its plan. */
export interface TypedLine extends PlacedLine {
  readonly planType: PlanType
}

/** A single-department line beside a joint one with which it shares items, or may share objects. */
export interface SingleAndJoint {
  readonly single: PlacedLine
  readonly joint: PlacedLine
  /** Items of both. */
  readonly items: readonly ItemCode[]
  /** Days of both; a joint check at another time can be moved, so none is no obstacle. */
  readonly windows: readonly DateWindow[]
  /** Where policy has joint checks be the rule for the single line; absent where it leaves that open. */
  readonly norm?: JointNorm
}

/**
 * LEAVE_TO_JOINT: the joint line has every item of the single one, which by default is then not planned (PLN-16). JOIN: they share objects or some
 * items, so that the single line's items can be checked in the joint check.
 */
export interface JointProposal extends SingleAndJoint {
  readonly proposal: 'LEAVE_TO_JOINT' | 'JOIN'
  readonly objects: number
  /** All objects of the single line, of which `objects` are the joint line's too. */
  readonly ofObjects: number
}

/** What the lines are held against. */
export interface JointNorms {
  readonly policy: Policy
  readonly items: ReadonlyMap<string, CheckItem>
  readonly units: ReadonlyMap<string, Unit>
}

/** Pairs with at least one line of the plan itself. */
export function singlesBesideJoint(
  own: readonly TypedLine[],
  others: readonly TypedLine[],
  { policy, items, units }: JointNorms,
): readonly SingleAndJoint[] {
  const isSingle = ({ planType, line }: TypedLine): boolean => planType === 'INTERNAL' && departmentsOf(unitIdsOf(line), units).size === 1
  const norms = new Map([...own, ...others].filter(isSingle).map(({ line }) => [line, jointNormOf(policy, drawnParts(line), items)]))
  const pair = (single: TypedLine, joint: TypedLine): readonly SingleAndJoint[] => {
    if (!norms.has(single.line) || joint.planType !== 'JOINT') return []
    const shared = sharedItems(single.line, joint.line)
    if (shared.length === 0 && !mayShareObjects(single.line, joint.line, items)) return []
    const norm = norms.get(single.line)
    const windows = sharedWindows(single.line, joint.line)
    return [{ single, joint, items: shared, windows, ...(norm === undefined ? {} : { norm }) }]
  }
  return own.flatMap((a) => others.flatMap((b) => [...pair(a, b), ...pair(b, a)]))
}

const unitIdsOf = ({ units }: PlacedLine['line']): readonly string[] => units.map(({ unitId }) => unitId)

/**
 * Not more than `most` of the pairs, in their order: where there are more, those first in whose industry joint checks are the rule (JNT-03), then those that
 * share the most items, which by default are not planned twice (PLN-16).
 */
export function mostToJoin(pairs: readonly SingleAndJoint[], most: number): readonly SingleAndJoint[] {
  const mostItems = pairs.reduce((least, { items }) => Math.max(least, items.length), 0)
  return heaviest(pairs, most, ({ items, norm }) => items.length + (norm === undefined ? 0 : mostItems + 1))
}

/** What a pair leads to once its objects are counted; nothing where it shares neither items nor objects. */
export function jointProposal(pair: SingleAndJoint, objects: number, ofObjects: number): JointProposal | undefined {
  // Within scopes the same items need not be of the same objects: what was counted tells.
  const isScoped = [pair.single, pair.joint].some(({ line }) => line.scope !== undefined || hasBatchScopes(line))
  if (objects === 0 && (pair.items.length === 0 || isScoped)) return undefined
  const isWhole = pair.single.line.itemCodes.every((code) => pair.items.includes(code)) && (!isScoped || objects >= ofObjects)
  return { ...pair, proposal: isWhole ? 'LEAVE_TO_JOINT' : 'JOIN', objects, ofObjects }
}
