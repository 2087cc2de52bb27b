import { events } from '@dual-random/contracts'
import { type Api, eventually } from '@dual-random/testkit'
import { changed, policyOf } from '@dual-random/testkit/shipped'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unit, type World, world } from './support/world.ts'

interface Listed {
  readonly publicationId: string
  readonly status: string
  readonly dueDate?: string
  readonly provisional?: boolean
  readonly overdue: boolean
  readonly onTime?: boolean
  readonly responsibleUnitId?: string
  readonly blocked?: { readonly code: string; readonly key: string; readonly message: string }
  readonly held?: readonly { readonly by: string; readonly step: string; readonly daysLate: number; readonly to?: string }[]
}

let w: World
let publisher: Api

const record = async (resultId: string): Promise<Listed> => (await publisher.get<Listed>(`/v1/publications/pub-${resultId}`)).body

const inStatus = (resultId: string, status: string, timeoutMs = 15_000): Promise<Listed> =>
  eventually(
    async () => {
      const found = await record(resultId)
      expect(found.status).toBe(status)
      return found
    },
    { timeoutMs },
  )

const schedule = async (resultId: string, changes: Parameters<World['completed']>[2] = {}): Promise<Listed> => {
  await w.recorded(resultId)
  await w.completed(`task-${resultId}`, [resultId], changes)
  return inStatus(resultId, 'scheduled')
}

const moveTo = (instant: string): void => w.clock.advance(Date.parse(instant) - Date.parse(w.clock.now()))
const publish = (resultId: string) => publisher.post('/v1/publications/publish', { publicationIds: [`pub-${resultId}`] })

const lastMoment = '2026-05-12T15:59:59.999Z'
const dayAfter = '2026-05-12T16:00:00.000Z'

beforeAll(async () => {
  w = await world()
  publisher = await w.as(['PUBLISHER'])
})
afterAll(() => w.dispose())

describe('the end of the due date', () => {
  it('PUB-05 F 3 makes late what is unpublished then, once, and names who held it (ACC-09)', async () => {
    await schedule('kept')
    await schedule('late')
    await schedule('later')
    moveTo(lastMoment)
    await w.service.runSweep('deadlines')
    expect(await record('late')).toMatchObject({ status: 'scheduled', overdue: false })
    await publish('kept')
    moveTo(dayAfter)
    await w.service.runSweep('deadlines')
    await w.service.runSweep('deadlines')
    expect(await record('kept')).toMatchObject({ status: 'published', onTime: true, overdue: false })
    expect(await record('late')).toMatchObject({
      status: 'scheduled',
      overdue: true,
      held: [{ by: unit, step: 'PUBLICATION', daysLate: 1 }],
    })
    await publish('late')
    expect(await record('late')).toMatchObject({ status: 'published', onTime: false, overdue: true })
    await eventually(() => {
      expect(w.broker.of('pub-kept')).toEqual(['scheduled', 'published'])
      expect(w.broker.of('pub-late')).toEqual(['scheduled', 'overdue', 'published'])
      expect(w.broker.of('pub-later')).toEqual(['scheduled', 'overdue'])
    })
  })

  it('PUB-05 emits overdue before a late publication that no sweep has seen', async () => {
    await schedule('unswept')
    moveTo('2026-05-14T01:00:00.000Z')
    await publish('unswept')
    await eventually(() => expect(w.broker.of('pub-unswept')).toEqual(['scheduled', 'overdue', 'published']))
    await w.service.runSweep('deadlines')
    expect(w.broker.of('pub-unswept')).toEqual(['scheduled', 'overdue', 'published'])
  })

  it('PUB-10 lists what is due or overdue per unit', async () => {
    const { body } = await publisher.get<{ readonly items: readonly Listed[] }>(
      `/v1/publications?unitId=${unit}&overdue=true&status=scheduled`,
    )
    expect(body.items.map(({ publicationId }) => publicationId)).toEqual(['pub-later'])
    const none = await publisher.get<{ readonly items: readonly Listed[] }>('/v1/publications?status=scheduled&dueBefore=2026-05-12')
    expect(none.body.items).toEqual([])
    const due = await publisher.get<{ readonly items: readonly Listed[] }>('/v1/publications?status=scheduled&dueBefore=2026-05-13')
    expect(due.body.items.map(({ publicationId }) => publicationId)).toEqual(['pub-later'])
    expect((await publisher.get('/v1/publications?dueBefore=tomorrow')).status).toBe(400)
  })

  it('DQ-08 is provisional beyond the loaded years', async () => {
    const found = await schedule('next-year', { completedAt: '2026-12-18T02:00:00.000Z', checkEndedAt: '2026-12-18T01:00:00.000Z' })
    expect(found).toMatchObject({ provisional: true })
    await w.service.runSweep('provisional')
    expect(await record('next-year')).toMatchObject({ provisional: true, dueDate: found.dueDate })
  })
})

