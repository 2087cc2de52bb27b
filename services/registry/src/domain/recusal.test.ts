import { describe, expect, it } from 'vitest'
import { canonicalEntries, parseRecusalEntry, recusalIndex, unnamedGround } from './recusal.ts'

describe('REG-33 recusal scope', () => {
  it.each([
    ['91230300MA00000001=配偶任职', { target: '91230300MA00000001', ground: '配偶任职' }],
    ['某饭店＝持股', { target: '某饭店', ground: '持股' }],
    ['某饭店', { target: '某饭店', ground: unnamedGround }],
    [' 某饭店 = 配偶任职 ', { target: '某饭店', ground: '配偶任职' }],
    ['某饭店=持股=30%', { target: '某饭店', ground: '持股=30%' }],
    ['某饭店= ', { target: '某饭店', ground: unnamedGround }],
    ['=配偶任职', undefined],
    [' ', undefined],
  ])('%s', (text, entry) => {
    expect(parseRecusalEntry(text)).toEqual(entry)
  })

  it('entries are canonical whatever their order', () => {
    const a = { target: 'a', ground: '1' }
    const b = { target: 'b', ground: '2' }
    const c = { target: 'c', ground: '3' }
    for (const entries of [
      [a, b, c],
      [c, b, a],
      [b, c, a],
    ])
      expect(canonicalEntries(entries)).toEqual([a, b, c])
    expect(canonicalEntries([a, { target: 'a', ground: '3' }])).toEqual([{ target: 'a', ground: '3' }])
  })

  it('finds holders by code and by full name, each once, and nobody for others', () => {
    const find = recusalIndex([
      {
        holder: 'zhang',
        entries: [
          { target: 'CODE', ground: '配偶任职' },
          { target: '某饭店', ground: '持股' },
        ],
      },
      { holder: 'li', entries: [{ target: '某饭店', ground: '亲属' }] },
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
