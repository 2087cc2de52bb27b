import { createServiceTokens } from '@dual-random/auth'
import { DrawingServiceClient } from '@dual-random/contracts/drawing'
import type { Commitment } from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import type { UnitId } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseMatchInput } from '../src/domain/match-files.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine } from './fixtures.ts'
import { verifyPublicFiles } from './support/bundle.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { done, drawLine, lineOf, organiserOf, refusal } from './support/steps.ts'

const county = { unitId: '230302-scj' as UnitId, regionCode: '230302' }
const line = lineOf('L21', { units: publishedLine.units.map((unit) => ({ ...unit, delegatedTo: county.unitId })) })
const later = lineOf('L22', { units: line.units })

describe('a draw whose matching is delegated', () => {
  let harness: Harness
  let draw: DrawBody

  beforeAll(async () => {
    harness = await startDrawing()
    harness.planning.publish(line, later)
    harness.registry.objects = Array.from({ length: 40 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = [
      ...['c-1', 'c-2', 'c-3'].map((id) => ({ id, unitId: county.unitId })),
      ...['b-1', 'b-2'].map((id) => ({ id, unitId: bureau })),
    ]
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness?.dispose())

  it('DRW-10 the organiser draws and answers, the delegate’s inspectors are matched', async () => {
    draw = await drawLine(harness, organiserOf(harness), line)
    expect(draw).toMatchObject({ status: 'MATCHED', unitId: bureau, match: { shortOfTeam: 0 } })
    expect(harness.registry.freezes[0]?.matchingUnitIds).toEqual([county.unitId])
    const s = (await (
      await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/draws/${draw.drawId}/commitment`)
    ).json()) as Commitment
    expect(s).toMatchObject({ organiserUnitId: bureau, matchInputs: [{ unitId: county.unitId }] })
    const input = parseMatchInput(
      await harness.text(`/v1/draws/${draw.drawId}/match-inputs/${county.unitId}`, ['AUDITOR'], '230000-scj', '230000'),
    )
    expect(input).toMatchObject({ unitId: county.unitId, initiator: true })
    expect(input.inspectors.map(({ id }) => id).sort()).toEqual(['c-1', 'c-2', 'c-3'])
  })

  it('DRW-10 hands the teams on under the unit that was matched, with a leader', async () => {
    const client = createGrpcClient(DrawingServiceClient, { address: `127.0.0.1:${harness.service().grpcPort}`, peer: 'drawing' })
    const key = await harness.scope.issuer.serviceKey('inspection')
    const token = await createServiceTokens({ service: 'inspection', key }).token()
    const context = { deadline: Date.now() + 20_000, token, traceId: '0'.repeat(32) }
    const assignments = []
    for await (const part of client.stream('streamAssignments', { drawId: draw.drawId }, context)) assignments.push(...part.assignments)
    client.close()
    expect(assignments).toHaveLength(2)
    for (const { teams, leaderLabel } of assignments) {
      expect(teams.map(({ unitId }) => unitId)).toEqual([county.unitId])
      expect(teams[0]?.inspectorLabels).toContain(leaderLabel)
    }
  })

  it('DRW-10 DRW-31 the standalone verifier agrees', async () => {
    const verdict = await verifyPublicFiles(`http://127.0.0.1:${harness.service().httpPort}`, draw.drawId, regionCode)
    expect([verdict.exitCode, verdict.output]).toEqual([0, expect.stringContaining('MATCH')])
  })

  it('SEC-11 gives the delegate no right to draw: neither to freeze, nor to commit, run, void or close', async () => {
    const delegate = await harness.as(['DRAW_ORGANISER'], county.unitId, county.regionCode)
    const order = { planId: later.planId, lineId: later.lineId, batch: 1 }
    expect((await delegate.post('/v1/draws', order)).status).toBe(403)
    const { drawId } = done(await organiserOf(harness).freeze(later))
    for (const step of ['commit', 'run', 'close']) {
      expect([step, (await delegate.post(`/v1/draws/${drawId}/${step}`, {})).status]).toEqual([step, 403])
    }
    expect((await delegate.post(`/v1/draws/${drawId}/void`, { reason: '计划调整' })).status).toBe(403)
    for (const file of ['match', `match-inputs/${county.unitId}`]) {
      const auditor = await harness.as(['AUDITOR'], county.unitId, county.regionCode)
      expect((await auditor.get(`/v1/draws/${draw.drawId}/${file}`)).status).toBe(403)
    }
  })

  it('DRW-33 refuses a draw that nobody of the delegate could check, however many the organiser has', async () => {
    harness.registry.inspectors = ['b-1', 'b-2', 'b-3'].map((id) => ({ id, unitId: bureau }))
    const empty = lineOf('L23', { units: line.units })
    harness.planning.publish(empty)
    const organiser = organiserOf(harness)
    await organiser.cancel((await organiser.freeze(later)).body.drawId, { reason: '计划调整' })
    const frozen = await organiser.freeze(empty)
    const refused = frozen.status > 201 ? frozen : await organiser.commit(frozen.body.drawId)
    expect(refusal(refused)).toEqual([409, 'no-eligible-inspector'])
  })
})
