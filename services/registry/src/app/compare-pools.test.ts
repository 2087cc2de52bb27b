import type { Instant, LocalDate, RegionCode } from '@dual-random/kernel'
import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { ItemSet } from '../domain/item-set.ts'
import type { CountedContent, CountedObject } from '../domain/pool-histogram.ts'
import { endOfTime } from '../domain/versions.ts'
import type { PoolDeps } from './classified-members.ts'
import { comparePools } from './compare-pools.ts'
import { countPools } from './count-pools.ts'
import { movedObjects } from './moved-objects.ts'

const regionCode = '230300' as RegionCode
const at = (text: string) => `${text}T02:00:00.000Z` as Instant
const [start, filed, between, now] = [at('2025-06-01'), at('2026-01-10'), at('2026-03-01'), at('2026-05-01')]
const policy = policyOf('local/four-coal-cities', {})

const content: CountedContent = { kind: 'ENTERPRISE', industry: 'H6210', regionCode, status: 'ACTIVE', tags: [] }

/** An object with what changed of it, and its grades, from those instants on. */
interface Spec {
  readonly from?: Instant
  readonly contents?: readonly (readonly [Instant, Partial<CountedContent>])[]
  readonly grades?: readonly (readonly [Instant, string])[]
  readonly listedOn?: LocalDate
}

const objectOf = ({ from = start, contents = [] }: Spec, index: number): CountedObject => {
  const versions = [[from, {}] as const, ...contents]
  const timeline = versions.map(([since, changes], place) => ({
    from: since,
    to: versions[place + 1]?.[0] ?? endOfTime,
    content: { ...content, ...changes },
  }))
  return { objectId: `o-${index}`, timeline }
}

function registryOf(specs: readonly Spec[]): PoolDeps {
  const of = (id: string): Spec => specs[Number(id.slice(2))] ?? {}
  const results = ({ grades = [[start, 'A']] }: Spec) =>
    grades.map(([since, grade]) => ({ source: 'GENERAL_RESULT', field: '', grade, asOf: since, recordedAt: since }))
  const membership = (on: LocalDate) => ({
    membershipId: 'm',
    kind: 'WHITE_LIST',
    alliance: '同盟',
    entry: { on, reason: '', by: '', at: start, load: 'file' },
  })
  return {
    objects: {
      countEnterprises: async () => 0,
      countable: async function* countable() {
        yield* specs.map(objectOf)
      },
    },
    credits: { resultsOf: async (ids: readonly string[]) => new Map(ids.map((id) => [id, { results: results(of(id)) }])) },
    regimes: {
      isEmpty: async () => false,
      ofObjects: async (ids: readonly string[]) =>
        new Map(
          ids.flatMap((id) => {
            const { listedOn } = of(id)
            return listedOn === undefined ? [] : [[id, { memberships: [membership(listedOn)] }] as const]
          }),
        ),
    },
    checkItemLists: {
      all: async () => [
        {
          listId: 'l',
          regionCode,
          versions: [
            { effectiveFrom: '2025-01-01', items: [checkItem('FOOD')] },
            {
              effectiveFrom: '2026-04-01',
              items: [checkItem('FOOD', { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['H62'], tags: [] } })],
            },
          ],
        },
      ],
    },
    book: { inForce: async () => ({ policy }) },
  } as unknown as PoolDeps
}

const food: ItemSet = { itemCodes: ['FOOD'], scoped: [] }
const compared = async (specs: readonly Spec[], { from = filed, to = now, set = food } = {}) =>
  (await comparePools(registryOf(specs), { regionCode, from, to, sets: [set] }))[0]
const here = (grade: string, active = true) => ({ grade, active })

