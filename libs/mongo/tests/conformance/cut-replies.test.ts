import { type ProxiedStore, proxiedStore } from '@dual-random/testkit'
import { mongo } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceBench, clientOptions, openConformance, type TextCollection, times } from './bench.ts'

let bench: ConformanceBench
let proxied: ProxiedStore
let client: mongo.MongoClient

beforeAll(async () => {
  bench = await openConformance()
  proxied = await proxiedStore(bench.uri)
  // A lost connection makes the driver look at the server again, by default twice a second at most.
  client = new mongo.MongoClient(proxied.uri, { ...clientOptions, minHeartbeatFrequencyMS: 5 })
  await client.connect()
})
afterAll(async () => {
  await client.close()
  await proxied.proxy.close()
  await bench[Symbol.asyncDispose]()
})

interface Write {
  /** What the proxy calls it. */
  readonly kind: string
  /** Whether drivers retry it once, where the server takes retryable writes. */
  readonly retried: boolean
  /** How many cuts in a row are tried; 1 to 12 when left out. */
  readonly counts?: readonly number[]
  /** The effect is one document or one increment of `d<index>`. */
  run(collection: TextCollection, index: number): Promise<unknown>
}

const counts = times(12, (index) => index + 1)
/** For the variants of a command whose every count is tried already. */
const few = [1, 2, 3, 12]

/** Everything that libs/mongo writes with. */
const writes: Readonly<Record<string, Write>> = {
  insertOne: { kind: 'insert', retried: true, run: (collection, index) => collection.insertOne({ _id: `new${index}`, n: 1 }) },
  insertMany: {
    kind: 'insert',
    retried: true,
    counts: few,
    run: (collection, index) => collection.insertMany([{ _id: `new${index}`, n: 1 }], { ordered: false }),
  },
  updateOne: {
    kind: 'update',
    retried: true,
    run: (collection, index) => collection.updateOne({ _id: `d${index}` }, { $inc: { n: 1 }, $push: { outbox: { $each: [1] } } } as never),
  },
  'updateOne with upsert': {
    kind: 'update',
    retried: true,
    counts: few,
    run: (collection, index) => collection.updateOne({ _id: `new${index}` }, { $inc: { n: 1 } } as never, { upsert: true }),
  },
  bulkWrite: {
    kind: 'update',
    retried: true,
    counts: few,
    run: (collection, index) =>
      collection.bulkWrite([{ updateOne: { filter: { _id: `d${index}` }, update: { $inc: { n: 1 } } as never } }], { ordered: false }),
  },
  findOneAndUpdate: {
    kind: 'findAndModify',
    retried: true,
    run: async (collection, index) => {
      const updated = await collection.findOneAndUpdate({ _id: `d${index}` }, { $inc: { n: 1 } } as never, { returnDocument: 'after' })
      expect(updated).toMatchObject({ n: 1 })
    },
  },
  updateMany: {
    kind: 'update',
    retried: false,
    counts: few,
    run: (collection, index) => collection.updateMany({ _id: `d${index}` }, { $inc: { n: 1 } } as never),
  },
}

