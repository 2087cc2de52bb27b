import type { Instant } from '@dual-random/kernel'
import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPolicyBook } from '../../services/registry/src/app/policy-book.ts'
import { onResultRecorded } from '../../services/registry/src/events/on-result-recorded.ts'
import { toContract } from '../../services/registry/src/events/publish.ts'
import { creditRecords } from '../../services/registry/src/store/credit-records.ts'
import { policyBindingStore, presetStore } from '../../services/registry/src/store/lists.ts'
import { objectPool } from '../../services/registry/src/store/object-pool.ts'
import { resultDeliveries } from '../../services/registry/src/store/result-deliveries.ts'
import { warningItems } from '../../services/registry/src/store/warning-items.ts'
import { hear } from './support/consumer.ts'
import { golden } from './support/examples.ts'
import { listeningOutbox, testStore } from './support/test-store.ts'

describe('registry hears inspection', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('registry')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('CRD-15 puts a check result into the queue to the classification system, once', async () => {
    const at = '2026-04-08T03:00:05.000Z' as Instant
    const clock = () => at
    const deliveries = resultDeliveries(store)
    const settings = { service: 'registry', relay: listeningOutbox().relay, clock, toContract }
    const deps = {
      deliveries,
      warnings: warningItems(store, settings),
      objects: objectPool(store, settings),
      credits: creditRecords(store, settings),
      book: createPolicyBook(presetStore(store, settings), policyBindingStore(store, settings)),
      clock,
      systemClock: clock,
    }
    const heard = [onResultRecorded(store, deps)]
    await hear(heard, 'result-recorded', 'result-recorded')
    const { subject, data, time } = golden('result-recorded')
    expect(await deliveries.get(subject)).toMatchObject({
      status: 'WAITING',
      dueAt: at,
      notice: {
        resultId: subject,
        taskId: data['taskId'],
        objectId: data['objectId'],
        objectCode: data['objectCode'],
        objectKind: 'ENTERPRISE',
        resultType: 'ORDERED_CORRECT',
        subValue: 'CORRECT_BY',
        recordedAt: time,
      },
    })
    expect(await deliveries.ofTask(String(data['taskId']))).toHaveLength(1)
  })
})
