import { createServiceTokens } from '@dual-random/auth'
import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { createGrpcClient, type GrpcClient } from '@dual-random/grpc'
import { stackAddress } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordedRead } from '../src/app/ports.ts'
import { drawId, movedRequest, startWorld, unitAt, type World } from './access/world.ts'
import { bureau } from './harness.ts'

interface ReadsPage {
  readonly items: readonly RecordedRead[]
  readonly next?: string
  readonly code?: string
}

let world: World
let client: GrpcClient<RegistryServiceClient>
let labels: readonly string[]

const auditor = (unitId = unitAt.above) => world.registry.as(['AUDITOR'], { unitId })
const trail = async (query: string, unitId?: string) => (await auditor(unitId)).get<ReadsPage>(`/v1/sensitive-reads?${query}`)
const onRecordOf = async (target: string) => (await trail(`target=${target}&limit=500`)).body.items
/** The clock stands still: their order says nothing. */
const since = async (target: string, before: readonly RecordedRead[]) =>
  (await onRecordOf(target)).filter(({ id }) => !before.some((earlier) => earlier.id === id))

const callAs = async (service: string) => {
  const token = await createServiceTokens({ service, key: await world.registry.scope.issuer.serviceKey(service) }).token()
  return { deadline: Date.now() + 30_000, token, traceId: 'ab'.repeat(16) }
}
const openings = async (objectLabels: readonly string[]) =>
  client.stream('streamOpenings', { drawId, objectLabels: [...objectLabels], inspectorLabels: [] }, await callAs('drawing'))
const matchInputs = async () => client.stream('streamMatchInputs', { drawId, labels: [...labels], itemCodes: [] }, await callAs('drawing'))

async function drain(messages: AsyncIterable<object>): Promise<number> {
  let count = 0
  for await (const _ of messages) count += 1
  return count
}

beforeAll(async () => {
  world = await startWorld()
  client = createGrpcClient(RegistryServiceClient, { address: `127.0.0.1:${world.registry.service.grpcPort}`, peer: 'registry' })
  const roster = client.stream('streamRoster', { drawId, includeExcluded: false, firstEntry: 0 }, await callAs('drawing'))
  const found: string[] = []
  for await (const { entries } of roster) found.push(...entries.map(({ label }) => label))
  labels = found
}, 120_000)
afterAll(async () => {
  client?.close()
  await world?.registry.dispose()
})

/** Every route that gives what is not public, whose it is, and what the record calls it; an opening of one object is tested with openings. */
const routes = [
  ['draw-key', () => `/v1/draws/${drawId}/key`, () => drawId],
  ['draw-wrapped-key', () => `/v1/draws/${drawId}/wrapped-key`, () => drawId],
  ['draw-file', () => `/v1/draws/${drawId}/files/objects`, () => drawId],
  ['plan-candidates', () => `/v1/plan-candidates/${world.candidatesId}`, () => world.candidatesId],
  ['recusal-scope', () => `/v1/inspectors/${world.inspectorId}/recusal-scope`, () => world.inspectorId],
  ['inspector-export', () => `/v1/inspectors/export?unitId=${bureau}`, () => bureau],
  ['recusal-scope-export', () => `/v1/inspectors/export?unitId=${bureau}&recusalScope=open`, () => bureau],
] as const

