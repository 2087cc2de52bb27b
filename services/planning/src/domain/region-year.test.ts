import { describe, expect, it } from 'vitest'
import { fourCoalCities, heilongjiang } from '../../tests/support/shipped.ts'
import { type DrawOfYear, regionYear } from './region-year.ts'

/** The pilot's policy, counting what is given in the place of distinct enterprises. */
const counting = (numerator: 'DISTINCT_ENTERPRISES' | 'DRAWS'): typeof fourCoalCities => {
  const value = { numerator, denominatorAsOf: 'PLAN_FILING' as const }
  const get = ((key) => (key === 'ratio.yearFloor.count' ? { ok: true, value } : fourCoalCities.get(key))) as typeof fourCoalCities.get
  return { ...fourCoalCities, get }
}
const year = (draws: readonly DrawOfYear[], planned: number, enterprises = 1000, policy = fourCoalCities) => {
  const result = regionYear(policy, { planned, draws, enterprises })
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

  it('CRD-08 POL-04 names the key where nobody has said what counts', () => {
    expect(regionYear(heilongjiang, { planned: 0, draws: [], enterprises: 10 })).toMatchObject({
      ok: false,
      error: { key: 'ratio.yearFloor.count' },
    })
  })
})
