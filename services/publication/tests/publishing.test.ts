import { events } from '@dual-random/contracts'
import { PublicationServiceClient } from '@dual-random/contracts/publication'
import { createGrpcClient } from '@dual-random/grpc'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resultOf, unit, type World, world } from './support/world.ts'

interface Listed {
  readonly publicationId: string
  readonly status: string
  readonly dueDate?: string
  readonly overdue: boolean
  readonly onTime?: boolean
  readonly held?: readonly unknown[]
  readonly push?: { readonly attempts: number; readonly lastFailure?: string; readonly channel: string }
  readonly incomplete?: readonly { readonly field: string }[]
}

interface Outcomes {
  readonly results: readonly {
    readonly publicationId: string
    readonly status: string
    readonly reason?: string
    readonly message?: string
  }[]
}

let w: World
let publisher: Api
/** Sees the whole region. */
let auditor: Api

const record = async (publicationId: string): Promise<Listed> => {
  const { status, body } = await auditor.get<Listed>(`/v1/publications/${publicationId}`)
  expect(status).toBe(200)
  return body
}

const inStatus = (resultId: string, status: string): Promise<Listed> =>
  eventually(async () => {
    const found = await record(`pub-${resultId}`)
    expect(found.status).toBe(status)
    return found
  })

const scheduled = async (resultId: string, changes: Parameters<World['recorded']>[1] = {}): Promise<Listed> => {
  await w.recorded(resultId, changes)
  await w.completed(`task-${resultId}`, [resultId], changes.unitId === undefined ? {} : { unitId: changes.unitId })
  return inStatus(resultId, 'scheduled')
}

const publish = async (...publicationIds: readonly string[]): Promise<Outcomes['results']> => {
  const { status, body } = await publisher.post<Outcomes>('/v1/publications/publish', { publicationIds })
  expect(status).toBe(200)
  return body.results
}

beforeAll(async () => {
  w = await world()
  publisher = await w.as(['PUBLISHER'])
  auditor = await w.as(['AUDITOR'])
})
afterAll(() => w.dispose())

describe('scheduling', () => {
  it('PUB-04 F 3 schedules once with the due date, whichever event comes first', async () => {
    await w.recorded('first-result')
    await w.completed('task-first-result', ['first-result', 'first-task'])
    const one = await inStatus('first-result', 'scheduled')
    expect(one).toMatchObject({ dueDate: '2026-05-12', overdue: false, unitId: unit, taskId: 'task-first-result', responsibleUnitId: unit })
    await inStatus('first-task', 'waiting')
    await w.recorded('first-task', { taskId: 'task-first-result' })
    expect(await inStatus('first-task', 'scheduled')).toMatchObject({ dueDate: '2026-05-12' })
    await eventually(() => {
      expect(w.broker.of('pub-first-result')).toEqual(['scheduled'])
      expect(w.broker.of('pub-first-task')).toEqual(['scheduled'])
    })
  })

  it('DQ-11 lists from the beginning what a result lacks, and refuses to publish it', async () => {
    const listed = await scheduled('lacking', { resultType: 'RESULT_TYPE_ORDERED_CORRECT', subValue: 'CORRECT_BY' })
    expect(listed.incomplete).toMatchObject([{ field: 'correctBy' }])
    expect(await publish('pub-lacking')).toMatchObject([{ status: 'refused', reason: 'publication-incomplete' }])
    expect(w.channel.records.has('pub-lacking')).toBe(false)
  })
})

