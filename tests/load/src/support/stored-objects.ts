import { randomUUID } from 'node:crypto'
import { instantOf } from '@dual-random/kernel'
import { aggregates, type BulkChange, type NewEvent } from '@dual-random/mongo'
import type { Collection, IndexDescriptionInfo } from 'mongodb'
import type { BenchScope } from './bench-scope.ts'
import { openPipeline } from './pipeline.ts'

/** An object of the pool as it is stored, its event still in the outbox. */
interface StoredObject {
  readonly _id: string
  readonly state: { readonly unitId: string; readonly current: { readonly regionCode: string } }
  readonly outbox: readonly NewEvent[]
}

/** What an import writes in one bulk, and how many bulks it has under way. */
const batchSize = 1000
const abreast = 3

/** Batches that one of the two writes before it is the other's turn, so that both meet the same machine. */
const turn = 10

export interface WriteTimes {
  readonly count: number
  readonly bareMs: number
  readonly writeMs: number
}

/**
 * Writes the stored objects twice more, into collections with the indexes of the pool: by `insertMany` of the bare driver, one batch of a
 * thousand after the other, and by `saveMany` of libs/mongo, which makes document and outbox anew from state and events, as the import does.
 */
export async function writeAgain(scope: BenchScope, rows: number): Promise<WriteTimes> {
  const database = scope.client.db(scope.database)
  const pool = database.collection<StoredObject>('objects')
  const indexes = (await pool.indexes()).filter(({ name }) => name !== '_id_')
  await using pipeline = await openPipeline(scope.pipelineOptions('writer'))
  // Stopped, it leaves everything in the outboxes.
  await pipeline.relay.stop()
  const copies = await copyOf<StoredObject>(database.collection(`copies_${randomUUID().slice(0, 8)}`), indexes)
  const name = `written_${randomUUID().slice(0, 8)}`
  await copyOf(database.collection(name), indexes)
  const objects = aggregates<StoredObject['state']>(pipeline.store, {
    collection: name,
    scopeOf: ({ unitId, current }) => ({ regionCode: current.regionCode, unitId }),
    indexes: [],
    service: 'registry',
    relay: pipeline.relay,
    clock: () => instantOf(Date.now()),
  })
  let [count, bareMs, writeMs] = [0, 0, 0]
  let documents: StoredObject[] = []
  const both = async (): Promise<void> => {
    const batches = Array.from({ length: Math.ceil(documents.length / batchSize) }, (_, index) =>
      documents.slice(index * batchSize, (index + 1) * batchSize),
    )
    const changes = documents.map(changeOf)
    count += documents.length
    documents = []
    bareMs += await timed(async () => {
      for (const batch of batches) await copies.insertMany(batch, { ordered: false, writeConcern: { w: 'majority' } })
    })
    writeMs += await timed(async () => {
      const starts = batches.map((_, index) => index * batchSize)
      const write = async (): Promise<void> => {
        for (let start = starts.shift(); start !== undefined; start = starts.shift())
          await objects.saveMany(changes.slice(start, start + batchSize))
      }
      await Promise.all(Array.from({ length: abreast }, write))
    })
  }
  for await (const document of pool.find({}, { limit: rows, batchSize })) {
    documents.push(document)
    if (documents.length === turn * batchSize) await both()
  }
  if (documents.length > 0) await both()
  return { count, bareMs, writeMs }
}

async function copyOf<T extends object>(collection: Collection<T>, indexes: readonly IndexDescriptionInfo[]): Promise<Collection<T>> {
  for (const { key, name, partialFilterExpression } of indexes) {
    await collection.createIndex(key, {
      ...(name === undefined ? {} : { name }),
      ...(partialFilterExpression && { partialFilterExpression }),
    })
  }
  return collection
}

const changeOf = ({ _id, state, outbox }: StoredObject): BulkChange<StoredObject['state']> => ({
  id: _id,
  state,
  events: outbox.map(({ type, topic, json }) => ({ type, topic, json })),
})

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
