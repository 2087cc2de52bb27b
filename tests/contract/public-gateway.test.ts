import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FeedEntry } from '../../services/gateway/src/domain/feed.ts'
import { feedSubscriptions } from '../../services/gateway/src/events/feed-subscriptions.ts'
import { hear } from './support/consumer.ts'
import { golden } from './support/examples.ts'
import { testStore } from './support/test-store.ts'

const shown = [
  'plan-published',
  'draw-committed',
  'draw-drawn',
  'draw-matched',
  'draw-closed',
  'draw-voided',
  'draw-failed',
  'publication-published',
]
const kept = ['plan-drafted', 'plan-filed', 'plan-returned', 'plan-accepted', 'draw-frozen', 'publication-scheduled', 'publication-overdue']

describe('gateway hears planning, drawing and publication', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('gateway')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('feeds the public the events that are public, word for word, and no others', async () => {
    const entries: FeedEntry[] = []
    const subscriptions = feedSubscriptions(store, async (entry) => void entries.push(entry))
    await hear(subscriptions, ...kept, ...shown)
    expect(entries.map(({ type, regionCode, at, data }) => ({ type, regionCode, at, data }))).toEqual(
      shown.map((name) => {
        const { type, regioncode, time, data } = golden(name)
        return { type, regionCode: regioncode, at: time, data }
      }),
    )
  })
})
