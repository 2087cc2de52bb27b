import type { Instant, RegionCode } from '@dual-random/kernel'
import { type AggregateStore, aggregates, type Store } from '@dual-random/mongo'
import type { ObjectPool, ObjectQuery } from '../app/ports.ts'
import type { Applicability } from '../domain/applicability.ts'
import { type CheckObject, currentContent, type ObjectContent } from '../domain/check-object.ts'
import type { CodedObject, CountedObject } from '../domain/pool-histogram.ts'
import { type QualityStatus, quality } from '../domain/source.ts'
import { allTags, poolsOf } from '../domain/tagging.ts'
import { recordsOver, regionRange, type Shape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

/** The state with what queries and indexes need: the current content, and what any version ever was. */
interface ObjectDocument extends CheckObject {
  readonly current: ObjectContent
  readonly changedAt: Instant
  /** All its tags now, whoever gave them, and the units in whose pools it is. */
  readonly allTags: readonly string[]
  readonly pools: readonly string[]
  readonly quality: QualityStatus
  readonly ever: {
    readonly regions: readonly string[]
    readonly kinds: readonly string[]
    readonly industries: readonly string[]
    readonly tags: readonly string[]
  }
}

const countedFields = [
  'state.objectId',
  'state.timeline.from',
  'state.timeline.to',
  ...['kind', 'industry', 'regionCode', 'status', 'tags', 'unitTags', 'ruleTags'].map((name) => `state.timeline.content.${name}`),
]
const codedFields = ['state.objectCode', ...countedFields]

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)]

const shape: Shape<CheckObject, ObjectDocument> = {
  toDocument: (object) => {
    const contents = object.timeline.map(({ content }) => content)
    const current = currentContent(object)
    return {
      ...object,
      current,
      allTags: allTags(current),
      pools: poolsOf(object, current),
      quality: quality(object.timeline.at(-1)),
      changedAt: object.timeline.at(-1)?.from as Instant,
      ever: {
        regions: distinct(contents.map(({ regionCode }) => regionCode)),
        kinds: distinct(contents.map(({ kind }) => kind)),
        industries: distinct(contents.map(({ industry }) => industry).filter((industry) => industry !== '')),
        tags: distinct(contents.flatMap(allTags)),
      },
    }
  },
  fromDocument: ({ objectId, objectCode, unitId, timeline, identityLog }) => ({
    objectId,
    objectCode,
    unitId,
    timeline,
    ...(identityLog === undefined ? {} : { identityLog }),
  }),
}

const indexes = [
  { fields: { 'state.objectCode': 1 } },
  { fields: { 'state.ever.industries': 1 } },
  { fields: { 'state.ever.tags': 1 } },
  { fields: { 'state.pools': 1, 'state.changedAt': 1 } },
  { fields: { 'state.identityLog.0.at': 1 }, partial: { 'state.identityLog.0.at': { $exists: true } } },
] as const

export function objectPool(store: Store, { toContract, ...settings }: AggregateSettings): ObjectPool {
  const pool = aggregates<ObjectDocument>(store, {
    ...settings,
    collection: 'objects',
    scopeOf: ({ current, unitId }) => ({ regionCode: current.regionCode, unitId }),
    indexes,
  })
  return { ...recordsOver(pool, shape, toContract), ...queries(pool) }
}

