import type { SignedTranscript } from '@dual-random/draw'
import { addMs, type Json } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PublishedLine } from '../src/domain/plan-line.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { hex } from './fixtures.ts'
import { bureau, type Harness, startDrawing } from './support/harness.ts'
import { outsider, outsiderRecord, outsideUnit, outsideUnits, secretOf, superiorUnit } from './support/outside-units.ts'
import { done, drawIdOf, lineOf, type Organiser, organiserOf } from './support/steps.ts'

const key = { itemClass: 'KEY', quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 2 } }] } } as const

describe('a draw to which units outside add secrets', () => {
  let harness: Harness
  let organiser: Organiser
  let units: ReturnType<typeof outsideUnits>
  let number = 0

  beforeAll(async () => {
    harness = await startDrawing({ witnessed: true })
    organiser = organiserOf(harness)
    units = outsideUnits(harness)
    harness.registry.objects = Array.from({ length: 10 }, (_, index) => ({ code: `A${index}`, grade: 'A' }))
    harness.registry.inspectors = ['i-1', 'i-2', 'i-3'].map((id) => ({ id, unitId: bureau }))
    harness.moveTo('2026-03-02T01:10:00.000Z')
  })
  afterAll(() => harness.dispose())

  const nextLine = (): PublishedLine => {
    number += 1
    const line = lineOf(`F${number}`, key)
    harness.planning.publish(line)
    return line
  }
  const commitmentOf = async (drawId: string) =>
    JSON.parse(await harness.text(`/v1/public/draws/${drawId}/commitment`, ['AUDITOR'])) as {
      readonly assurance: string
      readonly tips: readonly Json[]
      readonly revealWindowSeconds: number
      readonly delaySeconds: number
    }

  it('takes the secret into the seed, and says federated', async () => {
    const line = nextLine()
    const drawId = drawIdOf(line)
    const secret = secretOf(drawId)
    expect((await units.tip(drawId, secret)).status).toBe(201)
    expect(done(await organiser.freeze(line)).drawId).toBe(drawId)
    const { commitment } = done(await organiser.commit(drawId))
    expect(await commitmentOf(drawId)).toMatchObject({
      assurance: 'self',
      tips: [{ unitId: superiorUnit }],
      revealWindowSeconds: 1800,
      delaySeconds: 1800 + 2 * 600,
    })
    expect((await units.reveal(drawId, commitment?.digest ?? '', secret)).status).toBe(201)
    expect((await units.reveal(drawId, commitment?.digest ?? '', secret)).status).toBe(200)
    harness.moveTo(commitment?.roundAt ?? '')
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
    const { transcript } = JSON.parse(await harness.text(`/v1/public/draws/${drawId}/transcript`, ['AUDITOR'])) as SignedTranscript
    expect(transcript.reveals).toEqual([{ unitId: superiorUnit, secret }])
  })

  it('waits for no secret where nobody gave a tip', async () => {
    const { drawId } = done(await organiser.freeze(nextLine()))
    const { commitment } = done(await organiser.commit(drawId))
    expect(await commitmentOf(drawId)).toMatchObject({ tips: [], revealWindowSeconds: 0, delaySeconds: 1200 })
    harness.moveTo(commitment?.roundAt ?? '')
    done(await organiser.run(drawId))
  })

  it('DRW-31 DRW-32 freezes an attempt after a secret that was seen only with the superior’s approval, given before its commitment', async () => {
    const line = nextLine()
    const [drawId, second] = [drawIdOf(line), drawIdOf(line, 2)]
    await units.tip(drawId, secretOf(drawId))
    done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    expect((await units.reveal(drawId, commitment?.digest ?? '', secretOf(drawId))).status).toBe(201)
    done(await organiser.cancel(drawId, { reason: '名单有误' }))
    const { status, body } = await organiser.freeze(line, { attempt: 2 })
    expect([status, body]).toMatchObject([409, { code: 'attempt-not-approved', detail: expect.stringContaining(second) as string }])
    const record = { type: 'dual-random/approval/v1', drawId: second, unitId: superiorUnit, reason: '首次名单有误', order: null }
    expect(await units.refused(units.enter('approval', second, { ...record, unitId: outsideUnit }))).toEqual([409, 'entry-unknown-key'])
    expect(await units.refused(units.enter('approval', second, record, outsider))).toEqual([409, 'entry-unknown-key'])
    expect(await units.refused(units.enter('approval', second, { ...record, reason: '' }))).toEqual([400, 'entry-malformed'])
    expect(await units.refused(units.enter('approval', drawId, { ...record, drawId }))).toEqual([409, 'approval-too-late'])
    expect((await units.enter('approval', second, record)).status).toBe(201)
    expect((await units.enter('approval', second, record)).status).toBe(200)
    // An approval of a redraw's order is none of this attempt; it stands beside the one that is.
    expect((await units.enter('approval', second, { ...record, order: secretOf('another order') })).status).toBe(201)
    expect(done(await organiser.freeze(line, { attempt: 2 })).drawId).toBe(second)
    const again = done(await organiser.commit(second)).commitment
    harness.moveTo(again?.roundAt ?? '')
    expect(done(await organiser.run(second)).status).toBe('MATCHED')
  })

  it('admits the key of another unit by the superior alone', async () => {
    const record = outsiderRecord
    const line = nextLine()
    const drawId = drawIdOf(line)
    expect(await units.refused(units.tip(drawId, secretOf('o'), outsideUnit, outsider))).toEqual([409, 'entry-unknown-key'])
    expect(await units.refused(units.enter('key', null, record, outsider))).toEqual([409, 'entry-unknown-key'])
    expect((await units.enter('key', null, record)).status).toBe(201)
    expect((await units.enter('key', null, record)).status).toBe(200)
    expect(await units.refused(units.enter('key', null, { ...record, keyId: 'another' }))).toEqual([409, 'entry-key-taken'])
    expect(await units.refused(units.tip(drawId, secretOf('o'), superiorUnit, outsider))).toEqual([409, 'entry-unknown-key'])
    expect((await units.tip(drawId, secretOf('o'), outsideUnit, outsider)).status).toBe(201)
    expect((await units.tip(drawId, secretOf('s'))).status).toBe(201)
    done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    await units.reveal(drawId, commitment?.digest ?? '', secretOf('s'))
    await units.reveal(drawId, commitment?.digest ?? '', secretOf('o'), outsideUnit, outsider)
    harness.moveTo(commitment?.roundAt ?? '')
    expect(done(await organiser.run(drawId)).status).toBe('MATCHED')
  })

  it('DRW-31 keeps the audits of units outside, and shows one that is missing once it is due', async () => {
    const line = nextLine()
    const { drawId } = done(await organiser.freeze(line))
    const { commitment } = done(await organiser.commit(drawId))
    const record = { type: 'dual-random/audited/v1', drawId, findings: 0, match: hex('8'), unitId: superiorUnit }
    expect(await units.refused(units.enter('audited', drawId, record))).toEqual([409, 'draw-not-matched'])
    harness.moveTo(commitment?.roundAt ?? '')
    const { match = { digest: '' }, audit } = done(await organiser.run(drawId))
    const dueAt = addMs(harness.now(), 10 * 86_400_000)
    expect(audit).toEqual({ dueAt, missing: false, done: [] })
    const shown = async () => JSON.parse(await harness.text(`/v1/public/draws/${drawId}`, ['AUDITOR'])) as Pick<DrawBody, 'audit'>
    const missing = async () => {
      const answer = await harness.text(`/v1/draws?auditMissing=true&limit=500`, ['AUDITOR'])
      return (JSON.parse(answer) as { readonly items: readonly DrawBody[] }).items.map((draw) => draw.drawId)
    }
    harness.moveTo(dueAt)
    expect(await missing()).not.toContain(drawId)
    harness.moveTo(addMs(dueAt, 1))
    expect(await missing()).toContain(drawId)
    expect((await shown()).audit).toEqual({ dueAt, missing: true, done: [] })

    const own = { ...record, match: match.digest }
    expect(await units.refused(units.enter('audited', drawId, record))).toEqual([409, 'audit-no-match'])
    expect(await units.refused(units.enter('audited', drawId, { ...own, unitId: bureau }))).toEqual([409, 'audit-by-organiser'])
    expect(await units.refused(units.enter('audited', drawId, { ...own, findings: -1 }))).toEqual([400, 'entry-malformed'])
    expect((await units.enter('audited', drawId, own)).status).toBe(201)
    expect((await units.enter('audited', drawId, own)).status).toBe(200)
    expect(await units.refused(units.enter('audited', drawId, { ...own, findings: 1 }))).toEqual([409, 'audit-differs'])
    expect((await shown()).audit).toEqual({ dueAt, missing: false, done: [{ unitId: superiorUnit, at: harness.now(), findings: 0 }] })
    expect(await missing()).not.toContain(drawId)
  })

  it('refuses a bad signature and a malformed record, and says where', async () => {
    const drawId = drawIdOf(nextLine())
    const record = { type: 'dual-random/tip/v1', drawId, unitId: superiorUnit, tip: hex('1') }
    expect(await units.refused(units.enter('tip', drawIdOf(nextLine()), record))).toEqual([409, 'entry-bad-signature'])
    expect(await units.refused(units.enter('tip', drawId, { ...record, tip: 'zz' }))).toEqual([400, 'entry-malformed'])
    expect(await units.refused(units.enter('tip', drawId, { ...record, more: 'x' }))).toEqual([400, 'entry-malformed'])
  })
})
