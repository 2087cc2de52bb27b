import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { toRecord } from '@dual-random/messaging'
import { type Figure, figureBeside, percentile } from '../../figure.ts'
import { bareFindAndClear } from '../../support/bare-outbox.ts'
import { bareProducer } from '../../support/bare-producer.ts'
import { type BenchScope, openBenchScope } from '../../support/bench-scope.ts'
import { openPipeline, type Pipeline } from '../../support/pipeline.ts'
import { recordedResult, resultsOf, resultTopic } from '../../support/result-event.ts'
import { outgoingResults } from './outgoing-result.ts'

const events = 30_000
const rounds = 3
const saveBatch = 500

/**
 * Events a second that the relay carries from full outboxes to the broker's acknowledgement, and clears. The floor is the slower of two
 * bare halves of the same work on the same machine: the idempotent producer with the same records in the same requests, and reading and
 * clearing the same documents.
 */
export async function benchRelay(): Promise<readonly Figure[]> {
  await using scope = await openBenchScope([{ topic: resultTopic, partitions: 12 }])
  const figures: Figure[] = []
  for (const perDocument of [1, 5, 10]) figures.push(await relayFigure(scope, perDocument))
  return figures
}

async function relayFigure(scope: BenchScope, perDocument: number): Promise<Figure> {
  const rates = { relay: [] as number[], producer: [] as number[], clearing: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    rates.clearing.push(await bareClearing(scope, perDocument))
    rates.producer.push(await bareProducing(scope, perDocument))
    rates.relay.push(await relaying(scope, perDocument))
  }
  const floor = Math.min(percentile(rates.producer, 0.5), percentile(rates.clearing, 0.5))
  return figureBeside(`relay.${perDocument}`, percentile(rates.relay, 0.5), 'events/s', floor)
}

const warmUp = () => outgoingResults('warm-up', 1).map(toRecord)

const perSecond = (startedAt: number): number => events / ((performance.now() - startedAt) / 1000)

/** Documents with that many waiting events each, in a collection of their own, known to the relay of the pipeline. */
async function fill({ store, relay }: Pipeline, perDocument: number): Promise<string> {
  const collection = `results_${randomUUID().slice(0, 8)}`
  const results = resultsOf(store, relay, collection)
  await store.ensureIndexes()
  const ids = Array.from({ length: events / perDocument }, () => randomUUID())
  for (let start = 0; start < ids.length; start += saveBatch) {
    await results.saveMany(ids.slice(start, start + saveBatch).map((id) => ({ id, ...recordedResult(id, perDocument) })))
  }
  return collection
}

/** A broker that comes back: until then everything stays in the outboxes. */
async function relaying(scope: BenchScope, perDocument: number): Promise<number> {
  await using pipeline = await openPipeline(scope.pipelineOptions('relay'))
  const { transport, metrics } = pipeline
  await transport.publish(warmUp())
  const { publish } = transport
  let isBack: () => void = () => undefined
  const back = new Promise<void>((resolve) => (isBack = resolve))
  transport.publish = async (records) => {
    await back
    await publish.call(transport, records)
  }
  await fill(pipeline, perDocument)
  const startedAt = performance.now()
  isBack()
  while (((await metrics.published.get()).values[0]?.value ?? 0) < events) await pause(2)
  return perSecond(startedAt)
}

async function bareClearing(scope: BenchScope, perDocument: number): Promise<number> {
  await using pipeline = await openPipeline(scope.pipelineOptions('writer'))
  // Stopped, it leaves everything in the outboxes.
  await pipeline.relay.stop()
  const collection = scope.client.db(scope.database).collection<{ _id: string }>(await fill(pipeline, perDocument))
  const ids = (await collection.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id)
  const startedAt = performance.now()
  await bareFindAndClear(collection, ids)
  return perSecond(startedAt)
}

async function bareProducing({ brokers, topicPrefix }: BenchScope, perDocument: number): Promise<number> {
  await using producer = await bareProducer(brokers)
  const records = Array.from({ length: events / perDocument }, () => randomUUID()).flatMap((id) =>
    outgoingResults(id, perDocument).map(toRecord),
  )
  await producer.sendAll(`${topicPrefix}${resultTopic}`, warmUp())
  const startedAt = performance.now()
  await producer.sendAll(`${topicPrefix}${resultTopic}`, records)
  return perSecond(startedAt)
}