describe('an unset policy key', () => {
  it('POL-04 Appendix F 21 stops the record with the name of the key, loses nothing, and goes on once the key is set', async () => {
    const region = '230400'
    w.registry.bind(region, policyOf('samr-2024'))
    await w.recorded('unset', { regionCode: region })
    await w.completed('task-unset', ['unset'], { regionCode: region })
    await w.completed('task-unset', [], { regionCode: region })
    const stopped = await eventually(async () => {
      const found = await record('unset')
      expect(found.blocked).toBeDefined()
      return found
    })
    expect(stopped).toMatchObject({ status: 'waiting', blocked: { code: 'policy-unset' } })
    expect(stopped.blocked?.message).toContain('publication.due')
    const marks = await w.inboxMarks(events.inspection.taskCompleted.topic, 'task-unset')
    expect(marks).toBe(0)

    w.registry.bind(
      region,
      policyOf('samr-2024', { 'publish.due': { workingDays: 20 }, 'publication.negativeTypes': [{ type: 'UNREACHABLE' }] }),
    )
    // Its event is parked for 5 s and then applied, with its successor.
    expect(await inStatus('unset', 'scheduled', 30_000)).toMatchObject({ dueDate: '2026-05-09' })
    await eventually(async () => expect(await w.inboxMarks(events.inspection.taskCompleted.topic, 'task-unset')).toBe(2))
    await eventually(() => expect(w.broker.of('pub-unset')).toEqual(['scheduled']))
  })

  it('POL-04 goes on by the sweep too, whatever became of the event', async () => {
    const region = '230800'
    w.registry.bind(region, policyOf('samr-2024'))
    await w.recorded('swept', { regionCode: region })
    await w.completed('task-swept', ['swept'], { regionCode: region })
    await eventually(async () => expect((await record('swept')).blocked).toBeDefined())
    w.registry.bind(
      region,
      policyOf('samr-2024', { 'publish.due': { workingDays: 10 }, 'publication.negativeTypes': [{ type: 'UNREACHABLE' }] }),
    )
    await eventually(async () => {
      await w.service.runSweep('unscheduled')
      expect((await record('swept')).status).toBe('scheduled')
    })
    await eventually(() => expect(w.broker.of('pub-swept')).toEqual(['scheduled']))
  })
})

describe('the responsible unit', () => {
  it('PUB-12 is the organiser of the draw where the principle says so, once the draw is known', async () => {
    const region = '230900'
    const policy = changed(policyOf('local/four-coal-cities'), 'publish.principle', {
      id: 'ORGANISER_DRAWS_AND_ANSWERS',
      text: '谁组织，谁抽取，谁负责',
    })
    w.registry.bind(region, policy)
    await w.recorded('organised', { regionCode: region, drawId: 'draw-9' })
    await w.completed('task-organised', ['organised'], { regionCode: region, drawId: 'draw-9' })
    await w.broker.publish(events.drawing.drawFrozen, 'draw-9', {
      drawId: 'draw-9',
      regionCode: region,
      unitId: '230900-org',
      planId: 'plan-1',
      lineId: 'L01',
      planVersion: 1,
      batch: 1,
      attempt: 1,
      asOf: '2026-03-02T01:00:00.000Z',
    })
    await eventually(async () => {
      await w.service.runSweep('unscheduled')
      expect(await record('organised')).toMatchObject({ status: 'scheduled', responsibleUnitId: '230900-org' })
    })
    await w.service.runSweep('deadlines')
    await eventually(() => {
      const overdue = w.broker.heard.find(({ aggregateId, type }) => aggregateId === 'pub-organised' && type.includes('overdue'))
      expect(overdue?.payload).toMatchObject({ unitId: '230900-org' })
    })
  })

  it('DRW-26 PUB-12 is of an object of another city the unit that initiates there', async () => {
    const region = '230900'
    w.peers.joined('plan-cities', [{ regionCode: region, initiatorUnitId: `${region}-gaj`, unitIds: [`${region}-gaj`] }])
    await w.recorded('elsewhere', { regionCode: region, drawId: 'draw-cities' })
    await w.completed('task-elsewhere', ['elsewhere'], { regionCode: region, drawId: 'draw-cities' })
    await w.broker.publish(events.drawing.drawFrozen, 'draw-cities', {
      drawId: 'draw-cities',
      regionCode: '230300',
      unitId: '230300-scj',
      planId: 'plan-cities',
      lineId: 'L01',
      planVersion: 1,
      batch: 1,
      attempt: 1,
      asOf: '2026-03-02T01:00:00.000Z',
      joint: { regionCodes: [region] },
    })
    await eventually(async () => {
      await w.service.runSweep('unscheduled')
      expect(await record('elsewhere')).toMatchObject({ status: 'scheduled', responsibleUnitId: `${region}-gaj` })
    })
  })
})
