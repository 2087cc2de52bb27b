import { type MatchRecord, matchInspectors, type SignedTranscript } from '@dual-random/draw'
import type { UnitId } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseMatchInput } from '../src/domain/match-files.ts'
import type { LineUnit } from '../src/domain/plan-line.ts'
import { publishedLine, sha256Hash } from './fixtures.ts'
import { policyWith } from './policy.ts'
import { verifyPublicFiles } from './support/bundle.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { done, drawLine, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

const second = '230300-gaj' as UnitId
const [unit] = publishedLine.units as [LineUnit]
const quantity = { kind: 'count', count: 3 } as const
const together = lineOf('L31', { quantity, units: [unit, { ...unit, unitId: second }] })
const alone = lineOf('L32', { quantity })
const later = lineOf('L33', { quantity, units: together.units })
const alonePassing = lineOf('L34', { quantity })

describe('draws under a policy by which the initiator designates the leader', () => {
  let harness: Harness
  let organiser: Organiser

  beforeAll(async () => {
    harness = await startDrawing({ policy: policyWith({ 'joint.teamLeader': { from: 'DRAWN_INSPECTORS', by: 'INITIATOR' } }) })
    harness.planning.publish(together, alone, later, alonePassing)
    harness.registry.objects = Array.from({ length: 8 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = [
      ...['b-1', 'b-2', 'b-3'].map((id) => ({ id, unitId: bureau })),
      ...['g-1', 'g-2', 'g-3'].map((id) => ({ id, unitId: second })),
    ]
    harness.moveTo('2026-03-02T01:10:00.000Z')
    organiser = organiserOf(harness)
  })
  afterAll(() => harness?.dispose())

  const privateFile = (drawId: string, file: string) => harness.text(`/v1/draws/${drawId}/${file}`, ['AUDITOR'], '230000-scj', '230000')
  const matchesOf = async (drawId: string) => (JSON.parse(await privateFile(drawId, 'match')) as MatchRecord).matches

  it('DRW-23 matches full teams of every unit at random, and none of them leads by ticket', async () => {
    const draw = await drawLine(harness, organiser, together)
    expect(draw).toMatchObject({ status: 'MATCHED', match: { shortOfTeam: 0 } })
    const matches = await matchesOf(draw.drawId)
    expect(matches.map(({ teams, leader }) => [teams.map(({ unitId, members }) => [unitId, members.length]), leader])).toEqual(
      Array.from({ length: 3 }, () => [
        [
          [second, 2],
          [bureau, 2],
        ],
        null,
      ]),
    )
    const inputs = await Promise.all(
      [bureau, second].map(async (unitId) => parseMatchInput(await privateFile(draw.drawId, `match-inputs/${unitId}`))),
    )
    expect(inputs.map(({ initiator }) => initiator)).toEqual([false, false])
    const answer = await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/draws/${draw.drawId}/transcript`)
    const { transcript } = (await answer.json()) as SignedTranscript
    expect(matchInspectors(sha256Hash, transcript.seed, transcript.strata, inputs)).toEqual(matches)
    const verdict = await verifyPublicFiles(`http://127.0.0.1:${harness.service().httpPort}`, draw.drawId, regionCode)
    expect([verdict.exitCode, verdict.output]).toEqual([0, expect.stringContaining('MATCH')])
  })

  it('DRW-23 a unit that checks alone is led by the smallest ticket of its team', async () => {
    const { drawId } = await drawLine(harness, organiser, alone)
    const matches = await matchesOf(drawId)
    expect(matches).toHaveLength(3)
    for (const { teams, leader } of matches) expect(teams[0]?.members).toContain(leader)
  })

  it('DRW-23 refuses to freeze for the smallest ticket of several units, and freezes for that of one', async () => {
    harness.registry.policy = policyWith({ 'joint.teamLeader': { from: 'DRAWN_INSPECTORS', by: 'SMALLEST_TICKET' } })
    expect(refusal(await organiser.freeze(later))).toEqual([409, 'team-leader-not-supported'])
    expect(done(await organiser.freeze(alonePassing)).status).toBe('FROZEN')
  })
})
