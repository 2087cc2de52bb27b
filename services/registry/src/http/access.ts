import { type Principal, type Role, requireRegion, signedInRoles } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'
import type { Caller } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'
import { visibleUnitIds } from '../app/visible-units.ts'

export const anyoneSignedIn = signedInRoles

export const poolReaders: readonly Role[] = [
  'REGISTRY_CLERK',
  'PLANNER',
  'DRAW_ORGANISER',
  'DISPATCHER',
  'JOINT_COORDINATOR',
  'AUDITOR',
  'EVALUATOR',
  'SERVICE',
]

export const callerOf = ({ subject, unitId, regionCode }: Principal): Caller => ({ subject, unitId, regionCode })

/** The region asked for, the caller's own when none is; it must be the caller's or below. */
export function regionOf(principal: Principal, asked: RegionCode | undefined): RegionCode {
  const regionCode = asked ?? principal.regionCode
  requireRegion(principal, regionCode)
  return regionCode
}

const seesEveryUnit = ({ roles: held }: Principal): boolean =>
  held.some((role) => role === 'AUDITOR' || role === 'EVALUATOR' || role === 'SERVICE')

/** The units whose pools the principal may read; undefined for all of its region (SEC-02). */
export const unitsSeenBy = async ({ units }: Registry, principal: Principal): Promise<readonly string[] | undefined> =>
  seesEveryUnit(principal) ? undefined : visibleUnitIds(units, callerOf(principal))

/** A record of other units is told apart from one that does not exist only to those who may read one of the pools it is in. */
export async function requireVisible(
  registry: Registry,
  principal: Principal,
  pools: readonly UnitId[],
  regionCode: RegionCode,
): Promise<void> {
  requireRegion(principal, regionCode)
  const seen = await unitsSeenBy(registry, principal)
  if (seen !== undefined && !pools.some((unitId) => seen.includes(unitId))) {
    throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: pools[0] ?? '' } })
  }
}

/** The pool of a unit is read by those who see it, and within their region (SEC-02). */
export async function requirePool(registry: Registry, principal: Principal, unitId: string): Promise<void> {
  const seen = await unitsSeenBy(registry, principal)
  const isSeen = seen === undefined ? await isWithinReach(registry, principal, unitId) : seen.includes(unitId)
  if (!isSeen) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId } })
}

/** The units asked for, cut down to those the principal may read. */
export async function unitFilter(
  registry: Registry,
  principal: Principal,
  asked: string | undefined,
): Promise<readonly string[] | undefined> {
  if (asked === undefined) return unitsSeenBy(registry, principal)
  await requirePool(registry, principal, asked)
  return [asked]
}

/** Who reads every unit of a region reads no unit beyond it, and none of which the register does not know where it is. */
async function isWithinReach({ units }: Registry, { roles: held, regionCode }: Principal, unitId: string): Promise<boolean> {
  if (held.includes('SERVICE')) return true
  const unit = (await units.load(unitId))?.state
  return unit !== undefined && regionContains(regionCode, unit.regionCode)
}
