import { formatPercent } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { code, planLine, strata } from '../../tests/support/lines.ts'
import { poolOf } from '../../tests/support/pools.ts'
import { changed, fourCoalCities, samr2024, valueOf } from '../../tests/support/shipped.ts'
import { type GapInput, gapClosing, type Raise, raised } from './gap-closing.ts'
import type { PlanLine } from './plan.ts'

/** A plan whose lines all draw of one pool; the floor asks for 5 % of the enterprises. */
const inputOf = (
  lines: readonly PlanLine[],
  byGrade: Readonly<Record<string, number>>,
  enterprises: number,
  more: Partial<GapInput> = {},
): GapInput => ({
  counted: lines.map((line) => ({ line, pool: poolOf(byGrade) })),
  whole: { ...poolOf(byGrade), enterprises },
  capOf: () => undefined,
  ...more,
})

const closing = (input: GapInput, policy = fourCoalCities) => {
  const found = valueOf(gapClosing(policy, input))
  if (found === undefined) throw new Error('no floor')
  return found
}

const withRatios = (id: string, ratios: Readonly<Record<string, string>>, itemCode = 'G1'): PlanLine => ({
  ...planLine(id, { itemCodes: [code(itemCode)] }),
  ratios: strata(ratios),
})
const general = (id: string) => withRatios(id, { A: '1%', B: '3%', C: '20%', D: '50%', UNGRADED: '5%' })

const text = (raises: readonly Raise[]) =>
  raises.map((raise) =>
    raise.kind === 'COUNT'
      ? `${raise.lineId} ${raise.from}→${raise.to}`
      : `${raise.lineId} ${raise.stratum} ${formatPercent(raise.from)}→${formatPercent(raise.to)}`,
  )

