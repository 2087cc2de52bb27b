import { createServiceTokens } from '@dual-random/auth'
import { events } from '@dual-random/contracts'
import { DrawingServiceClient } from '@dual-random/contracts/drawing'
import {
  type Commitment,
  deriveDrawId,
  type MatchRecord,
  parseRoster,
  type RedrawSubject,
  replayDraw,
  roundOf,
  type SignedTranscript,
} from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import type { DrawId, UnitId } from '@dual-random/kernel'
import { type ApiAnswer, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseMatchInput } from '../src/domain/match-files.ts'
import { taskIdOf } from '../src/domain/outcomes.ts'
import type { DrawBody, PublicDrawBody } from '../src/http/schemas.ts'
import { sha256Hash } from './fixtures.ts'
import { valueOf } from './policy.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { type Answer, done, drawLine, finishDraw, lineOf, type Organiser, organiserOf, refusal } from './support/steps.ts'

interface Orders {
  readonly items: readonly { order: number; status: string; purpose: string; number?: number; grounds: readonly object[] }[]
  readonly code?: string
}

const superior = { unitId: '230000-scj', region: '230000' }
const line = lineOf('L-redraw', {
  quantity: {
    kind: 'ratios',
    ratios: [
      { stratum: 'A', ratio: { numerator: 1, denominator: 10 } },
      { stratum: 'D', ratio: { numerator: 1, denominator: 4 } },
    ],
  },
})

