import { describe, expect, it } from 'vitest'
import { expectedObjects } from './expected-objects.ts'

const needs = (label: string, ...specialities: readonly string[]) => ({ label, specialities, recusals: [], lastInspectors: [] })

describe('what a draw is expected to bring', () => {
  it('DRW-15 shares the number of each stratum among the kinds in it', () => {
    const objects = [needs('a', '食品'), needs('b', '食品'), needs('e', '特种设备', '食品')]
    const strata = [
      { drawn: 2, labels: ['a', 'b', 'c', 'd'] },
      { drawn: 3, labels: ['e', 'f', 'g'] },
    ]
    expect(expectedObjects({ objects }, strata)).toEqual([
      { specialities: [], objects: 3 },
      { specialities: ['特种设备', '食品'], objects: 1 },
      { specialities: ['食品'], objects: 1 },
    ])
  })

  it('DRW-15 keeps kinds apart whatever their specialities are called, and equal numbers in the order of these', () => {
    const objects = [needs('a', '丙', '甲'), needs('b', '丙甲'), needs('c', '乙')]
    const kinds = expectedObjects({ objects }, [{ drawn: 3, labels: ['c', 'b', 'a'] }])
    expect(kinds.map(({ specialities }) => specialities)).toEqual([['丙', '甲'], ['丙甲'], ['乙']])
  })

  it('DRW-15 leaves out a kind of which none is expected, and an empty stratum', () => {
    const labels = ['a', ...Array.from({ length: 9 }, (_, index) => `n${index}`)]
    const strata = [
      { drawn: 4, labels },
      { drawn: 0, labels: [] },
    ]
    expect(expectedObjects({ objects: [needs('a', '食品')] }, strata)).toEqual([{ specialities: [], objects: 4 }])
    expect(expectedObjects({ objects: [needs('a', '食品')] }, [{ drawn: 5, labels }])).toEqual([
      { specialities: [], objects: 5 },
      { specialities: ['食品'], objects: 1 },
    ])
    expect(expectedObjects({ objects: [] }, [])).toEqual([])
  })
})
