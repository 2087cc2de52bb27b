import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { toRecord } from '@dual-random/messaging'
import { type Figure, figureBeside, percentile } from '../../figure.ts'
import { bareFindAndClear } from '../../support/bare-outbox.ts'
import { bareProducer } from '../../support/bare-producer.ts'
import { type BenchScope, openBenchScope } from '../../support/bench-scope.ts'
import { openPipeline } from '../../support/pipeline.ts'
import { recordedResult, resultsOf, resultTopic } from '../../support/result-event.ts'
import { outgoingResults } from './outgoing-result.ts'

const events = 10_000
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
  // The first round warms all three up.
  for (let round = 0; round <= rounds; round++) {
    const measured = {
      clearing: await bareClearing(scope, perDocument),
      producer: await bareProducing(scope, perDocument),
      relay: await relaying(scope, perDocument),
    }
    console.error(perDocument, round, measured)
    if (round === 0) continue
    for (const name of ['relay', 'producer', 'clearing'] as const) rates[name].push(measured[name])
  }
  const floor = Math.min(percentile(rates.producer, 0.5), percentile(rates.clearing, 0.5))
  return figureBeside(`relay.${perDocument}`, percentile(rates.relay, 0.5), 'events/s', floor)
}

const perSecond = (startedAt: number): number => events / ((performance.now() - startedAt) / 1000)

/** Documents with that many waiting events each, in a collection of their own. */
async function fill(scope: BenchScope, perDocument: number): Promise<string> {
  const collection = `results_${randomUUID().slice(0, 8)}`
  await using writer = await openPipeline(scope.pipelineOptions('writer'))
  // Stopped, it leaves everything in the outboxes.
  await writer.relay.stop()
  const results = resultsOf(writer.store, writer.relay, collection)
  await writer.store.ensureIndexes()
  const ids = Array.from({ length: events / perDocument }, () => randomUUID())
  for (let start = 0; start < ids.length; start += saveBatch) {
    await results.saveMany(ids.slice(start, start + saveBatch).map((id) => ({ id, ...recordedResult(id, perDocument) })))
  }
  return collection
}

async function relaying(scope: BenchScope, perDocument: number): Promise<number> {
  const collection = await fill(scope, perDocument)
  await using pipeline = await openPipeline(scope.pipelineOptions('relay'))
  resultsOf(pipeline.store, pipeline.relay, collection)
  const startedAt = performance.now()
  await pipeline.relay.start()
  while (((await pipeline.metrics.published.get()).values[0]?.value ?? 0) < events) await pause(2)
  return perSecond(startedAt)
}

async function bareClearing(scope: BenchScope, perDocument: number): Promise<number> {
  const collection = scope.client.db(scope.database).collection<{ _id: string }>(await fill(scope, perDocument))
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
  const startedAt = performance.now()
  await producer.sendAll(`${topicPrefix}${resultTopic}`, records)
  return perSecond(startedAt)
}
