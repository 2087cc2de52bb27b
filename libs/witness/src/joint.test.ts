import { deriveDrawId, hexDigest, orderedBy, tipOf } from '@dual-random/draw'
import { type Json, utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { recordDigest } from './records.ts'
import { at, commitmentText, drawId, hash, LogBuilder, newCopy, regionCode, secret, snapshotOf, tip, unitId } from './testing/index.ts'

// A draw of several cities (docs/draw-protocol.md §23) as a witness of one city's log sees it: the log is of 110101.

const now = at('00:20:00')
const refusal = (builder: LogBuilder): unknown => {
  const checked = newCopy().check(builder.submission(), now)
  return checked.ok ? 'accepted' : checked.error
}
const wrong = (pointer: string) => ({ code: 'wrong-commitment', pointer })

const partOf = (code: string, of: string, changes: object = {}): Json => ({
  snapshot: { ...(snapshotOf(of) as Record<string, Json>), regionCode: code },
  witnesses: { count: 4, quorum: 3 },
  ...changes,
})
/** S of another city's unit, in whose draw this city takes part. */
const organiser = '230300'
const subject = { kind: 'plan-line', planId: 'plan-1', lineId: 'L01' } as const
const idOf = (attempt: number): string => deriveDrawId(hash, { regionCode: organiser, subject, batch: 1, attempt })
const elsewhere = (changes: Readonly<Record<string, Json>> = {}, attempt = 1): string =>
  commitmentText({
    regionCode: organiser,
    drawId: idOf(attempt),
    attempt,
    snapshot: snapshotOf(idOf(attempt)),
    witnesses: { count: 5, quorum: 4 },
    joint: { merged: false, parts: [partOf(regionCode, idOf(attempt)), partOf('230600', idOf(attempt))] },
    ...changes,
  })
const frozen = (of = idOf(1), builder = new LogBuilder()): LogBuilder =>
  builder.entry('snapshot', recordDigest(hash, (partOf(regionCode, of) as { readonly snapshot: Json }).snapshot), { by: 'registry', of })
const taking = (text = elsewhere()): LogBuilder => frozen().commitment(text, idOf(1))
const parts = (...all: readonly Json[]) => elsewhere({ joint: { merged: false, parts: all } })

describe('a draw of several cities, as a witness of one of them sees it', () => {
  it('DRW-26 cosigns the S of another city that names this one’s pool and witnesses', () => {
    expect(refusal(taking())).toBe('accepted')
    expect(refusal(taking().entry('transcript', hexDigest(hash, utf8('t')), { of: idOf(1) }))).toBe('accepted')
  })

  it('DRW-26 cosigns no S of another city in which this one takes no part', () => {
    expect(refusal(taking(parts(partOf('230600', idOf(1)))))).toMatchObject(wrong('/regionCode'))
    expect(
      refusal(new LogBuilder().snapshot(idOf(1)).commitment(commitmentText({ regionCode: organiser, drawId: idOf(1) }), idOf(1))),
    ).toMatchObject(wrong('/regionCode'))
  })

  it('DRW-26 holds S to this city’s snapshot, and to its own witnesses', () => {
    expect(refusal(taking(parts(partOf('110100', idOf(1)), partOf(regionCode, idOf(2)))))).toMatchObject(wrong('/joint/parts/1/snapshot'))
    expect(refusal(taking(parts(partOf(regionCode, idOf(1), { witnesses: { count: 5, quorum: 3 } }))))).toMatchObject(
      wrong('/joint/parts/0/witnesses/count'),
    )
    expect(refusal(taking(parts(partOf(regionCode, idOf(1), { witnesses: { count: 4, quorum: 4 } }))))).toMatchObject(
      wrong('/joint/parts/0/witnesses/quorum'),
    )
    expect(refusal(taking(parts(partOf(regionCode, idOf(1), { snapshot: {} }))))).toMatchObject(wrong('/joint/parts/0/snapshot/regionCode'))
  })

  it('DRW-26 DRW-31 asks for the drawId of the organiser’s city, and for one S', () => {
    expect(refusal(frozen(drawId).commitment(elsewhere({ drawId }), drawId))).toMatchObject(wrong('/drawId'))
    expect(refusal(taking().commitment(elsewhere({ organiserUnitId: 'another' }), idOf(1)))).toMatchObject({ code: 'second-entry' })
  })

  it('DRW-26 leaves tips and approvals to the organiser’s log', () => {
    const tips = [{ unitId, tip: tipOf(hash, idOf(1), { unitId, secret }) }]
    expect(refusal(taking(elsewhere({ tips })))).toBe('accepted')
    const own = (of: readonly Json[]) => commitmentText({ tips: of, joint: { merged: true, parts: [partOf('230600', drawId)] } })
    expect(
      refusal(
        new LogBuilder()
          .unitKey()
          .tip()
          .snapshot()
          .commitment(own([{ unitId, tip }])),
      ),
    ).toBe('accepted')
    expect(refusal(new LogBuilder().unitKey().tip().snapshot().commitment(own([])))).toMatchObject(wrong('/tips'))
  })

  it('DRW-26 takes a second attempt of which it has no first, but none of a draw that stands', () => {
    const second = (builder: LogBuilder) => frozen(idOf(2), builder).commitment(elsewhere({}, 2), idOf(2))
    expect(refusal(second(new LogBuilder()))).toBe('accepted')
    expect(refusal(second(taking()))).toBe('accepted')
    expect(refusal(second(taking().entry('transcript', hexDigest(hash, utf8('t')), { of: idOf(1) })))).toMatchObject(wrong('/attempt'))
  })

  it('DRW-26 DRW-30 cosigns a redraw of it in this city, and none of several cities', () => {
    const redraw = (others: readonly Json[] | undefined, after: LogBuilder) => {
      const approval = { approvedAt: at('00:05:00'), unitId: '110000-scj', reasons: [{ reason: 'findings', count: 1 }] }
      const of = {
        kind: 'redraw',
        parentDrawId: drawId,
        purpose: 'escalation',
        labels: [],
        after: [{ drawId, transcript: hexDigest(hash, utf8('t')) }],
        approval,
      } as const
      const id = deriveDrawId(hash, { regionCode, subject: of, batch: 1, attempt: 1 })
      const joint: Readonly<Record<string, Json>> = others === undefined ? {} : { joint: { merged: false, parts: others } }
      const text = commitmentText({ subject: of, drawId: id, snapshot: snapshotOf(id), ...joint })
      return after
        .snapshot(id)
        .approval(id, { order: orderedBy(hash, JSON.parse(text) as Parameters<typeof orderedBy>[1]) })
        .commitment(text, id)
    }
    const drawn = (text?: string) =>
      new LogBuilder()
        .snapshot()
        .commitment(text)
        .entry('transcript', hexDigest(hash, utf8('t')))
    expect(refusal(redraw(undefined, drawn()))).toBe('accepted')
    expect(refusal(redraw([partOf('230600', drawId)], drawn()))).toMatchObject(wrong('/joint'))
    const joint = commitmentText({ joint: { merged: true, parts: [partOf('230600', drawId)] } })
    expect(refusal(redraw(undefined, drawn(joint)))).toBe('accepted')
  })

  it('DRW-26 keeps to one deadline: S is as late in this log as in any', () => {
    const checked = newCopy().check(taking().submission(), at('00:50:01'))
    expect(checked.ok || checked.error).toMatchObject({ code: 'round-too-near' })
  })
})
