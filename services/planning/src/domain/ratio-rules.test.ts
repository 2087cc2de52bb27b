import { describe, expect, it } from 'vitest'
import { item, percent, strata } from '../../tests/support/lines.ts'
import { changed, fourCoalCities, samr2024 } from '../../tests/support/shipped.ts'
import { bandDepartures, capExcesses, cappedItems, checkStrata, escapesBands, leavesBand } from './ratio-rules.ts'

const general = { itemClass: 'GENERAL', fieldClass: 'GENERAL' } as const
const countedAsA = changed(fourCoalCities, 'ratio.unclassified', { mode: 'AS_GRADE', grade: 'A' })
const departures = (
  ratios: Readonly<Record<string, string>>,
  policy = fourCoalCities,
  classes: Parameters<typeof bandDepartures>[1] = general,
) => bandDepartures(policy, classes, strata(ratios))

describe('ratios that leave their band', () => {
  it('CRD-04 are told with their place, their grade and its band', () => {
    expect(departures({ A: '3%', B: '5.01%' })).toEqual([
      { code: 'ratio-outside-band', pointer: '/ratios/1', stratum: 'B', ratio: '5.01%', grade: 'B', band: 'B 3%–5%' },
    ])
  })

  it('CRD-04 are those of every grade where one ratio holds for all objects', () => {
    const all = { code: 'ratio-outside-band', pointer: '/ratios/0', stratum: 'ALL', ratio: '50%' }
    expect(departures({ ALL: '50%' })).toEqual([
      { ...all, grade: 'A', band: 'A 1%–3%' },
      { ...all, grade: 'B', band: 'B 3%–5%' },
    ])
  })

  it('CRD-06 are none of key items', () => {
    expect(departures({ A: '100%' }, fourCoalCities, { ...general, itemClass: 'KEY' })).toEqual([])
    expect(departures({ A: '100%' }, fourCoalCities, { ...general, fieldClass: 'KEY' })).toEqual([])
    expect(departures({ A: '100%' })).toHaveLength(1)
    expect(departures({ ALL: '100%' }, samr2024, { ...general, itemClass: 'KEY' })).toEqual([])
  })

  it('CRD-16 of objects without a grade are those of the grade they count as, or none', () => {
    expect(departures({ UNGRADED: '50%' })).toEqual([])
    expect(departures({ UNGRADED: '50%' }, countedAsA)).toMatchObject([{ stratum: 'UNGRADED', grade: 'A', ratio: '50%' }])
    expect(departures({ UNGRADED: '3%' }, countedAsA)).toEqual([])
  })

  it('CRD-03 POL-04 cannot be told of a grade outside the scheme, nor where there is no scheme', () => {
    expect(departures({ E: '3%' })).toEqual([{ code: 'stratum-unknown', pointer: '/ratios/0', stratum: 'E' }])
    for (const stratum of ['A', 'ALL']) {
      const told = departures({ [stratum]: '3%' }, samr2024)
      expect(told).toMatchObject([{ code: 'policy-unset', pointer: '/ratios/0', key: 'gradeScheme' }])
      expect(told[0]).toHaveProperty('message', expect.stringContaining('gradeScheme'))
    }
  })
})

describe('whether a line leaves its bands', () => {
  const leaves = (stratum: string, ratio: string, policy = fourCoalCities) =>
    strata({ [stratum]: ratio }).map((each) => leavesBand(policy, general, each))

  it('CRD-04 a ratio does above and below its band, one for all where any grade’s is left', () => {
    expect(leaves('B', '3%')).toEqual([false])
    expect(leaves('B', '2.99%')).toEqual([true])
    expect(leaves('B', '5.01%')).toEqual([true])
    expect(leaves('ALL', '3%')).toEqual([true])
  })

  it('CRD-04 POL-04 a ratio whose band cannot be told does not', () => {
    expect(leaves('E', '100%')).toEqual([false])
    expect(leaves('A', '100%', samr2024)).toEqual([false])
  })

  it('CRD-06 a number of objects does where general items of its field have bands', () => {
    const oneField = changed(fourCoalCities, 'ratio.keyFieldBands', [{ grade: 'A', min: '1%', max: '3%' }])
    const key = { itemClass: 'GENERAL', fieldClass: 'KEY' } as const
    expect(escapesBands(fourCoalCities, general)).toBe(true)
    expect(escapesBands(fourCoalCities, { ...general, itemClass: 'KEY' })).toBe(false)
    expect(escapesBands(fourCoalCities, key)).toBe(false)
    expect(escapesBands(oneField, key)).toBe(true)
    expect(escapesBands(changed(oneField, 'ratio.bands', []), general)).toBe(false)
    expect(escapesBands(changed(oneField, 'ratio.bands', undefined), general)).toBe(false)
  })
})