function queries(pool: AggregateStore<ObjectDocument>): Omit<ObjectPool, 'load' | 'loadMany' | 'update' | 'saveMany'> {
  const object = ({ state }: { readonly state: ObjectDocument }): CheckObject => shape.fromDocument(state)
  async function* scanned(filter: Readonly<Record<string, unknown>>, order: 'id' | 'none' = 'id'): AsyncGenerator<CheckObject> {
    const sort = order === 'none' ? ({ sort: 'none' } as const) : {}
    for await (const found of pool.scan(filter, { batch: 1000, ...sort })) yield object(found)
  }
  /** By limited queries, each twice as large as the last: a cursor that is left early would have cost the order of all. */
  async function* firstOf(filter: Readonly<Record<string, unknown>>, wanted: number, after?: string): AsyncGenerator<CheckObject> {
    let last = after
    for (let limit = wanted; ; limit = Math.min(2 * limit, 1000)) {
      const found = await pool.find({ ...filter, ...(last === undefined ? {} : { _id: { $gt: last } }) }, { limit })
      yield* found.map(object)
      if (found.length < limit) return
      last = found.at(-1)?.id
    }
  }
  return {
    byCodes: async (codes) => (await pool.find({ 'state.objectCode': { $in: codes } }, { limit: 10 * codes.length })).map(object),
    // Found by unit, then read through: an index on names would cost every import, and rosters are few.
    byNames: async (unitIds, names) => {
      const found: CheckObject[] = []
      const named = { 'state.unitId': { $in: unitIds }, 'state.current.name': { $in: names } }
      if (names.length > 0) for await (const each of scanned(named)) found.push(each)
      return found
    },
    page: async (query, { limit, after }) =>
      (await pool.find({ ...filterOf(query), ...(after === undefined ? {} : { _id: { $gt: after } }) }, { limit })).map(object),
    count: (query) => pool.count(filterOf(query)),
    completeness: async (unitId) => {
      const active = { 'state.pools': unitId, 'state.current.status': 'ACTIVE' }
      const [last] = await pool.find({ 'state.pools': unitId }, { sort: { 'state.changedAt': -1 }, limit: 1 })
      return {
        total: await pool.count({ 'state.pools': unitId }),
        active: await pool.count(active),
        tagged: await pool.count({ ...active, 'state.allTags.0': { $exists: true } }),
        disputed: await pool.count({ ...active, 'state.quality': 'DISPUTED' }),
        updatedAt: last?.state.changedAt,
      }
    },
    countEnterprises: (regionCode, at) =>
      pool.count({
        'state.timeline': {
          $elemMatch: {
            from: { $lte: at },
            to: { $gt: at },
            'content.kind': 'ENTERPRISE',
            'content.status': 'ACTIVE',
            'content.regionCode': regionRange(regionCode),
          },
        },
      }),
    candidates: (regionCode, applicabilities, page) => {
      const filter = poolFilter(regionCode, applicabilities)
      return page === undefined ? scanned(filter, 'none') : firstOf(filter, page.wanted, page.after)
    },
    countable: (regionCode, applicabilities, unitIds) =>
      pool.scanFields<CountedObject>(
        { ...poolFilter(regionCode, applicabilities), ...(unitIds === undefined ? {} : { 'state.pools': { $in: unitIds } }) },
        countedFields,
      ),
    coded: (regionCode, applicabilities) => pool.scanFields<CodedObject>(poolFilter(regionCode, applicabilities), codedFields),
    ofUnit: (unitId) => scanned({ 'state.pools': unitId }),
    inRegion: (regionCode) => scanned({ 'state.current.regionCode': regionRange(regionCode) }),
    mergedOrSplit: async (regionCode, { limit, after }) => {
      const filter = {
        'state.identityLog.0.at': { $exists: true },
        'state.current.regionCode': regionRange(regionCode),
        ...(after === undefined ? {} : { _id: { $gt: after } }),
      }
      return (await pool.find(filter, { limit })).map(object)
    },
  }
}

const filterOf = ({ regionCode, unitIds, kind, status, objectCode }: ObjectQuery): Record<string, unknown> => ({
  'state.current.regionCode': regionRange(regionCode),
  ...(unitIds === undefined ? {} : { 'state.pools': { $in: unitIds } }),
  ...(kind === undefined ? {} : { 'state.current.kind': kind }),
  ...(status === undefined ? {} : { 'state.current.status': status }),
  ...(objectCode === undefined ? {} : { 'state.objectCode': objectCode }),
})

const poolFilter = (regionCode: RegionCode, applicabilities: readonly Applicability[]): Readonly<Record<string, unknown>> => ({
  'state.ever.regions': regionRange(regionCode),
  ...candidateFilter(applicabilities),
})

/** Whatever fitted in any of its versions; the exact mapping is the domain's. */
function candidateFilter(applicabilities: readonly Applicability[]): Readonly<Record<string, unknown>> {
  const kinds = distinct(applicabilities.filter(isOpen).flatMap((each) => each.kinds))
  const prefixes = distinct(applicabilities.flatMap(({ industryPrefixes }) => industryPrefixes))
  const tags = distinct(applicabilities.flatMap((each) => each.tags))
  return {
    $or: [
      ...(kinds.length > 0 ? [{ 'state.ever.kinds': { $in: kinds } }] : []),
      ...prefixes.map((prefix) => ({ 'state.ever.industries': { $gte: prefix, $lt: `${prefix}~` } })),
      ...(tags.length > 0 ? [{ 'state.ever.tags': { $in: tags } }] : []),
    ],
  }
}

const isOpen = ({ industryPrefixes, tags }: Applicability): boolean => industryPrefixes.length === 0 && tags.length === 0
