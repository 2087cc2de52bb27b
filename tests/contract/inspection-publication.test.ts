import type { DrawId, Instant, UnitId } from '@dual-random/kernel'
import { projection, type Store } from '@dual-random/mongo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordDependencies } from '../../services/publication/src/app/record-result.ts'
import { confirmSubject, type DrawnSubject, replaceSubject, subjectLateness } from '../../services/publication/src/domain/drawn-subject.ts'
import type { PublicationEvent } from '../../services/publication/src/domain/events.ts'
import { tellPublication } from '../../services/publication/src/events/publish.ts'
import { tellDrawnList, tellDrawnSubject } from '../../services/publication/src/events/publish-drawn-list.ts'
import { tellPlanDelivery } from '../../services/publication/src/events/publish-plan-delivery.ts'
import { subscriptions } from '../../services/publication/src/events/subscriptions.ts'
import { drawnListStore, drawnSubjectStore } from '../../services/publication/src/store/drawn-list-store.ts'
import { organisersOf } from '../../services/publication/src/store/organisers.ts'
import { publicationStore } from '../../services/publication/src/store/publication-store.ts'
import { publishedPlanStore } from '../../services/publication/src/store/published-plan-store.ts'
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
    const parts = { relay: outbox.relay, clock: () => now as Instant }
    const subjects = drawnSubjectStore(store, { ...parts, tell: tellDrawnSubject })
    const dependencies: RecordDependencies = {
      publications,
      findPolicy,
      organiserOf: organisersOf(draws),
      workingDays: workingDays(),
      lists: drawnListStore(store, { ...parts, tell: tellDrawnList }),
      subjects,
      describeDrawn: async () => ({ taskName: String(golden('drawn-list-opened').data['taskName']), cities: [] }),
      drawnByRegion: () => Promise.reject(new Error('not of one city')),
      drawnObjects: () => {
        throw new Error('not before the visits')
      },
      replacedObjects: () => Promise.reject(new Error('not after the visits')),
      systemClock: parts.clock,
    }
    const plans = publishedPlanStore(store, { ...parts, tell: tellPlanDelivery })
    return { publications, subjects, subscriptions: subscriptions(store, { ...dependencies, plans }, draws) }
  }

  it('PUB-07 starts the clock once result and completion are known, and tells of it once', async () => {
    now = golden('publication-scheduled').time
    const { subscriptions: heard } = listening()
    await hear(heard, 'draw-frozen', 'result-recorded')
    expect(await outbox.published()).toEqual([])
    await hear(heard, 'task-dispatched', 'task-completed')
    expect((await outbox.published()).map(inGoldenForm)).toEqual([golden('publication-scheduled')])
  })

  it('DRW-27 opens the list of a matched draw, and puts a subject on it with the completion of its check, not before', async () => {
    const { subjects, subscriptions: heard } = listening()
    const { drawId } = golden('draw-matched').data
    const listed = () => subjects.list({ drawId: String(drawId) }, { limit: 10 })
    now = golden('drawn-list-opened').time
    const since = (await outbox.published()).length
    await hear(heard, 'draw-frozen', 'draw-matched')
    expect((await outbox.published()).slice(since).map(inGoldenForm)).toEqual([golden('drawn-list-opened')])
    const { subject, time } = golden('drawn-subject-published')
    // Its result and its completion were heard above.
    expect((await listed()).map(({ subjectId, status }) => [subjectId, status])).toEqual([[subject, 'pending']])
    await hear(heard, 'task-withdrawn')
    expect((await listed()).map(({ status }) => status)).toEqual(['pending'])

    now = time
    const reference = String(golden('drawn-subject-published').data['channelReference'])
    await subjects.change(subject, (one) => confirmSubject(one, time as Instant, reference))
    expect((await outbox.published()).slice(since + 1).map(inGoldenForm)).toEqual([golden('drawn-subject-published')])
  })

  it('DRW-27 tells of an overdue and of a replaced subject without its name', async () => {
    const { subjects } = listening()
    const { overdue, replaced } = { overdue: golden('drawn-subject-overdue'), replaced: golden('drawn-subject-replaced') }
    const [published] = await subjects.list({ drawId: String(overdue.data['drawId']) }, { limit: 1 })
    if (published?.status !== 'published') throw new Error('the test before published it')
    const { confirmed: _confirmed, ...owed } = published
    const pendingAs = (subjectId: string): DrawnSubject => ({
      ...owed,
      status: 'pending',
      subjectId: subjectId as DrawnSubject['subjectId'],
    })
    await subjects.open([pendingAs(overdue.subject), pendingAs(replaced.subject)])
    const since = (await outbox.published()).length
    now = overdue.time
    await subjects.change(overdue.subject, (one) => subjectLateness(one, overdue.time as Instant))
    now = replaced.time
    const { redrawId, replacedAt } = replaced.data
    const replacement = { redrawId: redrawId as DrawId, at: replacedAt as Instant }
    await subjects.change(replaced.subject, (one) => replaceSubject(one, replacement, now as Instant))
    expect((await outbox.published()).slice(since).map(inGoldenForm)).toEqual([overdue, replaced])
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
