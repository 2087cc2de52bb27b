import { appError } from '@dual-random/errors'
import { type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'
import type { Role } from './roles.ts'

/** Who is calling. `token` is passed on to other services, so that the original subject's rights hold there. */
export interface Principal {
  readonly subject: string
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly roles: readonly Role[]
  readonly token: string
}

/** GB/T 2260 has no division 000000, so it contains no region: a service's reach comes from its role alone. */
export const noRegion = '000000' as RegionCode

/** Anyone who calls a public route without a token. */
export const publicPrincipal: Principal = {
  subject: 'public',
  unitId: 'public' as UnitId,
  regionCode: noRegion,
  roles: ['PUBLIC'],
  token: '',
}

const isService = (principal: Principal): boolean => principal.roles.includes('SERVICE')

/** Throws `forbidden role-required` unless the principal holds one of the roles. */
export function requireRole(principal: Principal, allowed: readonly Role[]): void {
  if (!principal.roles.some((role) => allowed.includes(role))) {
    throw appError('forbidden', 'role-required', { meta: { roles: allowed.join(', ') } })
  }
}

/** Throws `forbidden region-not-allowed` unless the region is the principal's own or below it; a service reaches any (SEC-02). */
export function requireRegion(principal: Principal, regionCode: RegionCode): void {
  if (!isService(principal) && !regionContains(principal.regionCode, regionCode)) {
    throw appError('forbidden', 'region-not-allowed', { meta: { regionCode } })
  }
}

/** Throws `forbidden unit-not-allowed` unless the principal acts for the unit; a service acts for none. */
export function requireUnit(principal: Principal, unitId: UnitId): void {
  if (principal.unitId !== unitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId } })
}
