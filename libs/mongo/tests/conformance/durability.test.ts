import { startPrivateStore } from '@dual-random/local-stack'
import { stackAddress } from '@dual-random/testkit'
import { mongo } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { clientOptions, idsOf, openConformance, type TextCollection, type TextDocument, thrownBy, times } from './bench.ts'

const kills = 3
const enough = 150

/** What became of the writes of one life. */
interface Told {
  /** Ids whose insert was acknowledged. */
  readonly inserted: string[]
  /** Highest acknowledged version by aggregate. */
  readonly versions: Map<string, number>
  /** Aggregates whose version was not the one last acknowledged or read. */
  readonly strayed: string[]
}

const aggregateIds = times(4, (index) => `aggregate-${index}`)

/** Inserts alone and in bulk, and writes aggregates as libs/mongo does, until the store is gone. */
function writeUntilItDies(documents: TextCollection, aggregates: TextCollection, life: number, told: Told): Promise<unknown> {
  const forever = async (write: (count: number) => Promise<void>) => {
    for (let count = 0; ; count++) await write(count)
  }
  const writers = [
    ...times(4, (writer) =>
      forever(async (count) => {
        const _id = `${life}-${writer}-${count}`
        await documents.insertOne({ _id, unique: _id })
        told.inserted.push(_id)
      }),
    ),
    forever(async (count) => {
      const bulk = times(20, (index) => ({ _id: `${life}-bulk-${count}-${index}`, unique: `${life}-bulk-${count}-${index}` }))
      await documents.insertMany(bulk, { ordered: false })
      told.inserted.push(...idsOf(bulk))
    }),
    ...aggregateIds.map((_id) =>
      forever(async () => {
        const version = told.versions.get(_id) ?? 0
        const update = { $set: { version: version + 1 }, $push: { outbox: { $each: [{ seq: version + 1 }] } } }
        const { matchedCount } = await aggregates.updateOne({ _id, version }, update as never)
        if (matchedCount === 1) told.versions.set(_id, version + 1)
        else told.strayed.push(_id)
      }),
    ),
  ]
  return Promise.allSettled(writers)
}

/** Nobody may kill a store that others use; what can be asked of it is what it promises. */
const owned = await (async () => {
  await using bench = await openConformance(stackAddress().mongodbUri)
  return bench.kind === 'local'
})()

const describeOwned = () =>
  describe('a store of one’s own, killed with SIGKILL in the middle of writes', () => {
    it('has every acknowledged document and version when it is started again, life after life', async () => {
      await using store = await startPrivateStore()
      const open = () => new mongo.MongoClient(store.mongodbUri, { ...clientOptions, retryWrites: false })
      const collectionsOf = (client: mongo.MongoClient) => ({
        documents: client.db('conformance').collection<TextDocument>('documents'),
        aggregates: client.db('conformance').collection<TextDocument>('aggregates'),
      })
      const told: Told = { inserted: [], versions: new Map(), strayed: [] }
      {
        await using client = open()
        const { documents, aggregates } = collectionsOf(client)
        await documents.createIndex({ unique: 1 }, { unique: true })
        await aggregates.insertMany(aggregateIds.map((_id) => ({ _id, version: 0, outbox: [] })))
      }
      for (let life = 1; life <= kills; life++) {
        await using client = open()
        const { documents, aggregates } = collectionsOf(client)
        const before = told.inserted.length
        const writing = writeUntilItDies(documents, aggregates, life, told)
        while (told.inserted.length < before + enough) await client.db('admin').command({ ping: 1 })
        await store.kill('SIGKILL')
        await writing
        await store.start()

        await using after = open()
        const kept = collectionsOf(after)
        const present = new Set(idsOf(await kept.documents.find({}, { projection: { _id: 1 } }).toArray()))
        expect([told.inserted.filter((id) => !present.has(id)), told.strayed]).toEqual([[], []])
        // Documents and their index have come back alike.
        expect(await kept.documents.countDocuments({ unique: { $gt: '' } })).toBe(present.size)
        const taken = told.inserted.at(-1) ?? ''
        expect((await thrownBy(() => kept.documents.insertOne({ _id: `again-${life}`, unique: taken }))).code).toBe(11000)
        for (const aggregate of await kept.aggregates.find({}).toArray()) {
          const { _id, version, outbox } = aggregate as unknown as { _id: string; version: number; outbox: { seq: number }[] }
          // One write may have been done without having been acknowledged.
          expect([0, 1]).toContain(version - (told.versions.get(_id) ?? 0))
          expect(outbox.map(({ seq }) => seq)).toEqual(times(version, (index) => index + 1))
          told.versions.set(_id, version)
        }
      }
    })
  })

const describeOthers = () =>
  describe('a store that is not ours to kill', () => {
    it('says that a write acknowledged by the majority is in the journal', async () => {
      await using bench = await openConformance()
      const { config } = await bench.client.db('admin').command({ replSetGetConfig: 1 })
      expect(config).toMatchObject({ writeConcernMajorityJournalDefault: true })
    })
  })

if (owned) describeOwned()
else describeOthers()
