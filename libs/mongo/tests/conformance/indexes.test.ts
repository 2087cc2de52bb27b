import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceBench, idsOf, openConformance, thrownBy } from './bench.ts'

let bench: ConformanceBench

beforeAll(async () => {
  bench = await openConformance()
})
afterAll(() => bench[Symbol.asyncDispose]())

const duplicateKey = 11000

describe('a unique index', () => {
  it('refuses the second of equal values by insert, update and upsert, and says which index', async () => {
    const collection = await bench.collection([{ _id: 'a', position: 1 }])
    await collection.createIndex({ position: 1 }, { unique: true })
    const refused = [
      () => collection.insertOne({ _id: 'b', position: 1 }),
      () => collection.updateOne({ _id: 'c' }, { $set: { position: 1 } }, { upsert: true }),
      () => collection.replaceOne({ _id: 'd' }, { position: 1 }, { upsert: true }),
    ]
    for (const write of refused)
      expect(await thrownBy(write)).toMatchObject({ code: duplicateKey, keyPattern: { position: 1 }, keyValue: { position: 1 } })
    await collection.insertOne({ _id: 'b', position: 2 })
    expect(await thrownBy(() => collection.updateOne({ _id: 'b' }, { $set: { position: 1 } }))).toMatchObject({ code: duplicateKey })
    expect(await collection.find({}).sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', position: 1 },
      { _id: 'b', position: 2 },
    ])
  })

  it('is free again once its document has moved on or gone', async () => {
    const collection = await bench.collection([{ _id: 'a', position: 1 }])
    await collection.createIndex({ position: 1 }, { unique: true })
    await collection.updateOne({ _id: 'a' }, { $set: { position: 2 } })
    await collection.insertOne({ _id: 'b', position: 1 })
    await collection.deleteOne({ _id: 'a' })
    await collection.insertOne({ _id: 'c', position: 2 })
    expect(await collection.countDocuments({})).toBe(2)
  })

  it('over several fields compares all of them', async () => {
    const log = await bench.collection()
    await log.createIndex({ regionCode: 1, seq: 1 }, { unique: true })
    await log.insertMany([
      { _id: '1', regionCode: '230300', seq: 1 },
      { _id: '2', regionCode: '230300', seq: 2 },
      { _id: '3', regionCode: '230100', seq: 1 },
    ])
    expect(await thrownBy(() => log.insertOne({ _id: '4', regionCode: '230300', seq: 2 }))).toMatchObject({
      code: duplicateKey,
      keyValue: { regionCode: '230300', seq: 2 },
    })
  })

  it('is refused over values that are not', async () => {
    const collection = await bench.collection([
      { _id: 'a', position: 1 },
      { _id: 'b', position: 1 },
    ])
    expect(await thrownBy(() => collection.createIndex({ position: 1 }, { unique: true }))).toMatchObject({ code: duplicateKey })
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_'])
  })

  it('that is partial lets through what its condition does not cover', async () => {
    const collection = await bench.collection()
    await collection.createIndex({ unitId: 1 }, { unique: true, partialFilterExpression: { status: 'pending' } })
    await collection.insertMany([
      { _id: 'a', unitId: 'u1', status: 'done' },
      { _id: 'b', unitId: 'u1', status: 'done' },
      { _id: 'c', unitId: 'u1', status: 'pending' },
    ])
    expect(await thrownBy(() => collection.insertOne({ _id: 'd', unitId: 'u1', status: 'pending' }))).toMatchObject({ code: duplicateKey })
    // One that comes under the condition by an update, too.
    expect(await thrownBy(() => collection.updateOne({ _id: 'a' }, { $set: { status: 'pending' } }))).toMatchObject({ code: duplicateKey })
    await collection.updateOne({ _id: 'c' }, { $set: { status: 'done' } })
    expect(await collection.updateOne({ _id: 'a' }, { $set: { status: 'pending' } })).toMatchObject({ modifiedCount: 1 })
  })
})