describe('the record of who read what', () => {
  it.each(routes)(
    'ACC-07 has one entry a call with subject, role, unit and instant, written before the answer: %s',
    async (what, path, target) => {
      const before = await onRecordOf(target())
      const answer = await (await world.registry.as(['AUDITOR'])).get(path())
      expect(answer.status).toBe(200)
      const added = await since(target(), before)
      const by = { subject: `${bureau}-AUDITOR`, unitId: bureau, regionCode: '230300', roles: ['AUDITOR'] }
      expect(added).toMatchObject([{ what, target: target(), regionCode: '230300', by, at: expect.stringMatching(/^2026-03-03T01:01:00/) }])
    },
  )

  it.each(routes)('ACC-07 answers no read that cannot be put on record: %s', async (_what, path, target) => {
    const before = await onRecordOf(target())
    world.registry.recording.fails = true
    const answer = await (await world.registry.as(['AUDITOR'])).get<{ readonly code?: string }>(path())
    world.registry.recording.fails = false
    expect([answer.status, answer.body.code]).toEqual([503, 'read-not-recorded'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await onRecordOf(target())).toEqual(before)
  })

  it('ACC-07 has the services that open labels and match, by their own names, once a call of however many messages', async () => {
    const before = await onRecordOf(drawId)
    const many = Array.from({ length: 1001 }, (_, index) => labels[index % labels.length] ?? '')
    expect(await drain(await openings(many))).toBeGreaterThan(1)
    await drain(await matchInputs())
    const by = { subject: 'service-drawing', unitId: 'service-drawing', roles: ['SERVICE'] }
    const added = await since(drawId, before)
    expect(added.toSorted((a, b) => (a.what < b.what ? -1 : 1))).toMatchObject([
      { what: 'match-inputs', count: labels.length, traceId: 'ab'.repeat(16), by },
      { what: 'openings', count: 1001, regionCode: '230300', by },
    ])
  })

  it('ACC-07 has a read whose answer broke off, over HTTP and in a stream', async () => {
    const before = (await onRecordOf(drawId)).length
    for await (const _ of await openings(labels)) break
    expect((await onRecordOf(drawId)).length).toBe(before + 1)
    const exportsBefore = await onRecordOf(bureau)
    const token = await world.registry.scope.issuer.token({ subject: 'li', unitId: bureau, regionCode: '230300', roles: ['AUDITOR'] })
    const broken = new AbortController()
    const url = `http://127.0.0.1:${world.registry.service.httpPort}/v1/inspectors/export?unitId=${bureau}`
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: broken.signal })
    broken.abort()
    expect(answer.status).toBe(200)
    expect(await since(bureau, exportsBefore)).toMatchObject([{ what: 'inspector-export', by: { subject: 'li' } }])
  })

  it('ACC-07 ends a stream before its first message where the read cannot be put on record', async () => {
    world.registry.recording.fails = true
    try {
      const refused = { kind: 'unavailable', code: 'read-not-recorded' }
      for (const call of [() => openings(labels), matchInputs]) {
        const first = (await call())[Symbol.asyncIterator]().next()
        await expect(first).rejects.toMatchObject(refused)
      }
    } finally {
      world.registry.recording.fails = false
    }
  })

  it('CRD-11 ACC-07 SEC-02 has who read what objects moved between grades, of the pools that the caller may read, page by page', async () => {
    const before = await onRecordOf('plan-1')
    const asked = { ...movedRequest, from: '2026-01-01T00:00:00.000Z', to: '2026-03-03T01:00:00.000Z' }
    const listed = async (unitId: string, page: { limit: number; after?: string }) => {
      const planner = await world.registry.grpc(['PLANNER'], unitId)
      return planner.client.unary('listMovedObjects', { ...asked, ...page }, planner.context())
    }
    const whole = await listed(bureau, { limit: 500 })
    expect(whole.more).toBe(false)
    expect(whole.moved.length).toBeGreaterThan(1)
    // None of them was there before: each came, with the grade it has.
    for (const each of whole.moved)
      expect(each).toMatchObject({ from: undefined, to: expect.any(String), name: expect.stringMatching(/./) })
    const paged: unknown[] = []
    for (let after: string | undefined, more = true; more; ) {
      const page = await listed(bureau, { limit: 1, ...(after === undefined ? {} : { after }) })
      paged.push(...page.moved)
      after = page.moved.at(-1)?.objectId
      more = page.more
    }
    expect(paged).toEqual(whole.moved)
    expect((await listed(unitAt.beside, { limit: 500 })).moved).toEqual([])
    const by = { subject: `${bureau}-PLANNER`, unitId: bureau, regionCode: '230300', roles: ['PLANNER'] }
    const added = await since('plan-1', before)
    expect(added).toHaveLength(whole.moved.length + 2)
    expect(added).toContainEqual(expect.objectContaining({ what: 'moved-objects', regionCode: '230300', count: whole.moved.length, by }))
    for (const limit of [0, 501]) await expect(listed(bureau, { limit })).rejects.toMatchObject({ violations: [{ pointer: '/limit' }] })
    world.registry.recording.fails = true
    try {
      await expect(listed(bureau, { limit: 1 })).rejects.toMatchObject({ kind: 'unavailable', code: 'read-not-recorded' })
    } finally {
      world.registry.recording.fails = false
    }
    expect(await since('plan-1', before)).toHaveLength(added.length)
  })

  it('ACC-07 has nothing of a read that was refused', async () => {
    const before = await onRecordOf(drawId)
    expect((await (await world.registry.as(['DRAW_ORGANISER'])).get(`/v1/draws/${drawId}/key`)).status).toBe(403)
    expect((await (await auditor(unitAt.elsewhere)).get(`/v1/draws/${drawId}/key`)).status).toBe(403)
    expect(await onRecordOf(drawId)).toEqual(before)
  })
})

