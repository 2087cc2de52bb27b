import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIdentityNumber, namesPerson, screenText } from './screening.ts'

describe('screening of a free text', () => {
  it.each([
    ['IDENTITY_NUMBER', '当事人身份证号11010519491231002X，现场配合', '当事人身份证号＊＊＊，现场配合'],
    ['MOBILE', '联系电话13812345678未接通', '联系电话＊＊＊未接通'],
    ['TELEPHONE', '固定电话0467-2345678无人接听', '固定电话＊＊＊无人接听'],
    ['EMAIL', '已发至li.si@example.com', '已发至＊＊＊'],
    ['BANK_CARD', '账户6222021234567890123', '账户＊＊＊'],
    ['CERTIFICATE', '执法证号：HLJ2303-00125', '执法证号：＊＊＊'],
    ['PERSON', '检查人员：张三、李四；现场已停业', '检查人员：＊＊＊；现场已停业'],
    ['PERSON', '举报人：王五', '举报人：＊＊＊'],
  ])('SEC-07 masks %s', (kind, text, screened) => {
    expect(screenText(text)).toEqual({ text: screened, masked: [kind] })
  })

  it('SEC-07 names every kind once and leaves the rest alone', () => {
    const { text, masked } = screenText('13812345678、13912345678、a@b.cn')
    expect(text).toBe('＊＊＊、＊＊＊、＊＊＊')
    expect(masked).toEqual(['MOBILE', 'EMAIL'])
  })

  it('leaves what only looks like personal data', () => {
    for (const text of [
      '检查人员发现该企业已停业',
      '统一社会信用代码91230300MA18XXXX0A',
      '许可证编号123456789012345678',
      '货值12345678901元',
      '检查日期2026-04-08',
    ])
      expect(screenText(text)).toEqual({ text, masked: [] })
  })

  it('SEC-07 lets no valid mobile number through, wherever it stands', () => {
    const mobile = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
    fc.assert(
      fc.property(mobile, fc.constantFrom('', '电话', '（', '，'), ([second, rest], before) => {
        const number = `1${second}${String(rest).padStart(9, '0')}`
        return !screenText(`${before}${number}，已核实`).text.includes(number)
      }),
    )
  })
})

describe('citizen identity numbers', () => {
  it('are known by birth date and check character', () => {
    expect(isIdentityNumber('11010519491231002X')).toBe(true)
    expect(isIdentityNumber('11010519491231002x')).toBe(true)
    expect(isIdentityNumber('110105194912310021')).toBe(false)
    expect(isIdentityNumber('11010519491331002X')).toBe(false)
    expect(isIdentityNumber('11010518991231002X')).toBe(false)
    expect(isIdentityNumber('91230300MA18XXXX0A')).toBe(false)
  })

  it('SEC-07 bar an object whose code or name holds one', () => {
    expect(namesPerson({ objectCode: '11010519491231002X', objectName: '某个体户' })).toBe(true)
    expect(namesPerson({ objectCode: 'P-001', objectName: '张三（11010519491231002X）' })).toBe(true)
    expect(namesPerson({ objectCode: '91230300MA18XXXX0A', objectName: '鸡西市兴达煤矿机械有限公司' })).toBe(false)
  })
})
