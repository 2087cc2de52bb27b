import { describe, expect, it } from 'vitest'
import { selectionModes, selectionRule } from './selection-modes.ts'

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

describe('further selection modes', () => {
  /** The office with one named station, in pairs where policy asks for them. */
  const patrol = { offices: true, stations: { atLeast: 1, atMost: 1 }, pairable: true }
  const modes = selectionModes({ PATROL: patrol })
  const known = modes.ok ? modes.value : undefined

  it('DRW-08 are data: a mode is added without a change to those there are', () => {
    expect([...(known?.keys() ?? [])]).toEqual(['BUREAU_WIDE', 'OFFICE_AND_STATIONS', 'MULTI_STATION', 'SINGLE_STATION', 'PATROL'])
    expect(selectionRule('PATROL', 'SPECIALITY', ['s-1', 's-1'], true, known)).toEqual({
      ok: true,
      value: { mode: 'PATROL', ground: 'SPECIALITY', offices: true, stations: ['s-1'], paired: true },
    })
    expect(selectionRule('PATROL', 'SPECIALITY', ['s-1'], false, known)).toMatchObject({ value: { paired: false } })
    expect(selectionRule('PATROL', 'SPECIALITY', [], true, known)).toMatchObject({ error: { code: 'too-few-stations', atLeast: 1 } })
    expect(selectionRule('PATROL', 'SPECIALITY', ['a', 'b'], true, known)).toMatchObject({
      error: { code: 'too-many-stations', atMost: 1 },
    })
    for (const mode of ['BUREAU_WIDE', 'OFFICE_AND_STATIONS', 'MULTI_STATION', 'SINGLE_STATION'])
      for (const stations of [[], ['a'], ['a', 'b']])
        expect(selectionRule(mode, 'OTHER', stations, true, known)).toEqual(selectionRule(mode, 'OTHER', stations, true))
  })

  it('DRW-08 are known only where they are configured', () => {
    expect(selectionRule('PATROL', 'OTHER', ['s-1'], false)).toEqual({
      ok: false,
      error: { code: 'unknown-mode', mode: 'PATROL', allowed: ['BUREAU_WIDE', 'OFFICE_AND_STATIONS', 'MULTI_STATION', 'SINGLE_STATION'] },
    })
  })

  it('DRW-08 give no mode that is there another meaning, and have a name and candidates', () => {
    const refusal = (further: Parameters<typeof selectionModes>[0]) => {
      const made = selectionModes(further)
      return made.ok ? 'added' : made.error.code
    }
    expect(refusal({})).toBe('added')
    expect(refusal({ BUREAU_WIDE: patrol })).toBe('mode-exists')
    expect(refusal({ patrol })).toBe('mode-name')
    expect(refusal({ ['P'.repeat(65)]: patrol })).toBe('mode-name')
    expect(refusal({ ['P'.repeat(64)]: patrol })).toBe('added')
    expect(refusal({ PATROL_2: patrol })).toBe('added')
    for (const name of ['', '2PATROL', '_PATROL', 'PATROL-2', 'PATROl', ' PATROL'])
      expect(selectionModes({ [name]: patrol })).toEqual({ ok: false, error: { code: 'mode-name', mode: name } })
    expect(selectionModes({ BUREAU_WIDE: patrol })).toMatchObject({ error: { mode: 'BUREAU_WIDE' } })
    const nobody = { offices: false, stations: { atLeast: 0, atMost: null }, pairable: false }
    expect(selectionModes({ X: nobody })).toEqual({ ok: false, error: { code: 'mode-without-candidates', mode: 'X' } })
    const stations = (atLeast: number, atMost: number | null, offices = false) =>
      refusal({ X: { offices, stations: { atLeast, atMost }, pairable: false } })
    expect([stations(1, 1), stations(1, null), stations(0, 2, true)]).toEqual(['added', 'added', 'added'])
    expect([stations(0, null), stations(3, 2), stations(0, 0, true), stations(1.5, 2), stations(1, 2.5)]).toEqual(
      Array.from({ length: 5 }, () => 'mode-without-candidates'),
    )
    expect(refusal({ X: { offices: false, stations: null, pairable: true } })).toBe('mode-without-candidates')
    expect(refusal({ X: { offices: false, stations: null, pairable: false } })).toBe('added')
  })

  it('DRW-09 the rule keeps the mode and its ground', () => {
    for (const ground of ['GEOGRAPHY', 'STAFFING', 'SPECIALITY', 'SUPPORT', 'OTHER'])
      expect(selectionRule('BUREAU_WIDE', ground, [], false)).toMatchObject({ value: { mode: 'BUREAU_WIDE', ground } })
  })
})
