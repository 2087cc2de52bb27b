import { createTopics } from '@dual-random/messaging'
import { eventually } from '@dual-random/testkit'
import { type Figure, figure, figureBeside } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { type BenchScope, openBenchScope } from '../support/bench-scope.ts'
import { importObjects, listenedTopics, perSecond, type Timed, writtenTopics } from '../support/object-import.ts'
import { startRegistry } from '../support/registry-process.ts'
import { writeAgain } from '../support/stored-objects.ts'

const warmUpRows = 2000

/** Memory that a larger file may not go far beyond. */
const smallRows = 100_000

/**
 * An object register through registry's HTTP import: objects a second from the first byte sent to the answer, and the most memory the process
 * held. The topics it writes to do not exist until all else is measured, so that the relay publishes nothing; how long it takes then stands apart.
 */
export async function benchImport({ rows }: BenchOptions): Promise<readonly Figure[]> {
  await using scope = await openBenchScope(listenedTopics)
  const small = rows > smallRows ? await peakOf(scope, smallRows) : undefined
  await using registry = await startRegistry(scope)
  await importObjects(registry, 1, warmUpRows)
  const whole = await importObjects(registry, 2, rows)
  const peak = registry.peakMegabytes()
  const again = await writeAgain(scope, rows)
  const bare = perSecond(again.count, again.bareMs)
  const drained = await drain(scope)
  return [
    figureBeside('import.whole', perSecond(whole.count, whole.ms), 'objects/s', bare),
    figureBeside('import.write', perSecond(again.count, again.writeMs), 'objects/s', bare),
    figure('import.memory', peak, 'MB'),
    ...(small === undefined ? [] : [figureBeside('import.growth', peak, 'MB', small)]),
    figure('import.drain', perSecond(drained.count, drained.ms), 'events/s'),
  ]
}

/** The most memory of a process of its own that imports so many rows. */
async function peakOf(scope: BenchScope, rows: number): Promise<number> {
  await using registry = await startRegistry(scope)
  await importObjects(registry, 3, rows)
  return registry.peakMegabytes()
}

const drainedWithinMs = 600_000

/** Lets the relay publish all that waits. */
async function drain({ brokers, topicPrefix, client, database }: BenchScope): Promise<Timed> {
  const waiting = () =>
    client
      .db(database)
      .collection('objects')
      .countDocuments({ 'outbox.0.storedAt': { $gt: '' } })
  const count = await waiting()
  await createTopics(brokers, topicPrefix, writtenTopics)
  const startedAt = performance.now()
  await eventually(
    async () => {
      const left = await waiting()
      if (left > 0) throw new Error(`${left} events are not published`)
    },
    { timeoutMs: drainedWithinMs, everyMs: 200 },
  )
  return { count, ms: performance.now() - startedAt }
}
