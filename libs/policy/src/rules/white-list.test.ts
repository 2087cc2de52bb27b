import { describe, expect, it } from 'vitest'
import { fourCoalCities, heilongjiang, samr2024, withValues } from '../../tests/shipped-presets.ts'
import { besideWhiteList, loweredRatio, whiteListDraw, whiteListStratum } from './white-list.ts'

describe('white list in a draw', () => {
  it('TGT-20 gives its members a stratum of their own, named after the one they stand beside', () => {
    expect(['A', 'UNGRADED', 'ALL'].map(whiteListStratum)).toEqual(['WHITE_LIST_A', 'WHITE_LIST_UNGRADED', 'WHITE_LIST_ALL'])
    expect(['WHITE_LIST_A', 'A', 'UNGRADED', 'WHITE'].map(besideWhiteList)).toEqual(['A', undefined, undefined, undefined])
  })

  it('TGT-20 draws them by the ratio and the rounding of the region', () => {
    expect(whiteListDraw(fourCoalCities)).toEqual({ effect: 'OWN_RATIO', ratio: { numerator: 1, denominator: 100 }, rounding: 'NEAREST' })
    const plain = whiteListDraw(withValues(fourCoalCities, { 'whiteList.rounding': undefined }))
    expect(plain).toEqual({ effect: 'OWN_RATIO', ratio: { numerator: 1, denominator: 100 } })
  })

  it('TGT-21 leaves them out where no ratio is given, and does nothing where the region has no white list', () => {
    expect(whiteListDraw(heilongjiang)).toEqual({ effect: 'LEFT_OUT' })
    expect(whiteListDraw(samr2024)).toBeUndefined()
  })

  it('TGT-20 never raises a ratio', () => {
    const percent = (numerator: number) => ({ numerator, denominator: 100 })
    expect([1, 2, 3].map((ofOthers) => loweredRatio(percent(ofOthers), percent(2)))).toEqual([percent(1), percent(2), percent(2)])
  })
})
