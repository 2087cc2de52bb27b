import { recognitionTopicOf } from '@dual-random/contracts'
import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withdraw } from '../../services/joint/src/domain/sharing.ts'
import { exchangeSubscriptions } from '../../services/joint/src/events/exchange-subscriptions.ts'
import { hear } from './support/consumer.ts'
import { inGoldenForm } from './support/emitted.ts'
import { golden, received } from './support/examples.ts'
import { jointWorld } from './support/joint-world.ts'
import { testStore } from './support/test-store.ts'

describe('joint hears publication, and joint of another region', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('joint_records')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('XRG-06 shares a published result with the group, and withdraws it, on the topic of its own region', async () => {
    let now = golden('recognition-shared').time
    const { outbox, records, subscriptions } = jointWorld(store, () => now)
    await hear(subscriptions, 'publication-scheduled', 'publication-published')
    now = golden('recognition-withdrawn').time
    const { reason } = golden('recognition-withdrawn').data
    await records.withdraw(golden('recognition-shared').subject, (record) => withdraw(record, String(reason), now))
    const published = await outbox.published()
    expect(published.map(inGoldenForm)).toEqual([golden('recognition-shared'), golden('recognition-withdrawn')])
    expect(new Set(published.map(({ topic }) => topic))).toEqual(new Set([recognitionTopicOf('jixi')]))
  })

  it('XRG-07 keeps a copy for each receiver it serves, until the record is withdrawn', async () => {
    const { recognised } = jointWorld(store, () => golden('recognition-shared').time)
    const [jixi] = exchangeSubscriptions(store, { aliases: ['jixi'], servedRegions: ['230400', '230500'], recognised })
    const [shared, withdrawn] = received('recognition-shared', 'recognition-withdrawn')
    const { recordId, objectCode, objectName, content, issuedAt, receiverRegionCodes } = golden('recognition-shared').data
    const copiesOf = async (regionCode: string) => recognised.find({ regionCode, objectCode: String(objectCode), limit: 10 })

    if (shared !== undefined) await jixi?.handle(shared)
    expect(await copiesOf('230400')).toEqual([
      expect.objectContaining({ regionCode: '230400', recordId, objectName, content, issuedAt, withdrawn: false }),
    ])
    expect([await copiesOf('230500'), await copiesOf('230900'), await copiesOf('230300')].map(({ length }) => length)).toEqual([1, 0, 0])
    expect(receiverRegionCodes).toEqual(expect.arrayContaining(['230400', '230500', '230900']))

    if (withdrawn !== undefined) await jixi?.handle(withdrawn)
    expect((await copiesOf('230400')).map((copy) => copy.withdrawn)).toEqual([true])
  })
})
