import type { Instant, LocalDate, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { policyOf } from '@dual-random/testkit/shipped'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { MemoryBlobs } from '../../tests/memory-blobs.ts'
import type { Applicability } from '../domain/applicability.ts'
import type { CheckItem } from '../domain/check-item.ts'
import type { CheckObject, ObjectContent } from '../domain/check-object.ts'
import type { CreditResult } from '../domain/credit-result.ts'
import type { DrawScope } from '../domain/draw-scope.ts'
import type { ItemSet } from '../domain/item-set.ts'
import { endOfTime } from '../domain/versions.ts'
import { createSealer } from '../store/sealer.ts'
import { candidateLine, candidateLines } from './candidates-file.ts'
import { classifiedMembers, gradeTally } from './classified-members.ts'
import { type KeepCandidatesDeps, keepCandidates } from './keep-candidates.ts'
import type { PlanCandidates, PlanCandidatesStore } from './ports.ts'

const regionCode = '230300' as RegionCode
const asOf = '2026-03-02T02:00:00.000Z' as Instant
const from = '2025-06-01T00:00:00.000Z' as Instant
const unitId = '230300-scj' as UnitId
const caller = { subject: 'planner', unitId, regionCode }
const sealer = createSealer(Buffer.alloc(32, 7))
const policy = policyOf('local/four-coal-cities', { 'draw.professionalStrata': [{ field: '食品', specialities: ['食品'] }] })

const scope = (changes: Partial<Applicability>): Applicability => ({ kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [], ...changes })
const everyItem: readonly CheckItem[] = [
  checkItem('ALL', { applicability: scope({}) }),
  checkItem('FOOD', { applicability: scope({ industryPrefixes: ['H62'] }), specialities: ['食品'] }),
  checkItem('SHOP', { applicability: scope({ industryPrefixes: ['F52'] }) }),
  checkItem('COLD', { applicability: scope({ kinds: ['ENTERPRISE', 'PRODUCT'], tags: ['冷链'] }), specialities: ['食品'] }),
  // Items of many sets.
  ...Array.from({ length: 501 }, (_, index) => checkItem(`M-${index}`, { applicability: scope({ industryPrefixes: ['F52'] }) })),
]

interface Spec {
  readonly industry: string
  readonly kind: ObjectContent['kind']
  readonly regionCode: string
  readonly tags: readonly string[]
  readonly status: ObjectContent['status']
  readonly general: string | undefined
  readonly professional: string | undefined
  readonly isWhiteListed: boolean
}

const spec = fc.record<Spec>({
  industry: fc.constantFrom('F5211', 'H6210', 'C2319'),
  kind: fc.constantFrom('ENTERPRISE', 'PRODUCT'),
  regionCode: fc.constantFrom('230302', '230303', '230400'),
  tags: fc.constantFrom([], ['冷链']),
  status: fc.constantFrom('ACTIVE', 'REVOKED'),
  general: fc.constantFrom(undefined, 'A', 'B'),
  professional: fc.constantFrom(undefined, 'L', 'H'),
  isWhiteListed: fc.boolean(),
})
const shop: Spec = {
  industry: 'F5211',
  kind: 'ENTERPRISE',
  regionCode: '230302',
  tags: [],
  status: 'ACTIVE',
  general: 'A',
  professional: undefined,
  isWhiteListed: false,
}
const food = { ...shop, industry: 'H6210', professional: 'H' }

const objectOf = ({ industry, kind, regionCode: region, tags, status }: Spec, index: number): CheckObject => ({
  objectId: `id-${index}` as ObjectId,
  objectCode: `code-${index}`,
  unitId,
  timeline: [
    {
      from,
      to: endOfTime,
      load: 'file',
      importId: 'i',
      content: { name: '示例', kind, industry, regionCode: region as RegionCode, address: '', tags, status },
    },
  ],
})

const result = (grade: string, field: string): CreditResult => ({
  source: field === '' ? 'GENERAL_RESULT' : 'PROFESSIONAL_RESULT',
  field,
  grade,
  asOf: from,
  recordedAt: from,
  load: 'file',
  importId: 'i',
})

const membership = { membershipId: 'm', entry: { on: '2026-01-01' as LocalDate, reason: '', by: '', at: from, load: 'file' } }

/** A registry in memory over these objects, which counts how often it is read through. */
function registryOf(specs: readonly Spec[]) {
  const objects = specs.map(objectOf)
  const at = (objectId: string): Spec | undefined => specs[Number(objectId.slice(3))]
  const read = { passes: 0, objects: 0 }
  async function* all(): AsyncGenerator<CheckObject> {
    yield* objects
  }
  const resultsOf = async (ids: readonly string[]) =>
    new Map(
      ids.flatMap((id) => {
        const { general, professional } = at(id) ?? shop
        const results = [
          ...(general === undefined ? [] : [result(general, '')]),
          ...(professional === undefined ? [] : [result(professional, '食品')]),
        ]
        return results.length === 0 ? [] : [[id, { results }] as const]
      }),
    )
  const records = new Map<string, PlanCandidates>()
  const planCandidates: PlanCandidatesStore = {
    get: async (id) => records.get(id),
    getMany: async (ids) => new Map(ids.flatMap((id) => (records.has(id) ? [[id, records.get(id) as PlanCandidates]] : []))),
    insertMissing: async (kept) => {
      for (const each of kept) if (!records.has(each.id)) records.set(each.id, each)
    },
  }
  const blobs = new MemoryBlobs()
  const deps = {
    objects: {
      candidates: all,
      coded: async function* coded() {
        read.passes++
        for await (const object of all()) {
          read.objects++
          yield object
        }
      },
    },
    credits: { resultsOf, ofObjects: resultsOf },
    regimes: {
      isEmpty: async () => !specs.some(({ isWhiteListed }) => isWhiteListed),
      ofObjects: async (ids: readonly string[]) =>
        new Map(
          ids.flatMap((id) =>
            at(id)?.isWhiteListed === true ? [[id, { memberships: [{ ...membership, kind: 'WHITE_LIST', alliance: '同盟' }] }]] : [],
          ),
        ),
    },
    checkItemLists: { all: async () => [{ listId: 'l', regionCode, versions: [{ effectiveFrom: '2026-01-01', items: everyItem }] }] },
    book: { inForce: async () => ({ policy }) },
    planCandidates,
    blobs,
    sealer,
    clock: () => asOf,
  } as unknown as KeepCandidatesDeps
  const keepSets = (...sets: readonly ItemSet[]) => keepCandidates(deps, caller, { planId: 'plan-1', regionCode, asOf, sets })
  const keep = (...sets: readonly (readonly string[])[]) => keepSets(...sets.map((itemCodes) => ({ itemCodes, scoped: [] })))
  const textOf = async (kept: PlanCandidates): Promise<string> => {
    let text = ''
    for await (const part of candidateLines({ blobs, sealer }, kept)) text += new TextDecoder().decode(part)
    return text
  }
  /** What a draw on the items would class, read for them alone. */
  const expected = async (itemCodes: readonly string[]) => {
    const tally = gradeTally()
    let text = ''
    for await (const members of classifiedMembers(deps, { regionCode, itemCodes, asOf })) {
      for (const each of members) {
        tally.add(each)
        text += candidateLine(each.member.object.objectCode, each.stratifying?.result)
      }
    }
    return { text, byGrade: tally.byGrade() }
  }
  return { deps, blobs, planCandidates, records, read, keep, keepSets, textOf, expected }
}

const named = ({ id, digest, byGrade, itemCodes }: PlanCandidates) => ({ id, digest, byGrade, itemCodes })
const manySets = (count: number): readonly (readonly string[])[] => Array.from({ length: count }, (_, index) => [`M-${index}`])

describe('candidates of the lines of a plan', () => {
  it('CRD-21 CRD-20 TGT-20 of several sets in one call are those of each alone, and those that a draw would class', async () => {
    const codes = ['ALL', 'FOOD', 'SHOP', 'COLD']
    const anySets = fc.array(fc.array(fc.constantFrom(...codes), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.array(spec, { maxLength: 12 }), anySets, async (specs, sets) => {
        const together = registryOf(specs)
        const kept = await together.keep(...sets)
        expect(together.read).toEqual({ passes: 1, objects: specs.length })
        const alone = registryOf(specs)
        for (const [place, set] of sets.entries()) {
          const [own] = await alone.keep(set)
          const ofSet = kept[place] as PlanCandidates
          expect(named(ofSet)).toEqual(named(own as PlanCandidates))
          expect(await together.textOf(ofSet)).toBe(await alone.textOf(own as PlanCandidates))
          expect({ text: await together.textOf(ofSet), byGrade: ofSet.byGrade }).toEqual(await together.expected(set))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('CRD-21 are kept once for the same plan, items and instant, whatever their order and however often they are asked for', async () => {
    const { keep, read, records } = registryOf([shop, food])
    const [first, again, other] = await keep(['SHOP', 'FOOD'], ['FOOD', 'SHOP', 'FOOD'], ['SHOP'])
    expect(again).toBe(first)
    expect(other?.id).not.toBe(first?.id)
    expect(records.size).toBe(2)
    expect(await keep(['SHOP'], ['FOOD', 'SHOP'])).toEqual([other, first])
    expect(read).toEqual({ passes: 1, objects: 2 })
    expect(await keep()).toEqual([])
    expect(read.passes).toBe(1)
  })

  it.each([
    [250, 1],
    [251, 2],
    [501, 3],
  ])('CRD-21 %i sets are written 250 at a time, in %i passes', async (count, passes) => {
    const { keep, read, blobs } = registryOf([shop, food])
    const kept = await keep(...manySets(count))
    expect(kept.map(({ itemCodes }) => itemCodes)).toEqual(manySets(count))
    expect(new Set(kept.map(({ digest }) => digest)).size).toBe(1)
    expect(kept[count - 1]?.byGrade).toEqual([{ grade: 'A', count: 1, enterprises: 1 }])
    expect(read.passes).toBe(passes)
    expect(blobs.mostOpen).toBe(Math.min(count, 250))
    expect(blobs.open).toBe(0)
  })

  it('CRD-21 keeps nothing of a pass that fails, and the same when asked again', async () => {
    const { keep, records, blobs, textOf } = registryOf([shop, food])
    let writes = 0
    blobs.beforeWrite = async () => {
      if (++writes === 3) throw new Error('the store is gone')
    }
    await expect(keep(...manySets(4))).rejects.toThrow('the store is gone')
    expect([records.size, blobs.open]).toEqual([0, 0])
    blobs.beforeWrite = async () => undefined
    const kept = await keep(...manySets(4))
    const untroubled = await registryOf([shop, food]).keep(...manySets(4))
    expect(kept.map(named)).toEqual(untroubled.map(named))
    expect(await textOf(kept[3] as PlanCandidates)).toContain('code-0')
  })

  it('CRD-21 passes over the missing sets alone when it is asked again after it broke off half-way', async () => {
    const { keep, read, records, planCandidates, blobs } = registryOf([shop, food])
    const insert = planCandidates.insertMissing
    Object.assign(planCandidates, {
      insertMissing: async (kept: readonly PlanCandidates[]) => {
        await insert(kept.slice(0, 1))
        throw new Error('the store is gone')
      },
    })
    await expect(keep(['FOOD'], ['SHOP'], ['ALL'])).rejects.toThrow('the store is gone')
    expect(records.size).toBe(1)
    const [first] = [...records.values()]
    Object.assign(planCandidates, { insertMissing: insert })
    const mostBefore = blobs.mostOpen
    blobs.mostOpen = 0
    const kept = await keep(['FOOD'], ['SHOP'], ['ALL'])
    expect([mostBefore, blobs.mostOpen, read.passes]).toEqual([3, 2, 2])
    expect(kept[0]).toBe(first)
    expect(kept.map(named)).toEqual((await registryOf([shop, food]).keep(['FOOD'], ['SHOP'], ['ALL'])).map(named))
  })

  it('PLN-13 CRD-21 of items within a scope are those that the scope takes in, and the same whatever the order of the scope', async () => {
    const specs = [shop, { ...shop, regionCode: '230303' }, { ...shop, kind: 'PRODUCT' as const, tags: ['冷链'] }, food]
    const { keepSets, textOf, read } = registryOf(specs)
    const within = (narrowed: Partial<DrawScope>): ItemSet => ({
      itemCodes: [],
      scoped: [{ itemCodes: ['COLD', 'ALL'], scope: { industryPrefixes: [], regionCodes: [], ...narrowed } }],
    })
    const codes = async (kept: PlanCandidates | undefined) => [...(await textOf(kept as PlanCandidates)).matchAll(/code-\d/g)].map(String)
    const [urban, products, both, other] = await keepSets(
      within({ regionCodes: ['230302'] as never, industryPrefixes: ['F52', 'C'] }),
      within({ kinds: ['PRODUCT'], tags: ['冷链'] }),
      { itemCodes: ['FOOD'], scoped: within({ regionCodes: ['230303'] as never }).scoped },
      within({ regionCodes: ['230302'] as never, industryPrefixes: ['C', 'F52'] }),
    )
    expect(await codes(urban)).toEqual(['code-0', 'code-2'])
    expect(await codes(products)).toEqual(['code-2'])
    expect(await codes(both)).toEqual(['code-1', 'code-3'])
    expect(other).toBe(urban)
    expect(urban?.scoped).toEqual([{ itemCodes: ['ALL', 'COLD'], scope: { industryPrefixes: ['C', 'F52'], regionCodes: ['230302'] } }])
    expect(read.passes).toBe(1)
  })

  it('REG-13 refuses items that are on no list in force, and reads nothing for them', async () => {
    const { keep, read, blobs } = registryOf([shop])
    await expect(keep(['SHOP'], ['OFF-LIST'])).rejects.toMatchObject({ code: 'item-not-in-force' })
    expect([read.passes, blobs.mostOpen]).toEqual([0, 0])
  })

  it('ends where nobody waits any more', async () => {
    const { deps, records, blobs } = registryOf([shop])
    const asked = { planId: 'plan-1', regionCode, asOf, sets: [{ itemCodes: ['SHOP'], scoped: [] }] }
    await expect(keepCandidates(deps, caller, asked, AbortSignal.abort())).rejects.toMatchObject({ kind: 'deadline' })
    expect([records.size, blobs.open]).toEqual([0, 0])
  })
})
