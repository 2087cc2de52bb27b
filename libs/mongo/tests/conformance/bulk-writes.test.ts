import { mongo } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceBench, documentOf, openConformance, type TextDocument, thrownBy, times } from './bench.ts'

let bench: ConformanceBench

beforeAll(async () => {
  bench = await openConformance()
})
afterAll(() => bench[Symbol.asyncDispose]())

const duplicateKey = 11000

async function bulkErrorOf(call: () => Promise<unknown>): Promise<mongo.MongoBulkWriteError> {
  const thrown: unknown = await thrownBy(call)
  if (thrown instanceof mongo.MongoBulkWriteError) return thrown
  throw thrown
}

const placesOf = ({ writeErrors }: mongo.MongoBulkWriteError): [number, number][] =>
  [writeErrors].flat().map((error) => [error.index, error.code])

describe('an unordered bulk', () => {
  it('of inserts writes the rest beside those whose id is taken, and says at which places those stood', async () => {
    const collection = await bench.collection([{ _id: 'd3' }, { _id: 'd7' }])
    const error = await bulkErrorOf(() =>
      collection.insertMany([...times(10, (index) => ({ _id: `d${index}` })), { _id: 'd0' }], { ordered: false }),
    )
    expect(placesOf(error)).toEqual([
      [3, duplicateKey],
      [7, duplicateKey],
      [10, duplicateKey],
    ])
    expect(error.result.insertedCount).toBe(8)
    expect(await collection.countDocuments({})).toBe(10)
  })

  it('of inserts and updates does the same, and counts what matched', async () => {
    const collection = await bench.collection([
      { _id: 'a', version: 1 },
      { _id: 'b', version: 2 },
      { _id: 'c', version: 1 },
    ])
    const update = (_id: string, version: number) => ({
      updateOne: { filter: { _id, version }, update: { $set: { version: version + 1, bulk: 't' } } },
    })
    const insert = (_id: string) => ({ insertOne: { document: { _id, version: 1 } } })
    const error = await bulkErrorOf(() =>
      collection.bulkWrite([update('a', 1), insert('b'), update('b', 1), insert('d'), update('c', 1), insert('a')], { ordered: false }),
    )
    expect(placesOf(error)).toEqual([
      [1, duplicateKey],
      [5, duplicateKey],
    ])
    expect(error.result).toMatchObject({ insertedCount: 1, matchedCount: 2 })
    expect(await collection.find({}).sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', version: 2, bulk: 't' },
      { _id: 'b', version: 2 },
      { _id: 'c', version: 2, bulk: 't' },
      { _id: 'd', version: 1 },
    ])
    const clean = await collection.bulkWrite([update('a', 2), update('b', 9)], { ordered: false })
    expect(clean).toMatchObject({ matchedCount: 1, insertedCount: 0 })
  })

  it('of pulls removes from each document what its own condition names', async () => {
    const outbox = times(5, (index) => ({ seq: index + 1 }))
    const collection = await bench.collection(times(50, (index) => ({ _id: `d${index}`, outbox })))
    await collection.bulkWrite(
      times(50, (index) => ({
        updateOne: { filter: { _id: `d${index}` }, update: { $pull: { outbox: { seq: { $lte: index % 6 } } } } as never },
      })),
      { ordered: false },
    )
    const left = await collection.find({}).toArray()
    for (const { _id, outbox: rest } of left) expect((rest as unknown[]).length).toBe(5 - Math.min(5, Number(_id.slice(1)) % 6))
  })

  it('by 8 writers of the same ids inserts each once, and each writer learns what the others took', async () => {
    const collection = await bench.collection()
    const ids = times(500, (index) => ({ _id: `d${index}` }))
    const outcomes = await Promise.all(
      times(8, () =>
        collection.insertMany([...ids], { ordered: false }).then(
          ({ insertedCount }) => ({ insertedCount, places: [] }),
          (error: mongo.MongoBulkWriteError) => ({ insertedCount: error.result.insertedCount, places: placesOf(error) }),
        ),
      ),
    )
    for (const { insertedCount, places } of outcomes) {
      expect(places.every(([, code]) => code === duplicateKey)).toBe(true)
      expect(insertedCount + places.length).toBe(ids.length)
    }
    expect(outcomes.reduce((sum, { insertedCount }) => sum + insertedCount, 0)).toBe(ids.length)
    expect(await collection.countDocuments({})).toBe(ids.length)
  })

  it('larger than one message takes 14,000 documents of 4 KB, its places counted over the whole', async () => {
    const count = 14_000
    const text = 'x'.repeat(4096)
    const collection = await bench.collection([{ _id: 'd0' }, { _id: `d${count - 1}` }])
    const error = await bulkErrorOf(() =>
      collection.insertMany(
        times(count, (index) => ({ _id: `d${index}`, text })),
        { ordered: false },
      ),
    )
    expect(placesOf(error)).toEqual([
      [0, duplicateKey],
      [count - 1, duplicateKey],
    ])
    expect(await collection.countDocuments({ text: { $exists: true } })).toBe(count - 2)
  })
})

