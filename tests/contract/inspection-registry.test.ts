import type { Instant } from '@dual-random/kernel'
import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPolicyBook } from '../../services/registry/src/app/policy-book.ts'
import { onResultRecorded } from '../../services/registry/src/events/on-result-recorded.ts'
import { toContract } from '../../services/registry/src/events/publish.ts'
import { creditRecords } from '../../services/registry/src/store/credit-records.ts'
import { policyBindingStore, presetStore } from '../../services/registry/src/store/lists.ts'
import { madeCheckStore } from '../../services/registry/src/store/made-checks.ts'
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

  it('CRD-15 POL-01 puts a check result into the queue to the classification system, and keeps who checked, once', async () => {
    const at = '2026-04-08T03:00:05.000Z' as Instant
    const clock = () => at
    const deliveries = resultDeliveries(store)
    const settings = { service: 'registry', relay: listeningOutbox().relay, clock, toContract }
    const madeChecks = madeCheckStore(store)
    const deps = {
      deliveries,
      madeChecks,
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
    const objectId = String(data['objectId'])
    const checksBy = async (heardBy: string) => (await madeChecks.ofObjects([objectId], heardBy as Instant)).get(objectId)
    expect(await checksBy(at)).toEqual([
      {
        resultId: subject,
        taskId: data['taskId'],
        objectId,
        unitId: data['unitId'],
        drawId: data['drawId'],
        inspectorIds: data['inspectorIds'],
        checkedAt: data['checkedAt'],
        knownAt: at,
      },
    ])
    expect(await checksBy('2026-04-08T03:00:04.999Z')).toBeUndefined()
  })
})
