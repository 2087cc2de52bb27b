import { createServiceTokens } from '@dual-random/auth'
import { DrawingServiceClient } from '@dual-random/contracts/drawing'
import { createGrpcClient } from '@dual-random/grpc'
import type { DrawId } from '@dual-random/kernel'
import { stackAddress } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrawBody } from '../src/http/schemas.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { done, lineOf, type Organiser, organiserOf } from './support/steps.ts'

interface History {
  readonly steps: readonly {
    readonly at: string
    readonly by: { readonly subject: string; readonly unitId: string; readonly regionCode: string; readonly roles: readonly string[] }
    readonly what: string
    readonly before: string | null
    readonly after: string
  }[]
  readonly brokenAt?: number
  readonly reads: readonly {
    readonly at: string
    readonly what: string
    readonly by: { readonly subject: string; readonly roles: readonly string[] }
  }[]
}

const line = lineOf('L-trail', { quantity: { kind: 'count', count: 2 } })

describe('the audit trail of a draw', () => {
  let harness: Harness
  let organiser: Organiser
  let drawId: DrawId
  const bodies: DrawBody[] = []
  const instants: string[] = []

  const history = async (): Promise<History> =>
    (await (await harness.as(['AUDITOR'], '230000-scj', '230000')).get<History>(`/v1/draws/${drawId}/history`)).body
  const kept = (body: DrawBody): void => {
    bodies.push(body)
    instants.push(harness.now())
  }

  beforeAll(async () => {
    harness = await startDrawing()
    organiser = organiserOf(harness)
    harness.registry.objects = Array.from({ length: 6 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.planning.publish(line)
    harness.moveTo('2026-03-02T01:00:06.000Z')
    const frozen = done(await organiser.freeze(line))
    drawId = frozen.drawId
    kept(frozen)
    expect((await (await harness.as(['DRAW_ORGANISER'])).get(`/v1/draws/${drawId}/capacity`)).status).toBe(200)
    harness.moveTo('2026-03-02T01:10:03.000Z')
    kept(done(await organiser.commit(drawId)))
    harness.moveTo(bodies[1]?.commitment?.roundAt ?? '')
    await harness.service().runSweep('due-draws')
    kept(await organiser.read(drawId))
    harness.moveTo('2026-03-02T02:00:00.000Z')
    const orders = { purpose: 'ESCALATION', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts: { ALL: 1 } }
    expect((await (await harness.as(['DRAW_ORGANISER'])).post(`/v1/draws/${drawId}/redraws`, orders)).status).toBe(200)
    harness.moveTo('2026-03-02T03:00:00.000Z')
    const superior = await harness.as(['FILING_REVIEWER'], '230000-scj', '230000')
    expect((await superior.post(`/v1/draws/${drawId}/redraws/1/reject`, { reason: '不必' })).status).toBe(200)
  })
  afterAll(() => harness?.dispose())

  it('ACC-07 names actor, unit, roles and instant of every command, with the state before and after', async () => {
    const { steps, brokenAt } = await history()
    expect(brokenAt).toBeUndefined()
    expect(steps.map(({ what, before, after }) => [what, before, after])).toEqual([
      ['frozen', null, 'FROZEN'],
      ['prepared', 'FROZEN', 'FROZEN'],
      ['committed', 'FROZEN', 'COMMITTED'],
      ['drawn', 'COMMITTED', 'DRAWN'],
      ['matched', 'DRAWN', 'MATCHED'],
      ['redraw-proposed', 'MATCHED', 'MATCHED'],
      ['redraw-rejected', 'MATCHED', 'MATCHED'],
    ])
    const person = { subject: `${bureau}-DRAW_ORGANISER`, unitId: bureau, regionCode, roles: ['DRAW_ORGANISER'] }
    expect(steps[0]).toMatchObject({ by: person, at: '2026-03-02T01:00:06.000Z' })
    expect(steps[2]?.by).toEqual(person)
    expect(steps[3]?.by).toMatchObject({ subject: 'service-drawing', roles: ['SERVICE'] })
    expect(steps[5]?.by).toEqual(person)
    expect(steps[6]?.by).toMatchObject({ subject: '230000-scj-FILING_REVIEWER', unitId: '230000-scj', roles: ['FILING_REVIEWER'] })
  })

  it('ACC-07 has nothing of a command that was refused or did nothing', async () => {
    const before = (await history()).steps
    await organiser.commit(drawId)
    await organiser.close(drawId)
    await organiser.cancel(drawId, { reason: '太晚' })
    expect((await history()).steps).toEqual(before)
  })

  it('ACC-08 gives the draw as it was at any instant since', async () => {
    const auditor = await harness.as(['AUDITOR'])
    const asOf = async (at: string) => auditor.get<DrawBody & { readonly code?: string }>(`/v1/draws/${drawId}/history/at?at=${at}`)
    for (const [index, body] of bodies.entries()) expect((await asOf(instants[index] ?? '')).body).toEqual(body)
    expect((await asOf('2026-03-02T01:05:00.000Z')).body).toEqual(bodies[0])
    const early = await asOf('2026-03-02T01:00:05.999Z')
    expect([early.status, early.body.code]).toEqual([404, 'no-draw-yet'])
    expect((await asOf('yesterday')).status).toBe(400)
  })

  it('ACC-07 has every read of what is not public, the trail’s own too', async () => {
    await harness.text(`/v1/draws/${drawId}/match`, ['AUDITOR'])
    await harness.text(`/v1/draws/${drawId}/match-inputs/${bureau}`, ['AUDITOR'])
    const others = new Set((await history()).reads.map(({ what }) => what))
    expect(others.has('redraws')).toBe(false)
    expect(others.has('history-at')).toBe(true)
    await harness.text(`/v1/draws/${drawId}/redraws`, ['AUDITOR'])
    const { reads } = await history()
    // The clock stands still between them: their order says nothing.
    const files = reads.map(({ what }) => what).filter((what) => !what.startsWith('history'))
    expect(files.sort()).toEqual(['capacity', 'match', 'match-input', 'redraws'])
    expect(reads.find(({ what }) => what === 'match')?.by.subject).toBe(`${bureau}-AUDITOR`)
    expect(reads.find(({ what }) => what === 'history')?.by.subject).toBe('230000-scj-AUDITOR')
  })

  it('ACC-07 has who forecast the staff of the draw, and nothing of a forecast that was refused', async () => {
    const path = `/v1/draws/${drawId}/capacity`
    expect((await (await harness.as(['DRAW_ORGANISER'])).get(path)).status).toBe(409)
    expect((await (await harness.as(['DRAW_ORGANISER'], '230300-xfj')).get(path)).status).toBe(403)
    const forecasts = (await history()).reads.filter(({ what }) => what === 'capacity')
    expect(forecasts).toMatchObject([
      { at: '2026-03-02T01:00:06.000Z', by: { subject: `${bureau}-DRAW_ORGANISER`, roles: ['DRAW_ORGANISER'] } },
    ])
  })

  it('ACC-07 has which service was handed the teams, once a call, also where it broke off', async () => {
    const taken = async () => (await history()).reads.filter(({ what }) => what === 'assignments')
    expect(await taken()).toEqual([])
    const client = createGrpcClient(DrawingServiceClient, { address: `127.0.0.1:${harness.service().grpcPort}`, peer: 'drawing' })
    const key = await harness.scope.issuer.serviceKey('inspection')
    const token = await createServiceTokens({ service: 'inspection', key }).token()
    try {
      const context = { deadline: Date.now() + 20_000, token, traceId: '0'.repeat(32) }
      for await (const _ of client.stream('streamAssignments', { drawId }, context)) break
    } finally {
      client.close()
    }
    expect(await taken()).toMatchObject([{ by: { subject: 'service-inspection', roles: ['SERVICE'] } }])
  })

  it('ACC-07 gives every read there is, however many', async () => {
    const client = new MongoClient(stackAddress().mongodbUri)
    try {
      const by = { subject: 'service-inspection', unitId: 'service-inspection', regionCode: '000000', roles: ['SERVICE'] }
      const at = '2026-03-02T04:00:00.000Z'
      const many = Array.from({ length: 1001 }, (_, index) => ({ _id: `many-${index}`, drawId, at, by, what: 'assignments' }))
      await client.db(harness.scope.database).collection<{ _id: string }>('sensitive_reads').insertMany(many)
    } finally {
      await client.close()
    }
    const { reads } = await history()
    expect(reads.filter(({ at, what }) => what === 'assignments' && at === '2026-03-02T04:00:00.000Z')).toHaveLength(1001)
  })

  it('SEC-02 is for auditors of the region or above alone', async () => {
    const path = `/v1/draws/${drawId}/history`
    expect((await (await harness.as(['DRAW_ORGANISER'])).get(path)).status).toBe(403)
    expect((await (await harness.as(['AUDITOR'], '230400-scj', '230400')).get(path)).status).toBe(403)
  })

  it('ACC-07 shows when somebody changed the store behind the service', async () => {
    const client = new MongoClient(stackAddress().mongodbUri)
    try {
      const draws = client.db(harness.scope.database).collection<{ _id: string }>('draws')
      const changed = await draws.updateOne({ _id: drawId }, { $set: { 'state.history.2.by.subject': 'somebody-else' } })
      expect(changed.matchedCount).toBe(1)
      expect((await history()).brokenAt).toBe(2)
    } finally {
      await client.close()
    }
  })
})
