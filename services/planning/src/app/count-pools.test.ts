import type { Instant, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { code, planLine } from '../../tests/support/lines.ts'
import type { DrawnPart, ItemSet } from '../domain/item-set.ts'
import { scopeKey, wholeScope } from '../domain/object-scope.ts'
import type { Plan, PlanLine } from '../domain/plan.ts'
import { candidateKeeper, poolCounter, poolOfLine } from './count-pools.ts'
import type { Caller, Registry } from './ports.ts'

const asOf = '2026-01-10T02:00:00.000Z' as Instant

const part = (...codes: readonly string[]): DrawnPart => ({ itemCodes: codes.map(code) })
const textOf = ({ itemCodes, scoped }: ItemSet): string =>
  [itemCodes.join('+'), ...scoped.map(({ itemCodes: codes, scope }) => `${codes.join('+')}@${scope.tags.join('+')}`)].join(' ').trim()
const sizeOfSet = ({ itemCodes, scoped }: ItemSet): number => itemCodes.length + scoped.flatMap((each) => each.itemCodes).length

/** A registry that counts as many objects of grade A as an item set has items, and remembers what it was asked. */
function counting() {
  const asked: (readonly string[])[] = []
  const registry = {
    pools: async (_region: RegionCode, sets: readonly ItemSet[]) => {
      asked.push(sets.map(textOf))
      return { pools: sets.map((set) => poolOf(sizeOfSet(set))), enterprises: 7 }
    },
  } as unknown as Registry
  const count = poolCounter(registry, '230300' as RegionCode, asOf, { context: {} } as unknown as Caller)
  const sizeOf = async (...codes: readonly string[]) => (await count([part(...codes)])).byGrade.get('A')
  return { asked, sizeOf, count }
}

/** A registry that keeps as many objects of grade A as an item set has items. */
function keeping() {
  const asked: (readonly unknown[])[] = []
  const registry = {
    keepCandidates: async (planId: string, region: string, sets: readonly ItemSet[], at: Instant) => {
      asked.push([planId, region, sets.map(textOf), at])
      return sets.map((set) => ({ ...poolOf(sizeOfSet(set)), candidates: { id: textOf(set), digest: 'd' } }))
    },
  } as unknown as Registry
  const plan = { planId: 'p1', regionCode: '230300' } as unknown as Plan
  const keep = candidateKeeper(registry, plan, asOf, { context: {} } as unknown as Caller)
  return { asked, idOf: async (...codes: readonly string[]) => (await keep([part(...codes)])).candidates.id }
}

const poolOf = (size: number) => ({ byGrade: new Map([['A', size]]), enterprisesByGrade: new Map([['A', size]]) })

describe('keeping the candidates of a plan', () => {
  it('CRD-21 asks once for the sets of all its lines, and for equal sets once', async () => {
    const { asked, idOf } = keeping()
    const ids = await Promise.all([idOf('G1'), idOf('G2', 'G1'), idOf('G1', 'G2', 'G1'), idOf('G3')])
    expect(ids).toEqual(['G1', 'G1+G2', 'G1+G2', 'G3'])
    expect(asked).toEqual([['p1', '230300', ['G1', 'G1+G2', 'G3'], asOf]])
  })

  it('CRD-21 asks in parts for more sets than registry takes', async () => {
    const { asked, idOf } = keeping()
    const ids = await Promise.all(Array.from({ length: 5001 }, (_, index) => idOf(`G${index}`)))
    expect(asked.map(([, , sets]) => (sets as readonly unknown[]).length)).toEqual([5000, 1])
    expect(ids[5000]).toBe('G5000')
  })
})

describe('counting the pools of a plan', () => {
  it('CRD-18 PLN-18 asks once for all that is wanted in a turn, and for equal sets once', async () => {
    const { asked, sizeOf } = counting()
    expect(await Promise.all([sizeOf('G1'), sizeOf('G2', 'G1'), sizeOf('G1', 'G2', 'G1'), sizeOf()])).toEqual([1, 2, 2, 0])
    expect(asked).toEqual([['G1', 'G1+G2', '']])
    expect(await sizeOf('G2', 'G1')).toBe(2)
    expect(asked).toHaveLength(1)
    expect(await Promise.all([sizeOf('G3'), sizeOf('G1')])).toEqual([1, 1])
    expect(asked.slice(1)).toEqual([['G3']])
  })

  it('PLN-13 asks for items within a scope as a set of its own, and for parts of equal scope as for one', async () => {
    const { asked, count } = counting()
    const within = (tag: string, ...codes: readonly string[]): DrawnPart => ({ ...part(...codes), scope: { ...wholeScope, tags: [tag] } })
    const size = async (...parts: readonly DrawnPart[]) => (await count(parts)).byGrade.get('A')
    const found = await Promise.all([
      size(part('G1')),
      size(within('甲', 'G1')),
      size(within('乙', 'G1'), part('G2')),
      size(part('G2'), within('乙', 'G1')),
      size(within('甲', 'G2'), within('甲', 'G1', 'G2')),
    ])
    expect(found).toEqual([1, 1, 2, 2, 2])
    expect(asked).toEqual([['G1', 'G1@甲', 'G2 G1@乙', 'G1+G2@甲']])
  })

  it('CRD-08 tells the enterprises of the region with every pool', async () => {
    expect(await counting().count([part('G1')])).toEqual({ ...poolOf(1), enterprises: 7 })
  })

  it('CRD-18 asks in parts for more sets than registry takes', async () => {
    const { asked, sizeOf } = counting()
    const found = await Promise.all(Array.from({ length: 5001 }, (_, index) => sizeOf(`G${index}`, 'X')))
    expect(asked.map((sets) => sets.length)).toEqual([5000, 1])
    expect(new Set(found)).toEqual(new Set([2]))
  })

  it('CRD-18 asks in parts for sets of more items than a message takes', async () => {
    const longest = (2 * 1024 * 1024) / 2 - 8
    for (const [length, parts] of [
      [longest, [2]],
      [longest + 1, [1, 1]],
    ] as const) {
      const { asked, sizeOf } = counting()
      expect(await Promise.all([sizeOf('a'.padEnd(longest, 'x')), sizeOf('b'.padEnd(length, 'x'))])).toEqual([1, 1])
      expect(asked.map((sets) => sets.length)).toEqual(parts)
    }
  })
})

describe('the pool of a line', () => {
  const inRegion = (region: string) => ({ ...wholeScope, regionCodes: [region as RegionCode] })
  const [east, west] = [inRegion('230302'), inRegion('230303')]
  const line = planLine('L01', { times: 2 })
  const scoped: PlanLine = { ...line, batches: line.batches.map((batch, index) => ({ ...batch, scope: index === 0 ? east : west })) }

  it('PLN-13 is the objects of all its batches each once, with those of each scope where there are several', async () => {
    const { count } = counting()
    const { byGrade, byScope } = await poolOfLine(scoped, count)
    expect(byGrade).toEqual(new Map([['A', 2]]))
    expect([...(byScope ?? [])].map(([key, pool]) => [key, pool.byGrade, pool.enterprisesByGrade])).toEqual(
      [east, west].map((scope) => [scopeKey(scope), new Map([['A', 1]]), new Map([['A', 1]])]),
    )
    expect(await poolOfLine(line, count)).not.toHaveProperty('byScope')
  })

  it('PLN-13 CRD-21 has who is counted kept once for the whole line', async () => {
    const { count } = counting()
    const kept: (readonly DrawnPart[])[] = []
    const found = await poolOfLine(scoped, count, async (parts) => {
      kept.push(parts)
      return { ...poolOf(5), candidates: { id: 'c', digest: 'd' } }
    })
    expect(kept.map((parts) => parts.map(({ scope }) => scope))).toEqual([[east, west]])
    expect(found).toMatchObject({ candidates: { id: 'c' }, byGrade: new Map([['A', 5]]) })
  })
})
