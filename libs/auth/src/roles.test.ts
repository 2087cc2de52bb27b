import { describe, expect, it } from 'vitest'
import { incompatibleRoles, isRole, type Role, roles, signedInRoles } from './roles.ts'

describe('incompatibleRoles', () => {
  it('SEC-03 keeps draw and audit apart, whichever comes first', () => {
    expect(incompatibleRoles(['DRAW_ORGANISER', 'AUDITOR'])).toEqual(['AUDITOR', 'DRAW_ORGANISER'])
    expect(incompatibleRoles(['AUDITOR', 'DRAW_ORGANISER'])).toEqual(['AUDITOR', 'DRAW_ORGANISER'])
  })

  it.each<readonly [Role, Role]>([
    ['AUDITOR', 'INSPECTOR'],
    ['AUDITOR', 'POLICY_ADMIN'],
    ['EVALUATOR', 'PUBLISHER'],
    ['POLICY_ADMIN', 'DRAW_ORGANISER'],
    ['POLICY_ADMIN', 'INSPECTOR'],
  ])('SEC-03 keeps %s and %s apart', (first, second) => {
    expect(incompatibleRoles(['PUBLIC', second, first])).toEqual([first, second])
  })

  it.each(['ENGAGED_INSTITUTION', 'PARTY'] as const)('SEC-09 SEC-12 keeps %s apart from every other role', (role) => {
    const others = roles.filter((other) => ![role, 'PUBLIC', 'SERVICE'].includes(other))
    expect(others.filter((other) => incompatibleRoles([other, role]) === undefined)).toEqual([])
  })

  it('SEC-09 SEC-12 keeps who is of outside out of what everyone signed in may read', () => {
    expect(roles.filter((role) => !signedInRoles.includes(role))).toEqual(['ENGAGED_INSTITUTION', 'PARTY', 'PUBLIC'])
  })

  it.each<readonly Role[]>([
    ['PLANNER', 'DRAW_ORGANISER', 'DISPATCHER'],
    ['AUDITOR'],
    ['AUDITOR', 'EVALUATOR'],
    ['POLICY_ADMIN', 'PLANNER'],
    [],
  ])('lets one account hold %s %s %s', (...held) => {
    expect(incompatibleRoles(held)).toBeUndefined()
  })
})

describe('isRole', () => {
  it('knows the roles and nothing else', () => {
    expect(roles.every(isRole)).toBe(true)
    expect(isRole('ADMIN')).toBe(false)
    expect(isRole('auditor')).toBe(false)
  })
})