describe('the upper limit of items', () => {
  const items = [item('G1', { ratioCap: percent('3%') }), item('G2'), item('K1', { itemClass: 'KEY', ratioCap: percent('1%') })]

  it('REG-06 REG-05 is that of general items alone', () => {
    expect(cappedItems(items)).toEqual([{ code: 'G1', cap: percent('3%') }])
  })

  it('REG-06 is told with the item and the place of every ratio above it', () => {
    expect(capExcesses(items, strata({ A: '3%', B: '3.01%', C: '20%' }))).toEqual([
      { code: 'ratio-above-cap', pointer: '/ratios/1', itemCode: 'G1', stratum: 'B', ratio: '3.01%', cap: '3%' },
      { code: 'ratio-above-cap', pointer: '/ratios/2', itemCode: 'G1', stratum: 'C', ratio: '20%', cap: '3%' },
    ])
  })
})

describe('the strata of a line', () => {
  const bands = { A: '3%', B: '4%', C: '20%', D: '100%' }
  const checked = (ratios: Readonly<Record<string, string>>, policy = fourCoalCities) => checkStrata(policy, strata(ratios))

  it('PLN-26 are ALL alone', () => {
    expect(checked({ ALL: '3%' })).toEqual({ ok: true, value: strata({ ALL: '3%' }) })
    expect(checked({ ...bands, ALL: '3%' })).toEqual({ ok: false, error: [{ code: 'stratum-all-not-alone', pointer: '/ratios' }] })
  })

  it('PLN-26 CRD-16 or every grade from low to high and those without one, in whichever order they are given', () => {
    const inOrder = { ...bands, UNGRADED: '5%' }
    expect(checked({ UNGRADED: '5%', D: '100%', A: '3%', C: '20%', B: '4%' })).toEqual({ ok: true, value: strata(inOrder) })
  })

  it('PLN-26 are told one by one where they are unknown or given twice, and else where they are missing', () => {
    expect(checkStrata(fourCoalCities, [...strata({ E: '3%', A: '3%' }), ...strata({ A: '2%', F: '1%' })])).toEqual({
      ok: false,
      error: [
        { code: 'stratum-unknown', pointer: '/ratios/0', stratum: 'E' },
        { code: 'stratum-twice', pointer: '/ratios/2', stratum: 'A' },
        { code: 'stratum-unknown', pointer: '/ratios/3', stratum: 'F' },
      ],
    })
    expect(checked({ A: '3%', C: '20%', D: '100%' })).toEqual({
      ok: false,
      error: ['B', 'UNGRADED'].map((stratum) => ({ code: 'stratum-missing', pointer: '/ratios', stratum })),
    })
  })

  it('CRD-16 objects without a grade have the ratio of the grade they count as, unless one of their own is given', () => {
    expect(checked(bands, countedAsA)).toEqual({ ok: true, value: strata({ ...bands, UNGRADED: '3%' }) })
    expect(checked({ ...bands, UNGRADED: '2%' }, countedAsA)).toEqual({ ok: true, value: strata({ ...bands, UNGRADED: '2%' }) })
    const { A: _lowest, ...others } = bands
    expect(checked(others, countedAsA)).toMatchObject({ ok: false, error: [{ stratum: 'A' }, { stratum: 'UNGRADED' }] })
    const { B: _second, ...withoutB } = bands
    expect(checked(withoutB, countedAsA)).toMatchObject({ ok: false, error: [{ stratum: 'B' }] })
    const ownStratum = changed(fourCoalCities, 'ratio.unclassified', { mode: 'OWN_STRATUM', ratioBy: 'PLANNER' })
    expect(checked(bands, ownStratum)).toMatchObject({ ok: false, error: [{ stratum: 'UNGRADED' }] })
  })

  it('POL-04 cannot be checked where there is no scheme or nobody said what objects without a grade count as', () => {
    expect(checked(bands, samr2024)).toMatchObject({ ok: false, error: [{ code: 'policy-unset', pointer: '/ratios', key: 'gradeScheme' }] })
    const unsaid = changed(fourCoalCities, 'ratio.unclassified', undefined)
    expect(checked(bands, unsaid)).toMatchObject({ ok: false, error: [{ code: 'stratum-missing', stratum: 'UNGRADED' }] })
  })
})
