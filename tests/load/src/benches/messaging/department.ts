import { appendFileSync } from 'node:fs'
import { projection, projectionSubscription } from '@dual-random/mongo'
import { openPipeline, type PipelineOptions } from '../../support/pipeline.ts'
import { resultTopic } from '../../support/result-event.ts'

/** A department's process: applies each result once and notes when, a line `id effectAt` each (epoch milliseconds). */
const { group, notes, ...options } = JSON.parse(process.env['BENCH_DEPARTMENT'] ?? '{}') as PipelineOptions & {
  readonly group: string
  readonly notes: string
}

const pipeline = await openPipeline(options)
const contributions = projection<{ readonly unitId: string }>(pipeline.store, { collection: 'contributions', indexes: [] })
const applied = projectionSubscription({ topic: resultTopic, projection: contributions, evolve: () => ({ unitId: '230300-scj' }) })
await pipeline.consume(group, [
  {
    ...applied,
    handle: async (event) => {
      await applied.handle(event)
      // At once: what has been applied must be noted even if the process is killed the next moment.
      appendFileSync(notes, `${event.aggregateId} ${Date.now()}\n`)
    },
  },
])
appendFileSync(notes, 'ready\n')

process.once('SIGTERM', () => {
  void pipeline[Symbol.asyncDispose]().then(() => process.exit())
})
