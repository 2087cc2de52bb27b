import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { events } from '@dual-random/contracts'
import { type Commitment, deriveDrawId } from '@dual-random/draw'
import { epochMsOf, instantOf } from '@dual-random/kernel'
import { api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DrawBody, PublicDrawBody } from '../src/http/schemas.ts'
import { clueTask, hex, publishedLine, sha256Hash } from './fixtures.ts'
import { savePublicFiles, verdicts } from './support/bundle.ts'
import { bureau, type Harness, regionCode, startDrawing } from './support/harness.ts'
import { done, finishDraw, type Organiser, organiserOf, refusal } from './support/steps.ts'

const { taskId, clueIds } = clueTask.clueTask
const order = { clueTaskId: taskId }

describe('a targeted draw, for a task on clues', () => {
  let harness: Harness
  let organiser: Organiser
  let drawId: string
  const post = async (body: unknown) =>
    (await harness.as(['DRAW_ORGANISER'])).post<DrawBody & { readonly code?: string }>('/v1/draws', body)
  const anyone = () => api(`http://127.0.0.1:${harness.service().httpPort}`)

  beforeAll(async () => {
    harness = await startDrawing()
    organiser = organiserOf(harness)
    harness.registry.objects = Array.from({ length: 40 }, (_, index) => ({ code: `A${String(index).padStart(3, '0')}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3', 'i-4'].map((id) => ({ id, unitId: bureau }))
    harness.planning.clueTasks.set(taskId, clueTask)
  })
  afterAll(() => harness?.dispose())

  it('DRW-25 TGT-09 is frozen by its task: registry narrows the mapped set to its industries and regions, and is named no plan', async () => {
    harness.moveTo('2026-03-02T01:00:05.000Z')
    expect(refusal(await post({ clueTaskId: 'clue-task-unknown' }))).toEqual([404, 'not-found'])
    expect((await post({ ...order, planId: publishedLine.planId, lineId: 'L01', batch: 1 })).status).toBe(400)
    const stranger = await (await harness.as(['DRAW_ORGANISER'], '230300-xfj')).post<{ code: string }>('/v1/draws', order)
    expect([stranger.status, stranger.body.code]).toEqual([403, 'unit-not-allowed'])

    const frozen = await post(order)
    drawId = done(frozen).drawId
    expect(frozen.status).toBe(201)
    expect(drawId).toBe(deriveDrawId(sha256Hash, { regionCode, subject: { kind: 'clue-task', taskId }, batch: 1, attempt: 1 }))
    expect(frozen.body).toMatchObject({
      status: 'FROZEN',
      batch: 1,
      attempt: 1,
      clueTask: { taskId, clueIds, trigger: 'MANY_COMPLAINTS', form: 'TARGETED_DRAW', digest: clueTask.lineDigest },
    })
    for (const member of ['planId', 'lineId', 'planVersion', 'lineDigest']) expect(frozen.body).not.toHaveProperty(member)
    expect(harness.registry.freezes.at(-1)).toMatchObject({
      planId: '',
      lineId: '',
      clueTask: { taskId, clueIds },
      scope: { industryPrefixes: ['F52'], regionCodes: ['230302'] },
      byGrade: false,
    })
    const again = await post(order)
    expect([again.status, again.body]).toEqual([200, frozen.body])
  })

  it('DRW-25 PLN-11 a task that was withdrawn, or is another, is not committed to', async () => {
    harness.moveTo('2026-03-02T01:10:03.000Z')
    harness.planning.clueTasks.set(taskId, { ...clueTask, lineDigest: hex('d2') })
    expect(refusal(await organiser.commit(drawId))).toEqual([409, 'line-changed'])
    harness.planning.clueTasks.set(taskId, clueTask)
  })

  it('DRW-25 S is typed by its task and names its clues, and goes the way of any draw', async () => {
    expect(await finishDraw(harness, organiser, drawId)).toMatchObject({ status: 'MATCHED', transcript: { drawn: 12 } })
    const s = (await anyone().get<Commitment>(`/v1/public/draws/${drawId}/commitment`)).body
    expect(s.subject).toEqual({ kind: 'clue-task', taskId, clueIds })
    expect(s.subjectDigest).toBe(clueTask.lineDigest)
    const shown = (await anyone().get<PublicDrawBody>(`/v1/public/draws/${drawId}`)).body
    expect(shown.clueTask).toMatchObject({ taskId, clueIds })
    const listed = (await anyone().get<{ items: PublicDrawBody[] }>(`/v1/public/draws?regionCode=${regionCode}&year=2026`)).body.items
    expect(listed.map((draw) => draw.clueTask?.taskId)).toEqual([taskId])
  })

  it('DRW-25 DRW-30 more objects are drawn by a redraw, which is of the same task', async () => {
    const redraws = `/v1/draws/${drawId}/redraws`
    const proposal = { purpose: 'ESCALATION', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts: { ALL: 2 } }
    expect((await (await harness.as(['DRAW_ORGANISER'])).post(redraws, proposal)).status).toBe(200)
    const superior = await harness.as(['FILING_REVIEWER'], '230000-scj', '230000')
    expect((await superior.post(`${redraws}/1/approve`, {})).status).toBe(200)
    harness.moveTo(instantOf(epochMsOf(harness.now()) + 60_000))
    const frozen = await (await harness.as(['DRAW_ORGANISER'])).post<DrawBody>(`${redraws}/1/freeze`, {})
    expect([frozen.status, frozen.body.clueTask?.taskId]).toEqual([201, taskId])
    expect(await finishDraw(harness, organiser, frozen.body.drawId)).toMatchObject({ status: 'MATCHED', transcript: { drawn: 2 } })
  })

  it('DRW-25 its events name task and clues, and no plan', async () => {
    await eventually(() => {
      const told = harness.events.filter((event) => event.aggregateId === drawId)
      const named = [events.drawing.drawFrozen.type, events.drawing.drawMatched.type].map((type) =>
        told.find((event) => event.type === type),
      )
      for (const event of named) {
        expect(event?.payload).toMatchObject({ clueTask: { taskId, clueIds } })
        expect(event?.payload).not.toHaveProperty('planId')
      }
    })
  })

  it('DRW-25 an auditor reads its history like that of any draw', async () => {
    const auditor = await harness.as(['AUDITOR'])
    const { body } = await auditor.get<{ steps: { what: string }[]; brokenAt?: number }>(`/v1/draws/${drawId}/history`)
    expect(body.steps.length).toBeGreaterThanOrEqual(4)
    expect(body.brokenAt).toBeUndefined()
  })

  it('DRW-25 closes after its window, and its public files pass all three verifiers', async () => {
    harness.moveTo('2026-08-01T00:00:00.000Z')
    expect(done(await organiser.close(drawId))).toMatchObject({ status: 'CLOSED', closing: { visited: 0, notVisited: 12 } })
    const folder = await mkdtemp(join(tmpdir(), 'targeted-'))
    try {
      await savePublicFiles(`http://127.0.0.1:${harness.service().httpPort}`, drawId, regionCode, folder)
      const found = await verdicts(join(folder, `transcript-${drawId}.json`))
      for (const [verifier, { exitCode, output }] of Object.entries(found)) {
        expect([verifier, exitCode, output.includes('MATCH')], output).toEqual([verifier, 0, true])
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