describe('what would close the gap to the yearly floor', () => {
  const pool = { A: 1000, B: 1000, C: 100, D: 20 }
  // As planned: 10 + 30 + 20 + 10.
  const planned = 70

  it('CRD-08 is nothing from the floor on', () => {
    expect(closing(inputOf([general('L01')], pool, planned * 20))).toEqual({
      objects: planned,
      reach: planned,
      gap: 0,
      verdict: 'MET',
      missing: 0,
      options: [],
      together: [],
    })
    expect(closing(inputOf([general('L01')], pool, planned * 20 + 1))).toMatchObject({ gap: 1, verdict: 'WITHIN_BANDS' })
  })

  it('CRD-18 CRD-04 gives for each grade the smallest ratio within its band that closes it alone', () => {
    // 71 objects: one more of any grade will do.
    const { options } = closing(inputOf([general('L01')], pool, 71 * 20))
    expect(options.map(({ closes, reach, raises }) => [text(raises)[0], closes, reach])).toEqual([
      ['L01 D 50%→50.01%', true, 71],
      ['L01 C 20%→20.01%', true, 71],
      ['L01 B 3%→3.01%', true, 71],
      ['L01 A 1%→1.01%', true, 71],
      // No band limits objects without a grade, of which there are none here.
    ])
  })

  it('CRD-18 says of a grade that cannot close it alone how far its band reaches', () => {
    // 91 objects: D brings 10 more at most, C 30, B 20, A 20.
    const { options } = closing(inputOf([general('L01')], pool, 91 * 20))
    expect(options.map(({ stratum, closes, reach, raises }) => [stratum, closes, reach, text(raises).join()])).toEqual([
      ['D', false, 80, 'L01 D 50%→100%'],
      ['C', true, 91, 'L01 C 20%→40.01%'],
      ['B', false, 90, 'L01 B 3%→5%'],
      ['A', false, 90, 'L01 A 1%→3%'],
    ])
  })

  it('CRD-18 CRD-05 raises grades together in the order of risk, the last no further than needed', () => {
    // 115 objects: D in full 80, C in full 110, and five more of B.
    const { verdict, missing, together } = closing(inputOf([general('L01')], pool, 115 * 20))
    expect(verdict).toBe('WITHIN_BANDS')
    expect(missing).toBe(0)
    expect(text(together)).toEqual(['L01 D 50%→100%', 'L01 C 20%→50%', 'L01 B 3%→3.41%'])
  })

  it('CRD-18 closes within the bands up to their highest, and not one object further', () => {
    // 20 + 50 + 50 + 30.
    expect(closing(inputOf([general('L01')], pool, 150 * 20))).toMatchObject({ verdict: 'WITHIN_BANDS', missing: 0 })
    expect(closing(inputOf([general('L01')], pool, 151 * 20))).toMatchObject({ verdict: 'NOT_CLOSABLE', missing: 1, gap: 81 })
  })

  it('CRD-04 raises the same grade in every line, and leaves alone what a reason put above the band', () => {
    const lines = [general('L01'), withRatios('L02', { A: '10%', B: '3%' })]
    const draws = changed(fourCoalCities, 'ratio.yearFloor.count', { numerator: 'DRAWS', denominatorAsOf: 'PLAN_FILING' })
    const { options } = closing(inputOf(lines, { A: 1000, B: 1000 }, 250 * 20), draws)
    expect(options.map(({ stratum, raises }) => [stratum, text(raises)])).toEqual([
      ['B', ['L01 B 3%→5%', 'L02 B 3%→5%']],
      ['A', ['L01 A 1%→3%']],
    ])
  })

  it('CRD-04 brings a ratio below its band into it', () => {
    const { options } = closing(inputOf([withRatios('L01', { C: '5%' })], { C: 100 }, 6 * 20))
    expect(options.map(({ raises }) => text(raises))).toEqual([['L01 C 5%→20%']])
  })

  it('REG-06 stays at the upper limit of an item', () => {
    const capped = inputOf([general('L01')], { A: 1000 }, 20 * 20, { capOf: () => strata({ A: '1.5%' })[0]?.ratio })
    expect(closing(capped)).toMatchObject({ verdict: 'NOT_CLOSABLE', missing: 5 })
    expect(text(closing(capped).together)).toEqual(['L01 A 1%→1.5%'])
  })

  it('CRD-06 CRD-18 takes key items, numbers and objects without a grade only after the bands are at their highest', () => {
    const key = withRatios('L02', { ALL: '1%' }, 'K1')
    const input = (objects: number) => inputOf([general('L01'), { ...key, itemClass: 'KEY' }], { A: 1000 }, objects * 20)
    // 10 + 10 as planned; 30 + 10 within the bands.
    expect(closing(input(40)).verdict).toBe('WITHIN_BANDS')
    const beyond = closing(input(41))
    expect(beyond.verdict).toBe('WITH_FREE_QUANTITIES')
    expect(text(beyond.together)).toEqual(['L01 A 1%→3%', 'L02 ALL 1%→1.01%'])
    const numbered = { ...general('L02'), ratios: [], count: 5 }
    const byNumber = closing(inputOf([numbered], { A: 100 }, 9 * 20))
    expect(byNumber.verdict).toBe('WITH_FREE_QUANTITIES')
    expect(text(byNumber.together)).toEqual(['L02 5→9'])
    expect(closing(inputOf([numbered], { A: 8 }, 9 * 20))).toMatchObject({ verdict: 'NOT_CLOSABLE', missing: 1 })
    const ungraded = closing(inputOf([general('L01')], { UNGRADED: 100 }, 6 * 20))
    expect(ungraded.verdict).toBe('WITH_FREE_QUANTITIES')
    expect(text(ungraded.together)).toEqual(['L01 UNGRADED 5%→5.01%'])
  })

  it('CRD-04 raises one ratio for all grades until it leaves the first band', () => {
    const { options } = closing(inputOf([withRatios('L01', { ALL: '2%' })], { A: 1000 }, 40 * 20))
    expect(options.map(({ closes, raises }) => [closes, text(raises)])).toEqual([[false, ['L01 ALL 2%→3%']]])
    expect(closing(inputOf([withRatios('L01', { ALL: '4%' })], { A: 1000 }, 50 * 20)).options).toEqual([])
  })

  it('CRD-08 counts each object once where the floor does, and what other plans of the region draw', () => {
    const lines = [general('L01'), general('L02')]
    expect(closing(inputOf(lines, { D: 10 }, 11 * 20))).toMatchObject({ reach: 10, verdict: 'NOT_CLOSABLE', missing: 1 })
    expect(closing(inputOf(lines, { D: 10 }, 11 * 20, { elsewhere: 1 }))).toMatchObject({ reach: 11, verdict: 'MET' })
  })

  it('CRD-08 weighs enterprises alone, and proposes nothing of strata that have none', () => {
    const shops = poolOf({ A: 1000, D: 20 }, 40 * 20, { A: 500 })
    const input: GapInput = { counted: [{ line: general('L01'), pool: shops }], whole: shops, capOf: () => undefined }
    // Ten of A are planned, half of them enterprises; D are all of other kinds. Within the band of A, 15 of 30.
    expect(closing(input)).toMatchObject({ reach: 5, gap: 35, verdict: 'NOT_CLOSABLE', missing: 25 })
    expect(text(closing(input).together)).toEqual(['L01 A 1%→3%'])
    const draws = changed(fourCoalCities, 'ratio.yearFloor.count', { numerator: 'DRAWS', denominatorAsOf: 'PLAN_FILING' })
    expect(closing(input, draws)).toMatchObject({ reach: 20, options: [{ stratum: 'D' }, { stratum: 'A' }] })
    const none = poolOf({ A: 100 }, 40 * 20, {})
    const numbered = { ...general('L02'), ratios: [], count: 5 }
    const unable: GapInput = { counted: [{ line: numbered, pool: none }], whole: none, capOf: () => undefined }
    expect(closing(unable)).toMatchObject({ reach: 0, options: [], together: [], verdict: 'NOT_CLOSABLE', missing: 40 })
  })

  it('CRD-08 counts no more with other plans than all of them may draw', () => {
    const lines = [general('L01')]
    const together = (most: number) => closing(inputOf(lines, { D: 10 }, 9 * 20, { elsewhere: 4, most })).reach
    expect([together(8), together(9), together(10)]).toEqual([8, 9, 9])
  })

  it('DRW-26 weighs only what the plan’s own city draws', () => {
    const line = { ...general('L01'), joint: { merged: true, cities: [] } }
    const elsewhere = [{ ...poolOf({ A: 1000 }), regionCode: '230400' as never }]
    const input: GapInput = {
      counted: [{ line, pool: poolOf({ A: 1000 }), elsewhere }],
      whole: { ...poolOf({ A: 1000 }), enterprises: 400 },
      capOf: () => undefined,
    }
    // 20 of 2,000 merged are 10 of each city; of 39 the first city has 20.
    expect(closing(input)).toMatchObject({ reach: 10, objects: 20, verdict: 'WITHIN_BANDS' })
    expect(text(closing(input).together)).toEqual(['L01 A 1%→1.91%'])
  })

  it('POL-04 is absent without a floor, and stops at what it needs and lacks', () => {
    expect(gapClosing(samr2024, inputOf([general('L01')], pool, 20))).toEqual({ ok: true, value: undefined })
    for (const key of ['ratio.yearFloor.count', 'ratio.rounding', 'ratio.bands'] as const) {
      const unset = changed(fourCoalCities, key, undefined)
      expect(gapClosing(unset, inputOf([general('L01')], pool, 100_000)), key).toMatchObject({ ok: false, error: { key } })
    }
  })

  it('CRD-18 shows a line with its raises, and nothing else of it changed', () => {
    const line = general('L01')
    const to = strata({ A: '2%' })[0]?.ratio
    if (to === undefined) throw new Error('a ratio')
    expect(raised(line, [{ kind: 'RATIO', lineId: 'L01', stratum: 'A', from: to, to }]).ratios.slice(0, 2)).toEqual(
      strata({ A: '2%', B: '3%' }),
    )
    expect(raised({ ...line, count: 3 }, [{ kind: 'COUNT', lineId: 'L01', from: 3, to: 7 }])).toEqual({ ...line, count: 7 })
  })
})