describe('a document near the limit of 16 MB', () => {
  const limit = 16 * 1024 * 1024
  const large = (_id: string, bytes: number): TextDocument => ({ _id, text: 'x'.repeat(bytes) })
  /** Server and driver each have words of their own; what does not even fit the driver's buffer is "out of range". */
  const tooLarge = /too large|larger than|exceeds|BSONObj size|out of range/i

  it('below it is stored and read back', async () => {
    const collection = await bench.collection()
    await collection.insertOne(large('a', limit - 1000))
    expect((await documentOf<{ text: string }>(collection, 'a')).text).toHaveLength(limit - 1000)
  })

  it('above it is refused in so many words, alone and in a bulk, and nothing of it is there', async () => {
    const collection = await bench.collection([{ _id: 'b' }])
    for (const write of [
      () => collection.insertOne(large('a', limit + 1)),
      () => collection.insertMany([large('a', limit + 1)], { ordered: false }),
      () => collection.replaceOne({ _id: 'a' }, { text: 'x'.repeat(limit + 1) }, { upsert: true }),
      () => collection.insertOne(large('a', 2 * limit)),
    ])
      expect((await thrownBy(write)).message).toMatch(tooLarge)
    expect(await collection.find({}).toArray()).toEqual([{ _id: 'b' }])
  })

  it('does not grow above it by an update, and stays as it was', async () => {
    const half = 'x'.repeat(limit / 2)
    const collection = await bench.collection([{ _id: 'a', version: 1, outbox: [half] }])
    const grow = () =>
      collection.updateOne({ _id: 'a', version: 1 }, { $set: { version: 2 }, $push: { outbox: { $each: [half] } } } as never)
    expect((await thrownBy(grow)).message).toMatch(tooLarge)
    const { version, outbox } = await documentOf<{ version: number; outbox: readonly unknown[] }>(collection, 'a')
    expect([version, outbox.length]).toEqual([1, 1])
  })
})

describe('a bulk of updates of many documents each', () => {
  it('takes from all of them and counts them', async () => {
    const outbox = times(3, (index) => ({ seq: index + 1 }))
    const collection = await bench.collection(times(9, (index) => ({ _id: `d${index}`, outbox })))
    const pull = (ids: readonly string[], seq: number) => ({
      updateMany: { filter: { _id: { $in: ids } }, update: { $pull: { outbox: { seq: { $lte: seq } } } } },
    })
    const result = await collection.bulkWrite([pull(['d0', 'd1', 'd2'], 1), pull(['d3', 'd4', 'none'], 3)] as never, { ordered: false })
    expect(result).toMatchObject({ matchedCount: 5, modifiedCount: 5 })
    const waiting = await collection.find({}).sort({ _id: 1 }).toArray()
    expect(waiting.map((document) => (document as unknown as { outbox: object[] }).outbox.length)).toEqual([2, 2, 2, 0, 0, 3, 3, 3, 3])
  })

  it('loses nothing of what is put into them meanwhile, and what it took stays away', async () => {
    const ids = times(100, (index) => `d${index}`)
    const collection = await bench.collection(ids.map((_id) => ({ _id, seq: 0, outbox: [] as object[] })))
    const over = new AbortController()
    const put = async (own: readonly string[]): Promise<void> => {
      for (let seq = 1; seq <= 20; seq++) {
        for (const _id of own) await collection.updateOne({ _id }, { $inc: { seq: 1 }, $push: { outbox: { seq } } } as never)
      }
    }
    const take = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const operation = { updateMany: { filter: { _id: { $in: ids } }, update: { $pull: { outbox: { seq: { $lte: 10 } } } } } }
        await collection.bulkWrite([operation] as never, { ordered: false })
      }
    }
    const taking = take()
    await Promise.all(times(10, (index) => put(ids.slice(10 * index, 10 * index + 10))))
    over.abort()
    await taking
    const left = times(10, (index) => ({ seq: 11 + index }))
    expect(await collection.find({}).sort({ _id: 1 }).toArray()).toEqual([...ids].sort().map((_id) => ({ _id, seq: 20, outbox: left })))
  })
})
