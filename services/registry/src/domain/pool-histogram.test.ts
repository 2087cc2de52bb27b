import type { Instant, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { Applicability } from './applicability.ts'
import { bitsOf, type CountedContent, type CountedObject, objectMapper, poolHistogram } from './pool-histogram.ts'
import { endOfTime } from './versions.ts'

const asOf = '2026-03-02T01:00:00.000Z' as Instant
const from = '2025-01-01T00:00:00.000Z' as Instant

const content: CountedContent = {
  kind: 'ENTERPRISE',
  industry: 'F5211',
  regionCode: '230302' as RegionCode,
  status: 'ACTIVE',
  tags: [],
}
const object = (...contents: readonly Partial<CountedContent>[]): CountedObject => ({
  objectId: 'o',
  timeline: contents.map((each) => ({ from, to: endOfTime, content: { ...content, ...each } })),
})
const scope = (changes: Partial<Applicability>): Applicability => ({ kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [], ...changes })

const scopes = [scope({}), scope({ industryPrefixes: ['F52'] }), scope({ tags: ['冷链'] }), scope({ kinds: ['PRODUCT'] })]
const mapper = objectMapper(scopes, { regionCode: '230300' as RegionCode, asOf })
const { fits } = mapper

describe('objects as counting reads them', () => {
  it('REG-28 fit what applies to them, by kind, industry and every tag, whoever gave it', () => {
    expect(fits(object({}))).toBe(0b0011n)
    expect(fits(object({ industry: 'H6210' }))).toBe(0b0001n)
    expect(fits(object({ industry: 'H6210', tags: ['冷链'] }))).toBe(0b0101n)
    expect(fits(object({ unitTags: [{ unitId: 'u' as never, tags: ['冷链'] }] }))).toBe(0b0111n)
    expect(fits(object({ ruleTags: [{ tag: '冷链', ruleId: 'r' }] }))).toBe(0b0111n)
    expect(fits(object({ kind: 'PRODUCT' }))).toBe(0b1000n)
    expect(fits(object({ kind: 'PROJECT' }))).toBeUndefined()
    expect(fits(object({}))).toBe(0b0011n)
  })

  it('PLN-13 fit within a scope where every list of it takes them in: objects alike but for their region are not alike', () => {
    const none = { industryPrefixes: [], regionCodes: [] }
    const within = objectMapper(
      [
        { ...scope({}), scope: { ...none, regionCodes: ['230302' as RegionCode] } },
        { ...scope({}), scope: { ...none, tags: ['星级饭店'] } },
        { ...scope({ kinds: ['ENTERPRISE', 'PRODUCT'] }), scope: { ...none, kinds: ['PRODUCT'] } },
        { ...scope({}), scope: { ...none, industryPrefixes: ['F52'], tags: ['星级饭店'] } },
      ],
      { regionCode: '230300' as RegionCode, asOf },
    )
    expect(within.fits(object({}))).toBe(0b0001n)
    expect(within.fits(object({ regionCode: '230303' as RegionCode }))).toBeUndefined()
    expect(within.fits(object({ regionCode: '230303' as RegionCode, tags: ['星级饭店'] }))).toBe(0b1010n)
    expect(within.fits(object({ industry: 'H6110', tags: ['星级饭店'] }))).toBe(0b0011n)
    expect(within.fits(object({ kind: 'PRODUCT' }))).toBe(0b0100n)
  })

  it('REG-28 REG-30 are those of the region as of the instant that were active this year', () => {
    expect(fits(object({ regionCode: '230400' as RegionCode }))).toBeUndefined()
    const versions = (firstTo: string, second: Partial<CountedContent>): CountedObject => ({
      objectId: 'o',
      timeline: [
        { from, to: firstTo as Instant, content },
        { from: firstTo as Instant, to: endOfTime, content: { ...content, ...second } },
      ],
    })
    expect(fits(versions('2026-01-15T00:00:00.000Z', { status: 'REVOKED' }))).toBe(0b0011n)
    expect(fits(versions('2025-12-31T16:00:00.001Z', { status: 'REVOKED' }))).toBe(0b0011n)
    expect(fits(versions('2025-12-31T16:00:00.000Z', { status: 'REVOKED' }))).toBeUndefined()
    expect(fits(versions(asOf, { kind: 'PRODUCT' }))).toBe(0b1000n)
    expect(fits(versions('2026-03-02T01:00:00.001Z', { kind: 'PRODUCT' }))).toBe(0b0011n)
    expect(fits({ objectId: 'o', timeline: [{ from: '2026-03-02T01:00:00.001Z' as Instant, to: endOfTime, content }] })).toBeUndefined()
  })

  it('CRD-08 are enterprises of the region while they are active, whatever fits them', () => {
    expect(mapper.isEnterprise(object({}))).toBe(true)
    expect(mapper.isEnterprise(object({ status: 'REVOKED' }))).toBe(false)
    expect(mapper.isEnterprise(object({ kind: 'INDIVIDUAL_BUSINESS' }))).toBe(false)
    expect(mapper.isEnterprise(object({ regionCode: '230400' as RegionCode }))).toBe(false)
  })

  it('CRD-08 are of the kind that the floor counts whether they are active or not, and of no other kind', () => {
    expect(mapper.isOfEnterprises(object({}))).toBe(true)
    expect(mapper.isOfEnterprises(object({ status: 'REVOKED' }))).toBe(true)
    expect(mapper.isOfEnterprises(object({ kind: 'INDIVIDUAL_BUSINESS' }))).toBe(false)
  })
})

interface Classed {
  readonly general: string
  readonly own: string
  readonly isEnterprise: boolean
}
const keyOf = ({ general, own, isEnterprise }: Classed): string => `${general} ${own} ${isEnterprise}`

describe('the histogram of a pass', () => {
  it('CRD-18 tells the pool of any set of scopes, each object once, by the class asked for', () => {
    const histogram = poolHistogram<Classed>(keyOf)
    for (let count = 0; count < 3; count++) histogram.add(0b011n, { general: 'A', own: 'D', isEnterprise: true })
    histogram.add(0b001n, { general: 'B', own: 'D', isEnterprise: true })
    histogram.add(0b100n, { general: 'A', own: 'C', isEnterprise: true })
    const counts = (places: readonly number[], by: 'general' | 'own' = 'general') =>
      Object.fromEntries([...histogram.countOf(bitsOf(places), (each) => each[by])].map(([grade, { count }]) => [grade, count]))
    expect(counts([0])).toEqual({ A: 3, B: 1 })
    expect(counts([1])).toEqual({ A: 3 })
    expect(counts([0, 1])).toEqual({ A: 3, B: 1 })
    expect(counts([0, 2])).toEqual({ A: 4, B: 1 })
    expect(counts([])).toEqual({})
    expect(counts([0], 'own')).toEqual({ D: 4 })
  })

  it('CRD-08 tells the enterprises among the objects of each grade', () => {
    const histogram = poolHistogram<Classed>(keyOf)
    const add = (general: string, isEnterprise: boolean) => histogram.add(1n, { general, own: '', isEnterprise })
    add('A', true)
    add('A', true)
    add('A', false)
    add('B', false)
    expect(Object.fromEntries(histogram.countOf(1n, ({ general }) => general))).toEqual({
      A: { count: 3, enterprises: 2 },
      B: { count: 1, enterprises: 0 },
    })
  })

  it('CRD-18 has room for more scopes than a number has bits', () => {
    const histogram = poolHistogram<Classed>(keyOf)
    histogram.add(bitsOf([100]), { general: 'A', own: '', isEnterprise: true })
    expect(histogram.countOf(bitsOf([99]), ({ general }) => general).size).toBe(0)
    expect(histogram.countOf(bitsOf([3, 100]), ({ general }) => general).get('A')?.count).toBe(1)
  })
})
