import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { zh } from './zh.ts'

describe('the names of strata', () => {
  it.each([
    ['A', 'A', 'A'],
    ['ALL', '全体', 'All'],
    ['UNGRADED', '未评级', 'Ungraded'],
    ['230400/C', '230400 C', '230400 C'],
    ['230400/UNGRADED', '230400 未评级', '230400 Ungraded'],
    ['WHITE_LIST_A', '白名单（A）', 'White list (A)'],
    ['230300/WHITE_LIST_ALL', '230300 白名单（全体）', '230300 White list (All)'],
  ])('DRW-26 TGT-20 says of %s which city and whom it has', (stratum, inChinese, inEnglish) => {
    expect([zh.stratumName(stratum), en.stratumName(stratum)]).toEqual([inChinese, inEnglish])
  })
})
