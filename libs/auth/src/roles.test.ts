import { describe, expect, it } from 'vitest'
import { incompatibleRoles, isRole, type Role, roles } from './roles.ts'

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
