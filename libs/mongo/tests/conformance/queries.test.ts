import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceBench, idsOf, openConformance, type TextCollection, type TextDocument } from './bench.ts'

let bench: ConformanceBench

beforeAll(async () => {
  bench = await openConformance()
})
afterAll(() => bench[Symbol.asyncDispose]())

type Query = Readonly<Record<string, unknown>>

/** Ids of what a query finds, in the order of ids. */
const found = async (collection: TextCollection, query: Query) =>
  idsOf(
    await collection
      .find(query as never)
      .sort({ _id: 1 })
      .toArray(),
  )

describe('a query finds exactly what matches', () => {
  const tasks: readonly TextDocument[] = [
    { _id: 'a', state: { status: 'OPEN', unitId: 'u1', dueDate: '2026-03-01', results: [], n: 1 } },
    { _id: 'b', state: { status: 'OPEN', unitId: 'u2', dueDate: '2026-03-02', results: [{ at: 1 }], n: 2, escalated: { at: 5 } } },
    { _id: 'c', state: { status: 'DONE', unitId: 'u1', results: [{ at: 1 }, { at: 2 }], n: 3, escalated: null } },
    { _id: 'd', state: { status: 'LAPSED', unitId: 'u3', dueDate: '', n: 4.5 } },
  ]
  let collection: TextCollection

  beforeAll(async () => {
    collection = await bench.collection(tasks)
  })

  it.each<readonly [string, Query, string]>([
    ['equality', { 'state.unitId': 'u1' }, 'ac'],
    ['several equalities', { 'state.unitId': 'u1', 'state.status': 'OPEN' }, 'a'],
    ['$in', { 'state.status': { $in: ['OPEN', 'LAPSED'] } }, 'abd'],
    ['$in on ids', { _id: { $in: ['d', 'none', 'a'] } }, 'ad'],
    ['an empty $in', { _id: { $in: [] } }, ''],
    ['$ne', { 'state.status': { $ne: 'OPEN' } }, 'cd'],
    ['$ne on an id', { _id: { $ne: 'b' }, 'state.status': 'OPEN' }, 'a'],
    ['$ne of what is missing', { 'state.escalated.at': { $ne: 5 } }, 'acd'],
    ['$gt on ids', { _id: { $gt: 'b' } }, 'cd'],
    ['both ends of a range', { 'state.dueDate': { $gte: '2026-03-01', $lte: '2026-03-02' } }, 'ab'],
    ['neither end of a range', { 'state.dueDate': { $gt: '2026-03-01', $lt: '2026-03-02' } }, ''],
    ['$lt, not what lacks the field', { 'state.dueDate': { $lt: '2026-03-02' } }, 'ad'],
    ['$gt of the empty text: texts only', { 'state.dueDate': { $gt: '' } }, 'ab'],
    ['a range of texts: no numbers', { 'state.n': { $gte: '' } }, ''],
    ['a range of numbers, whole or not', { 'state.n': { $gt: 2, $lt: 5 } }, 'cd'],
    ['$exists', { 'state.dueDate': { $exists: true } }, 'abd'],
    ['$exists of null', { 'state.escalated': { $exists: true } }, 'bc'],
    ['$exists: false', { 'state.escalated': { $exists: false } }, 'ad'],
    ['$exists of an array element', { 'state.results.0': { $exists: true } }, 'bc'],
    ['absence of an array element', { 'state.results.1': { $exists: false } }, 'abd'],
    ['$exists with a range', { 'state.dueDate': { $exists: true, $lt: '2026-03-02' } }, 'ad'],
    ['$or', { $or: [{ 'state.status': 'DONE' }, { 'state.unitId': 'u3' }] }, 'cd'],
    ['$or beside a field', { 'state.status': 'OPEN', $or: [{ 'state.n': { $gt: 1 } }, { _id: 'c' }] }, 'b'],
    ['$or as a page begins', { $or: [{ 'state.n': { $gt: 2 } }, { 'state.n': 2, _id: { $gt: 'a' } }] }, 'bcd'],
    ['nothing asked', {}, 'abcd'],
  ])('%s', async (_name, query, expected) => {
    expect(await found(collection, query)).toEqual(expected.split(''))
    expect(await collection.countDocuments(query as never)).toBe(expected.length)
  })

  it('compares an array element by element, and $elemMatch asks all of one element', async () => {
    const version = (from: string, to: string, kind: string, regionCode: string) => ({ from, to, content: { kind, regionCode } })
    const objects = await bench.collection([
      { _id: 'then', timeline: [version('2020', '2023', 'ENTERPRISE', '230301'), version('2023', '9999', 'FARM', '230302')] },
      { _id: 'now', timeline: [version('2020', '2023', 'FARM', '230301'), version('2023', '9999', 'ENTERPRISE', '230302')] },
      { _id: 'away', timeline: [version('2020', '9999', 'ENTERPRISE', '110101')] },
    ])
    const one = {
      timeline: {
        $elemMatch: {
          from: { $lte: '2024' },
          to: { $gt: '2024' },
          'content.kind': 'ENTERPRISE',
          'content.regionCode': { $gte: '2303', $lt: '2303~' },
        },
      },
    }
    expect(await found(objects, one)).toEqual(['now'])
    // Without it each condition may be met by another element.
    const any = {
      'timeline.from': { $lte: '2024' },
      'timeline.content.kind': 'ENTERPRISE',
      'timeline.content.regionCode': { $gte: '2303', $lt: '2303~' },
    }
    expect(await found(objects, any)).toEqual(['now', 'then'])
  })

  it('finds a text among an array’s, by itself, by $in and by a range', async () => {
    const pool = await bench.collection([
      { _id: 'a', tags: ['食品', '餐饮'], industries: ['52', 'F521'] },
      { _id: 'b', tags: ['餐饮'], industries: ['I62'] },
      { _id: 'c', tags: [], industries: [] },
    ])
    expect(await found(pool, { tags: '餐饮' })).toEqual(['a', 'b'])
    expect(await found(pool, { tags: { $in: ['食品', '药品'] } })).toEqual(['a'])
    expect(await found(pool, { $or: [{ industries: { $gte: 'F', $lt: 'F~' } }, { tags: { $in: ['无'] } }] })).toEqual(['a'])
    expect(await found(pool, { 'tags.0': { $exists: true } })).toEqual(['a', 'b'])
  })

  it('finds what begins with a text by $regex and by a range alike, with an index and without', async () => {
    const plans = await bench.collection(['23', '2303', '230300', '230301', '23030x', '2304', '12303'].map((code) => ({ _id: code, code })))
    for (const indexed of [false, true]) {
      if (indexed) await plans.createIndex({ code: 1 })
      expect(await found(plans, { code: { $regex: '^2303' } })).toEqual(['2303', '230300', '230301', '23030x'])
      expect(await found(plans, { code: { $gte: '2303', $lt: '2303~' } })).toEqual(['2303', '230300', '230301', '23030x'])
      expect(await found(plans, { code: { $gte: '2303', $lt: '2303\uffff' } })).toEqual(['2303', '230300', '230301', '23030x'])
    }
  })
})

