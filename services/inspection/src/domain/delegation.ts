import type { RegionCode, UnitId } from '@dual-random/kernel'

export const delegationKinds = ['SUBORDINATE', 'SAME_LEVEL'] as const

/** Another unit matches its inspectors and checks in the place of the unit whose task it is (DRW-10, DRW-11). */
export interface Delegation {
  readonly toUnitId: UnitId
  readonly toRegionCode: RegionCode
  readonly kind: (typeof delegationKinds)[number]
  /** SHA-256 of the written agreement, which planning keeps. */
  readonly agreementDigest?: string
}

interface Delegable {
  readonly unitId: UnitId
  readonly delegation?: Delegation
}

/** Who matches and checks: the delegate where there is one. */
export const executingUnitOf = ({ unitId, delegation }: Delegable): UnitId => delegation?.toUnitId ?? unitId

/** The delegate as such: it has this task and nothing else of the unit that delegates (SEC-11). */
export const isDelegateOf = ({ unitId, delegation }: Delegable, viewer: { readonly unitId: UnitId }): boolean =>
  delegation?.toUnitId === viewer.unitId && unitId !== viewer.unitId
