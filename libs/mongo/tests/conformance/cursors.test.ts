import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceBench, idsOf, openConformance, type TextCollection, times } from './bench.ts'

const total = 12_000
const batchSize = 1000

let bench: ConformanceBench
let collection: TextCollection
const idAt = (index: number): string => `t-${String(index).padStart(6, '0')}`

beforeAll(async () => {
  bench = await openConformance()
  collection = await bench.collection(times(total, (index) => ({ _id: idAt(index), n: index % 7, unitId: `u${index % 3}`, touched: 0 })))
  await collection.createIndex({ n: 1, _id: 1 })
})
afterAll(() => bench[Symbol.asyncDispose]())

async function read(cursor: AsyncIterable<{ readonly _id: string }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { _id } of cursor) ids.push(_id)
  return ids
}

describe('a cursor', () => {
  it('gives all of 12,000 documents once, in order, batch by batch', async () => {
    expect(await read(collection.find({}).sort({ _id: 1 }).batchSize(batchSize))).toEqual(times(total, idAt))
  })

  it('keeps a compound order over its batches, with a filter', async () => {
    const ids = await read(collection.find({ unitId: 'u1' }).sort({ n: -1, _id: 1 }).batchSize(batchSize))
    const expected = times(total, (index) => index).filter((index) => index % 3 === 1)
    expect(ids).toEqual(expected.sort((left, right) => (right % 7) - (left % 7) || left - right).map(idAt))
  })

  it('gives every document once though it is written to meanwhile', async () => {
    const ids: string[] = []
    const writing: Promise<unknown>[] = []
    for await (const { _id } of collection.find({}).sort({ _id: 1 }).batchSize(batchSize)) {
      if (ids.length % batchSize === 0) {
        writing.push(collection.updateMany({ n: 0 }, { $inc: { touched: 1 } } as never))
        writing.push(collection.insertOne({ _id: `a-before-${ids.length}`, n: 0, unitId: 'u9' }))
      }
      ids.push(_id)
    }
    await Promise.all(writing)
    expect(ids.filter((id) => id.startsWith('t-'))).toEqual(times(total, idAt))
    await collection.deleteMany({ unitId: 'u9' })
  })

  it('may be left early, and the collection goes on', async () => {
    for await (const { _id } of collection.find({}).sort({ _id: 1 }).batchSize(batchSize)) if (_id === idAt(1500)) break
    expect(await collection.countDocuments({})).toBe(total)
  })

  it('is continued by a page that begins after the last id', async () => {
    const ids: string[] = []
    for (let last = ''; ; ) {
      const page = idsOf(
        await collection
          .find({ _id: { $gt: last } })
          .sort({ _id: 1 })
          .limit(batchSize)
          .toArray(),
      )
      ids.push(...page)
      const end = page.at(-1)
      if (end === undefined) break
      last = end
    }
    expect(ids).toEqual(times(total, idAt))
  })

  it('is what a large $in goes through', async () => {
    const wanted = times(5000, (index) => idAt(index * 2))
    expect(
      idsOf(
        await collection
          .find({ _id: { $in: wanted } })
          .sort({ _id: 1 })
          .toArray(),
      ),
    ).toEqual(wanted)
  })

  it('counts with and without a filter', async () => {
    expect([
      await collection.countDocuments({}),
      await collection.countDocuments({ n: { $gte: 5 } }),
      await collection.countDocuments({ n: 99 }),
    ]).toEqual([total, times(total, (index) => index % 7).filter((n) => n >= 5).length, 0])
  })
})