describe('redraws', () => {
  let harness: Harness
  let organiser: Organiser
  let parent: DrawBody & { readonly drawId: DrawId }

  const propose = async (body: object, drawId: string = parent.drawId): Promise<ApiAnswer<Orders>> =>
    (await harness.as(['DRAW_ORGANISER'])).post<Orders>(`/v1/draws/${drawId}/redraws`, body)
  const decide = async (order: number, verb: 'approve' | 'reject', body: object = {}, as = superior): Promise<ApiAnswer<Orders>> =>
    (await harness.as(['FILING_REVIEWER'], as.unitId, as.region)).post<Orders>(`/v1/draws/${parent.drawId}/redraws/${order}/${verb}`, body)
  const freeze = async (order: number, attempt = 1): Promise<Answer> =>
    (await harness.as(['DRAW_ORGANISER'])).post(`/v1/draws/${parent.drawId}/redraws/${order}/freeze`, { attempt })
  const refused = ({ status, body }: ApiAnswer<Orders>): readonly [number, string | undefined] => [status, body.code]
  const publicText = async (drawId: string, name: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${harness.service().httpPort}/v1/public/draws/${drawId}/${name}`)).text()
  const transcriptOf = async (drawId: string) => (JSON.parse(await publicText(drawId, 'transcript')) as SignedTranscript).transcript
  const commitmentOf = async (drawId: string) => JSON.parse(await publicText(drawId, 'commitment')) as Commitment
  const rosterOf = async (drawId: string) => valueOf(parseRoster(await publicText(drawId, 'roster')))
  const matchesOf = async (drawId: string) =>
    (JSON.parse(await harness.text(`/v1/draws/${drawId}/match`, ['AUDITOR'])) as MatchRecord).matches
  const later = (minutes: number): void => harness.moveTo(new Date(Date.parse(harness.now()) + minutes * 60_000).toISOString())

  /** Takes an approved order through freeze, commitment and draw. */
  const redraw = async (order: number) => {
    later(1)
    const { drawId } = done(await freeze(order))
    return (await finishDraw(harness, organiser, drawId)) as DrawBody & { readonly drawId: DrawId }
  }

  let drawn: readonly string[] = []
  let replaced = ''
  let rematched = ''

  beforeAll(async () => {
    harness = await startDrawing()
    organiser = organiserOf(harness)
    harness.registry.objects = [
      ...Array.from({ length: 40 }, (_, index) => ({ code: `A${String(index).padStart(3, '0')}`, grade: 'A' })),
      ...Array.from({ length: 12 }, (_, index) => ({ code: `D${String(index).padStart(3, '0')}`, grade: 'D' })),
    ]
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5'].map((id) => ({ id, unitId: bureau }))
    harness.planning.publish(line)
    harness.moveTo('2026-03-02T01:10:03.000Z')
    parent = (await drawLine(harness, organiser, line)) as typeof parent
    drawn = (await transcriptOf(parent.drawId)).batches.flat()
    ;[replaced = '', rematched = ''] = drawn
  })
  afterAll(() => harness.dispose())

  it('DRW-30 asks for a reason that policy knows, of an object that was drawn, and for a whole ground', async () => {
    const object = { reason: 'OBJECT_GONE', label: replaced }
    const of = (ground: object, purpose = 'REPLACEMENT') => propose({ purpose, grounds: [ground] }).then(refused)
    expect(await of({ ...object, reason: 'NOT_LIKED' })).toEqual([400, 'redraw-reason-unknown'])
    expect(await of({ ...object, reason: 'RECUSAL' })).toEqual([400, 'redraw-reason-unknown'])
    expect(await of({ reason: 'OBJECT_GONE' })).toEqual([400, 'redraw-ground-incomplete'])
    expect(await of({ ...object, label: 'f'.repeat(64) })).toEqual([409, 'label-not-standing'])
    expect(await of({ reason: 'RECUSAL', label: replaced }, 'REMATCH')).toEqual([400, 'redraw-ground-incomplete'])
    expect(await of({ reason: 'RECUSAL', label: replaced, unitId: '230300-other' }, 'REMATCH')).toEqual([400, 'unit-not-in-line'])
    const stranger = { reason: 'RECUSAL', label: replaced, unitId: bureau, inspectors: ['e'.repeat(64)] }
    expect(await of(stranger, 'REMATCH')).toEqual([409, 'inspector-not-in-team'])
    expect(await of({ reason: 'TEAM_SHORT', label: replaced, unitId: bureau }, 'REMATCH')).toEqual([409, 'team-complete'])
    expect(await of({ reason: 'PROBLEMS_FOUND' }, 'ESCALATION')).toEqual([400, 'counts-mismatch-purpose'])
    const elsewhere = await propose({ purpose: 'ESCALATION', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts: { Z: 1 } })
    expect(refused(elsewhere)).toEqual([400, 'stratum-unknown'])
  })

  it('DRW-30 needs the approval of the organiser’s superior', async () => {
    const proposed = await propose({ purpose: 'REPLACEMENT', grounds: [{ reason: 'OBJECT_GONE', label: replaced }] })
    expect(proposed).toMatchObject({ status: 200, body: { items: [{ order: 1, status: 'PROPOSED', purpose: 'REPLACEMENT' }] } })
    const again = await propose({ purpose: 'REPLACEMENT', grounds: [{ reason: 'OBJECT_GONE', label: replaced }] })
    expect(again.body).toEqual(proposed.body)
    expect(refusal(await freeze(1))).toEqual([409, 'redraw-not-approved'])
    expect(refused(await decide(1, 'approve', {}, { unitId: bureau, region: regionCode }))).toEqual([403, 'not-the-superior'])
    expect((await decide(1, 'approve', {}, { unitId: '230400-scj', region: '230400' })).status).toBe(403)
    expect(refused(await decide(9, 'approve'))).toEqual([404, 'not-found'])
    const approved = await decide(1, 'approve')
    expect(approved).toMatchObject({ status: 200, body: { items: [{ order: 1, status: 'APPROVED', number: 1 }] } })
    expect((await decide(1, 'approve')).body).toEqual(approved.body)
    expect(refused(await decide(1, 'reject', { reason: '已批准' }))).toEqual([409, 'redraw-decided'])
    expect(refusal(await freeze(1))).toEqual([409, 'freeze-too-early'])
  })

  let replacement: DrawBody & { readonly drawId: DrawId }

  it('DRW-30 replaces an object by a draw of its own among those left of its stratum, by a later round', async () => {
    harness.registry.gone.add('A039')
    replacement = await redraw(1)
    const before = await commitmentOf(parent.drawId)
    const commitment = await commitmentOf(replacement.drawId)
    const subject = commitment.subject as RedrawSubject
    expect(subject).toMatchObject({
      kind: 'redraw',
      parentDrawId: parent.drawId,
      purpose: 'replacement',
      labels: [replaced],
      after: [{ drawId: parent.drawId, transcript: parent.transcript?.digest }],
      approval: { unitId: superior.unitId, reasons: [{ reason: 'OBJECT_GONE', count: 1 }] },
    })
    expect(replacement.drawId).toBe(deriveDrawId(sha256Hash, { regionCode, subject, batch: 1, attempt: 1 }))
    expect(commitment.snapshot).toMatchObject({ labelsOf: parent.drawId, root: before.snapshot.root, keyDigest: before.snapshot.keyDigest })
    expect(commitment.subjectDigest).toBe(before.subjectDigest)
    const [next, parents] = [commitment, before].map(({ beacons }) => beacons.map(roundOf))
    expect(next?.[0]).toBeGreaterThan(parents?.[0] ?? Number.POSITIVE_INFINITY)
    const transcript = await transcriptOf(replacement.drawId)
    const [successor = ''] = transcript.batches.flat()
    expect(transcript.batches.flat()).toHaveLength(1)
    expect(drawn).not.toContain(successor)
    const stratum = (await rosterOf(parent.drawId)).find(({ label }) => label === replaced)?.stratum
    const roster = await rosterOf(replacement.drawId)
    expect(roster.find(({ label }) => label === successor)).toMatchObject({ stratum, excluded: false })
    const excluded = roster.filter((entry) => entry.excluded)
    expect(excluded).toHaveLength(drawn.length + 1)
    expect(excluded.map(({ label }) => label)).toEqual(expect.arrayContaining([...drawn]))
    const again = valueOf(replayDraw(sha256Hash, { commitment, algorithm: commitment.algorithm, seed: transcript.seed }, roster))
    expect(again.batches).toEqual(transcript.batches)
    expect((await matchesOf(replacement.drawId)).map(({ teams }) => teams[0]?.members.length)).toEqual([2])
  })

  it('DRW-30 keeps the earlier draw, and shows both with reasons and approval to the public', async () => {
    const { body } = await (await harness.as(['DRAW_ORGANISER'])).get<{ items: PublicDrawBody[] }>(
      `/v1/public/draws?regionCode=${regionCode}`,
    )
    const shown = new Map(body.items.map((item) => [item.drawId, item]))
    const approval = { unitId: superior.unitId, reasons: [{ reason: 'OBJECT_GONE', count: 1 }] }
    expect(shown.get(parent.drawId)).toMatchObject({ status: 'MATCHED', redraws: [{ number: 1, purpose: 'REPLACEMENT', ...approval }] })
    expect(shown.get(replacement.drawId)).toMatchObject({
      redraw: { parentDrawId: parent.drawId, number: 1, purpose: 'REPLACEMENT', approval },
    })
    expect(JSON.stringify(body)).not.toContain(replaced)
    const { body: alone } = await (await harness.as(['DRAW_ORGANISER'])).get<PublicDrawBody>(`/v1/public/draws/${parent.drawId}`)
    expect(alone.redraws).toMatchObject([{ number: 1, drawId: replacement.drawId }])
    expect((await transcriptOf(parent.drawId)).batches.flat()).toEqual(drawn)
  })

  it('DRW-14 draws inspectors anew for who must recuse, and leaves the others in their places', async () => {
    const [match] = (await matchesOf(parent.drawId)).filter(({ object }) => object === rematched)
    const [leaving = '', staying = ''] = match?.teams[0]?.members ?? []
    const ground = { reason: 'RECUSAL', label: rematched, unitId: bureau, inspectors: [leaving] }
    expect(await propose({ purpose: 'REMATCH', grounds: [ground] })).toMatchObject({
      body: { items: [{}, { order: 2, grounds: [ground] }] },
    })
    await decide(2, 'approve')
    const rematch = await redraw(2)
    const [anew] = await matchesOf(rematch.drawId)
    expect(anew?.object).toBe(rematched)
    expect(anew?.teams[0]?.members[0]).toBe(staying)
    expect(anew?.teams[0]?.members).toHaveLength(2)
    expect(anew?.teams[0]?.members).not.toContain(leaving)
    expect((await rosterOf(rematch.drawId)).filter(({ excluded }) => !excluded).map(({ label }) => label)).toEqual([rematched])
    const input = parseMatchInput(await harness.text(`/v1/draws/${rematch.drawId}/match-inputs/${bureau}`, ['AUDITOR']))
    expect(input).toMatchObject({
      rematch: true,
      objects: [{ label: rematched, kept: [staying], recusals: [{ inspector: leaving, ground: 'RECUSAL' }] }],
    })
    expect(await assignments(rematch.drawId)).toMatchObject([{ label: rematched, taskDrawId: parent.drawId }])
    // Who stays has the object among its load already: one object more for the successor alone.
    const second = { reason: 'LEAVE', label: rematched, unitId: bureau, inspectors: [leaving] }
    expect(refused(await propose({ purpose: 'REMATCH', grounds: [second] }))).toEqual([409, 'inspector-not-in-team'])
  })

  it('DRW-30 one redraw follows the other, numbers have no gaps, and each names those before it', async () => {
    const grounds = [{ reason: 'PROBLEMS_FOUND' }]
    await propose({ purpose: 'ESCALATION', grounds, counts: { D: 2 } })
    await propose({ purpose: 'REPLACEMENT', grounds: [{ reason: 'OBJECT_GONE', label: drawn[2] }] })
    expect(await decide(3, 'approve')).toMatchObject({ body: { items: [{}, {}, { number: 3 }, { status: 'PROPOSED' }] } })
    expect(refused(await decide(4, 'approve'))).toEqual([409, 'redraw-unfinished'])
    later(1)
    const voided = done(await freeze(3))
    expect(refused(await decide(4, 'approve'))).toEqual([409, 'redraw-unfinished'])
    done(await organiser.cancel(voided.drawId, { reason: '信标改换' }))
    later(1)
    const { drawId } = done(await freeze(3, 2))
    const escalation = await finishDraw(harness, organiser, drawId)
    expect(escalation).toMatchObject({ status: 'MATCHED', attempt: 2, transcript: { drawn: 2 }, redraw: { number: 3 } })
    const { subject } = await commitmentOf(drawId)
    expect((subject as RedrawSubject).after).toHaveLength(3)
    const known = new Set([...drawn, ...(await transcriptOf(replacement.drawId)).batches.flat()])
    for (const label of (await transcriptOf(drawId)).batches.flat()) expect(known).not.toContain(label)
    expect(await decide(4, 'approve')).toMatchObject({ status: 200, body: { items: [{}, {}, {}, { number: 4 }] } })
  })

  it('DRW-30 refuses a redraw of a redraw, and a replacement of who was replaced', async () => {
    const grounds = [{ reason: 'OBJECT_GONE', label: replaced }]
    expect(refused(await propose({ purpose: 'REPLACEMENT', grounds }, replacement.drawId))).toEqual([409, 'redraw-of-a-redraw'])
    expect(refused(await propose({ purpose: 'REPLACEMENT', grounds }))).toEqual([409, 'label-not-standing'])
  })

  it('DRW-30 a crash resumes the same redraw', async () => {
    later(1)
    const frozen = done(await freeze(4))
    await harness.restart()
    const again = await freeze(4)
    expect([again.status, again.body.snapshotDigest]).toEqual([200, frozen.snapshotDigest])
    const committed = done(await organiser.commit(frozen.drawId))
    await harness.restart()
    expect(done(await organiser.commit(frozen.drawId)).commitment?.digest).toBe(committed.commitment?.digest)
    harness.moveTo(committed.commitment?.roundAt ?? '')
    expect(done(await organiser.run(frozen.drawId)).status).toBe('MATCHED')
  })

  it('DRW-30 tells of proposals, decisions and what a draw follows, and of no object', async () => {
    await propose({ purpose: 'ESCALATION', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts: { A: 1 } })
    expect(await decide(5, 'reject', { reason: '比例已足' })).toMatchObject({ status: 200 })
    await eventually(() => {
      const told = ({ type }: { readonly type: string }) => harness.events.filter((event) => event.type === type).length
      const { redrawProposed, redrawApproved, redrawRejected } = events.drawing
      expect([redrawProposed, redrawApproved, redrawRejected].map(told)).toEqual([5, 4, 1])
    })
    const texts = harness.events.map((event) => JSON.stringify(event))
    for (const label of drawn) expect(texts.some((text) => text.includes(label))).toBe(false)
  })

  it('DRW-30 takes up nothing that was given up, and approves nothing that the redraws since have overtaken', async () => {
    const [label = ''] = drawn.slice(3)
    const [match] = (await matchesOf(parent.drawId)).filter(({ object }) => object === label)
    const [one = '', two = ''] = match?.teams[0]?.members ?? []
    const ground = (inspector: string) => ({ reason: 'LEAVE', label, unitId: bureau, inspectors: [inspector] })
    await propose({ purpose: 'REMATCH', grounds: [ground(one)] })
    await decide(6, 'approve')
    later(1)
    done(await organiser.cancel(done(await freeze(6)).drawId, { reason: '不再需要' }))
    await propose({ purpose: 'REPLACEMENT', grounds: [{ reason: 'OBJECT_GONE', label }] })
    await propose({ purpose: 'REMATCH', grounds: [ground(two)] })
    await decide(7, 'approve')
    expect(refusal(await freeze(6, 2))).toEqual([409, 'redraw-superseded'])
    expect((await redraw(7)).redraw).toMatchObject({ number: 6, purpose: 'REPLACEMENT' })
    expect(refused(await decide(8, 'approve'))).toEqual([409, 'label-not-standing'])
    expect(await decide(8, 'reject', { reason: '对象已更换' })).toMatchObject({ status: 200 })
  })

  it('DRW-30 closes with its parent, each by the tasks of the draw that drew the object', async () => {
    const tasks = (await transcriptOf(parent.drawId)).batches.flat().map((label) => taskIdOf(parent.drawId, label, bureau as UnitId))
    for (const taskId of tasks) await harness.publishTask(parent.drawId, taskId, 'completed')
    await eventually(async () => expect(await harness.tasksSeen(tasks)).toEqual(tasks.map(() => 2)))
    harness.moveTo('2026-12-31T00:00:00.000Z')
    const rematchId = ((await commitmentOf((await family())[4] ?? '')).subject as RedrawSubject).after.map(({ drawId }) => drawId)
    expect(rematchId).toContain(replacement.drawId)
    expect(done(await organiser.close(parent.drawId))).toMatchObject({
      status: 'CLOSED',
      closing: { visited: drawn.length, notVisited: 0 },
    })
    expect(done(await organiser.close(replacement.drawId))).toMatchObject({ closing: { visited: 0, notVisited: 1 } })
    const rematch = await family().then((ids) => ids[2] ?? '')
    expect(done(await organiser.close(rematch))).toMatchObject({ closing: { visited: 1, notVisited: 0 } })
    expect(refused(await propose({ purpose: 'REPLACEMENT', grounds: [{ reason: 'OBJECT_GONE', label: rematched }] }))).toEqual([
      409,
      'draw-not-matched',
    ])
  })

  /** The parent and its redraws, not void, by number. */
  const family = async (): Promise<readonly string[]> => {
    const { body } = await (await harness.as(['DRAW_ORGANISER'])).get<{ items: DrawBody[] }>('/v1/draws?year=2026')
    const redraws = body.items.filter(({ status, redraw: of }) => of !== undefined && status !== 'VOID')
    return [parent.drawId, ...redraws.sort((a, b) => (a.redraw?.number ?? 0) - (b.redraw?.number ?? 0)).map(({ drawId }) => drawId)]
  }

  const assignments = async (drawId: string) => {
    const client = createGrpcClient(DrawingServiceClient, { address: `127.0.0.1:${harness.service().grpcPort}`, peer: 'drawing' })
    const token = await createServiceTokens({ service: 'inspection', key: await harness.scope.issuer.serviceKey('inspection') }).token()
    const found = []
    for await (const part of client.stream(
      'streamAssignments',
      { drawId },
      { deadline: Date.now() + 10_000, token, traceId: '0'.repeat(32) },
    ))
      found.push(...part.assignments)
    client.close()
    return found
  }
})
