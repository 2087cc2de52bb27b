import { assertNever, type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'

/** Who asks: login name, unit, region and roles of the token. */
export interface Viewer {
  readonly subject: string
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly roles: readonly string[]
}

/** Whose it is: the units in charge, their region, and the login names of the inspectors assigned. */
export interface Scope {
  readonly unitIds: readonly UnitId[]
  /** To whom matching and checking are delegated. */
  readonly delegateUnitId?: UnitId
  readonly regionCode: RegionCode
  readonly subjects: readonly string[]
}

/** One reason why something may be seen; a list shows what any of the viewer's grounds covers. */
export type Ground =
  | { readonly kind: 'ANY' }
  | { readonly kind: 'ASSIGNED'; readonly subject: string }
  | { readonly kind: 'UNIT'; readonly unitId: UnitId }
  | { readonly kind: 'DELEGATE'; readonly unitId: UnitId }
  | { readonly kind: 'BELOW'; readonly regionCode: RegionCode }
  | { readonly kind: 'REGION'; readonly regionCode: RegionCode }

/** Before the visit: the assigned inspectors, the dispatchers of the unit and of its delegate (SEC-11), a superior's auditor, nobody else (DRW-34, SEC-05). */
export const taskGrounds = ({ subject, unitId, regionCode, roles }: Viewer): readonly Ground[] => [
  ...(roles.includes('SERVICE') ? [{ kind: 'ANY' } as const] : []),
  ...(roles.includes('INSPECTOR') ? [{ kind: 'ASSIGNED', subject } as const] : []),
  ...(roles.includes('DISPATCHER')
    ? ([
        { kind: 'UNIT', unitId },
        { kind: 'DELEGATE', unitId },
      ] as const)
    : []),
  ...(roles.includes('AUDITOR') ? [{ kind: 'BELOW', regionCode } as const] : []),
]

/** After the visit, results and follow-ups: the unit's publisher, and who audits or evaluates the region, too. */
export const resultGrounds = (viewer: Viewer): readonly Ground[] => [
  ...taskGrounds(viewer),
  ...(viewer.roles.includes('PUBLISHER') ? [{ kind: 'UNIT', unitId: viewer.unitId } as const] : []),
  ...(viewer.roles.some((role) => role === 'AUDITOR' || role === 'EVALUATOR')
    ? [{ kind: 'REGION', regionCode: viewer.regionCode } as const]
    : []),
]

export const isVisible = (grounds: readonly Ground[], scope: Scope): boolean => grounds.some((ground) => covers(ground, scope))

function covers(ground: Ground, { unitIds, delegateUnitId, regionCode, subjects }: Scope): boolean {
  switch (ground.kind) {
    case 'ANY':
      return true
    case 'ASSIGNED':
      return subjects.includes(ground.subject)
    case 'UNIT':
      return unitIds.includes(ground.unitId)
    case 'DELEGATE':
      return ground.unitId === delegateUnitId
    case 'BELOW':
      return ground.regionCode !== regionCode && regionContains(ground.regionCode, regionCode)
    case 'REGION':
      return regionContains(ground.regionCode, regionCode)
    default:
      return assertNever(ground)
  }
}
