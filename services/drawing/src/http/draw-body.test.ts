import { addMs, type Instant, type UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { after, happened, hex, matching, snapshot } from '../../tests/fixtures.ts'
import type { Draw } from '../domain/draw.ts'
import { drawBody, publicDrawBody } from './draw-body.ts'
import { drawSchema, publicDrawSchema } from './schemas.ts'

const stale = { dataset: 'CREDIT_RESULTS', of: '230300', limitDays: 31 }
const draw = (more: Partial<typeof snapshot & { staleSources: readonly (typeof stale)[] }>) =>
  after({ ...happened.frozen, snapshot: { ...snapshot, ...more } })

const now = '2026-03-12T01:30:05.000Z' as Instant

describe('a draw as it is shown', () => {
  it('DQ-07 flags stale sources to those who read draws, not to everyone', () => {
    expect(drawBody(draw({ staleSources: [stale] }), now)).toMatchObject({ staleSources: [stale] })
    expect(drawBody(draw({ staleSources: [] }), now)).toMatchObject({ staleSources: [] })
    expect(publicDrawBody(draw({ staleSources: [stale] }), now)).not.toHaveProperty('staleSources')
  })

  it('DQ-07 shows a draw that was stored before sources were told of, without saying that none was stale', () => {
    const body = drawBody(draw({}), now)
    expect(body).not.toHaveProperty('staleSources')
    expect(drawSchema.safeParse(body).success).toBe(true)
  })

  it('DRW-30 names of each redraw the attempt that stands to whoever asks for the parent, and none where there is none', () => {
    const { frozen, prepared, committed, drawn, matched, voided } = happened
    const order = (number: number) => ({
      order: number,
      number,
      status: 'APPROVED',
      purpose: 'rematch',
      grounds: [{ reason: 'RECUSAL', label: hex('b') }],
      counts: {},
      proposedAt: '2026-04-01T01:00:00.000Z',
      proposedBy: 'organiser',
      approvedAt: '2026-04-01T02:00:00.000Z',
      approvedBy: 'superior',
      unitId: '230000-scj',
    })
    const parent = { ...after(frozen, prepared, committed, drawn, matched), redraws: [1, 2, 3].map(order) } as unknown as Draw
    const attempt = (batch: number, drawId: string, of: Draw) => ({ ...of, batch, drawId }) as Draw
    const attempts = [
      attempt(1, hex('1'), after(frozen, voided)),
      attempt(1, hex('2'), after(frozen, prepared, committed)),
      attempt(2, hex('3'), after(frozen, voided)),
    ]
    const body = publicDrawBody(parent, now, attempts)
    expect(body.redraws?.map(({ number, drawId }) => [number, drawId])).toEqual([
      [1, hex('2')],
      [2, undefined],
      [3, undefined],
    ])
    expect(publicDrawSchema.parse(body)).toEqual(body)
    expect(JSON.stringify(body)).not.toContain(hex('b'))
    expect(publicDrawBody(parent, now).redraws?.map(({ drawId }) => drawId)).toEqual([undefined, undefined, undefined])
  })

  it('DRW-31 shows everyone the audit that is due, when it is missing, and who gave one', () => {
    const { frozen, prepared, committed, drawn, matched, closed } = happened
    const matchedAt = addMs(now, -10 * 86_400_000)
    const due = after(frozen, prepared, committed, drawn, { ...matched, matching: { ...matching, matchedAt } })
    const later = addMs(now, 1)
    for (const body of [drawBody, publicDrawBody]) {
      expect(body(after(frozen, prepared, committed, drawn), later)).not.toHaveProperty('audit')
      expect(body(after(frozen, prepared, committed, drawn, matched, closed), later).audit).toEqual({ missing: false, done: [] })
      expect(body(due, now).audit).toEqual({ dueAt: now, missing: false, done: [] })
      expect(body(due, later).audit).toEqual({ dueAt: now, missing: true, done: [] })
      const audit = { unitId: '230000-scj' as UnitId, at: later, findings: 2 }
      const audited = after(frozen, prepared, committed, drawn, { ...matched, matching: { ...matching, matchedAt } }, closed, {
        type: 'audited',
        audit,
      })
      expect(body(audited, later).audit).toEqual({ dueAt: now, missing: false, done: [audit] })
    }
  })
})
