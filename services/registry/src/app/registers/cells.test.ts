import { describe, expect, it } from 'vitest'
import { dateCell, idCell, instantCell, listCell, textCell, wordCell, yesNoCell } from './cells.ts'

describe('DQ-04 cells', () => {
  it.each([
    [dateCell('2026-02-28'), '2026-02-28'],
    [dateCell('2026/02/28'), '2026-02-28'],
    [dateCell('2026-02-30'), 'not-a-date'],
    [instantCell('2026-01-31'), '2026-01-30T16:00:00.000Z'],
    [instantCell('2026-01-31T00:00:00Z'), '2026-01-31T00:00:00.000Z'],
    [instantCell('上月'), 'not-an-instant'],
    [idCell('230300-scj'), '230300-scj'],
    [idCell('230300 scj'), 'not-an-id'],
    [textCell(3)('四个字了'), 'text-too-long'],
    [yesNoCell('是'), true],
    [yesNoCell('FALSE'), false],
    [yesNoCell('也许'), 'unknown-word'],
  ])('%o is %s', (read, expected) => {
    expect(read.ok ? read.value : read.error.code).toBe(expected)
  })

  it('takes the words people write and the identifiers behind them', () => {
    const cell = wordCell({ 企业: 'ENTERPRISE', 产品: 'PRODUCT' })
    expect(cell('企业')).toEqual({ ok: true, value: 'ENTERPRISE' })
    expect(cell('product')).toEqual({ ok: true, value: 'PRODUCT' })
    expect(cell('公司')).toMatchObject({ ok: false, error: { code: 'unknown-word', action: '改为下列之一：企业、产品' } })
  })

  it('splits lists at Chinese and Western semicolons and bars, sorts them and drops doubles', () => {
    expect(listCell(textCell(10))('b；a;b| c ；')).toEqual({ ok: true, value: ['a', 'b', 'c'] })
    expect(listCell(textCell(10))('a；=b')).toMatchObject({ ok: false, error: { code: 'formula-cell' } })
    expect(listCell(idCell)('a；b b')).toMatchObject({ ok: false, error: { code: 'not-an-id' } })
  })
})