describe('a sort', () => {
  it('goes by several fields, each its own way, ties by the next', async () => {
    const collection = await bench.collection([
      { _id: 'a', at: 2, n: 1 },
      { _id: 'b', at: 1, n: 1 },
      { _id: 'c', at: 2, n: 2 },
      { _id: 'd', n: 9 },
      { _id: 'e', at: 2, n: 2 },
    ])
    for (const indexed of [false, true]) {
      if (indexed) await collection.createIndex({ at: -1, _id: 1 })
      expect(idsOf(await collection.find({}).sort({ at: 1, _id: 1 }).toArray())).toEqual(['d', 'b', 'a', 'c', 'e'])
      expect(idsOf(await collection.find({}).sort({ at: -1, _id: 1 }).toArray())).toEqual(['a', 'c', 'e', 'b', 'd'])
      expect(idsOf(await collection.find({}).sort({ at: -1, n: -1, _id: -1 }).toArray())).toEqual(['e', 'c', 'a', 'b', 'd'])
      expect(idsOf(await collection.find({}).sort({ at: 1, _id: -1 }).limit(3).toArray())).toEqual(['d', 'b', 'e'])
    }
  })

  it('compares texts byte by byte as UTF-8, whatever the language', async () => {
    const texts = ['', ' ', '0', '10', '2', 'A', 'B', 'a', 'b', '~', 'é', '一', '区', '龥', '\uffff', '𠮷']
    const collection = await bench.collection(texts.toReversed().map((text, index) => ({ _id: String(index), text })))
    const bytewise = [...texts].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    for (const indexed of [false, true]) {
      if (indexed) await collection.createIndex({ text: 1 })
      expect((await collection.find({}).sort({ text: 1 }).toArray()).map(({ text }) => text)).toEqual(bytewise)
      // What lies beyond U+FFFF sorts behind it, so a range that ends there leaves it out.
      expect(await collection.countDocuments({ text: { $gte: '', $lt: '\uffff' } })).toBe(texts.length - 2)
    }
  })
})