describe('a write whose reply is cut 1 to 12 times in a row is acknowledged with its effect there once, or fails with it there at most once', () => {
  it.each(Object.entries(writes))('%s', async (_name, { kind, retried, run, counts: tried = counts }) => {
    for (const count of tried) {
      const direct = await bench.collection(times(count + 1, (index) => ({ _id: `d${index}`, n: 0, outbox: [] })))
      const collection = client.db(bench.db.databaseName).collection(direct.collectionName) as unknown as TextCollection
      const cuts = proxied.proxy.cutReplies(kind, count)
      const outcomes: boolean[] = []
      while (cuts.done < count || outcomes.at(-1) === false) {
        outcomes.push(
          await run(collection, outcomes.length).then(
            () => true,
            (thrown: unknown) => {
              expect(thrown).toSatisfy(isLostReply)
              return false
            },
          ),
        )
      }
      // One retry covers one cut; where nothing is retried every cut is told.
      expect(outcomes.filter((acknowledged) => !acknowledged)).toHaveLength(retried && bench.retriesWrites ? Math.floor(count / 2) : count)
      const effects = await effectsIn(direct)
      for (const [index, acknowledged] of outcomes.entries()) {
        const effect = effects(index)
        expect({ count, index, acknowledged, effect }).toEqual({
          count,
          index,
          acknowledged,
          effect: acknowledged ? 1 : Math.min(effect, 1),
        })
      }
    }
  })

  it('updateOne filtered on the version, which its caller repeats until it is told, is applied once', async () => {
    for (const count of counts) {
      const direct = await bench.collection([{ _id: 'a', version: 1, outbox: [] }])
      const collection = client.db(bench.db.databaseName).collection(direct.collectionName)
      const cuts = proxied.proxy.cutReplies('update', count)
      let told: number | undefined
      while (told === undefined) {
        const save = collection.updateOne({ _id: 'a' as never, version: 1 }, {
          $set: { version: 2 },
          $push: { outbox: { $each: [{ seq: 1 }] } },
        } as never)
        told = await save.then(
          ({ matchedCount }) => matchedCount,
          () => undefined,
        )
      }
      expect(cuts.done).toBe(count)
      // Only a caller that has heard of no error before may take "no match" for another's write.
      expect(told).toBe(bench.retriesWrites && count === 1 ? 1 : 0)
      expect(await direct.findOne({ _id: 'a' })).toEqual({ _id: 'a', version: 2, outbox: [{ seq: 1 }] })
    }
  })

  it('inserts in one bulk with some that are there already tell the same places after a retry', async () => {
    const direct = await bench.collection([{ _id: 'd3' }])
    const collection = client.db(bench.db.databaseName).collection(direct.collectionName) as unknown as TextCollection
    const cuts = proxied.proxy.cutReplies('insert', 1)
    const thrown: unknown = await collection
      .insertMany(
        times(6, (index) => ({ _id: `d${index}` })),
        { ordered: false },
      )
      .catch((error: unknown) => error)
    expect(cuts.done).toBe(1)
    expect(await direct.countDocuments({})).toBe(6)
    expect(thrown).toSatisfy(bench.retriesWrites ? isDuplicateAt([3]) : isLostReply)
  })
})

describe('16 writers through a proxy that cuts replies now and then', () => {
  it('have every increment that was acknowledged, and none twice that was not repeated', async () => {
    const direct = await bench.collection(times(16, (index) => ({ _id: `d${index}`, n: 0 })))
    const collection = client.db(bench.db.databaseName).collection(direct.collectionName) as unknown as TextCollection
    const written = new AbortController()
    const cutter = (async () => {
      let done = 0
      while (!written.signal.aborted) {
        const cuts = proxied.proxy.cutReplies('update', 1)
        while (!written.signal.aborted && cuts.done === 0) await direct.findOne({ _id: 'd0' })
        done += cuts.done
      }
      return done
    })()
    const tallies = await Promise.all(
      times(16, async (index) => {
        const tally = { acknowledged: 0, unknown: 0 }
        for (let round = 0; round < 10; round++)
          await collection.updateOne({ _id: `d${index}` }, { $inc: { n: 1 } } as never).then(
            () => (tally.acknowledged += 1),
            () => (tally.unknown += 1),
          )
        return tally
      }),
    )
    written.abort()
    expect(await cutter).toBeGreaterThan(5)
    for (const [index, { acknowledged, unknown }] of tallies.entries()) {
      const n = (await direct.findOne({ _id: `d${index}` }))?.['n'] as number
      expect(n).toBeGreaterThanOrEqual(acknowledged)
      expect(n).toBeLessThanOrEqual(acknowledged + unknown)
    }
  })
})

/** Neither an answer of the server nor a bug: the outcome is not known. */
function isLostReply(thrown: unknown): boolean {
  if (thrown instanceof mongo.MongoBulkWriteError) return isLostReply(thrown.errorResponse ?? thrown.cause)
  return (
    thrown instanceof mongo.MongoNetworkError ||
    (thrown instanceof Error && 'code' in thrown && ['EPIPE', 'ECONNRESET'].includes(String(thrown.code)))
  )
}

const isDuplicateAt =
  (places: readonly number[]) =>
  (thrown: unknown): boolean =>
    thrown instanceof mongo.MongoBulkWriteError &&
    [thrown.writeErrors]
      .flat()
      .map(({ index }) => index)
      .join() === places.join()

/** How often the write of an index has happened. */
async function effectsIn(collection: TextCollection): Promise<(index: number) => number> {
  const found = new Map((await collection.find({}).toArray()).map(({ _id, n }) => [_id, Number(n)]))
  return (index) => (found.get(`d${index}`) ?? 0) + (found.get(`new${index}`) ?? 0)
}
