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
let lines: string[] = []
const flush = (): void => {
  if (lines.length === 0) return
  appendFileSync(notes, lines.join(''))
  lines = []
}
setInterval(flush, 100)
await pipeline.consume(group, [
  {
    ...applied,
    handle: async (event) => {
      await applied.handle(event)
      lines.push(`${event.aggregateId} ${Date.now()}\n`)
    },
  },
])
appendFileSync(notes, 'ready\n')

process.once('SIGTERM', () => {
  void pipeline[Symbol.asyncDispose]().then(() => {
    flush()
    process.exit()
  })
})
