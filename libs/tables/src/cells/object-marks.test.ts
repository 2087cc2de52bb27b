import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyObject, type ObjectMarks, readObjectMarks, writeObjectMarks } from './object-marks.ts'

const none: ObjectMarks = { kinds: [], industries: [], tags: [], regions: [] }

describe('what narrows the objects of a line, in a cell', () => {
  it('PLN-13 is written in words and read back', () => {
    const marks = { kinds: ['企业', '个体工商户'], industries: ['H61'], tags: ['业态:星级饭店'], regions: ['230302'] }
    const text = '类型：企业、个体工商户；行业代码：H61；标签：业态:星级饭店；地区：230302'
    expect(writeObjectMarks(marks)).toBe(text)
    expect(readObjectMarks(text)).toEqual(marks)
    expect(readObjectMarks(' 类型: 企业、 个体工商户 ;标签:甲')).toEqual({ ...none, kinds: ['企业', '个体工商户'], tags: ['甲'] })
  })

  it('PLN-13 is every object of the items where nothing narrows them, and says so', () => {
    expect(writeObjectMarks(none)).toBe(everyObject)
    expect(readObjectMarks(everyObject)).toEqual(none)
  })

  it.each([
    '',
    '星级饭店',
    '类型：',
    '类型：企业；',
    '类型：企业；类型：产品',
    '类型：企业、；标签：甲',
    '规模：大',
    '事项的全部对象；类型：企业',
  ])('PLN-13 is not read from any other text: %j', (text) => {
    expect(readObjectMarks(text)).toBeUndefined()
  })

  it('PLN-13 reads back whatever it writes', () => {
    const value = fc.stringMatching(/^[A-Z0-9\u4e00-\u9fa5:]{1,6}$/)
    const values = fc.array(value, { maxLength: 3 })
    fc.assert(
      fc.property(fc.record({ kinds: values, industries: values, tags: values, regions: values }), (marks) => {
        expect(readObjectMarks(writeObjectMarks(marks))).toEqual(marks)
      }),
    )
  })
})
