import { createServiceTokens } from '@dual-random/auth'
import { DrawingServiceClient } from '@dual-random/contracts/drawing'
import {
  type Commitment,
  drawnDigest,
  drawnSalt,
  type MatchRecord,
  matchInspectors,
  matchRecordDigest,
  parseRoster,
  replayDraw,
  type SignedTranscript,
} from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import { type DrawId, toHex, type UnitId, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseMatchInput } from '../src/domain/match-files.ts'
import { taskIdOf } from '../src/domain/outcomes.ts'
import type { DrawBody, PublicDrawBody } from '../src/http/schemas.ts'
import { publishedLine, sha256Hash } from './fixtures.ts'
import { valueOf } from './policy.ts'
import { verifyPublicFiles } from './support/bundle.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'

const order = { planId: publishedLine.planId, lineId: publishedLine.lineId, batch: 1 }

describe('the life of a draw', () => {
  let harness: Harness
  let drawId: DrawId
  const path = (rest = ''): string => `/v1/draws/${drawId}${rest}`
  const publicPath = (rest: string): string => `/v1/public/draws/${drawId}/${rest}`
  const anyone = () => api(`http://127.0.0.1:${harness.service().httpPort}`)
  const organiser = () => harness.as(['DRAW_ORGANISER'])
  const file = async (name: string): Promise<Response> => fetch(`http://127.0.0.1:${harness.service().httpPort}${publicPath(name)}`)

  beforeAll(async () => {
    harness = await startDrawing()
    harness.registry.objects = [
      ...Array.from({ length: 40 }, (_, index) => ({ code: `A${String(index).padStart(3, '0')}`, grade: 'A' })),
      ...Array.from({ length: 12 }, (_, index) => ({
        code: `D${String(index).padStart(3, '0')}`,
        grade: 'D',
        specialities: ['食品'],
        ...(index === 0 ? { recused: ['i-1', 'i-2', 'i-3'] } : {}),
      })),
    ]
    harness.registry.inspectors = [
      ...['i-1', 'i-2', 'i-3', 'i-4'].map((id) => ({ id, unitId: bureau, specialities: ['食品'] })),
      { id: 'i-5', unitId: bureau },
    ]
  })
  afterAll(() => harness.dispose())

  it('PLN-11 PLN-28 freezes a batch of a published line, with the organiser’s rights towards planning', async () => {
    const early = await (await organiser()).post<{ code: string }>('/v1/draws', order)
    expect([early.status, early.body.code]).toEqual([409, 'freeze-too-early'])
    harness.moveTo('2026-03-02T01:00:05.000Z')
    harness.registry.staleSources = [{ dataset: 'INSPECTOR_POOL', of: bureau, asOf: '2026-02-01T00:00:00.000Z', limitDays: 7 }]
    const frozen = await (await organiser()).post<DrawBody>('/v1/draws', order)
    expect(frozen.status).toBe(201)
    drawId = frozen.body.drawId as DrawId
    expect(frozen.body).toMatchObject({
      status: 'FROZEN',
      unitId: bureau,
      attempt: 1,
      asOf: '2026-03-02T01:00:00.000Z',
      lineDigest: publishedLine.lineDigest,
      policy: { preset: 'local/four-coal-cities', version: 1 },
      strata: [
        { stratum: 'A', mapped: 40, eligible: 40 },
        { stratum: 'D', mapped: 12, eligible: 12 },
      ],
    })
    expect(harness.planning.callers).toEqual([`${bureau}-DRAW_ORGANISER`, `${bureau}-DRAW_ORGANISER`])
    expect(harness.registry.callers).toEqual(['service-drawing'])
    expect(harness.registry.freezes[0]).toMatchObject({
      byGrade: true,
      checkUntil: '2026-06-30',
      matchingUnitIds: [bureau],
      earlierDraws: [],
    })
    const again = await (await organiser()).post<DrawBody>('/v1/draws', order)
    expect([again.status, again.body]).toEqual([200, frozen.body])
  })

  it('DQ-07 flags on the draw’s answer which sources were stale at the snapshot, to those who read draws', async () => {
    const stale = [{ dataset: 'INSPECTOR_POOL', of: bureau, asOf: '2026-02-01T00:00:00.000Z', limitDays: 7 }]
    const read = await (await organiser()).get<DrawBody>(path(''))
    expect(read.body.staleSources).toEqual(stale)
    const listed = await (await organiser()).get<{ items: DrawBody[] }>('/v1/draws')
    expect(listed.body.items.map(({ staleSources }) => staleSources)).toEqual([stale])
  })

  it('DRW-15 tells the organiser whether the units have the people for what the draw will bring, and what binds', async () => {
    const forecast = await (await organiser()).get(path('/capacity'))
    const kinds = [
      { specialities: ['食品'], objects: 3, staffable: 3 },
      { specialities: [], objects: 1, staffable: 1 },
    ]
    expect(forecast).toMatchObject({ status: 200, body: { drawn: 4, units: [{ unitId: bureau, teamSize: 2, kinds, binds: null }] } })
    const stranger = await (await harness.as(['DRAW_ORGANISER'], '230300-xfj')).get<{ code: string }>(path('/capacity'))
    expect([stranger.status, stranger.body.code]).toEqual([403, 'unit-not-allowed'])
  })

  it('DRW-34 shows nothing of the draw before its state makes it public', async () => {
    for (const name of ['commitment', 'roster', 'transcript', 'openings']) {
      expect((await anyone().get<{ code: string }>(publicPath(name))).body.code).toBe('file-not-public')
    }
    const { body } = await anyone().get<{ items: PublicDrawBody[] }>(`/v1/public/draws?regionCode=${regionCode}&year=2026`)
    expect(body.items.map(({ status }) => status)).toEqual(['FROZEN'])
    expect((await anyone().get<PublicDrawBody>(`/v1/public/draws/${drawId}`)).body).toEqual(body.items[0])
    const unknown = await anyone().get<{ code: string }>(`/v1/public/draws/${'0'.repeat(64)}`)
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not-found'])
  })

  it('DRW-32 CRD-17 DRW-21 commits at the scheduled instant to a round that does not exist yet', async () => {
    const early = await (await organiser()).post<{ code: string }>(path('/commit'), {})
    expect([early.status, early.body.code]).toEqual([409, 'commit-too-early'])
    harness.moveTo('2026-03-02T01:10:03.000Z')
    const unapproved = await (await organiser()).post<{ code: string; detail: string }>(path('/commit'), {})
    expect([unapproved.status, unapproved.body.code]).toEqual([409, 'teams-short'])
    const committed = await (await organiser()).post<DrawBody>(path('/commit'), { shortTeamsApproved: true })
    expect(committed.status).toBe(200)
    const late = await (await organiser()).get<{ code: string }>(path('/capacity'))
    expect([late.status, late.body.code]).toEqual([409, 'draw-not-frozen'])
    expect(committed.body).toMatchObject({
      status: 'COMMITTED',
      commitment: {
        committedAt: '2026-03-02T01:10:00.000Z',
        roundAt: '2026-03-02T01:30:00.000Z',
        withoutTeam: 1,
        shortTeamsApprovedBy: `${bureau}-DRAW_ORGANISER`,
      },
      strata: [
        { stratum: 'A', raw: { numerator: 3, denominator: 5 }, drawn: 1 },
        { stratum: 'D', raw: { numerator: 3, denominator: 1 }, drawn: 3 },
      ],
    })
    const again = await (await organiser()).post<DrawBody>(path('/commit'), {})
    expect(again.body).toEqual(committed.body)
  })

  it('DRW-31 CRD-21 DRW-26 publishes S and the roster as the bytes that were hashed', async () => {
    const commitment = await file('commitment')
    const bytes = new Uint8Array(await commitment.arrayBuffer())
    const digest = toHex(sha256(bytes))
    expect(commitment.headers.get('etag')).toBe(`"${digest}"`)
    expect(commitment.headers.get('content-type')).toBe('application/json')
    expect(commitment.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const { body } = await (await organiser()).get<DrawBody>(path())
    expect(body.commitment?.digest).toBe(digest)
    const s = JSON.parse(new TextDecoder().decode(bytes)) as Commitment
    expect(s).toMatchObject({
      regionCode,
      assurance: 'self',
      organiserUnitId: bureau,
      subjectDigest: publishedLine.lineDigest,
      policyDigest: body.policy.digest,
      snapshot: { regionCode, asOf: '2026-03-02T01:00:00.000Z' },
      matchInputs: [{ unitId: bureau }],
    })
    expect(s.snapshot.privateFileDigest).toMatch(/^[0-9a-f]{64}$/)
    const roster = await file('roster')
    expect(toHex(sha256(new Uint8Array(await roster.arrayBuffer())))).toBe(s.snapshot.rosterDigest)
    expect(roster.headers.get('etag')).toBe(`"${s.snapshot.rosterDigest}"`)
    expect(roster.headers.get('content-type')).toBe('application/x-ndjson')
    const known = await anyone().get(publicPath('roster'), { headers: { 'if-none-match': `"${s.snapshot.rosterDigest}"` } })
    expect([known.status, known.body]).toEqual([304, ''])
  })

  it('DRW-32 waits for the round', async () => {
    harness.moveTo('2026-03-02T01:29:59.999Z')
    const early = await (await organiser()).post<{ code: string }>(path('/run'), {})
    expect([early.status, early.body.code]).toEqual([409, 'round-not-due'])
    await harness.service().runSweep('due-draws')
    expect((await (await organiser()).get<DrawBody>(path())).body.status).toBe('COMMITTED')
  })

  it('DRW-01 DRW-02 DRW-15 draws and matches once the round is there, and reports what is short', async () => {
    harness.moveTo('2026-03-02T01:30:00.000Z')
    const run = await (await organiser()).post<DrawBody>(path('/run'), {})
    expect(run.status).toBe(200)
    expect(run.body).toMatchObject({
      status: 'MATCHED',
      closeAt: '2026-07-30T16:00:00.000Z',
      transcript: { drawn: 4 },
      strata: [
        { stratum: 'A', drawn: 1, overshoot: true },
        { stratum: 'D', drawn: 3, overshoot: false },
      ],
    })
    const { transcript } = (await (await file('transcript')).json()) as SignedTranscript
    const drawnD0 = transcript.batches.flat().some((label) => harness.registry.objectOf(drawId, label)?.code === 'D000')
    expect(run.body.match?.shortOfTeam).toBe(drawnD0 ? 1 : 0)
    expect((await (await organiser()).post<DrawBody>(path('/run'), {})).body).toEqual(run.body)
  })

  it('DRW-34 shows one draw to anyone: that it was drawn and how many, and of objects, labels and inspectors nothing', async () => {
    const { status, body } = await anyone().get<PublicDrawBody>(`/v1/public/draws/${drawId}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ drawId, status: 'MATCHED', transcript: { drawn: 4 } })
    const text = JSON.stringify(body)
    for (const { code } of harness.registry.objects) expect(text).not.toContain(code)
    for (const { id } of harness.registry.inspectors) expect(text).not.toContain(id)
    const roster = parseRoster(await (await file('roster')).text())
    for (const { label } of roster.ok ? roster.value : []) expect(text).not.toContain(label)
    expect(roster.ok && roster.value.length).toBe(52)
  })

  it('DRW-31 the standalone verifier agrees, over what is public alone', async () => {
    const verdict = await verifyPublicFiles(`http://127.0.0.1:${harness.service().httpPort}`, drawId, regionCode)
    expect(verdict.output).toContain('MATCH (demo keys)')
    expect(verdict.exitCode).toBe(0)
  })

  it('DRW-31 Appendix F 16 a replay from the stored candidate digest, seed and algorithm gives the same draw', async () => {
    const commitment = (await (await file('commitment')).json()) as Commitment
    const { transcript } = (await (await file('transcript')).json()) as SignedTranscript
    const roster = valueOf(parseRoster(await (await file('roster')).text()))
    const again = valueOf(replayDraw(sha256Hash, { commitment, algorithm: transcript.algorithm, seed: transcript.seed }, roster))
    expect(again).toEqual({ seed: transcript.seed, strata: transcript.strata, batches: transcript.batches })
  })

  it('DRW-31 lets the auditor repeat the matching from the files S names, and nobody else', async () => {
    const auditor = await harness.as(['AUDITOR'], '230000-scj', '230000')
    const record = (await auditor.get<MatchRecord>(path('/match'))).body
    const lines = await harness.text(path(`/match-inputs/${bureau}`), ['AUDITOR'], '230000-scj', '230000')
    const commitment = (await (await file('commitment')).json()) as Commitment
    const { transcript } = (await (await file('transcript')).json()) as SignedTranscript
    expect(commitment.matchInputs).toEqual([{ unitId: bureau, digest: toHex(sha256(utf8(lines))) }])
    expect(matchInspectors(sha256Hash, transcript.seed, transcript.strata, [parseMatchInput(lines)])).toEqual(record.matches)
    const shown = (await (await organiser()).get<DrawBody>(path())).body
    expect(matchRecordDigest(sha256Hash, record)).toBe(shown.match?.digest)
    const refused = await (await organiser()).get<{ code: string }>(path('/match'))
    expect([refused.status, refused.body.code]).toEqual([403, 'role-required'])
  })

  it('DRW-34 DRW-16 hands the teams to services only, in the order of the draw', async () => {
    const client = createGrpcClient(DrawingServiceClient, { address: `127.0.0.1:${harness.service().grpcPort}`, peer: 'drawing' })
    const contextOf = (token: string) => ({ deadline: Date.now() + 20_000, token, traceId: '0'.repeat(32) })
    const inspection = await createServiceTokens({
      service: 'inspection',
      key: await harness.scope.issuer.serviceKey('inspection'),
    }).token()
    const assignments = []
    for await (const part of client.stream('streamAssignments', { drawId }, contextOf(inspection))) assignments.push(...part.assignments)
    const { transcript } = (await (await file('transcript')).json()) as SignedTranscript
    expect(assignments.map(({ label }) => label)).toEqual(transcript.batches.flat())
    expect(assignments.map(({ position }) => position)).toEqual([1, 2, 3, 4])
    for (const { teams, leaderLabel } of assignments) {
      for (const team of teams) expect(team.inspectorLabels).toHaveLength(2)
      expect(teams.length === 0 ? leaderLabel === '' : teams[0]?.inspectorLabels.includes(leaderLabel)).toBe(true)
    }
    const person = await harness.scope.issuer.token({ subject: 'x', unitId: bureau, regionCode, roles: ['DRAW_ORGANISER'] })
    const asked = async () => {
      for await (const _ of client.stream('streamAssignments', { drawId }, contextOf(person))) throw new Error('answered')
    }
    await expect(asked()).rejects.toMatchObject({ code: 'role-required' })
    expect(await client.unary('getDraw', { drawId }, contextOf(person))).toMatchObject({ status: 'MATCHED', drawn: 4, batch: 1 })
    const { transcriptJson } = await client.unary('getTranscript', { drawId }, contextOf(person))
    expect(transcriptJson).toBe(await (await file('transcript')).text())
    client.close()
  })

  it('closes by itself after the window and the days of the policy, with an outcome per drawn label, and opens the visited alone', async () => {
    const { transcript } = (await (await file('transcript')).json()) as SignedTranscript
    const [first = '', second = '', third = ''] = transcript.batches.flat()
    const taskOf = (label: string) => taskIdOf(drawId, label, bureau as UnitId)
    await harness.publishTask(drawId, taskOf(first), 'completed')
    await harness.publishTask(drawId, taskOf(second), 'lapsed')
    await harness.publishTask(drawId, taskOf(third))
    harness.moveTo('2026-07-30T15:59:59.999Z')
    expect((await (await organiser()).post<{ code: string }>(path('/close'), {})).body.code).toBe('close-not-due')
    expect((await anyone().get<{ code: string }>(publicPath('openings'))).body.code).toBe('file-not-public')
    const auditor = await harness.as(['AUDITOR'], '230000-scj', '230000')
    expect((await auditor.get<{ code: string }>(path('/closed'))).body.code).toBe('draw-not-closed')
    await eventually(async () => {
      const marks = await harness.tasksSeen([first, second, third].map(taskOf))
      expect(marks).toEqual([2, 2, 1])
    })
    harness.moveTo('2026-07-30T16:00:00.000Z')
    await harness.service().runSweep('due-draws')
    const closed = (await (await organiser()).get<DrawBody>(path())).body
    expect(closed).toMatchObject({ status: 'CLOSED', closing: { visited: 1, notVisited: 3 } })
    expect((await (await organiser()).post<DrawBody>(path('/close'), {})).body).toEqual(closed)

    const text = await harness.text(`/v1/draws/${drawId}/closed`, ['AUDITOR'], '230000-scj', '230000')
    expect(toHex(sha256(utf8(text)))).toBe(closed.closing?.digest)
    const { outcomes } = JSON.parse(text) as { readonly outcomes: readonly object[] }
    const reasons = new Map([
      [second, expect.any(String)],
      [third, 'NO_RESULT'],
    ])
    expect(outcomes).toEqual(
      transcript.batches.flat().map((label) => ({
        label,
        ...(label === first ? { outcome: 'VISITED' } : { outcome: 'NOT_VISITED', reason: reasons.get(label) ?? 'NO_TASK' }),
      })),
    )
    expect((await (await organiser()).get(path('/closed'))).status).toBe(403)

    const openings = (await (await file('openings')).text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; salt: string })
    const id = harness.registry.objectOf(drawId, first)?.code ?? ''
    expect(openings).toEqual([{ id, salt: drawnSalt(sha256Hash, harness.registry.keyOf(drawId), drawId, id) }])
    expect(transcript.drawnSet).toContain(drawnDigest(sha256Hash, drawId, openings[0]?.salt ?? '', id))
    const verdict = await verifyPublicFiles(`http://127.0.0.1:${harness.service().httpPort}`, drawId, regionCode)
    expect(verdict.output).toContain('1 / 4')
    expect(verdict.exitCode).toBe(0)
  })

  it('DRW-34 tells of it in events that name no label, object or inspector', async () => {
    const ofDraw = () => harness.events.filter(({ aggregateId }) => aggregateId === drawId)
    await eventually(() => expect(ofDraw()).toHaveLength(5))
    expect(ofDraw().map(({ type }) => type)).toEqual(
      ['frozen', 'committed', 'drawn', 'matched', 'closed'].map((past) => `cn.dualrandom.drawing.draw.${past}.v1`),
    )
    expect(ofDraw()[2]?.payload).toMatchObject({
      drawn: 4,
      strata: [
        { stratum: 'A', mapped: 40, eligible: 40, drawn: 1, overshoot: true },
        { stratum: 'D', mapped: 12, eligible: 12, drawn: 3 },
      ],
    })
    const { transcript } = (await (await file('transcript')).json()) as SignedTranscript
    const said = JSON.stringify(harness.events.map(({ payload }) => payload))
    for (const label of transcript.batches.flat()) expect(said).not.toContain(label)
    expect(said).not.toMatch(/"[AD]0\d\d"|i-\d/)

    await eventually(() => {
      const log = harness.events
        .filter(({ aggregateId }) => aggregateId === `log-${regionCode}`)
        .map(({ payload }) => payload as { kind: string })
      expect(log.map(({ kind }) => kind)).toEqual(['genesis', 'snapshot', 'commitment', 'transcript', 'match', 'closed'])
    })
    const response = await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/region-logs/${regionCode}`)
    const lines = (await response.text()).trimEnd().split('\n')
    expect(lines).toHaveLength(6)
    expect(response.headers.get('etag')).toBe(`"${(JSON.parse(lines[5] ?? '') as { head: string }).head}"`)
    expect(response.headers.get('cache-control')).toBe('no-cache')
  })
})
