import { formatPercent, type Instant, type RegionCode, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, code, percent, planLine, strata } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf, supersededVersionOf } from '../../tests/support/plans.ts'
import { changed, fourCoalCities } from '../../tests/support/shipped.ts'
import { scopeKey } from './object-scope.ts'
import type { PlanLine, PlanVersion } from './plan.ts'
import type { PoolFlow } from './pool-flows.ts'
import { plannedAt, reEvaluate } from './re-evaluation.ts'

const planned = { A: 100, D: 4 }

type Sizes = Readonly<Record<string, number>>

/** Of strata of these sizes then and now: whoever is not in the one came, whoever is not in the other went. */
const flowsTo = (now: Sizes): readonly PoolFlow[] =>
  ['A', 'B', 'C', 'D', 'E', 'UNGRADED'].flatMap((stratum) => {
    const [before, after] = [(planned as Sizes)[stratum] ?? 0, now[stratum] ?? 0]
    const here = { stratum, active: true }
    const flows: PoolFlow[] = [
      { from: here, to: here, count: Math.min(before, after) },
      { from: here, count: before - after },
      { to: here, count: after - before },
    ]
    return flows.filter(({ count }) => count > 0)
  })

const evaluatedBy = (line: PlanLine, flows: readonly PoolFlow[]) => {
  const result = reEvaluate(fourCoalCities, line, { whole: flows })
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
const evaluated = (line: PlanLine, now: Sizes) => evaluatedBy(line, flowsTo(now))

describe('re-evaluation of a line', () => {
  it('CRD-11 names the grades that changed and the ratio the line would have now', () => {
    const found = evaluated(planLine('L01'), { A: 90, D: 14 })
    expect(found).toMatchObject({
      lineId: 'L01',
      before: { mapped: 104, planned: 3 + 4 },
      now: { mapped: 104, planned: 3 + 14 },
      changes: [
        { stratum: 'A', before: 100, now: 90, ratio: percent('3%') },
        { stratum: 'D', before: 4, now: 14, ratio: percent('100%') },
      ],
      strataWithoutRatio: [],
    })
    expect(found && [found.before.ratio, found.now.ratio].map(formatPercent)).toEqual(['6.730769%', '16.346153%'])
  })

  it('CRD-11 leaves out a line whose grades are as they were, and lists it from one object on', () => {
    expect(evaluated(planLine('L01'), planned)).toBeUndefined()
    expect(evaluated(planLine('L01'), { A: 99, B: 1, D: 4 })?.changes.map(({ stratum }) => stratum)).toEqual(['A', 'B'])
  })

  it('CRD-11 lists grades that came and those that went, in the order of their names', () => {
    const now = { UNGRADED: 2, C: 3, B: 1 }
    expect(evaluated(planLine('L01'), now)?.changes).toEqual([
      { stratum: 'A', before: 100, now: 0, ratio: percent('3%') },
      { stratum: 'B', before: 0, now: 1, ratio: percent('4%') },
      { stratum: 'C', before: 0, now: 3, ratio: percent('20%') },
      { stratum: 'D', before: 4, now: 0, ratio: percent('100%') },
      { stratum: 'UNGRADED', before: 0, now: 2, ratio: percent('5%') },
    ])
  })

  it('CRD-11 draws nothing where no object is left, which is nothing of nothing', () => {
    expect(evaluated(planLine('L01'), {})).toMatchObject({ now: { mapped: 0, planned: 0, ratio: percent('0%') }, strataWithoutRatio: [] })
  })

  it('CRD-11 POL-04 cannot be told where nobody said how draws are rounded', () => {
    const unsaid = changed(fourCoalCities, 'ratio.rounding', undefined)
    expect(reEvaluate(unsaid, planLine('L01'), { whole: flowsTo({ A: 90, D: 14 }) })).toMatchObject({
      ok: false,
      error: { code: 'policy-unset', key: 'ratio.rounding' },
    })
    expect(reEvaluate(unsaid, planLine('L01'), { whole: flowsTo(planned) })).toEqual({ ok: true, value: undefined })
  })

  it('CRD-11 lists a key item and a fixed number too: their grades change all the same', () => {
    const all = planLine('L01', { itemCodes: [code('K1')], ratios: strata({ ALL: '10%' }) })
    expect(evaluated(all, { A: 90, D: 14 })).toMatchObject({ before: { planned: 11 }, now: { planned: 11 } })
    const fixed = { ...planLine('L01'), count: 26, ratios: [] }
    const found = evaluated(fixed, { A: 48, D: 4 })
    expect(found && [found.before.ratio, found.now.ratio].map(formatPercent)).toEqual(['25%', '50%'])
    expect(found?.strataWithoutRatio).toEqual([])
  })

  it('CRD-11 PLN-13 draws of each scope of its batches what that has', () => {
    const scopeOf = (regionCode: string) => ({ kinds: [], industryPrefixes: [], tags: [], regionCodes: [regionCode as RegionCode] })
    const [east, west] = [scopeOf('230302'), scopeOf('230303')]
    const { batches, ...line } = planLine('L01', { times: 2 })
    const scoped = { ...line, batches: batches.map((batch, at) => ({ ...batch, share: ratioOf(1, 1), scope: at === 0 ? east : west })) }
    const [a, d] = [
      { stratum: 'A', active: true },
      { stratum: 'D', active: true },
    ]
    // A 3 % of 10 and of 90 is 1 and 3; one of the ten fell to D, all of which are drawn.
    const inWest: readonly PoolFlow[] = [{ from: a, to: a, count: 90 }]
    const inEast: readonly PoolFlow[] = [
      { from: a, to: a, count: 9 },
      { from: a, to: d, count: 1 },
    ]
    const byScope = new Map([
      [scopeKey(east), inEast],
      [scopeKey(west), inWest],
    ])
    expect(reEvaluate(fourCoalCities, scoped, { whole: [...inEast, ...inWest], byScope })).toMatchObject({
      value: { before: { mapped: 100, planned: 4 }, now: { mapped: 100, planned: 5 }, moves: [{ from: 'A', to: 'D', objects: 1 }] },
    })
  })

  it('CRD-11 lists one that fell beside one that rose, though every grade is as large as it was', () => {
    const [a, d] = [
      { stratum: 'A', active: true },
      { stratum: 'D', active: true },
    ]
    const flows = [
      { from: a, to: a, count: 99 },
      { from: a, to: d, count: 1 },
      { from: d, to: a, count: 1 },
      { from: d, to: d, count: 3 },
    ]
    expect(evaluatedBy(planLine('L01'), flows)).toMatchObject({
      before: { mapped: 104, planned: 7 },
      now: { mapped: 104, planned: 7 },
      changes: [],
      moves: [
        { from: 'A', to: 'D', objects: 1 },
        { from: 'D', to: 'A', objects: 1 },
      ],
      entered: [],
      left: [],
    })
  })

  it('CRD-11 REG-30 lists one that left the pool in the year, which is counted in its grade all the same', () => {
    const [a, gone] = [
      { stratum: 'A', active: true },
      { stratum: 'A', active: false },
    ]
    expect(evaluatedBy(planLine('L01'), [{ from: a, to: gone, count: 2 }])).toMatchObject({
      before: { mapped: 2 },
      now: { mapped: 2 },
      changes: [],
      left: [{ stratum: 'A', objects: 2 }],
    })
    expect(evaluatedBy(planLine('L01'), [{ from: gone, to: gone, count: 2 }])).toBeUndefined()
  })

  it('CRD-11 names a grade that has no ratio on the line', () => {
    expect(evaluated(planLine('L01'), { A: 100, D: 4, E: 2 })).toMatchObject({
      strataWithoutRatio: ['E'],
      now: { mapped: 106, planned: 7 },
      changes: [{ stratum: 'E', before: 0, now: 2, ratio: undefined }],
    })
    const all = planLine('L01', { itemCodes: [code('K1')], ratios: strata({ ALL: '10%' }) })
    expect(evaluated(all, { A: 100, D: 4, E: 2 })).toMatchObject({
      strataWithoutRatio: [],
      changes: [{ stratum: 'E', ratio: percent('10%') }],
    })
  })
})

describe('since when a line is planned', () => {
  const [march, may, june] = ['2026-03-02T02:00:00.000Z', '2026-05-04T02:00:00.000Z', '2026-06-01T02:00:00.000Z'] as Instant[]
  const counted = (version: PlanVersion, asOf = act.at): PlanVersion => ({
    ...version,
    figures: { asOf, enterprises: 1, pool: 1, planned: 1, lines: [] },
  })
  const [first, second] = [planLine('L01'), planLine('L02')]
  const filing = { ...act, filedTo: '230000', onTime: true } as Extract<PlanVersion, { state: 'RETURNED' }>['filing']
  const since = (versions: readonly PlanVersion[], lineId = 'L01') =>
    plannedAt({ versions, drafted: { ...act, at: '2026-01-05T02:00:00.000Z' as Instant } }, lineId)

  it('CRD-11 is the first settlement of the line, whatever is adjusted beside it later', () => {
    const versions = [
      counted(supersededVersionOf([first], may ?? ''), march),
      counted(publishedVersionOf([first, second]), may),
      { number: 3, lines: [first, second], changes: [], state: 'DRAFT' } as const,
    ]
    expect(since(versions)).toBe(march)
    expect(since(versions, 'L02')).toBe(may)
  })

  it('CRD-11 is not the filing that was returned; before any, the draft', () => {
    const returned: PlanVersion = {
      number: 1,
      lines: [first],
      changes: [],
      state: 'RETURNED',
      filing,
      returned: { ...act, reason: '补正' },
    }
    expect(since([counted(returned, march), counted(filedVersionOf([first], june ?? ''), june)])).toBe(june)
    expect(since([counted(returned, march)])).toBe('2026-01-05T02:00:00.000Z')
    expect(since(planAt(publishedVersionOf([first])).versions)).toBe('2026-01-05T02:00:00.000Z')
  })
})
