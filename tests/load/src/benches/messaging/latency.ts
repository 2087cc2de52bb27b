import { projection, projectionSubscription } from '@dual-random/mongo'
import { type Figure, figureBeside, percentile } from '../../figure.ts'
import type { BenchOptions } from '../../options.ts'
import { bareLatencies } from '../../support/bare-kafka.ts'
import { type BenchScope, openBenchScope } from '../../support/bench-scope.ts'
import { atRate } from '../../support/pace.ts'
import { openPipeline } from '../../support/pipeline.ts'
import { recordedResult, resultsOf, resultTopic } from '../../support/result-event.ts'
import { stopwatch } from '../../support/stopwatch.ts'

/** Events before the measured ones: connections, group assignment and compilation are not what is measured. */
const warmUp = 400

/** From the acknowledged save of an aggregate to the committed effect at a consumer; the floor is bare kafkajs on the same broker. */
export async function benchEvents({ events: count, rate }: BenchOptions): Promise<readonly Figure[]> {
  const bareTopic = 'bench.bare.v1'
  await using scope = await openBenchScope([resultTopic, bareTopic].map((topic) => ({ topic, partitions: 3 })))
  const ours = await ourLatencies(scope, count, rate)
  const bare = await bareLatencies({ brokers: scope.brokers, topic: `${scope.topicPrefix}${bareTopic}`, count, warmUp, rate })
  return [
    figureBeside('events.p50', percentile(ours, 0.5), 'ms', percentile(bare, 0.5)),
    figureBeside('events.p99', percentile(ours, 0.99), 'ms', percentile(bare, 0.99)),
  ]
}

async function ourLatencies({ pipelineOptions }: BenchScope, count: number, rate: number): Promise<readonly number[]> {
  const watch = stopwatch(warmUp + count)
  await using pipeline = await openPipeline(pipelineOptions('bench'))
  const results = resultsOf(pipeline.store, pipeline.relay)
  const contributions = projection<{ readonly unitId: string }>(pipeline.store, { collection: 'contributions', indexes: [] })
  const applied = projectionSubscription({ topic: resultTopic, projection: contributions, evolve: () => ({ unitId: '230300-scj' }) })
  await pipeline.consume('bench', [
    {
      ...applied,
      handle: async (event) => {
        await applied.handle(event)
        watch.end(Number(event.aggregateId.split('-')[1]))
      },
    },
  ])
  await pipeline.relay.start()
  const save = async (index: number): Promise<void> => {
    const id = `result-${index}`
    const { state, events } = recordedResult(id)
    await results.create(id, state, events)
    watch.begin(index)
  }
  await save(0)
  await watch.ended(0)
  await atRate(warmUp + count - 1, rate, (index) => save(index + 1))
  return (await watch.all()).slice(warmUp)
}
