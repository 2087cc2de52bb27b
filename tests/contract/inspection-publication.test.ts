import type { Instant, UnitId } from '@dual-random/kernel'
import { projection, type Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublicationEvent } from '../../services/publication/src/domain/events.ts'
import { tellPublication } from '../../services/publication/src/events/publish.ts'
import { subscriptions } from '../../services/publication/src/events/subscriptions.ts'
import { organisersOf } from '../../services/publication/src/store/organisers.ts'
import { publicationStore } from '../../services/publication/src/store/publication-store.ts'
import { hear } from './support/consumer.ts'
import { inGoldenForm } from './support/emitted.ts'
import { golden } from './support/examples.ts'
import { cityPolicy, workingDays } from './support/policy.ts'
import { listeningOutbox, testStore } from './support/test-store.ts'

describe('publication hears inspection and drawing', () => {
  let store: Store
  let now = ''
  const outbox = listeningOutbox()

  beforeAll(async () => {
    store = await testStore('publication')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  const listening = () => {
    const draws = projection<{ readonly unitId: UnitId }>(store, { collection: 'draws', indexes: [] })
    const publications = publicationStore(store, { relay: outbox.relay, clock: () => now as Instant, tell: tellPublication })
    const findPolicy = async (regionCode: string, at: string) => ({ policy: cityPolicy(regionCode, at), digest: '0'.repeat(64) })
    const dependencies = { publications, findPolicy, organiserOf: organisersOf(draws), workingDays: workingDays() }
    return { publications, subscriptions: subscriptions(store, dependencies, draws) }
  }

  it('PUB-07 starts the clock once result and completion are known, and tells of it once', async () => {
    now = golden('publication-scheduled').time
    const { subscriptions: heard } = listening()
    await hear(heard, 'draw-frozen', 'result-recorded')
    expect(await outbox.published()).toEqual([])
    await hear(heard, 'task-dispatched', 'task-completed')
    expect((await outbox.published()).map(inGoldenForm)).toEqual([golden('publication-scheduled')])
  })

  it('tells what it published and what it stopped', async () => {
    const { publications } = listening()
    const { time: publishedAt, data, subject } = golden('publication-published')
    const { time: stoppedAt, data: stop } = golden('publication-stopped')
    const channel = String(data['channel'])
    const apply = async (at: string, ...events: readonly PublicationEvent[]): Promise<void> => {
      now = at
      await publications.apply(subject, () => events)
    }
    const at = publishedAt as Instant
    await apply(
      publishedAt,
      { type: 'push-requested', channel, by: 'li.si', at, retryAt: at },
      { type: 'published', at, onTime: true, channelReference: String(data['channelReference']) },
    )
    await apply(stoppedAt, { type: 'stopped', stop: { reason: String(stop['reason']), by: 'li.si', at: stoppedAt as Instant } })
    expect((await outbox.published()).slice(-2).map(inGoldenForm)).toEqual([golden('publication-published'), golden('publication-stopped')])
  })
})
