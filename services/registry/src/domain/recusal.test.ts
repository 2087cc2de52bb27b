import { describe, expect, it } from 'vitest'
import { canonicalEntries, parseRecusalEntry, recusalIndex, recusalText, unnamedGround } from './recusal.ts'

describe('REG-33 recusal scope', () => {
  it.each([
    ['91230300MA00000001=配偶任职', { kind: 'OBJECT', target: '91230300MA00000001', ground: '配偶任职' }],
    ['某饭店＝持股', { kind: 'OBJECT', target: '某饭店', ground: '持股' }],
    ['某饭店', { kind: 'OBJECT', target: '某饭店', ground: '回避范围' }],
    ['某单位:甲=持股', { kind: 'OBJECT', target: '某单位:甲', ground: '持股' }],
    ['单位：某食品公司=曾任职', { kind: 'UNIT', target: '某食品公司', ground: '曾任职' }],
    ['人员:李某=配偶', { kind: 'PERSON', target: '李某', ground: '配偶' }],
    ['对象: 某饭店', { kind: 'OBJECT', target: '某饭店', ground: unnamedGround }],
    [' 某饭店 = 配偶任职 ', { kind: 'OBJECT', target: '某饭店', ground: '配偶任职' }],
    ['某饭店=持股=30%', { kind: 'OBJECT', target: '某饭店', ground: '持股=30%' }],
    ['某饭店= ', { kind: 'OBJECT', target: '某饭店', ground: unnamedGround }],
    ['=配偶任职', undefined],
    ['人员：=配偶', undefined],
    [' ', undefined],
  ])('%s', (text, entry) => {
    expect(parseRecusalEntry(text)).toEqual(entry)
  })

  it.each(['对象:91230300MA00000001=配偶任职', '单位:某食品公司=持股=30%', '人员:李某', '对象:人员:李某'])(
    '%s is written as it is read',
    (text) => {
      const entry = parseRecusalEntry(text)
      expect(entry && recusalText(entry)).toBe(text)
    },
  )

  it('entries are canonical whatever their order', () => {
    const a = { kind: 'OBJECT', target: 'a', ground: '1' } as const
    const b = { kind: 'OBJECT', target: 'b', ground: '2' } as const
    const c = { kind: 'OBJECT', target: 'c', ground: '3' } as const
    for (const entries of [
      [a, b, c],
      [c, b, a],
      [b, c, a],
    ])
      expect(canonicalEntries(entries)).toEqual([a, b, c])
    expect(canonicalEntries([a, { ...a, ground: '3' }])).toEqual([{ ...a, ground: '3' }])
    const person = { ...a, kind: 'PERSON' } as const
    expect(canonicalEntries([person, a])).toEqual([a, person])
  })

  it('finds holders by code and by full name, each once, and nobody for others', () => {
    const find = recusalIndex([
      {
        holder: 'zhang',
        entries: [
          { kind: 'OBJECT', target: 'CODE', ground: '配偶任职' },
          { kind: 'UNIT', target: '某饭店', ground: '持股' },
        ],
      },
      { holder: 'li', entries: [{ kind: 'PERSON', target: '某饭店', ground: '亲属' }] },
      { holder: 'wang', entries: [] },
    ])
    expect(
      find('CODE', '某饭店')
        .map(({ holder, ground }) => `${holder} ${ground}`)
        .sort(),
    ).toEqual(['li 亲属', 'zhang 配偶任职'])
    expect(find('OTHER', '某饭店分店')).toEqual([])
  })
})