describe('pools at two instants', () => {
  it('CRD-11 tells one that fell and one that rose, though the sizes are the same', async () => {
    const fell: Spec = {
      grades: [
        [start, 'A'],
        [between, 'D'],
      ],
    }
    const rose: Spec = {
      grades: [
        [start, 'D'],
        [between, 'A'],
      ],
    }
    const swapped = [
      { from: here('A'), to: here('D'), count: 1 },
      { from: here('D'), to: here('A'), count: 1 },
    ]
    expect(await compared([fell, rose])).toEqual(swapped)
    expect(await compared([fell, rose], { to: between })).toEqual(swapped)
    const before = new Date(Date.parse(between) - 1).toISOString() as Instant
    expect((await compared([fell, rose], { to: before }))?.filter(({ from, to }) => from?.grade !== to?.grade)).toEqual([])
  })

  it('CRD-11 says nothing of what changed and changed back between', async () => {
    const reverted: Spec = {
      grades: [
        [start, 'A'],
        [at('2026-02-01'), 'D'],
        [between, 'A'],
      ],
      contents: [
        [at('2026-02-01'), { industry: 'C2319' }],
        [between, {}],
      ],
    }
    expect(await compared([reverted])).toEqual([{ from: here('A'), to: here('A'), count: 1 }])
  })

  it('CRD-11 tells who came and who went: by registration, by move, and by what the item applies to at either instant', async () => {
    expect(await compared([{ from: between }, { from: between, grades: [] }])).toEqual([
      { to: here(''), count: 1 },
      { to: here('A'), count: 1 },
    ])
    expect(await compared([{ contents: [[between, { regionCode: '230400' as RegionCode }]] }])).toEqual([{ from: here('A'), count: 1 }])
    const shop: Spec = { contents: [[start, { industry: 'F5211' }]] }
    expect(await compared([shop])).toEqual([{ from: here('A'), count: 1 }])
    expect(await compared([shop], { to: at('2026-03-31') })).toEqual([{ from: here('A'), to: here('A'), count: 1 }])
  })

  it.each(['DEREGISTERED', 'MERGED'] as const)(
    'CRD-11 REG-30 DQ-05 tells one %s as no longer active until the year ends, and then as gone',
    async (status) => {
      const gone: Spec = { contents: [[between, { status }]] }
      expect(await compared([gone])).toEqual([{ from: here('A'), to: here('A', false), count: 1 }])
      expect(await compared([gone], { to: '2026-12-31T15:59:59.999Z' as Instant })).toEqual([
        { from: here('A'), to: here('A', false), count: 1 },
      ])
      expect(await compared([gone], { to: '2026-12-31T16:00:00.000Z' as Instant })).toEqual([{ from: here('A'), count: 1 }])
      expect(await compared([gone], { from: between })).toEqual([{ from: here('A', false), to: here('A', false), count: 1 }])
    },
  )

  it('CRD-11 TGT-20 tells who came onto the white list, beside the grade', async () => {
    expect(await compared([{ listedOn: '2026-03-01' as LocalDate }])).toEqual([{ from: here('A'), to: here('WHITE_LIST_A'), count: 1 }])
    expect(await compared([{ listedOn: '2026-05-02' as LocalDate }])).toEqual([{ from: here('A'), to: here('A'), count: 1 }])
  })

  it('CRD-11 CRD-18 sums at either instant to what is counted then, of every set', async () => {
    const specs: readonly Spec[] = [
      {},
      { from: between },
      { contents: [[between, { status: 'REVOKED' }]] },
      { contents: [[start, { tags: ['冷链'] }]], grades: [[between, 'C']] },
      { listedOn: '2026-03-01' as LocalDate },
    ]
    const sets: readonly ItemSet[] = [
      food,
      { itemCodes: [], scoped: [{ itemCodes: ['FOOD'], scope: { industryPrefixes: [], regionCodes: [], tags: ['冷链'] } }] },
      { itemCodes: [], scoped: [{ itemCodes: [], scope: { industryPrefixes: ['H'], regionCodes: [] } }] },
      { itemCodes: [], scoped: [] },
    ]
    const deps = registryOf(specs)
    const pools = await comparePools(deps, { regionCode, from: filed, to: now, sets })
    for (const [asOf, side] of [
      [filed, 'from'],
      [now, 'to'],
    ] as const) {
      const counted = await countPools(deps, { regionCode, asOf, sets })
      const sums = pools.map((flows) => {
        const byGrade = new Map<string, number>()
        for (const flow of flows) {
          const grade = flow[side]?.grade
          if (grade !== undefined) byGrade.set(grade, (byGrade.get(grade) ?? 0) + flow.count)
        }
        return [...byGrade].sort().map(([grade, count]) => ({ grade, count }))
      })
      expect(sums).toEqual(counted.pools.map((pool) => pool.map(({ grade, count }) => ({ grade, count }))))
    }
    expect(pools[3]).toEqual([])
  })

  it('PLN-19 PLN-20 counts a scope without items: all that it takes in and is active, and who left the pool from that instant on no longer', async () => {
    const alone = (scope: Partial<ItemSet['scoped'][number]['scope']>): ItemSet => ({
      itemCodes: [],
      scoped: [{ itemCodes: [], scope: { industryPrefixes: [], regionCodes: [], ...scope } }],
    })
    const deps = registryOf([
      {},
      { contents: [[start, { kind: 'PRODUCT', industry: '' }]] },
      { contents: [[start, { industry: 'F5211', tags: ['冷链'], regionCode: '230302' as RegionCode }]] },
      { contents: [[between, { status: 'REVOKED' }]] },
    ])
    const sizes = async (asOf: Instant, ...sets: readonly ItemSet[]) => {
      const { pools } = await countPools(deps, { regionCode, asOf, sets })
      return pools.map((pool) => pool.reduce((total, { count }) => total + count, 0))
    }
    const sets = [
      alone({}),
      alone({ kinds: ['ENTERPRISE'] }),
      alone({ industryPrefixes: ['F52'] }),
      alone({ tags: ['冷链'] }),
      alone({ industryPrefixes: ['H'], tags: ['冷链'] }),
      alone({ industryPrefixes: ['F'], tags: ['冷链'] }),
      alone({ regionCodes: ['230302' as RegionCode] }),
      food,
    ]
    const before = new Date(Date.parse(between) - 1).toISOString() as Instant
    expect(await sizes(before, ...sets)).toEqual([4, 3, 1, 1, 0, 1, 1, 3])
    expect(await sizes(between, ...sets)).toEqual([3, 2, 1, 1, 0, 1, 1, 3])
    const either: ItemSet = { itemCodes: [], scoped: [...alone({ industryPrefixes: ['F52'] }).scoped, ...alone({ tags: ['冷链'] }).scoped] }
    expect(await sizes(between, either)).toEqual([1])
  })
})

