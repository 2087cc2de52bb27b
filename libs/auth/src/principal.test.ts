import type { AppError } from '@dual-random/errors'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { noRegion, type Principal, publicPrincipal, requireRegion, requireRole, requireUnit } from './principal.ts'
import type { Role } from './roles.ts'

const holder = (roles: readonly Role[], regionCode = '230300', unitId = 'unit-1'): Principal => ({
  subject: 'zhang',
  unitId: unitId as UnitId,
  regionCode: regionCode as RegionCode,
  roles,
  token: 't',
})
const region = (code: string): RegionCode => code as RegionCode

function refusalOf(check: () => void): Pick<AppError, 'kind' | 'code'> | undefined {
  try {
    check()
    return undefined
  } catch (thrown) {
    const { kind, code } = thrown as AppError
    return { kind, code }
  }
}

describe('requireRole', () => {
  it('SEC-03 lets in whoever holds one of the roles and nobody else', () => {
    expect(refusalOf(() => requireRole(holder(['INSPECTOR', 'DISPATCHER']), ['DISPATCHER']))).toBeUndefined()
    expect(refusalOf(() => requireRole(holder(['INSPECTOR']), ['DRAW_ORGANISER']))).toEqual({ kind: 'forbidden', code: 'role-required' })
    expect(refusalOf(() => requireRole(holder([]), ['PUBLIC']))).toEqual({ kind: 'forbidden', code: 'role-required' })
  })

  it('SEC-03 gives a service no role but its own', () => {
    expect(refusalOf(() => requireRole(holder(['SERVICE']), ['INSPECTOR', 'AUDITOR']))).toMatchObject({ code: 'role-required' })
    expect(refusalOf(() => requireRole(holder(['SERVICE']), ['SERVICE']))).toBeUndefined()
  })
})

describe('requireRegion', () => {
  it.each([
    ['230300', '230300'],
    ['230300', '230302'],
    ['230000', '230302'],
    ['230000', '230300'],
  ])('SEC-02 lets %s see %s, its own or below it', (own, asked) => {
    expect(refusalOf(() => requireRegion(holder(['PLANNER'], own), region(asked)))).toBeUndefined()
  })

  it.each([
    ['230300', '230000'],
    ['230302', '230300'],
    ['230300', '230400'],
    ['230300', '230402'],
    ['230302', '230303'],
    ['230000', '220000'],
  ])('SEC-02 does not let %s see %s, above or beside it', (own, asked) => {
    expect(refusalOf(() => requireRegion(holder(['PLANNER'], own), region(asked)))).toEqual({
      kind: 'forbidden',
      code: 'region-not-allowed',
    })
  })

  it('SEC-02 lets a service reach every region and the public none', () => {
    expect(refusalOf(() => requireRegion(holder(['SERVICE'], noRegion), region('230302')))).toBeUndefined()
    expect(refusalOf(() => requireRegion(publicPrincipal, region('230302')))).toMatchObject({ code: 'region-not-allowed' })
  })
})

describe('requireUnit', () => {
  it('SEC-03 lets a unit act for itself alone, in the same region too', () => {
    expect(refusalOf(() => requireUnit(holder(['PUBLISHER']), 'unit-1' as UnitId))).toBeUndefined()
    expect(refusalOf(() => requireUnit(holder(['PUBLISHER']), 'unit-2' as UnitId))).toEqual({ kind: 'forbidden', code: 'unit-not-allowed' })
    expect(refusalOf(() => requireUnit(holder(['SERVICE'], noRegion, 'service-registry'), 'unit-1' as UnitId))).toMatchObject({
      code: 'unit-not-allowed',
    })
  })
})
