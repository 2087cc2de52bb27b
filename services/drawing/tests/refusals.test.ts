import { appError } from '@dual-random/errors'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDrawingService } from '../src/index.ts'
import { hex } from './fixtures.ts'
import { policyWith } from './policy.ts'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { done, finishDraw, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

const key = { itemClass: 'KEY', quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const
const lineNo = (number: number, change: Parameters<typeof lineOf>[1] = {}) => lineOf(`L${number}`, { ...key, ...change })

describe('refusals', () => {
  let harness: Harness
  let organiser: Organiser

  beforeAll(async () => {
    harness = await startDrawing()
    organiser = organiserOf(harness)
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness.dispose())

  it('DRW-28 lets the initiating unit alone organise the draw', async () => {
    harness.planning.publish(lineNo(1))
    const order = { planId: lineNo(1).planId, lineId: 'L1', batch: 1 }
    const asked = async (roles: readonly string[], unitId: string, region?: string) => {
      const { status, body } = await (await harness.as(roles, unitId, region)).post<{ code: string }>('/v1/draws', order)
      return [status, body.code]
    }
    expect(await asked(['DRAW_ORGANISER'], '230300-gaj')).toEqual([403, 'unit-not-allowed'])
    expect(await asked(['DRAW_ORGANISER'], '230400-scj', '230400')).toEqual([403, 'region-not-allowed'])
    expect(await asked(['PLANNER'], bureau)).toEqual([403, 'role-required'])
    const { drawId } = done(await organiser.freeze(lineNo(1)))
    for (const step of ['commit', 'run', 'close']) {
      const other = await (await harness.as(['DRAW_ORGANISER'], '230300-gaj')).post<{ code: string }>(`/v1/draws/${drawId}/${step}`, {})
      expect([other.status, other.body.code]).toEqual([403, 'unit-not-allowed'])
    }
  })

  it('DRW-02 takes no inspector by name, at no step of a draw', async () => {
    harness.planning.publish(lineNo(20))
    const asked = await harness.as(['DRAW_ORGANISER'], bureau)
    const named = { inspectorIds: ['i-1', 'i-2'] }
    const order = { planId: lineNo(20).planId, lineId: 'L20', batch: 1 }
    expect((await asked.post('/v1/draws', { ...order, ...named })).status).toBe(400)
    const { drawId } = done(await organiser.freeze(lineNo(20)))
    for (const step of ['commit', 'run']) expect((await asked.post(`/v1/draws/${drawId}/${step}`, named)).status).toBe(400)
    expect((await organiser.read(drawId)).status).toBe('FROZEN')
    done(await organiser.cancel(drawId, { reason: '核对' }))
  })

  it('PLN-11 PLN-28 DQ-03 draws for a batch of a published line only', async () => {
    expect(refusal(await organiser.freeze(lineNo(99)))).toEqual([404, 'line-not-in-plan'])
    expect(refusal(await organiser.freeze(lineNo(1), { batch: 2 }))).toEqual([404, 'batch-not-in-line'])
    harness.planning.refusal = appError('failed-precondition', 'plan-not-published')
    expect(refusal(await organiser.freeze(lineNo(1)))).toEqual([409, 'plan-not-published'])
    harness.planning.refusal = undefined
    harness.planning.publish(lineNo(2, { regionCode: '230302' as RegionCode }))
    expect(refusal(await organiser.freeze(lineNo(2)))).toEqual([404, 'region-not-served'])
  })

  it('REG-13 DRW-33 passes on why registry does not freeze, and asks anew once that is mended', async () => {
    harness.planning.publish(lineNo(3))
    harness.registry.refusal = appError('failed-precondition', 'item-not-in-force', {
      meta: { itemCodes: 'I001', regionCode: '230300', date: '2026-03-02' },
    })
    expect(refusal(await organiser.freeze(lineNo(3)))).toEqual([409, 'item-not-in-force'])
    harness.planning.publish(lineNo(3, { lineDigest: hex('7') }))
    expect(done(await organiser.freeze(lineNo(3)))).toMatchObject({ status: 'FROZEN', lineDigest: hex('7') })
  })

  it('PLN-11 commits to no line that was cancelled or published with other content since', async () => {
    harness.planning.publish(lineNo(5))
    const { drawId } = done(await organiser.freeze(lineNo(5)))
    harness.planning.publish(lineNo(5, { lineDigest: hex('8') }))
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'line-changed'])
    harness.planning.lines.delete(`${lineNo(5).planId}/L5`)
    expect(refusal(await organiser.commit(drawId))).toEqual([404, 'line-not-in-plan'])
  })

  it('DRW-32 commits to no beacon that does not answer, or not truly, just now', async () => {
    harness.planning.publish(lineNo(6))
    const { drawId } = done(await organiser.freeze(lineNo(6)))
    for (const fault of ['down', 'forged'] as const) {
      harness.beacon.fault = fault
      expect(refusal(await organiser.commit(drawId))).toEqual([503, 'beacon-unavailable'])
    }
    harness.beacon.fault = 'none'
    expect((await organiser.read(drawId)).status).toBe('FROZEN')
  })

  it('DRW-32 waits for the committed round however long the beacon is away, and takes no forged one', async () => {
    harness.planning.publish(lineNo(7))
    const { drawId } = done(await organiser.freeze(lineNo(7)))
    const { commitment } = done(await organiser.commit(drawId))
    expect(refusal(await organiser.run(drawId))).toEqual([409, 'round-not-due'])
    harness.moveTo(commitment?.roundAt ?? '')
    for (const fault of ['down', 'forged'] as const) {
      harness.beacon.fault = fault
      expect(refusal(await organiser.run(drawId))).toEqual([503, 'beacon-unavailable'])
      await harness.service().runSweep('due-draws')
      expect((await organiser.read(drawId)).status).toBe('COMMITTED')
    }
    harness.beacon.fault = 'none'
    await harness.service().runSweep('due-draws')
    expect((await organiser.read(drawId)).status).toBe('MATCHED')
    expect(refusal(await organiser.cancel(drawId, { reason: '不满意' }))).toEqual([409, 'draw-already-drawn'])
  })

  it('DRW-33 DRW-15 commits to no draw that nobody could carry out', async () => {
    harness.planning.publish(lineNo(10))
    const { drawId } = done(await organiser.freeze(lineNo(10)))
    done(await organiser.cancel(drawId, { reason: '人员变动' }))
    harness.registry.inspectors = [{ id: 'i-1', unitId: bureau, validTo: '2026-06-29' }]
    const again = done(await organiser.freeze(lineNo(10), { attempt: 2 }))
    expect(refusal(await organiser.commit(again.drawId))).toEqual([409, 'no-eligible-inspector'])
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
  })

  it('DRW-06 DRW-07 asks for as many stations as the mode needs', async () => {
    const unit = lineNo(11).units[0]
    if (unit === undefined) throw new Error('no unit')
    const oneStation = { ...unit, mode: 'MULTI_STATION' as const, stationUnitIds: ['230300-scj-s1' as UnitId] }
    harness.planning.publish(lineNo(11, { units: [oneStation] }))
    const { drawId } = done(await organiser.freeze(lineNo(11)))
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'stations-mismatch-mode'])
  })

  it('DRW-08 draws and matches by a mode that the policy defines, and refuses one it does not, naming those it has', async () => {
    const station = '230300-scj-s1' as UnitId
    const unit = lineNo(31).units[0]
    if (unit === undefined) throw new Error('no unit')
    const patrolled = { ...unit, mode: 'PATROL', stationUnitIds: [station] }
    harness.planning.publish(lineNo(31, { units: [patrolled] }), lineNo(32, { units: [patrolled] }))
    const unknown = done(await organiser.freeze(lineNo(31)))
    const refused = await organiser.commit(unknown.drawId)
    expect(refusal(refused)).toEqual([409, 'selection-mode-unknown'])
    expect(JSON.stringify(refused.body)).toContain('BUREAU_WIDE, OFFICE_AND_STATIONS, MULTI_STATION, SINGLE_STATION')

    const patrol = { id: 'PATROL', text: '单所专班随机', offices: false, stations: { atLeast: 1, atMost: 1 }, pairable: false }
    const policy = harness.registry.policy
    harness.registry.policy = policyWith({ 'inspector.modes': { members: [patrol], open: true } })
    const inspectors = harness.registry.inspectors
    harness.registry.inspectors = [
      ...inspectors,
      ...['s-1', 's-2'].map((id) => ({ id, unitId: bureau, homeUnitId: station, homeKind: 'STATION' as const })),
    ]
    const { drawId } = done(await organiser.freeze(lineNo(32)))
    expect(await finishDraw(harness, organiser, drawId)).toMatchObject({ status: 'MATCHED' })
    harness.registry.inspectors = inspectors
    harness.registry.policy = policy
  })

  it('DRW-21 draws from no stratum that the line gives no ratio for', async () => {
    harness.planning.publish(lineNo(12))
    harness.registry.objects = [...harness.registry.objects, { code: 'B0', grade: 'B' }]
    const { drawId } = done(await organiser.freeze(lineNo(12)))
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'stratum-without-ratio'])
    harness.registry.objects = harness.registry.objects.filter(({ grade }) => grade === 'A')
  })

  it('POL-04 stops where the policy lacks a key, and names it', async () => {
    harness.planning.publish(lineNo(13))
    const whole = harness.registry.policy
    harness.registry.policy = policyWith({ 'draw.roundMarginSeconds': undefined })
    const { status, body } = await organiser.freeze(lineNo(13))
    expect([status, body.code]).toEqual([409, 'policy-unset'])
    expect(JSON.stringify(body)).toContain('draw.roundMarginSeconds')
    harness.registry.policy = whole
  })

  it('DRW-33 commits to no stale snapshot', async () => {
    harness.planning.publish(lineNo(14))
    const { drawId } = done(await organiser.freeze(lineNo(14)))
    harness.moveTo('2026-03-09T01:00:00.001Z')
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'snapshot-stale'])
  })

  it('refuses what is no command of a draw', async () => {
    const { drawId } = done(await organiser.freeze(lineNo(14)))
    expect(refusal(await organiser.run(drawId))).toEqual([409, 'draw-not-committed'])
    expect(refusal(await organiser.close(drawId))).toEqual([409, 'draw-not-matched'])
    expect(refusal(await organiser.run(hex('0')))).toEqual([404, 'not-found'])
    expect(refusal(await organiser.cancel(drawId, {}))).toEqual([400, 'invalid-request'])
    expect((await organiser.freeze(lineNo(14), { batch: 0 })).status).toBe(400)
  })

  it('DRW-32 starts with a self beacon in a demonstration or a test only', async () => {
    const { source, publicKey } = harness.beacon.chain
    const self = { source, relays: ['http://127.0.0.1:1'], publicKey, genesisTime: 0, periodSeconds: 30 }
    const env = {
      ...harness.scope.env,
      DR_ENV: 'production',
      DR_REGISTRY_GRPC: '127.0.0.1:1',
      DR_PLANNING_GRPC: '127.0.0.1:1',
      DR_LOG_KEYS: JSON.stringify({ '230300': hex('1') }),
      DR_SNAPSHOT_PUBLIC_KEY: hex('2'),
      DR_NONCE_KEY: hex('3'),
      DR_BEACONS: JSON.stringify([self]),
    }
    await expect(createDrawingService(env)).rejects.toThrow(/DR_BEACONS: self\/230300 .*demo and test only/)
    await expect(createDrawingService({ ...env, DR_LOG_KEYS: '{"230300":"x"}', DR_NONCE_KEY: 'y' })).rejects.toThrow(
      /DR_LOG_KEYS[\s\S]*DR_NONCE_KEY/,
    )
  })
})
