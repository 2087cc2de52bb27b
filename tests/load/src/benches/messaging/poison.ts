import { setTimeout as pause } from 'node:timers/promises'
import { deadLetterTopic, toRecord } from '@dual-random/messaging'
import { projection, projectionSubscription } from '@dual-random/mongo'
import { type Figure, figureBeside } from '../../figure.ts'
import { openBenchScope } from '../../support/bench-scope.ts'
import { atRate } from '../../support/pace.ts'
import { openPipeline } from '../../support/pipeline.ts'
import { resultTopic } from '../../support/result-event.ts'
import { outgoingResult } from './outgoing-result.ts'

const group = 'department'
const perSecond = 100
const seconds = 15
/** Connections and compilation are not what is measured. */
const warmUp = 200

/** The longest delay of an effect while every twentieth event fails at its consumer, beside the same without failures. */
export async function benchPoison(): Promise<readonly Figure[]> {
  const healthy = await longestDelay(() => false)
  const poisoned = await longestDelay((index) => index % 20 === 5)
  return [figureBeside('poison.others', poisoned / 1000, 's', healthy / 1000)]
}

async function longestDelay(isPoison: (index: number) => boolean): Promise<number> {
  await using parts = new AsyncDisposableStack()
  // One partition: what would be held up stands right behind.
  const scope = parts.use(await openBenchScope([resultTopic, deadLetterTopic(group)].map((topic) => ({ topic, partitions: 1 }))))
  const pipeline = parts.use(await openPipeline(scope.pipelineOptions('department')))
  const contributions = projection<{ readonly unitId: string }>(pipeline.store, { collection: 'contributions', indexes: [] })
  const applied = projectionSubscription({ topic: resultTopic, projection: contributions, evolve: () => ({ unitId: '230300-scj' }) })
  const sentAt = new Map<number, number>()
  const delays = new Map<number, number>()
  await pipeline.consume(group, [
    {
      ...applied,
      handle: async (event) => {
        const index = Number(event.aggregateId.split('-')[1])
        if (isPoison(index)) throw new Error('poison')
        await applied.handle(event)
        delays.set(index, Date.now() - (sentAt.get(index) ?? 0))
      },
    },
  ])
  const count = warmUp + perSecond * seconds
  await atRate(count, perSecond, async (index) => {
    sentAt.set(index, Date.now())
    await pipeline.transport.publish([toRecord(outgoingResult(`r-${index}`))])
  })
  const wanted = Array.from({ length: count }, (_, index) => index).filter((index) => !isPoison(index))
  const giveUpAt = performance.now() + 30_000
  while (!wanted.every((index) => delays.has(index))) {
    if (performance.now() > giveUpAt) throw new Error('an event had no effect')
    await pause(20)
  }
  return Math.max(...wanted.filter((index) => index >= warmUp).map((index) => delays.get(index) ?? Number.NaN))
}
