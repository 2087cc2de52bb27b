import { describe, expect, it } from 'vitest'
import { industryCatalogue, isWithinIndustry } from './industry.ts'

const catalogue = industryCatalogue([
  { code: 'H', name: '住宿和餐饮业', parent: '' },
  { code: '62', name: '餐饮业', parent: 'H' },
  { code: '621', name: '正餐服务', parent: '62' },
  { code: '6210', name: '正餐服务', parent: '999' },
])

describe('DQ-04 industry codes of GB/T 4754', () => {
  it.each([
    ['6210', 'H6210'],
    ['H6210', 'H6210'],
    ['h62', 'H62'],
    ['H', 'H'],
    ['6211', undefined],
    ['F6210', undefined],
    ['62100', undefined],
    ['', undefined],
  ])('%s is %s', (text, code) => {
    expect(catalogue.normalise(text)).toBe(code)
  })

  it('names a class and knows what lies within what', () => {
    expect(catalogue.nameOf('H6210')).toBe('正餐服务')
    expect(isWithinIndustry('H6210', 'H621')).toBe(true)
    expect(isWithinIndustry('H62', 'H621')).toBe(false)
    expect(isWithinIndustry('', '')).toBe(false)
  })
})