describe('an index', () => {
  it('that is partial changes no answer, whether or not the query implies its condition', async () => {
    const collection = await bench.collection([{ _id: 'a', dueAt: '3' }, { _id: 'b' }, { _id: 'c', dueAt: '1' }, { _id: 'd', dueAt: '2' }])
    await collection.createIndex({ dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } })
    expect(
      idsOf(
        await collection
          .find({ dueAt: { $lte: '2' } })
          .sort({ dueAt: 1, _id: 1 })
          .toArray(),
      ),
    ).toEqual(['c', 'd'])
    expect(idsOf(await collection.find({}).sort({ dueAt: 1 }).toArray())).toEqual(['b', 'c', 'd', 'a'])
    expect(idsOf(await collection.find({ dueAt: { $exists: false } }).toArray())).toEqual(['b'])
  })

  it('on the first element of an outbox follows what is pushed and pulled', async () => {
    const collection = await bench.collection()
    const first = 'outbox.0.storedAt'
    await collection.createIndex({ [first]: 1 }, { partialFilterExpression: { [first]: { $exists: true } } })
    const stale = async (before: string) =>
      idsOf(
        await collection.find({ [first]: { $exists: true, $lte: before } } as never, { projection: { _id: 1 }, limit: 10 }).toArray(),
      ).sort()
    await collection.insertMany([
      {
        _id: 'a',
        outbox: [
          { seq: 1, storedAt: 't1' },
          { seq: 2, storedAt: 't5' },
        ],
      },
      { _id: 'b', outbox: [] },
      { _id: 'c', outbox: [{ seq: 1, storedAt: 't3' }] },
    ])
    expect([await stale('t1'), await stale('t3')]).toEqual([['a'], ['a', 'c']])
    await collection.updateOne({ _id: 'a' }, { $pull: { outbox: { seq: { $lte: 1 } } } } as never)
    await collection.updateOne({ _id: 'b' }, { $push: { outbox: { $each: [{ seq: 1, storedAt: 't2' }] } } } as never)
    expect([await stale('t3'), await stale('t5')]).toEqual([
      ['b', 'c'],
      ['a', 'b', 'c'],
    ])
    await collection.updateMany({}, { $pull: { outbox: { seq: { $lte: 9 } } } } as never)
    expect(await stale('t9')).toEqual([])
    const explained = await collection.find({ [first]: { $exists: true, $lte: 't9' } } as never).explain('queryPlanner')
    expect(JSON.stringify(explained['queryPlanner'])).toContain('IXSCAN')
  })

  it('over an array of documents follows each of its elements', async () => {
    const tasks = await bench.collection([{ _id: 'a', team: { members: [{ subject: 's1' }, { subject: 's2' }] } }])
    await tasks.createIndex({ 'team.members.subject': 1, _id: 1 })
    const of = async (subject: string) => idsOf(await tasks.find({ 'team.members.subject': subject }).sort({ _id: 1 }).toArray())
    await tasks.insertOne({ _id: 'b', team: { members: [{ subject: 's2' }] } })
    expect([await of('s1'), await of('s2'), await of('s3')]).toEqual([['a'], ['a', 'b'], []])
    await tasks.updateOne({ _id: 'a' }, { $set: { 'team.members': [{ subject: 's3' }] } })
    expect([await of('s1'), await of('s2'), await of('s3')]).toEqual([[], ['b'], ['a']])
  })

  it('declared twice is one; declared otherwise under its name or its fields it is refused and stays', async () => {
    const collection = await bench.collection([{ _id: 'a', at: new Date() }])
    const declare = (options: { readonly expireAfterSeconds?: number; readonly unique?: boolean; readonly name?: string }) =>
      collection.createIndex({ at: 1 }, options)
    expect([await declare({ expireAfterSeconds: 60 }), await declare({ expireAfterSeconds: 60 })]).toEqual(['at_1', 'at_1'])
    expect((await thrownBy(() => declare({ expireAfterSeconds: 90 }))).code).toBe(85)
    expect((await thrownBy(() => declare({ unique: true }))).code).toBe(86)
    expect((await thrownBy(() => collection.createIndex({ other: 1 }, { name: 'at_1' }))).code).toBe(86)
    expect((await thrownBy(() => collection.createIndex({ at: 1, _id: 1 }, { name: 'at_1' }))).code).toBe(86)
    expect(await collection.indexes()).toEqual([
      expect.objectContaining({ key: { _id: 1 } }),
      expect.objectContaining({ key: { at: 1 }, expireAfterSeconds: 60 }),
    ])
  })

  it('created on a collection that is not there yet, creates it', async () => {
    const collection = await bench.collection()
    await collection.createIndex({ a: 1, b: -1 })
    expect((await collection.indexes()).map(({ key }) => key)).toEqual([{ _id: 1 }, { a: 1, b: -1 }])
  })

  it('with a time to live says so and takes nothing before its time', async () => {
    const collection = await bench.collection()
    await collection.createIndex({ expireAt: 1 }, { expireAfterSeconds: 0 })
    await collection.insertOne({ _id: 'a', expireAt: new Date(Date.now() + 3_600_000) })
    await collection.insertOne({ _id: 'b', other: 1 })
    expect((await collection.indexes()).at(-1)).toMatchObject({ key: { expireAt: 1 }, expireAfterSeconds: 0 })
    expect(await collection.countDocuments({})).toBe(2)
  })
})
