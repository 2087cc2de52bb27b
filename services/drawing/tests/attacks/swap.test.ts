import {
  type Commitment,
  deriveDrawId,
  type MatchRecord,
  type RedrawOrderRecord,
  type RedrawSubject,
  redrawOrderDigest,
  roundOf,
} from '@dual-random/draw'
import type { ApiAnswer } from '@dual-random/testkit'
import { parseRedrawOrder } from '@dual-random/witness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Hash } from '../fixtures.ts'
import { type Attacked, startAttacked } from '../support/attacked.ts'
import { bureau, regionCode } from '../support/harness.ts'
import { outsideUnits } from '../support/outside-units.ts'
import { done, finishDraw, refusal } from '../support/steps.ts'

interface Orders {
  readonly items: readonly { readonly order: number; readonly status: string }[]
  readonly code?: string
}

/** An organiser that has inspectors declare recusals until the team pleases it (docs/draw-protocol.md §18, §21). */
describe('inspectors swapped by declared recusals', () => {
  let attacked: Attacked
  beforeAll(async () => {
    attacked = await startAttacked()
    attacked.harness.registry.inspectors = ['i-1', 'i-2', 'i-3', 'i-4'].map((id) => ({ id, unitId: bureau }))
  })
  afterAll(() => attacked.harness.dispose())

  it('attack: a swap by declared recusal. It needs a reason and the superior, is public, draws by a later round, and nobody who left comes back', async () => {
    const { harness, organiser } = attacked
    const { drawId, roundAt } = await attacked.committed()
    harness.moveTo(roundAt)
    done(await organiser.run(drawId))
    const teamIn = async (of: string, object?: string) => {
      const { matches } = JSON.parse(await harness.text(`/v1/draws/${of}/match`, ['AUDITOR'])) as MatchRecord
      const match = matches.find((one) => object === undefined || one.object === object)
      return { object: match?.object ?? '', members: match?.teams[0]?.members ?? [] }
    }
    const { object, members } = await teamIn(drawId)
    const [leaving = '', staying = ''] = members
    const propose = async (inspectors: readonly string[], reason = 'RECUSAL'): Promise<ApiAnswer<Orders>> =>
      (await harness.as(['DRAW_ORGANISER'])).post<Orders>(`/v1/draws/${drawId}/redraws`, {
        purpose: 'REMATCH',
        grounds: [{ reason, label: object, unitId: bureau, inspectors }],
      })
    const approve = async (order: number, unitId: string): Promise<ApiAnswer<Orders>> =>
      (await harness.as(['FILING_REVIEWER'], unitId, unitId.slice(0, 6))).post<Orders>(`/v1/draws/${drawId}/redraws/${order}/approve`, {})
    const freeze = async (order: number) =>
      (await harness.as(['DRAW_ORGANISER'])).post<never>(`/v1/draws/${drawId}/redraws/${order}/freeze`, { attempt: 1 })

    /** The superior approves an order in the log, as its text reads. */
    const approveInLog = async (number: number, change: Partial<RedrawOrderRecord> = {}): Promise<void> => {
      const text = await harness.text(`/v1/draws/${drawId}/redraws/${number}/text`, ['FILING_REVIEWER'])
      const read = parseRedrawOrder(text)
      if (!read.ok) throw new Error(read.error.pointer)
      const digest = redrawOrderDigest(sha256Hash, { ...read.value, ...change })
      const subject = { kind: 'redraw', parentDrawId: drawId } as const
      const redrawId = deriveDrawId(sha256Hash, { regionCode, subject, batch: number, attempt: 1 })
      expect((await outsideUnits(harness).approve(redrawId, '回避', digest)).status).toBe(201)
    }

    const unknown = await propose([leaving], 'NOT_LIKED')
    expect([unknown.status, unknown.body.code]).toEqual([400, 'redraw-reason-unknown'])
    expect((await propose([leaving])).status).toBe(200)
    expect(refusal(await freeze(1))).toEqual([409, 'redraw-not-approved'])
    const byItself = await approve(1, bureau)
    expect([byItself.status, byItself.body.code]).toEqual([403, 'not-the-superior'])
    expect((await approve(1, '230000-scj')).status).toBe(200)
    // What S says of an approval is the organiser's word; the superior's own stands in the log.
    expect(refusal(await freeze(1))).toEqual([409, 'attempt-not-approved'])
    // An approval of another order, with other objects, does not serve for this one.
    await approveInLog(1, { labels: ['a'.repeat(64)] })
    expect(refusal(await freeze(1))).toEqual([409, 'attempt-not-approved'])
    await approveInLog(1)
    harness.moveTo(new Date(Date.parse(harness.now()) + 60_000).toISOString())
    const rematch = await finishDraw(harness, organiser, done(await freeze(1)).drawId)
    expect(rematch.status).toBe('MATCHED')

    const after = await teamIn(rematch.drawId, object)
    expect(after.members).toContain(staying)
    expect(after.members).not.toContain(leaving)
    const commitmentOf = async (of: string) => JSON.parse(await harness.text(`/v1/public/draws/${of}/commitment`, [])) as Commitment
    const [before, now] = [await commitmentOf(drawId), await commitmentOf(rematch.drawId)]
    expect(now.subject as RedrawSubject).toMatchObject({
      kind: 'redraw',
      purpose: 'rematch',
      labels: [object],
      approval: { unitId: '230000-scj', reasons: [{ reason: 'RECUSAL', count: 1 }] },
    })
    const [later, earlier] = [now, before].map(({ beacons }) => beacons.map(roundOf))
    expect(later?.[0]).toBeGreaterThan(earlier?.[0] ?? Number.POSITIVE_INFINITY)

    // Whoever was replaced cannot be recused again, nor drawn again when another leaves.
    const again = await propose([leaving])
    expect([again.status, again.body.code]).toEqual([409, 'inspector-not-in-team'])
    const successor = after.members.find((member) => member !== staying) ?? ''
    expect((await propose([successor])).status).toBe(200)
    expect((await approve(2, '230000-scj')).status).toBe(200)
    await approveInLog(2)
    harness.moveTo(new Date(Date.parse(harness.now()) + 60_000).toISOString())
    const second = await finishDraw(harness, organiser, done(await freeze(2)).drawId)
    const { members: last } = await teamIn(second.drawId, object)
    expect(last).toContain(staying)
    for (const gone of [leaving, successor]) expect(last).not.toContain(gone)
  })
})
