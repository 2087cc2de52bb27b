import { incompatibleRoles, type Role, roles } from '@dual-random/auth'
import { describe, expect, it } from 'vitest'
import { actingUnitIds, approverOf, firstOperator, provincialApprover, staffAccounts } from './accounts.ts'

/** Inspectors get their accounts with the register; ENGAGED_INSTITUTION and PARTY are of outside, PUBLIC nobody's and SERVICE a service's own. */
const notStaff: readonly Role[] = ['INSPECTOR', 'ENGAGED_INSTITUTION', 'PARTY', 'PUBLIC', 'SERVICE']

describe('accounts of the demo', () => {
  it('SEC-01 every role has somebody', () => {
    const held = new Set(['OPERATOR', ...staffAccounts.flatMap((account) => account.roles)])
    expect(roles.filter((role) => !held.has(role))).toEqual(notStaff)
  })

  it('SEC-03 no account joins duties that must stay apart, and no login name stands for two', () => {
    for (const { subject, roles: held } of staffAccounts) expect(incompatibleRoles(held as Role[]), subject).toBeUndefined()
    const subjects = [firstOperator, ...staffAccounts].map(({ subject }) => subject)
    expect(new Set(subjects).size).toBe(subjects.length)
  })

  it('REG-04 REG-09 whoever keeps a list has somebody to approve changes to it', () => {
    expect(staffAccounts).toEqual(expect.arrayContaining([provincialApprover, ...actingUnitIds.map(approverOf)]))
  })
})
