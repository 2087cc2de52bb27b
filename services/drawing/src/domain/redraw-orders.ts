import { checkRedraw, type RedrawError } from '@dual-random/draw'
import { err, type Result } from '@dual-random/kernel'
import { type LineUnit, matchingUnitOf } from './plan-line.ts'
import { type FamilyMember, labelsOf, type RedrawGround, type RedrawOrder, type RedrawProposal, teamAt } from './redraw.ts'

export type RedrawReplaces = 'OBJECT' | 'INSPECTOR' | 'NOBODY'

/** A reason that policy allows, and for whom. */
export interface AllowedReason {
  readonly id: string
  readonly replaces: RedrawReplaces
}

export type ProposalError =
  | RedrawError
  | { readonly code: 'redraw-reason-unknown'; readonly reason: string; readonly allowed: string }
  | { readonly code: 'redraw-ground-incomplete'; readonly reason: string }
  | { readonly code: 'unit-not-in-line'; readonly unitId: string }
  /** Not of the unit's team at the object. */
  | { readonly code: 'inspector-not-in-team'; readonly inspector: string }
  | { readonly code: 'team-complete'; readonly label: string; readonly unitId: string }

/** Whom a redraw replaces, by its purpose. */
export const replacedBy = { replacement: 'OBJECT', rematch: 'INSPECTOR', escalation: 'NOBODY' } as const

/** Whether a redraw may be asked for on these grounds (DRW-30): reasons of policy, labels that stand, inspectors of the team. */
export function checkProposal(
  proposal: Pick<RedrawProposal, 'purpose' | 'grounds' | 'counts'>,
  family: readonly FamilyMember[],
  units: readonly LineUnit[],
  reasons: readonly AllowedReason[],
): Result<void, ProposalError> {
  const { purpose, grounds, counts } = proposal
  const allowed = reasons.filter(({ replaces }) => replaces === replacedBy[purpose]).map(({ id }) => id)
  for (const ground of grounds) {
    if (!allowed.includes(ground.reason)) return err({ code: 'redraw-reason-unknown', reason: ground.reason, allowed: allowed.join(', ') })
    const refusal = incomplete(purpose, ground) ?? (purpose === 'rematch' ? teamRefusal(ground, family, units) : undefined)
    if (refusal !== undefined) return err(refusal)
  }
  if (grounds.length === 0) return err({ code: 'redraw-ground-incomplete', reason: '' })
  return checkRedraw({ purpose, labels: labelsOf(grounds), counts }, family)
}

/** An object is named unless more are drawn; a unit where its team changes, and only there. */
function incomplete(purpose: RedrawProposal['purpose'], { reason, label, unitId, inspectors }: RedrawGround): ProposalError | undefined {
  const isWhole =
    (label !== undefined) === (purpose !== 'escalation') &&
    (unitId !== undefined) === (purpose === 'rematch') &&
    (purpose === 'rematch' || inspectors === undefined)
  return isWhole ? undefined : { code: 'redraw-ground-incomplete', reason }
}

function teamRefusal(
  { label = '', unitId, inspectors = [] }: RedrawGround,
  family: readonly FamilyMember[],
  units: readonly LineUnit[],
): ProposalError | undefined {
  const unit = units.find((each) => matchingUnitOf(each) === unitId)
  if (unit === undefined) return { code: 'unit-not-in-line', unitId: unitId ?? '' }
  const { members, short } = teamAt(family, label, matchingUnitOf(unit))
  const stranger = inspectors.find((inspector) => !members.includes(inspector))
  if (stranger !== undefined) return { code: 'inspector-not-in-team', inspector: stranger }
  // Nobody leaves: then the team must have been short, or the team is simply not liked.
  return inspectors.length === 0 && !short ? { code: 'team-complete', label, unitId: matchingUnitOf(unit) } : undefined
}

/** Those of an order's grounds that the redraws before it have settled since they joined: of an object that was replaced, an inspector who has left. */
export const lapsedGrounds = (
  { purpose, grounds, counts }: Pick<RedrawProposal, 'purpose' | 'grounds' | 'counts'>,
  family: readonly FamilyMember[],
  units: readonly LineUnit[],
  reasons: readonly AllowedReason[],
): readonly RedrawGround[] => grounds.filter((ground) => !checkProposal({ purpose, grounds: [ground], counts }, family, units, reasons).ok)

/**
 * Grounds that no order has yet that still waits, for its approval or for its redraw: what a redraw has settled may be asked for again, and is then held against
 * the objects and teams as they are. Each once. `ended` has the orders whose redraw was matched or given up.
 */
export const newGrounds = (
  orders: readonly RedrawOrder[],
  grounds: readonly RedrawGround[],
  ended: ReadonlySet<number> = new Set(),
): readonly RedrawGround[] => {
  const waits = (order: RedrawOrder): boolean => order.status === 'PROPOSED' || (order.status === 'APPROVED' && !ended.has(order.order))
  const known = new Set(orders.filter(waits).flatMap((order) => order.grounds.map(groundKey)))
  return grounds.filter((ground) => {
    const key = groundKey(ground)
    return !known.has(key) && known.add(key)
  })
}

/** What tells one ground from another. */
export const groundKey = ({ reason, label, unitId, inspectors = [] }: RedrawGround): string =>
  JSON.stringify([reason, label ?? null, unitId ?? null, [...inspectors].sort()])
