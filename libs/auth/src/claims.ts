import { appError } from '@dual-random/errors'
import { isId, parseRegionCode, type UnitId } from '@dual-random/kernel'
import type { JWTPayload } from 'jose'
import { noRegion, type Principal } from './principal.ts'
import { incompatibleRoles, isRole } from './roles.ts'

export const audience = 'dual-random'

/** The kid, subject and issuer of a service's own tokens. */
export const servicePrincipal = (service: string): string => `service-${service}`

/** The service whose key a kid names; undefined for a key of the gateway. */
export const isServiceKid = (kid: string): boolean => kid.startsWith('service-')

const invalid = () => appError('unauthenticated', 'token-invalid')

/**
 * The principal of a token whose signature and times hold. A service key signs nothing but its own SERVICE principal, and only a service
 * key signs that role. Roles of a newer build are dropped; roles that must stay apart (SEC-03) are refused together.
 */
export function principalOf(claims: JWTPayload, kid: string, issuer: string, token: string): Principal {
  const subject = claims.sub
  const named = stringsOf(claims['roles'])
  if (typeof subject !== 'string' || subject === '' || named === undefined) throw invalid()
  if (isServiceKid(kid)) {
    if (subject !== kid || claims.iss !== kid || named.length !== 1 || named[0] !== 'SERVICE') throw invalid()
    return { subject, unitId: subject as UnitId, regionCode: noRegion, roles: ['SERVICE'], token }
  }
  const unitId = claims['unitId']
  const regionCode = typeof claims['regionCode'] === 'string' ? parseRegionCode(claims['regionCode']) : undefined
  if (claims.iss !== issuer || typeof unitId !== 'string' || !isId(unitId) || regionCode === undefined) throw invalid()
  if (isServiceKid(unitId) || isServiceKid(subject) || named.includes('SERVICE')) throw invalid()
  const roles = named.filter(isRole)
  const pair = incompatibleRoles(roles)
  if (pair !== undefined) throw appError('forbidden', 'roles-incompatible', { meta: { first: pair[0], second: pair[1] } })
  return { subject, unitId: unitId as UnitId, regionCode, roles, token }
}

const stringsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((element) => typeof element === 'string') ? value : undefined