describe('a projection', () => {
  const document = {
    _id: 'a',
    version: 3,
    regionCode: '230300',
    state: { n: 1 },
    outbox: [1, 2, 3, 4, 5],
    inbox: [{ source: 's', seq: 1 }],
  }

  it.each<readonly [string, Query, Query]>([
    ['leaves out what it excludes', { outbox: 0, inbox: 0 }, { _id: 'a', version: 3, regionCode: '230300', state: { n: 1 } }],
    ['gives the id alone', { _id: 1 }, { _id: 'a' }],
    ['gives fields with the id', { state: 1, 'inbox.seq': 1 }, { _id: 'a', state: { n: 1 }, inbox: [{ seq: 1 }] }],
    ['cuts an array beside fields', { _id: 1, regionCode: 1, outbox: { $slice: 2 } }, { _id: 'a', regionCode: '230300', outbox: [1, 2] }],
    [
      'cuts an array shorter than asked',
      { _id: 1, regionCode: 1, outbox: { $slice: 100 } },
      { _id: 'a', regionCode: '230300', outbox: [1, 2, 3, 4, 5] },
    ],
  ])('%s', async (_name, projection, expected) => {
    const collection = await bench.collection([document])
    expect(await collection.find({}, { projection }).toArray()).toEqual([expected])
    expect(await collection.findOne({ _id: 'a' }, { projection })).toEqual(expected)
  })
})

describe('a document', () => {
  it('comes back as it was written: order of fields, kinds of values, dots in names, nothing for undefined', async () => {
    const collection = await bench.collection()
    const document = {
      _id: 'a',
      z: 1,
      values: { 'result.types': ['x'], 'draw.mode': { y: 1 } },
      a: { big: 2 ** 40, small: -1, half: 0.5, yes: true, no: false, none: null, text: '双随机 𠮷', list: [[1], []], empty: {} },
      at: new Date('2026-02-28T16:00:00.123Z'),
      bytes: Buffer.from([0, 255, 1]),
    }
    await collection.insertOne({ ...document, absent: undefined })
    const read = await collection.findOne({ _id: 'a' }, { promoteBuffers: true })
    expect(read).toEqual(document)
    expect(Object.keys(read ?? {})).toEqual(Object.keys(document))
    const state = { 'draw.mode': 'B', kept: true }
    await collection.updateOne({ _id: 'a' }, { $set: { values: state } })
    expect((await collection.findOne({ _id: 'a' }))?.['values']).toEqual(state)
    await collection.replaceOne({ _id: 'a' }, { values: document.values })
    expect(await collection.findOne({ _id: 'a' })).toEqual({ _id: 'a', values: document.values })
  })
})