describe('who moved between two instants', () => {
  const moved = (specs: readonly Spec[], page: { limit: number; after?: string } = { limit: 10 }, set = food) =>
    movedObjects(registryOf(specs), { regionCode, from: filed, to: now, set, unitIds: ['230300-scj'] }, page)
  const graded = (before: string, after: string): Spec => ({
    grades: [
      [start, before],
      [between, after],
    ],
  })

  it('CRD-11 names by id who fell, rose, came or went, with the grades, and nobody who stands where they stood', async () => {
    const specs: readonly Spec[] = [
      graded('D', 'A'),
      {},
      graded('A', 'D'),
      { from: between, grades: [] },
      { contents: [[between, { status: 'DEREGISTERED' }]] },
      { contents: [[start, { industry: 'F5211' }]] },
      { listedOn: '2026-03-01' as LocalDate },
    ]
    expect(await moved(specs)).toEqual([
      { objectId: 'o-0', from: 'D', to: 'A' },
      { objectId: 'o-2', from: 'A', to: 'D' },
      { objectId: 'o-3', to: '' },
      { objectId: 'o-4', from: 'A' },
      { objectId: 'o-5', from: 'A' },
      { objectId: 'o-6', from: 'A', to: 'WHITE_LIST_A' },
    ])
    expect(await moved(specs, { limit: 10 }, { itemCodes: [], scoped: [] })).toEqual([])
  })

  it('CRD-11 has pages in order of the ids, whatever the order in which they are read', async () => {
    const specs = Array.from({ length: 30 }, () => graded('A', 'B'))
    const whole = (await moved(specs, { limit: 40 })).map(({ objectId }) => objectId)
    expect(whole).toEqual(specs.map((_, index) => `o-${index}`).toSorted())
    expect(whole.slice(0, 3)).toEqual(['o-0', 'o-1', 'o-10'])
    const next = await moved(specs, { limit: 2, after: 'o-1' })
    expect(next.map(({ objectId }) => objectId)).toEqual(['o-10', 'o-11'])
    expect(await moved(specs, { limit: 2, after: 'o-9' })).toEqual([])
  })
})
