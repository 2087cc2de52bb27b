import { describe, expect, it } from 'vitest'
import { parseTag, tagDimensions } from './tag.ts'

describe('REG-25 tags', () => {
  it('have the five dimensions of the guidelines and application scenarios', () => {
    expect(tagDimensions).toEqual(['业务类别', '业态', '品类', '载体', '规模', '应用场景'])
  })

  it.each([
    ['业态:网络餐饮', '业态:网络餐饮'],
    ['业态：网络餐饮', '业态:网络餐饮'],
    ['SCALE: 大型 ', '规模:大型'],
    ['重点对象', '重点对象'],
    [' 重点对象 ', '重点对象'],
    [' 业态 :堂食', '业态:堂食'],
    ['应用场景:元旦:春节', '应用场景:元旦:春节'],
    ['颜色:红', undefined],
    ['业态:', undefined],
    ['', undefined],
    [' ', undefined],
  ])('%s is %s', (text, tag) => {
    expect(parseTag(text)).toBe(tag)
  })
})
