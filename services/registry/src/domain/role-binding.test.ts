import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { bindRoles, type RoleRules, type SubjectBindings } from './role-binding.ts'

const rules: RoleRules = {
  isBindable: (role) => role !== 'SERVICE',
  incompatible: (roles) => (roles.includes('AUDITOR') && roles.includes('DRAW_ORGANISER') ? ['AUDITOR', 'DRAW_ORGANISER'] : undefined),
}
const binding = (unitId: string, roles: readonly string[]) => ({ unitId: unitId as UnitId, regionCode: '230300' as RegionCode, roles })
const organiser: SubjectBindings = { subject: 'wang', bindings: [binding('scj', ['DRAW_ORGANISER'])] }

describe('SEC-03 role bindings', () => {
  it('unite no draw and audit, at one unit or two', () => {
    for (const unitId of ['scj', 'xfj']) {
      const roles = unitId === 'scj' ? ['DRAW_ORGANISER', 'AUDITOR'] : ['AUDITOR']
      expect(bindRoles(organiser, binding(unitId, roles), rules)).toMatchObject({
        ok: false,
        error: { code: 'duties-not-separate', role: 'AUDITOR', other: 'DRAW_ORGANISER' },
      })
    }
  })

  it('replace the roles of a unit, so that audit may follow draw', () => {
    expect(bindRoles(organiser, binding('scj', ['AUDITOR']), rules)).toMatchObject({
      ok: true,
      value: { bindings: [binding('scj', ['AUDITOR'])] },
    })
  })

  it('end with no role, and do not change for the same roles in another order', () => {
    expect(bindRoles(organiser, binding('scj', []), rules)).toMatchObject({ ok: true, value: { bindings: [] } })
    const two = { subject: 'li', bindings: [binding('scj', ['A', 'B'])] }
    expect(bindRoles(two, binding('scj', ['B', 'A', 'B']), rules)).toEqual({ ok: true, value: undefined })
  })

  it('stand in the order of the units, whichever was bound first', () => {
    const added = bindRoles({ subject: 'li', bindings: [binding('m', ['A']), binding('x', ['A'])] }, binding('b', ['A']), rules)
    expect(added).toMatchObject({ ok: true, value: { bindings: [{ unitId: 'b' }, { unitId: 'm' }, { unitId: 'x' }] } })
    const between = bindRoles({ subject: 'li', bindings: [binding('b', ['A']), binding('x', ['A'])] }, binding('m', ['A']), rules)
    expect(between).toMatchObject({ ok: true, value: { bindings: [{ unitId: 'b' }, { unitId: 'm' }, { unitId: 'x' }] } })
  })

  it('refuse a role that nobody is bound to', () => {
    expect(bindRoles(organiser, binding('scj', ['SERVICE']), rules)).toMatchObject({
      ok: false,
      error: { code: 'role-not-bindable', role: 'SERVICE' },
    })
  })
})
