import { err, ok, type RegionCode, type Result, regionContains, regionLevel, type UnitId } from '@dual-random/kernel'
import type { LineContext, Unit } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'

export const delegationKinds = ['SUBORDINATE', 'SAME_LEVEL'] as const
/** A superior's task given to a unit below (DRW-10), or a task given to a unit of the same level nearby (DRW-11). */
export type DelegationKind = (typeof delegationKinds)[number]

/** The written agreement (书面协商): a document that planning keeps under its digest. */
export interface Agreement {
  /** SHA-256 of the document, hex. */
  readonly digest: string
  readonly title: string
}

export interface DelegationInput {
  readonly toUnitId: UnitId
  readonly toRegionCode: RegionCode
  readonly reason?: string
  readonly agreement?: Agreement
}

/** The unit that matches its inspectors and checks in the place of a unit of a line. */
export interface Delegation extends DelegationInput {
  readonly kind: DelegationKind
}

type DelegationContext = Pick<LineContext, 'policy' | 'units' | 'delegates' | 'agreements'>

/** A delegation as policy `inspector.delegation` allows it, or everything that is wrong with it; `pointer` is that of the unit's input. */
export function delegationOf(
  input: DelegationInput,
  from: UnitId,
  context: DelegationContext,
  pointer: string,
): Result<Delegation, readonly LineProblem[]> {
  const at = `${pointer}/delegation`
  const [delegator, delegate] = [context.units.get(from), context.delegates.get(input.toUnitId)]
  if (delegator === undefined) return err([])
  if (delegate === undefined || delegate.regionCode !== input.toRegionCode) {
    return err([{ code: 'unit-unknown', pointer: `${at}/toUnitId`, unitId: input.toUnitId }])
  }
  const kind = kindOf(delegator, delegate)
  if (kind === undefined) return err([{ code: 'delegate-not-fit', pointer: `${at}/toUnitId`, unitId: from, delegate: delegate.unitId }])
  const problems = [...policyProblems(kind, context, at), ...writtenProblems(kind, input, context, at)]
  return problems.length > 0 ? err(problems) : ok({ ...input, kind })
}

/** Of one department; below the unit that delegates, or in another region of its level. Undefined for any other. */
function kindOf(from: Unit, to: Unit): DelegationKind | undefined {
  if (from.department !== to.department || from.regionCode === to.regionCode) return undefined
  if (regionContains(from.regionCode, to.regionCode)) return 'SUBORDINATE'
  return regionLevel(from.regionCode) === regionLevel(to.regionCode) ? 'SAME_LEVEL' : undefined
}

/** What policy does not state is not allowed; between regions of one level the encouragement of cross-region checks is enough (XRG-09). */
function policyProblems(kind: DelegationKind, { policy }: DelegationContext, pointer: string): readonly LineProblem[] {
  const rule = policy.get('inspector.delegation')
  if (!rule.ok) return [{ ...rule.error, pointer }]
  const { toSubordinate, sameLevel, crossRegion } = rule.value
  const allowed = kind === 'SUBORDINATE' ? toSubordinate === 'ALLOWED' : sameLevel === 'WRITTEN_AGREEMENT' || crossRegion === 'ENCOURAGED'
  return allowed ? [] : [{ code: 'delegation-not-allowed', pointer, kind }]
}

/** Within one level: special circumstances, named, and the written document, whatever policy says. */
function writtenProblems(
  kind: DelegationKind,
  { reason, agreement }: DelegationInput,
  { agreements }: DelegationContext,
  pointer: string,
): readonly LineProblem[] {
  const problems: LineProblem[] = []
  if (kind === 'SAME_LEVEL' && reason === undefined) problems.push({ code: 'delegation-needs-reason', pointer: `${pointer}/reason` })
  if (kind === 'SAME_LEVEL' && agreement === undefined)
    problems.push({ code: 'delegation-needs-agreement', pointer: `${pointer}/agreement` })
  if (agreement !== undefined && !agreements.has(agreement.digest)) {
    problems.push({ code: 'agreement-unknown', pointer: `${pointer}/agreement/digest`, digest: agreement.digest })
  }
  return problems
}

/** Who matches inspectors and checks: the delegate where there is one. */
export const matchingUnitOf = ({ unitId, delegation }: { readonly unitId: UnitId; readonly delegation?: DelegationInput }): UnitId =>
  delegation?.toUnitId ?? unitId
