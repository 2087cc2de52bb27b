import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { jointExceptionOf } from './joint-exception.ts'
import type { OpeningGround } from './opening.ts'

const shaoxing = policyOf('shaoxing-2019-draft')
const heilongjiang = policyOf('heilongjiang')
const clue = (source: string): OpeningGround => ({ ground: 'CLUE', source, reference: '12315-1', clueIds: [] })
const superior = { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知' }

describe('checks without a draw and the scope of joint checks', () => {
  it('PLN-22 under shaoxing-2019-draft a complaint is an exception itself, recorded with what it is known by', () => {
    expect(jointExceptionOf(shaoxing, clue('COMPLAINT'), undefined)).toEqual({
      ok: true,
      value: { ground: 'COMPLAINT_OF_VIOLATION', basis: '12315-1' },
    })
    expect(jointExceptionOf(shaoxing, clue('COMPLAINT'), superior)).toEqual({ ok: true, value: superior })
  })

  it.each([
    clue('TRANSFERRED'),
    clue('DATA_MONITORING'),
    { ground: 'KEY_LIST_MATTER', matter: '特种设备' },
    { ground: 'LEGAL_EXEMPTION', mode: 'TARGETED', legalBasis: '某法' },
  ] as const)('PLN-22 whatever else opens a check names one of the three exceptions with its basis: %o', (opening) => {
    expect(jointExceptionOf(shaoxing, opening, undefined)).toMatchObject({ ok: false, error: { code: 'joint-exception-missing' } })
    expect(jointExceptionOf(shaoxing, opening, superior)).toEqual({ ok: true, value: superior })
    const other = { ground: 'OTHER', basis: '其他' }
    expect(jointExceptionOf(shaoxing, opening, other)).toMatchObject({ ok: false, error: { code: 'joint-exception-unknown' } })
  })

  it('PLN-22 no other policy asks', () => {
    expect(jointExceptionOf(heilongjiang, clue('TRANSFERRED'), undefined)).toEqual({ ok: true, value: undefined })
    expect(jointExceptionOf(heilongjiang, clue('TRANSFERRED'), superior)).toMatchObject({ error: { code: 'joint-exception-not-asked' } })
  })
})