describe('who audits the reads', () => {
  it('ACC-07 reads them page by page, newest first, each once, while the reading itself goes on record', async () => {
    const whole = await onRecordOf(drawId)
    expect(whole.length).toBeGreaterThan(4)
    const paged: RecordedRead[] = []
    let after: string | undefined
    do {
      const { body } = await trail(`target=${drawId}&limit=2${after === undefined ? '' : `&after=${after}`}`)
      expect(body.items.length).toBeLessThanOrEqual(2)
      paged.push(...body.items)
      after = body.next
    } while (after !== undefined)
    expect(paged).toEqual(whole)
    expect(paged.map(({ id }) => id)).toEqual(
      paged
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    )
    const { items } = (await trail(`subject=${unitAt.above}-AUDITOR&target=230000&limit=1`)).body
    expect(items).toMatchObject([{ what: 'sensitive-reads', target: '230000', regionCode: '230000' }])
  })

  it('ACC-07 narrows them to a region, to what was read of and to who read', async () => {
    const { body } = await trail('regionCode=230300&subject=service-drawing&limit=500')
    expect(new Set(body.items.map(({ by }) => by.subject))).toEqual(new Set(['service-drawing']))
    expect(body.items.every(({ regionCode }) => regionCode === '230300')).toBe(true)
    const elsewhere = (await trail('limit=500', unitAt.elsewhere)).body.items
    expect(new Set(elsewhere.map(({ what, regionCode }) => `${what} ${regionCode}`))).toEqual(new Set(['sensitive-reads 230400']))
  })

  it('SEC-02 gives them to auditors of the region or above alone, and not while that cannot be put on record', async () => {
    expect((await trail('regionCode=230300', unitAt.below)).status).toBe(403)
    expect((await trail('regionCode=230300', unitAt.elsewhere)).status).toBe(403)
    const operator = await world.registry.as(['OPERATOR'], { unitId: unitAt.above })
    expect((await operator.get('/v1/sensitive-reads')).status).toBe(403)
    world.registry.recording.fails = true
    const answer = await trail('regionCode=230300')
    world.registry.recording.fails = false
    expect([answer.status, answer.body.code]).toEqual([503, 'read-not-recorded'])
  })

  it('ACC-07 lies in the store as it was told, so that it outlasts the process', async () => {
    const direct = new MongoClient(stackAddress().mongodbUri)
    try {
      const stored = direct.db(world.registry.scope.database).collection('sensitive_reads')
      expect(await stored.countDocuments()).toBe(world.registry.sensitiveReads.length)
    } finally {
      await direct.close()
    }
  })
})
