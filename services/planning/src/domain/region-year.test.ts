import { describe, expect, it } from 'vitest'
import { fourCoalCities, heilongjiang } from '../../tests/support/shipped.ts'
import { type DrawOfYear, regionYear, type YearOfPlans } from './region-year.ts'

/** The pilot's policy, counting what is given in the place of distinct enterprises. */
const counting = (numerator: 'DISTINCT_ENTERPRISES' | 'DRAWS'): typeof fourCoalCities => {
  const value = { numerator, denominatorAsOf: 'PLAN_FILING' as const }
  const get = ((key) => (key === 'ratio.yearFloor.count' ? { ok: true, value } : fourCoalCities.get(key))) as typeof fourCoalCities.get
  return { ...fourCoalCities, get }
}
const nowhere = { drawn: 0, enterprises: 0 }
/** Plans that draw enterprises alone, and may draw all there are. */
const year = (draws: readonly DrawOfYear[], planned: number, enterprises = 1000, policy = fourCoalCities) =>
  yearOf({ ofPlans: { planned, enterprises: planned, drawable: enterprises }, elsewhere: nowhere, draws, enterprises }, policy)
const yearOf = (plans: YearOfPlans, policy = fourCoalCities) => {
  const result = regionYear(policy, plans)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

describe('the year of a region against the floor', () => {
  it('CRD-08 counts distinct enterprises, not draws: an enterprise drawn twice is one, other objects are none', () => {
    const draws = [
      { drawn: 40, yearEnterprises: 30 },
      { drawn: 40, yearEnterprises: 49 },
    ]
    expect(year(draws, 80)).toEqual({
      planned: 80,
      plannedEnterprises: 80,
      drawn: 80,
      drawnEnterprises: 49,
      enterprises: 1000,
      share: '4.9%',
      gap: 1,
      state: 'red',
    })
    expect(year(draws, 81)).toMatchObject({ gap: 1, state: 'on-course' })
    expect(year([...draws, { drawn: 1, yearEnterprises: 50 }], 81)).toMatchObject({ share: '5%', gap: 0, state: 'met' })
  })

  it('CRD-08 counts draws where policy says so, and shows both figures either way', () => {
    const draws = [{ drawn: 50, yearEnterprises: 20 }]
    expect(year(draws, 50, 1000, counting('DRAWS'))).toMatchObject({ drawn: 50, drawnEnterprises: 20, share: '5%', gap: 0, state: 'met' })
    expect(year(draws, 50, 1000, counting('DISTINCT_ENTERPRISES'))).toMatchObject({ share: '2%', gap: 30, state: 'red' })
  })

  it('CRD-08 takes the highest count, whatever the order of the draws, and none of a draw that is not matched', () => {
    expect(year([{ drawn: 9, yearEnterprises: 15 }, { drawn: 9, yearEnterprises: 9 }, { drawn: 4 }], 22).drawnEnterprises).toBe(15)
    expect(year([], 50)).toMatchObject({ drawnEnterprises: 0, share: '0%', gap: 50, state: 'on-course' })
  })

  it('CRD-08 does not count on more enterprises than are left', () => {
    expect(year([{ drawn: 1, yearEnterprises: 0 }], 100, 1)).toMatchObject({ gap: 1, state: 'on-course' })
    expect(year([{ drawn: 5, yearEnterprises: 1 }], 100, 1)).toMatchObject({ gap: 0, state: 'met' })
  })

  it('CRD-08 expects of what is left to draw as many enterprises as of all that the plans draw', () => {
    const half = { ofPlans: { planned: 100, enterprises: 50, drawable: 500 }, elsewhere: nowhere, enterprises: 1000 }
    const state = (drawn: number, yearEnterprises: number) => yearOf({ ...half, draws: [{ drawn, yearEnterprises }] }).state
    // 50 are asked for; of 40 left 20 are expected.
    expect(state(60, 30)).toBe('on-course')
    expect(state(60, 29)).toBe('red')
    const shops = { ...half, ofPlans: { planned: 100, enterprises: 0, drawable: 0 } }
    expect(yearOf({ ...shops, draws: [] })).toMatchObject({ planned: 100, plannedEnterprises: 0, gap: 50, state: 'red' })
    expect(yearOf({ ...shops, draws: [] }, counting('DRAWS')).state).toBe('on-course')
    // To the nearest whole: half of one is one.
    expect(state(99, 49)).toBe('on-course')
  })

  it('CRD-08 counts on no more enterprises than the plans may still draw', () => {
    const few = (drawable: number) =>
      yearOf({
        ofPlans: { planned: 200, enterprises: 100, drawable },
        elsewhere: nowhere,
        draws: [{ drawn: 100, yearEnterprises: 40 }],
        enterprises: 1000,
      }).state
    expect(few(50)).toBe('on-course')
    expect(few(49)).toBe('red')
  })

  it('CRD-08 what another city drew is drawn, and none of it is left', () => {
    const draws = [{ drawn: 30, yearEnterprises: 30 }]
    const beside = (planned: number) =>
      yearOf({
        ofPlans: { planned, enterprises: planned, drawable: 20 },
        elsewhere: { drawn: 30, enterprises: 30 },
        draws,
        enterprises: 1000,
      })
    expect(beside(20)).toMatchObject({ planned: 50, plannedEnterprises: 50, drawn: 30, gap: 20, state: 'on-course' })
    expect(beside(19)).toMatchObject({ planned: 49, gap: 20, state: 'red' })
  })

  it('CRD-08 POL-04 names the key where nobody has said what counts', () => {
    expect(
      regionYear(heilongjiang, { ofPlans: { planned: 0, enterprises: 0, drawable: 0 }, elsewhere: nowhere, draws: [], enterprises: 10 }),
    ).toMatchObject({
      ok: false,
      error: { key: 'ratio.yearFloor.count' },
    })
  })
})
