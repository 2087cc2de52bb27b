import { events } from '@dual-random/contracts'
import { ObjectKind, ResultType } from '@dual-random/contracts/common'
import type { ResultRecorded } from '@dual-random/contracts/inspection'
import { instantOf } from '@dual-random/kernel'
import { GroupConsumer, KafkajsTransport, messagingMetrics, OutboxRelay } from '@dual-random/messaging'
import { type AggregateStore, aggregates, newEvent, openStore, parkedStore, projection, projectionSubscription } from '@dual-random/mongo'
import { createLogger } from '@dual-random/runtime'
import { Registry } from 'prom-client'
import { type Figure, figureBeside, percentile } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { bareLatencies } from '../support/bare-kafka.ts'
import { type BenchScope, openBenchScope } from '../support/bench-scope.ts'
import { atRate } from '../support/pace.ts'
import { type Stopwatch, stopwatch } from '../support/stopwatch.ts'

const contract = events.inspection.resultRecorded

/** Events before the measured ones: connections, group assignment and compilation are not what is measured. */
const warmUp = 400

interface Result {
  readonly regionCode: string
  readonly unitId: string
  readonly resultType: ResultType
}

/** From the acknowledged save of an aggregate to the committed effect at a consumer; the floor is bare kafkajs on the same broker. */
export async function benchEvents({ events: count, rate }: BenchOptions): Promise<readonly Figure[]> {
  const bareTopic = 'bench.bare.v1'
  await using scope = await openBenchScope([contract.topic, bareTopic].map((topic) => ({ topic, partitions: 3 })))
  const ours = await ourLatencies(scope, count, rate)
  const bare = await bareLatencies({ brokers: scope.brokers, topic: `${scope.topicPrefix}${bareTopic}`, count, warmUp, rate })
  return [
    figureBeside('events.p50', percentile(ours, 0.5), 'ms', percentile(bare, 0.5)),
    figureBeside('events.p99', percentile(ours, 0.99), 'ms', percentile(bare, 0.99)),
  ]
}

async function ourLatencies(scope: BenchScope, count: number, rate: number): Promise<readonly number[]> {
  const watch = stopwatch(warmUp + count)
  await using pipeline = await openPipeline(scope, watch)
  const save = async (index: number): Promise<void> => {
    const id = `result-${index}`
    const data = resultRecorded(id)
    await pipeline.results.create(id, { regionCode: data.regionCode, unitId: data.unitId, resultType: data.resultType }, [
      newEvent(contract, data),
    ])
    watch.begin(index)
  }
  await save(0)
  await watch.ended(0)
  await atRate(warmUp + count - 1, rate, (index) => save(index + 1))
  return (await watch.all()).slice(warmUp)
}

const resultRecorded = (resultId: string): ResultRecorded => ({
  resultId,
  taskId: 'task',
  visitId: 'visit',
  drawId: 'draw',
  regionCode: '230300',
  unitId: '230300-scj',
  itemCode: 'SC-01',
  itemName: '登记事项检查',
  resultType: ResultType.RESULT_TYPE_NO_PROBLEM,
  objectId: 'object',
  objectCode: '91230300000000000X',
  objectName: '示例对象',
  objectKind: ObjectKind.OBJECT_KIND_ENTERPRISE,
  recordedAt: '2026-04-20T01:00:00.000Z',
  opensFollowUp: false,
})

/** A producer's store, outbox and relay, and a consumer's group and projection, as services have them. */
async function openPipeline(
  { stack, brokers, database, topicPrefix }: BenchScope,
  watch: Stopwatch,
): Promise<{ readonly results: AggregateStore<Result> } & AsyncDisposable> {
  await using parts = new AsyncDisposableStack()
  // Standard output carries figures only.
  const logger = createLogger({ service: 'bench', level: 'silent' })
  const metrics = messagingMetrics(new Registry())
  const store = parts.use(await openStore({ uri: stack.mongodbUri, database, logger }))
  const transport = parts.adopt(new KafkajsTransport({ brokers, clientId: 'bench', topicPrefix, logger }), (open) => open.close())
  const relay = parts.adopt(new OutboxRelay({ transport, logger, metrics }), (open) => open.stop())
  const results = aggregates<Result>(store, {
    collection: 'results',
    scopeOf: (state) => state,
    indexes: [],
    service: 'inspection',
    relay,
    clock: () => instantOf(Date.now()),
  })
  const contributions = projection<{ readonly unitId: string }>(store, { collection: 'contributions', indexes: [] })
  const applied = projectionSubscription({
    topic: contract.topic,
    projection: contributions,
    evolve: () => ({ unitId: '230300-scj' }),
  })
  const consumer = new GroupConsumer({
    group: 'bench',
    subscriptions: [
      {
        ...applied,
        handle: async (event) => {
          await applied.handle(event)
          watch.end(Number(event.aggregateId.split('-')[1]))
        },
      },
    ],
    parked: parkedStore(store),
    transport,
    logger,
    metrics,
  })
  await store.ensureIndexes()
  await relay.start()
  await consumer.start()
  parts.defer(() => consumer.stop())
  const owned = parts.move()
  return { results, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
