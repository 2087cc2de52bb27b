import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { anyTagReader, newOfRetired, plainTagValue, tagReader, tagText } from './tag.ts'
import { newDimension } from './tag-scheme.ts'

const base = [newDimension('BUSINESS_FORM', '业态'), newDimension('SCALE', '规模')]
const read = tagReader(base)

describe('REG-25 tags', () => {
  it.each([
    ['业态:网络餐饮', '业态:网络餐饮'],
    ['业态：网络餐饮', '业态:网络餐饮'],
    ['SCALE: 大型 ', '规模:大型'],
    ['重点对象', '重点对象'],
    [' 重点对象 ', '重点对象'],
    [' 业态 :堂食', '业态:堂食'],
    ['业态:元旦:春节', '业态:元旦:春节'],
    ['业态', '业态'],
    ['BUSINESS_FORM', 'BUSINESS_FORM'],
  ])('REG-25 %s is %s', (text, tag) => {
    expect(read(text)).toEqual({ ok: true, value: tag })
  })

  it('REG-25 values are compared with every colon narrow and no space around them', () => {
    expect(plainTagValue(' 元旦：春节：端午 ')).toBe('元旦:春节:端午')
  })

  it.each(['颜色:红', '业态:', '', ' '])('REG-25 refuses “%s” and names the dimensions there are', (text) => {
    expect(read(text)).toEqual({ ok: false, error: { code: 'tag-malformed', names: base.map(({ name }) => name) } })
  })

  it('REG-26 reads every name a dimension had into one stored form, and shows it under the present one', () => {
    const renamed = [{ ...newDimension('BUSINESS_FORM', '业态'), name: '经营形态', names: ['业态', '经营形态'] }]
    for (const text of ['业态:堂食', '经营形态:堂食', 'BUSINESS_FORM:堂食']) {
      expect(tagReader(renamed)(text)).toEqual({ ok: true, value: '业态:堂食' })
    }
    expect(tagText(renamed, '业态:堂食')).toBe('经营形态:堂食')
    expect(tagText(renamed, '重点对象')).toBe('重点对象')
  })

  it('REG-26 gives no tag of a retired dimension, and shows those there are', () => {
    const retired = [{ ...newDimension('SCALE', '规模'), retiredAt: '2026-03-01T00:00:00.000Z' as Instant }]
    expect(tagReader(retired)('规模:大型')).toEqual({ ok: false, error: { code: 'tag-dimension-retired', name: '规模' } })
    expect(tagText(retired, '规模:大型')).toBe('规模:大型')
  })

  it('REG-26 takes tags of a retired dimension that are there already, and finds the new ones among them', () => {
    const mixed = [
      newDimension('BUSINESS_FORM', '业态'),
      { ...newDimension('SCALE', '规模'), name: '体量', retiredAt: '2026-03-01T00:00:00.000Z' as Instant },
    ]
    expect(anyTagReader(mixed)('SCALE:大型')).toEqual({ ok: true, value: '规模:大型' })
    expect(anyTagReader(mixed)('颜色:红')).toEqual({ ok: false, error: { code: 'tag-malformed', names: ['业态'] } })
    const before = ['规模:大型', '重点对象']
    expect(newOfRetired(mixed, before, ['业态:堂食', '规模:大型', '重点对象', '规模化'])).toBeUndefined()
    expect(newOfRetired(mixed, before, [])).toBeUndefined()
    expect(newOfRetired(mixed, before, ['规模:大型', '规模:小型', '规模:中型'])).toEqual({ tag: '规模:小型', name: '体量' })
    expect(newOfRetired(mixed, [], ['规模:大型'])).toEqual({ tag: '规模:大型', name: '体量' })
  })
})
