import { describe, expect, it } from 'vitest'
import { selectionRule } from './selection-modes.ts'

describe('selection modes', () => {
  it('DRW-03 DRW-04 admits office and every station bureau-wide', () => {
    expect(selectionRule('BUREAU_WIDE', 'STAFFING', [], true)).toEqual({
      ok: true,
      value: { mode: 'BUREAU_WIDE', ground: 'STAFFING', offices: true, stations: null, paired: false },
    })
  })

  it('DRW-05 pairs office and station only where policy says so', () => {
    expect(selectionRule('OFFICE_AND_STATIONS', 'GEOGRAPHY', [], true)).toMatchObject({
      value: { offices: true, stations: null, paired: true },
    })
    expect(selectionRule('OFFICE_AND_STATIONS', 'GEOGRAPHY', [], false)).toMatchObject({ value: { paired: false } })
  })

  it('DRW-06 asks for at least two named stations', () => {
    expect(selectionRule('MULTI_STATION', 'OTHER', ['s-1', 's-1'], false)).toEqual({
      ok: false,
      error: { code: 'too-few-stations', mode: 'MULTI_STATION', atLeast: 2 },
    })
    expect(selectionRule('MULTI_STATION', 'OTHER', ['s-2', 's-1'], false)).toMatchObject({
      value: { offices: false, stations: ['s-1', 's-2'] },
    })
  })

  it('DRW-07 asks for exactly one', () => {
    expect(selectionRule('SINGLE_STATION', 'OTHER', [], false)).toMatchObject({ error: { code: 'too-few-stations', atLeast: 1 } })
    expect(selectionRule('SINGLE_STATION', 'OTHER', ['s-1'], false)).toMatchObject({ value: { offices: false, stations: ['s-1'] } })
    expect(selectionRule('SINGLE_STATION', 'OTHER', ['s-1', 's-2'], false)).toMatchObject({
      error: { code: 'too-many-stations', atMost: 1 },
    })
  })
})
