import { describe, expect, it } from 'vitest'
import { nearestByName } from './similar-names.ts'

const near = (name: string, ...names: readonly string[]) =>
  nearestByName(
    names.map((each, index) => ({ code: `C${index}`, name: each })),
    name,
  ).map((item) => item.name)

describe('REG-07 items of a superior’s list with a similar name', () => {
  it('share at least a third of their pairs of characters, the nearest first', () => {
    // Pairs: abcd has three; abxy shares one of three with it (2/6), abxyz one of four (2/7), abcx two of three (4/6).
    expect(near('abcd', 'abxy', 'abxyz', 'abcx', 'abcd', 'wxyz')).toEqual(['abcd', 'abcx', 'abxy'])
  })

  it('are at most five', () => {
    expect(near('abcd', ...Array.from({ length: 6 }, () => 'abcd'))).toHaveLength(5)
    expect(near('abcd', ...Array.from({ length: 5 }, () => 'abcd'))).toHaveLength(5)
  })

  it('stand in the order of their codes where they are equally near, in whichever order they come', () => {
    const items = ['C', 'A', 'D', 'B'].map((code) => ({ code, name: 'abcd' }))
    expect(nearestByName(items, 'abcd').map(({ code }) => code)).toEqual(['A', 'B', 'C', 'D'])
    expect(nearestByName(items.toReversed(), 'abcd').map(({ code }) => code)).toEqual(['A', 'B', 'C', 'D'])
  })

  it('are none for a name of one character or none: it has no pair', () => {
    expect(near('a', 'a', 'ab', '')).toEqual([])
    expect(near('', 'a', '')).toEqual([])
  })

  it('count a pair once, however often a name repeats it', () => {
    // 检查检查 has two pairs, both in 检查检: all of them are shared.
    expect(near('检查检查', '检查检', '检查检查检查')).toEqual(['检查检', '检查检查检查'])
  })
})
