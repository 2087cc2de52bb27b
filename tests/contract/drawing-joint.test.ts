import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityOf } from '../../services/joint/src/domain/list-comparison.ts'
import { answerMatch, type ListMatch } from '../../services/joint/src/domain/list-match.ts'
import { regionSubscriptions } from '../../services/joint/src/events/joint-subscriptions.ts'
import { hear } from './support/consumer.ts'
import { inGoldenForm } from './support/emitted.ts'
import { golden } from './support/examples.ts'
import { jointWorld } from './support/joint-world.ts'
import { testStore } from './support/test-store.ts'

describe('joint compares the lists of drawing', () => {
  let store: Store

  beforeAll(async () => {
    store = await testStore('joint_lists')
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it('DRW-19 proposes a joint check of what a matched draw has drawn beside another department, and tells the outcome', async () => {
    let now = golden('list-match-proposed').time
    const { outbox, ports } = jointWorld(store, () => now)
    const { objectId, objectCode: code, objectName: name } = golden('result-recorded').data
    const object = { label: 'a1'.repeat(32), objectId: String(objectId), code: String(code), name: String(name) }
    const other = (golden('list-match-proposed').data['sides'] as readonly Record<string, string>[])[0] ?? {}
    const [list] = await ports.describeLists({
      drawId: other['drawId'] ?? '',
      regionCode: '230300',
      planId: 'p',
      lineId: 'L01',
      batch: 1,
      isRedraw: false,
    })
    if (list === undefined) throw new Error('no list')
    const identity = identityOf(ports.comparisonKey, list.year, object)
    await ports.lists.add({ ...list, unitId: other['unitId'] ?? '' }, [
      { drawId: list.drawId, listId: list.listId, label: 'b2'.repeat(32), identity },
    ])

    const comparing = {
      ...ports,
      comparesLists: async () => true,
      drawnObjects: async function* drawnObjects() {
        yield [object]
      },
    }
    await hear(regionSubscriptions(store, comparing), 'draw-matched')
    now = golden('list-match-decided').time
    const { reason, sides } = golden('list-match-decided').data
    const unitId = (sides as readonly Record<string, string>[])[0]?.['unitId'] ?? ''
    const declined = (match: ListMatch): ListMatch => {
      const answered = answerMatch(match, unitId, { kind: 'DECLINE', reason: String(reason), by: 'li.si', at: now })
      if (!answered.ok) throw new Error(answered.error.code)
      return answered.value
    }
    await ports.matches.answer(golden('list-match-decided').subject, declined)
    const told = (await outbox.published()).map(inGoldenForm).filter(({ type }) => type?.includes('.list-match.'))
    expect(told).toEqual([golden('list-match-proposed'), golden('list-match-decided')])
  })
})
