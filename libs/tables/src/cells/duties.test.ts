import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDuties, writeDuties } from './duties.ts'

const units = ['市甲局', '市乙局']
const items = ['餐饮检查', '店铺、摊位检查，含夜市', '食品']

describe('who checks what, in a remark', () => {
  it('PLN-13 JNT-11 comes back as it was written, though names have the marks in them that part them', () => {
    const duties = [
      { unit: '市甲局', itemNames: ['店铺、摊位检查，含夜市', '食品'] },
      { unit: '市乙局', itemNames: ['餐饮检查'] },
    ]
    const text = writeDuties(duties)
    expect(text).toBe('分工：市甲局检查店铺、摊位检查，含夜市、食品，市乙局检查餐饮检查')
    expect(readDuties(text, units, items)).toEqual({ kind: 'duties', duties, rest: '' })
    expect(readDuties(`${text}；分2批：…；理由：甲`, units, items)).toEqual({ kind: 'duties', duties, rest: '分2批：…；理由：甲' })
  })

  it('PLN-13 is what was written or a question, never anything else', () => {
    const name = fc.stringMatching(/^[甲乙检查、，；]{1,5}$/)
    const sets = fc.tuple(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), fc.uniqueArray(name, { minLength: 1, maxLength: 5 }))
    const written = sets.chain(([unitNames, itemNames]) =>
      fc.record({
        unitNames: fc.constant(unitNames),
        itemNames: fc.constant(itemNames),
        duties: fc.tuple(...unitNames.map((unit) => fc.subarray(itemNames, { minLength: 1 }).map((own) => ({ unit, itemNames: own })))),
      }),
    )
    fc.assert(
      fc.property(written, ({ unitNames, itemNames, duties }) => {
        const reading = readDuties(writeDuties(duties), unitNames, itemNames)
        expect(reading).toEqual(reading?.kind === 'duties' ? { kind: 'duties', duties, rest: '' } : { kind: 'unclear' })
      }),
    )
  })

  it.each([
    ['a department that is not of the line', '分工：市丙局检查食品'],
    ['an item that is not of the line', '分工：市甲局检查药品'],
    ['another verb', '分工：市甲局负责食品'],
    ['more than the name', '分工：市甲局检查食品等'],
    ['too long', `分工：${Array.from({ length: 1_000 }, () => '市甲局检查食品').join('，')}`],
  ])('PLN-13 is not understood: %s', (_, text) => {
    expect(readDuties(text, units, items)).toEqual({ kind: 'unclear' })
  })

  it('PLN-13 is not understood where it can be read in two ways', () => {
    expect(readDuties('分工：市甲局检查甲、乙', units, ['甲', '乙', '甲、乙'])).toEqual({ kind: 'unclear' })
    expect(readDuties('分工：市甲局检查甲、乙', units, ['甲', '乙'])).toMatchObject({ kind: 'duties' })
  })

  it('is not in a remark that begins otherwise', () => {
    expect(readDuties('按分工：市甲局检查食品', units, items)).toBeUndefined()
  })
})
