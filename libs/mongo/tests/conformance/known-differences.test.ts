import { startPrivateStore } from '@dual-random/local-stack'
import { eventually } from '@dual-random/testkit'
import { mongo } from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConformanceBench, clientOptions, openConformance, type StoreKind, type TextDocument, times } from './bench.ts'

interface Difference {
  /** Reads on with what the store does with it. */
  readonly what: string
  readonly mongodb: string
  readonly local: string
  /** What it means for code that is to run on both. */
  readonly soThat: string
  /** Shown on a store of one's own only: nobody may kill one that others use. */
  readonly kills?: true
  observe(bench: ConformanceBench): Promise<string>
}

const outcomeOf = (call: () => Promise<unknown>): Promise<string> =>
  call().then(
    () => 'taken',
    (thrown: unknown) => `refused with ${String((thrown as mongo.MongoServerError).code)}`,
  )

/** Where the local stack's store is not like MongoDB, as far as is known. Everything else in this folder holds on both. */
const differences: readonly Difference[] = [
  {
    what: 'a text index',
    mongodb: 'taken',
    local: 'refused with 67',
    soThat: 'names are found by prefix and range only',
    observe: async (bench) => {
      const collection = await bench.collection()
      return outcomeOf(() => collection.createIndex({ name: 'text' }))
    },
  },
  {
    what: 'a query in JavaScript',
    mongodb: 'taken',
    local: 'refused with 6108304',
    soThat: 'no query carries code',
    observe: async (bench) => {
      const collection = await bench.collection([{ _id: 'a', n: 1 }])
      return outcomeOf(() => collection.find({ $where: 'this.n === 1' } as never).toArray())
    },
  },
  {
    what: 'a document with arrays under two fields of one index',
    mongodb: 'refused with 171',
    local: 'taken',
    soThat: 'no index names two fields that may be arrays: here it would pass',
    observe: async (bench) => {
      const collection = await bench.collection()
      await collection.createIndex({ unitIds: 1, tags: 1 })
      return outcomeOf(() => collection.insertOne({ _id: 'a', unitIds: ['u1', 'u2'], tags: ['x', 'y'] }))
    },
  },
  {
    what: 'a 65th index of a collection',
    mongodb: 'refused with 67',
    local: 'taken',
    soThat: 'nothing: no collection has ten',
    observe: async (bench) => {
      const collection = await bench.collection()
      // With that on the id.
      await collection.createIndexes(times(63, (index) => ({ key: { [`f${index}`]: 1 as const } })))
      return outcomeOf(() => collection.createIndex({ one: 1 }))
    },
  },
  {
    what: 'an increment sent again by the driver, the server having been killed in between',
    mongodb: 'applied once',
    local: 'applied twice',
    soThat: 'a write is guarded by an id or a version, never by the retry alone',
    kills: true,
    observe: async () => {
      await using store = await startPrivateStore()
      await using client = new mongo.MongoClient(store.mongodbUri, clientOptions)
      const db = client.db('conformance')
      const counters = db.collection<TextDocument>('counters')
      await counters.insertOne({ _id: 'a', n: 0 })
      await using session = client.startSession()
      // Far from the numbers that the driver gives out itself, should it have used the session before.
      const txnNumber = mongo.Long.fromNumber(1_000_000)
      const send = () => db.command({ update: 'counters', updates: [{ q: { _id: 'a' }, u: { $inc: { n: 1 } } }], txnNumber }, { session })
      const count = async () => (await counters.findOne({ _id: 'a' }))?.['n']
      expect([await send(), await send(), await count()]).toEqual([expect.objectContaining({ n: 1 }), expect.objectContaining({ n: 1 }), 1])
      await store.kill('SIGKILL')
      await store.start()
      await eventually(() => db.command({ ping: 1 }))
      await send()
      return (await count()) === 1 ? 'applied once' : 'applied twice'
    },
  },
]

let bench: ConformanceBench

beforeAll(async () => {
  bench = await openConformance()
})
afterAll(() => bench[Symbol.asyncDispose]())

const kind: StoreKind = await (async () => {
  await using opened = await openConformance()
  return opened.kind
})()

describe(`the run's store (${kind}) differs as is known`, () => {
  it.each(differences.filter(({ kills }) => kills !== true || kind === 'local'))(
    '$what: MongoDB $mongodb, local $local',
    async (difference) => {
      expect(await difference.observe(bench)).toBe(difference[kind])
    },
  )
})
