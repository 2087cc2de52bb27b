import { describe, expect, it } from 'vitest'
import { chooseBinding } from './session.ts'

const bureau = { unitId: '230300-scj', regionCode: '230300', roles: ['PLANNER'] }
const office = { unitId: '230300-scj-jg', regionCode: '230300', roles: ['INSPECTOR'] }

describe('the unit of a session', () => {
  it('SEC-01 takes the only unit somebody is bound to', () => {
    expect(chooseBinding([bureau], undefined)).toEqual({ ok: true, value: bureau })
  })

  it('SEC-01 asks for a choice among several units', () => {
    expect(chooseBinding([bureau, office], undefined)).toEqual({
      ok: false,
      error: { code: 'unit-choice-required', unitIds: ['230300-scj', '230300-scj-jg'] },
    })
    expect(chooseBinding([bureau, office], '230300-scj-jg')).toEqual({ ok: true, value: office })
  })

  it('SEC-02 refuses a unit that somebody is not bound to, and a person without any', () => {
    expect(chooseBinding([bureau], '230400-scj')).toEqual({ ok: false, error: { code: 'unit-not-bound', unitId: '230400-scj' } })
    expect(chooseBinding([], undefined)).toEqual({ ok: false, error: { code: 'no-role-binding' } })
  })
})
