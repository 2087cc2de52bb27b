import type { Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contributionSubscriptions } from '../../services/oversight/src/events/contribution-subscriptions.ts'
import { type Contributions, contributionStores } from '../../services/oversight/src/store/contribution-stores.ts'
import { hear } from './support/consumer.ts'
import { golden } from './support/examples.ts'
import { testStore } from './support/test-store.ts'

/** What each aggregate adds once its golden events are heard. */
const adds: readonly (readonly [keyof Contributions, readonly string[], object])[] = [
  ['plans', ['plan-drafted', 'plan-filed', 'plan-accepted', 'plan-published'], { year: 2026, lines: 1 }],
  ['draws', ['draw-frozen', 'draw-committed', 'draw-drawn', 'draw-matched', 'draw-closed'], { drawn: golden('draw-drawn').data['drawn'] }],
  ['tasks', ['task-dispatched', 'task-completed'], { status: 'COMPLETED', visitId: golden('task-completed').data['visitId'] }],
  ['results', ['result-recorded'], { problem: true }],
  ['followUps', ['follow-up-opened', 'follow-up-closed'], { closed: true }],
  ['publications', ['publication-scheduled', 'publication-published'], { dueDate: '2026-05-09', outcome: 'ON_TIME' }],
  ['jointTasks', ['joint-task-opened', 'joint-task-completed'], { drawId: golden('joint-task-opened').data['drawId'] }],
  ['objections', ['objection-filed', 'objection-decided'], { outcome: 'UPHELD' }],
]

describe('oversight hears everybody', () => {
  let store: Store
  let contributions: Contributions

  beforeAll(async () => {
    store = await testStore('oversight')
    contributions = contributionStores(store)
  })
  afterAll(() => store?.[Symbol.asyncDispose]())

  it.each(adds)('keeps one contribution in %s, also when it hears %j twice', async (kind, names, expected) => {
    const subscriptions = contributionSubscriptions(contributions)
    await hear(subscriptions, ...names)
    await hear(subscriptions, ...names)
    const kept = contributions[kind]
    expect(await kept.get(golden(names[0] ?? '').subject)).toMatchObject({ regionCode: '230300', unitId: '230300-scj', ...expected })
    expect(await kept.count({})).toBe(1)
  })
})