describe('publishing', () => {
  it('PUB-25 publishes what the channel gives back, and says so to all', async () => {
    await scheduled('plain', { resultType: 'RESULT_TYPE_ORDERED_CORRECT', subValue: 'CORRECT_NOW', note: '联系人：赵六' })
    expect(await publish('pub-plain')).toEqual([{ publicationId: 'pub-plain', status: 'published' }])
    expect(await record('pub-plain')).toMatchObject({
      status: 'published',
      onTime: true,
      negative: true,
      channelReference: 'ref-pub-plain',
      push: { channel: 'publicitySystem', requestedBy: 'li.si' },
    })
    await eventually(() => expect(w.broker.of('pub-plain')).toEqual(['scheduled', 'published']))
    const told = w.broker.heard.find((event) => event.aggregateId === 'pub-plain' && event.seq === 2)
    expect(told?.payload).toMatchObject({ onTime: true, negative: true, objectCode: '91230300MA18XXXX0A', subValue: 'CORRECT_NOW' })
    expect(JSON.stringify([told?.payload, w.channel.records.get('pub-plain')])).not.toMatch(/赵六|object-1|draw-1|visit-1/)
    expect(await publish('pub-plain')).toEqual([{ publicationId: 'pub-plain', status: 'published' }])
    expect(w.channel.puts('pub-plain')).toBe(1)
  })

  it('PUB-25 counts a push the channel refuses, forgets or alters as no publication, and tries again', async () => {
    for (const [mood, reason] of [
      ['down', 'channel-unavailable'],
      ['forgetful', 'channel-differs'],
      ['altering', 'channel-differs'],
    ] as const) {
      await scheduled(mood)
      w.channel.mood = mood
      expect(await publish(`pub-${mood}`)).toMatchObject([
        { status: 'pending', reason, message: expect.stringContaining('自动重试') as string },
      ])
      expect(await record(`pub-${mood}`)).toMatchObject({ status: 'pending', push: { attempts: 1, lastFailure: reason } })
      expect((await w.public.get(`/v1/public/results/pub-${mood}`)).status).toBe(404)
      expect(await publish(`pub-${mood}`)).toMatchObject([{ status: 'pending', reason }])
      w.channel.mood = 'well'
      await eventually(async () => {
        await w.service.runSweep('pushes')
        expect((await record(`pub-${mood}`)).status).toBe('published')
      })
      await eventually(() => expect(w.broker.of(`pub-${mood}`)).toEqual(['scheduled', 'published']))
    }
  })

  it('SEC-03 PUB-14 answers each for itself and publishes nothing of another department', async () => {
    await scheduled('mine')
    await scheduled('theirs', { unitId: '230300-xfj' })
    await w.recorded('half')
    await inStatus('half', 'waiting')
    const outcomes = await publish('pub-mine', 'pub-theirs', 'pub-half', 'pub-none', 'pub-mine')
    expect(outcomes.map(({ publicationId, status, reason }) => [publicationId, status, reason])).toEqual([
      ['pub-mine', 'published', undefined],
      ['pub-theirs', 'refused', 'unit-not-allowed'],
      ['pub-half', 'refused', 'publication-waiting'],
      ['pub-none', 'refused', 'publication-unknown'],
    ])
    const inspector = await w.as(['INSPECTOR'])
    expect((await inspector.post('/v1/publications/publish', { publicationIds: ['pub-mine'] })).status).toBe(403)
  })

  it('SEC-07 keeps a person whose identity number is the code from leaving', async () => {
    await scheduled('person', { objectCode: '11010519491231002X', objectKind: 'OBJECT_KIND_INDIVIDUAL_BUSINESS' })
    expect(await publish('pub-person')).toMatchObject([{ status: 'refused', reason: 'personal-data' }])
    expect(w.channel.records.has('pub-person')).toBe(false)
  })

  it('PUB-10 records the channel chosen for a non-market subject', async () => {
    await scheduled('project', { objectKind: 'OBJECT_KIND_PROJECT' })
    const { body } = await publisher.post<Outcomes>('/v1/publications/publish', {
      publicationIds: ['pub-project'],
      channel: 'departmentWebsite',
    })
    expect(body.results).toMatchObject([{ status: 'published' }])
    expect((await record('pub-project')).push?.channel).toBe('departmentWebsite')
    expect(w.channel.records.get('pub-project')).toMatchObject({ channel: 'departmentWebsite' })
  })

  it('publishes 500 in one request with a bounded number of calls at once', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `many-${index}`)
    await w.broker.send(ids.map((id) => w.broker.tell(events.inspection.resultRecorded, id, resultOf(id, { taskId: 'task-many' }))))
    await w.completed('task-many', ids)
    await eventually(
      async () => {
        const all = await publisher.get<{ items: readonly Listed[] }>('/v1/publications?taskId=task-many&status=scheduled&limit=500')
        expect(all.body.items).toHaveLength(500)
      },
      { timeoutMs: 40_000 },
    )
    w.channel.delayMs = 2
    const outcomes = await publish(...ids.map((id) => `pub-${id}`))
    w.channel.delayMs = 0
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['published']))
    expect(outcomes.map(({ publicationId }) => publicationId)).toEqual(ids.map((id) => `pub-${id}`))
    expect(w.channel.busiest).toBeGreaterThan(1)
    expect(w.channel.busiest).toBeLessThanOrEqual(16)
    expect(
      (await publisher.post('/v1/publications/publish', { publicationIds: Array.from({ length: 501 }, (_, i) => `x-${i}`) })).status,
    ).toBe(400)
  })

  it('answers the status of a result over gRPC', async () => {
    await scheduled('asked')
    const client = createGrpcClient(PublicationServiceClient, { address: `127.0.0.1:${w.service.grpcPort}`, peer: 'publication' })
    const token = await w.scope.issuer.token({ subject: 'zhang.san', unitId: unit, regionCode: '230300', roles: ['INSPECTOR'] })
    const context = () => ({ deadline: Date.now() + 5000, token, traceId: 'a'.repeat(32) })
    expect(await client.unary('getPublication', { resultId: 'asked' }, context())).toMatchObject({
      publicationId: 'pub-asked',
      status: 'scheduled',
      dueDate: '2026-05-12',
    })
    await expect(client.unary('getPublication', { resultId: 'nothing' }, context())).rejects.toMatchObject({ code: 'publication-unknown' })
    client.close()
  })
})
