import { deriveDrawId, hexDigest, orderedBy, tipOf } from '@dual-random/draw'
import { canonicalJson, type Instant, type Json, utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { cosign, type SignedCheckpoint } from './checkpoint.ts'
import type { Submission } from './log-copy.ts'
import {
  at,
  commitmentText,
  deadline,
  drawId,
  drawIdOf,
  farBeacons,
  hash,
  keyOf,
  keysFile,
  LogBuilder,
  newCopy,
  regionCode,
  secret,
  snapshotOf,
  tip,
  unitId,
} from './testing/index.ts'

const refusal = (builder: LogBuilder): unknown => {
  const checked = newCopy().check(builder.submission(), at('00:20:00'))
  return checked.ok ? 'accepted' : checked.error
}
const transcriptOf = (name: string): string => hexDigest(hash, utf8(`transcript ${name}`))

describe('a second attempt, as a witness sees it', () => {
  const second = drawIdOf(2)
  const attempt = commitmentText({ attempt: 2, drawId: second, snapshot: snapshotOf(second) })
  /** The log until the first attempt has its S, with a unit's tip in it. */
  const first = (): LogBuilder =>
    new LogBuilder()
      .unitKey()
      .tip()
      .snapshot()
      .commitment(commitmentText({ tips: [{ unitId, tip }] }))
  /** The same without anybody's secret. */
  const plain = (): LogBuilder => new LogBuilder().snapshot().commitment()
  const revealed = (): LogBuilder => {
    const builder = first()
    return builder.reveal(builder.last.digest)
  }
  const tried = (builder: LogBuilder): LogBuilder => builder.snapshot(second).commitment(attempt, second)
  const approved = (...given: Parameters<LogBuilder['approval']>): unknown =>
    refusal(
      revealed()
        .void()
        .approval(...given),
    )

  it('DRW-31 follows one that was frozen, and that came to nothing', () => {
    expect(refusal(tried(new LogBuilder()))).toEqual({ code: 'wrong-commitment', seq: 2, pointer: '/attempt' })
    expect(refusal(tried(new LogBuilder().snapshot()))).toBe('accepted')
    expect(refusal(new LogBuilder().snapshot(second).snapshot().commitment(attempt, second))).toMatchObject({ pointer: '/attempt' })
    expect(refusal(tried(plain().void()))).toBe('accepted')
    expect(refusal(tried(first().entry('transcript', transcriptOf('first'))))).toMatchObject({
      code: 'wrong-commitment',
      pointer: '/attempt',
    })
  })

  it('DRW-31 follows all of them, each with its S before the next was frozen', () => {
    const third = drawIdOf(3)
    const text = commitmentText({ attempt: 3, drawId: third, snapshot: snapshotOf(third) })
    const builder = (frozen: LogBuilder): LogBuilder => frozen.snapshot(third).commitment(text, third)
    expect(refusal(builder(new LogBuilder().snapshot().snapshot(second)))).toBe('accepted')
    expect(refusal(builder(new LogBuilder().snapshot(second)))).toMatchObject({ code: 'wrong-commitment', pointer: '/attempt' })
    const isDrawn = new LogBuilder().snapshot().commitment().entry('transcript', transcriptOf('first')).snapshot(second)
    expect(refusal(builder(isDrawn))).toMatchObject({ code: 'wrong-commitment', pointer: '/attempt' })
    const both = new LogBuilder().snapshot().snapshot(second)
    expect(refusal(both.commitment())).toMatchObject({ code: 'wrong-commitment', seq: 3, pointer: '/attempt' })
  })

  it('DRW-31 needs the superior’s approval where nobody ended the attempt before, also two attempts before', () => {
    const third = drawIdOf(3)
    const text = commitmentText({ attempt: 3, drawId: third, snapshot: snapshotOf(third) })
    expect(refusal(tried(first()))).toEqual({ code: 'not-approved', seq: 6 })
    expect(refusal(tried(first().approval(second)))).toBe('accepted')
    const skipped = (): LogBuilder => first().snapshot(second).void(second)
    expect(refusal(skipped().snapshot(third).commitment(text, third))).toEqual({ code: 'not-approved', seq: 8 })
    expect(refusal(skipped().snapshot(third).approval(third).commitment(text, third))).toBe('accepted')
  })

  describe('DRW-31 asks when the void was held, as a result that is known could be given up by a void that comes later', () => {
    const later = { ...JSON.parse(attempt), beacons: farBeacons }
    const again = canonicalJson(later)
    /** A copy that took the first attempt in time, and its void at an instant; then the second attempt, with what others signed. */
    const heldVoid = (at_: Instant, proofs?: (log: LogBuilder, checkpoint: SignedCheckpoint) => Submission['proofs']): unknown => {
      const [log, copy] = [plain(), newCopy()]
      const take = (from: number, now: Instant, proven: Submission['proofs'] = []): unknown => {
        const checked = copy.check({ ...log.submission(from), proofs: proven }, now)
        if (!checked.ok) return checked.error
        copy.take(checked.value)
        return 'accepted'
      }
      take(0, at('00:20:00'))
      log.void()
      take(log.lines.length - 1, at_)
      const proven = proofs?.(log, log.checkpoint())
      log.snapshot(second).commitment(again, second)
      return take(log.lines.length - 2, at('02:00:00'), proven)
    }
    const seenBy = (names: readonly string[], receivedAt: Instant) => (_log: LogBuilder, checkpoint: SignedCheckpoint) => [
      {
        ...checkpoint,
        cosignatures: names.map((witnessId) => cosign(hash, checkpoint.checkpoint, { witnessId, receivedAt }, keyOf(witnessId).sign)),
      },
    ]

    it('in time, to the instant', () => {
      expect(heldVoid(deadline)).toBe('accepted')
      expect(heldVoid(at('00:50:01'))).toEqual({ code: 'not-approved', seq: 5, void: 3 })
    })

    it('or others show that a quorum of them held it in time', () => {
      const late = at('01:30:00')
      expect(heldVoid(late, seenBy(['w1', 'w2', 'w3'], deadline))).toBe('accepted')
      expect(heldVoid(late, seenBy(['w1', 'w2'], deadline))).toMatchObject({ code: 'not-approved' })
      expect(heldVoid(late, seenBy(['w1', 'w2', 'w3'], at('00:50:01')))).toMatchObject({ code: 'not-approved' })
    })

    it('also after it read its copy back', () => {
      const log = plain().void()
      const back = (heldAt: Instant | undefined): unknown => {
        const copy = newCopy()
        copy.restore(log.lines, log.commitments, () => heldAt)
        const more = new Continued(log).snapshot(second).commitment(again, second)
        const checked = copy.check(more.submission(log.lines.length), at('02:00:00'))
        return checked.ok ? 'accepted' : checked.error
      }
      expect([deadline, at('00:50:01'), undefined].map(back)).toMatchObject([
        'accepted',
        { code: 'not-approved', void: 3 },
        { code: 'not-approved', void: 3 },
      ])
    })
  })

  it('DRW-31 needs the superior’s approval after a reveal, whether or not a void followed it', () => {
    expect(refusal(tried(revealed()))).toEqual({ code: 'not-approved', seq: 7 })
    expect(refusal(tried(revealed().void()))).toEqual({ code: 'not-approved', seq: 8 })
    expect(refusal(tried(revealed().void().approval(second)))).toBe('accepted')
    expect(refusal(tried(revealed().void().approval(drawIdOf(3))))).toMatchObject({ code: 'not-approved' })
  })

  it('DRW-31 needs it too where another secret came after the void', () => {
    const superiorUnit = keysFile.superior.unitId
    const secrets = { [unitId]: secret, [superiorUnit]: hexDigest(hash, utf8('the superior’s')) }
    const tips = Object.entries(secrets).map(([of, own]) => ({ unitId: of, tip: tipOf(hash, drawId, { unitId: of, secret: own }) }))
    const builder = new LogBuilder().unitKey()
    for (const one of tips)
      builder.record('tip', { type: 'dual-random/tip/v1', drawId, ...one }, one.unitId === unitId ? 'unit' : 'superior')
    builder.snapshot().commitment(commitmentText({ tips }))
    const { digest } = builder.last
    builder.reveal(digest).void()
    const late = { type: 'dual-random/reveal/v1', drawId, unitId: superiorUnit, commitment: digest, secret: secrets[superiorUnit] ?? '' }
    expect(refusal(tried(builder.record('reveal', late, 'superior')))).toMatchObject({ code: 'not-approved' })
  })

  it('DRW-31 needs it after a void where somebody gave a tip, as who did may have shown the secret before, but not where the void came before S', () => {
    expect(refusal(tried(first().void()))).toEqual({ code: 'not-approved', seq: 7 })
    const early = new LogBuilder().unitKey().tip().snapshot().void()
    expect(refusal(tried(early.commitment(commitmentText({ tips: [{ unitId, tip }] }))))).toBe('accepted')
  })

  it('DRW-31 has no transcript any more once the next is frozen', () => {
    const drawn = (builder: LogBuilder): unknown => refusal(builder.entry('transcript', transcriptOf('first')))
    expect(drawn(plain())).toBe('accepted')
    expect(drawn(plain().void().snapshot(second))).toEqual({ code: 'after-next-attempt', seq: 5 })
    expect(drawn(plain().snapshot(drawIdOf(3)))).toBe('accepted')
    const held = plain().void().snapshot(second).entry('transcript', transcriptOf('first'))
    expect(newCopy().restore(held.lines, held.commitments)).toEqual({ ok: true, value: undefined })
  })

  it('DRW-31 is read back as it was judged, whatever approval and margin are asked for since', () => {
    const unapproved = tried(first().void())
    expect(newCopy({ ...keysFile, leastMarginSeconds: 900 }).restore(unapproved.lines, unapproved.commitments)).toEqual({
      ok: true,
      value: undefined,
    })
  })

  it('DRW-31 needs an approval before its S, by the superior and in its own name, with a reason', () => {
    expect(refusal(tried(revealed().void().approval(second)).approval(second))).toMatchObject({ code: 'second-entry', kind: 'approval' })
    expect(
      refusal(
        tried(
          revealed()
            .void()
            .approval(second, { order: transcriptOf('x') }),
        ),
      ),
    ).toEqual({ code: 'not-approved', seq: 9 })
    expect(
      refusal(
        tried(
          revealed()
            .void()
            .approval(second, { order: transcriptOf('x') })
            .approval(second),
        ),
      ),
    ).toBe('accepted')
    expect(refusal(first().approval(drawId))).toEqual({ code: 'second-entry', seq: 5, kind: 'approval' })
    expect(approved(second, { unitId }, 'unit')).toMatchObject({ code: 'unknown-key', keyId: 'unit-110000-fzb' })
    expect(approved(second, {}, 'drawing')).toMatchObject({ code: 'unknown-key' })
    expect(approved(second, { unitId })).toMatchObject({ code: 'unknown-key', keyId: 'superior-110000' })
    expect(approved(second, { reason: '' })).toMatchObject({ code: 'broken-log', part: 'record', pointer: '/record/reason' })
    expect(approved(second, { drawId })).toMatchObject({ code: 'broken-log', part: 'record', pointer: '/record/drawId' })
    expect(approved(second)).toBe('accepted')
  })
})

it('DRW-32 leaves at least the pinned margin, to the second', () => {
  const leaving = (marginSeconds: number, leastMarginSeconds?: number): unknown => {
    const log = new LogBuilder().snapshot().commitment(commitmentText({ marginSeconds }))
    const copy = newCopy(leastMarginSeconds === undefined ? keysFile : { ...keysFile, leastMarginSeconds })
    const checked = copy.check(log.submission(), at('00:20:00'))
    return checked.ok ? 'accepted' : checked.error
  }
  const short = { code: 'wrong-commitment', seq: 2, pointer: '/marginSeconds' }
  expect([leaving(600), leaving(599)]).toEqual(['accepted', short])
  expect([leaving(20, 20), leaving(19, 20), leaving(600, 601)]).toEqual(['accepted', short, short])
})

it('DRW-26 names the other cities of a draw, where it says that there are some', () => {
  const log = new LogBuilder().snapshot().commitment(commitmentText({ joint: { merged: false, parts: [] } }))
  expect(refusal(log)).toEqual({ code: 'wrong-commitment', seq: 2, pointer: '/joint/parts' })
})

describe('a redraw, as a witness sees it', () => {
  const redrawIdOf = (number: number, attempt = 1): string =>
    deriveDrawId(hash, { regionCode, subject: { kind: 'redraw', parentDrawId: drawId }, batch: number, attempt })
  const named = (...ids: readonly string[]) => [...ids].sort().map((one) => ({ drawId: one, transcript: transcriptOf(one) }))
  const textOf = (number: number, after: readonly Json[], changes: Readonly<Record<string, Json>> = {}): string =>
    commitmentText({
      subject: {
        kind: 'redraw',
        parentDrawId: drawId,
        purpose: 'escalation',
        labels: [],
        after,
        approval: { approvedAt: at('00:05:00'), unitId: '110000-scj', reasons: [{ reason: 'findings', count: 1 }] },
        ...changes,
      },
      batch: number,
      drawId: redrawIdOf(number),
      snapshot: snapshotOf(redrawIdOf(number)),
    })
  const frozen = (): LogBuilder => new LogBuilder().snapshot().commitment()
  const drawn = (): LogBuilder => frozen().entry('transcript', transcriptOf(drawId))
  /** The digest of the order that an S is of. */
  const orderOf = (text: string): string | null => orderedBy(hash, JSON.parse(text) as Parameters<typeof orderedBy>[1])
  const redraw = (builder: LogBuilder, number: number, after: readonly Json[], changes: Readonly<Record<string, Json>> = {}): LogBuilder =>
    builder
      .snapshot(redrawIdOf(number))
      .approval(redrawIdOf(number), { order: orderOf(textOf(number, after)) })
      .commitment(textOf(number, after, changes), redrawIdOf(number))
  const twice = (): LogBuilder => redraw(drawn(), 1, named(drawId)).entry('transcript', transcriptOf(redrawIdOf(1)), { of: redrawIdOf(1) })

  it('DRW-30 comes after the parent, and after every redraw drawn before', () => {
    expect(refusal(redraw(drawn(), 1, named(drawId)))).toBe('accepted')
    expect(refusal(redraw(twice(), 2, named(drawId, redrawIdOf(1))))).toBe('accepted')
    const wrong = { code: 'wrong-commitment', pointer: '/subject/after' }
    expect(refusal(redraw(frozen(), 1, named(drawId)))).toMatchObject(wrong)
    expect(refusal(redraw(frozen(), 1, []))).toMatchObject(wrong)
    expect(refusal(redraw(twice(), 2, named(drawId)))).toMatchObject(wrong)
    expect(refusal(redraw(twice(), 2, named(drawId, redrawIdOf(1)).toReversed()))).toMatchObject(wrong)
    expect(refusal(redraw(twice(), 2, [...named(drawId), { drawId: redrawIdOf(1), transcript: transcriptOf('another') }]))).toMatchObject(
      wrong,
    )
  })

  it('DRW-30 needs the superior’s own approval, whatever S says of one', () => {
    const number = redrawIdOf(1)
    const bare = drawn()
      .snapshot(number)
      .commitment(textOf(1, named(drawId)), number)
    expect(refusal(bare)).toEqual({ code: 'not-approved', seq: 5 })
  })

  it('DRW-30 needs it of this order: labels, purpose, reasons and counts are the superior’s, not the organiser’s', () => {
    const approval = { approvedAt: at('00:05:00'), unitId: '110000-scj', reasons: [{ reason: 'recusal', count: 1 }] }
    const replacement = { purpose: 'replacement', labels: [transcriptOf('label')] }
    for (const changes of [{ approval }, replacement])
      expect(refusal(redraw(drawn(), 1, named(drawId), changes))).toEqual({ code: 'not-approved', seq: 6 })
    const counted = (count: number): string =>
      canonicalJson({
        ...(JSON.parse(textOf(1, named(drawId))) as Readonly<Record<string, Json>>),
        strata: [{ stratum: 'A', rule: { kind: 'count', count } }],
      })
    const tried = (text: string): unknown =>
      refusal(
        drawn()
          .snapshot(redrawIdOf(1))
          .approval(redrawIdOf(1), { order: orderOf(counted(2)) })
          .commitment(text, redrawIdOf(1)),
      )
    expect([tried(counted(2)), tried(counted(3))]).toEqual(['accepted', { code: 'not-approved', seq: 6 }])
  })

  it('DRW-30 leaves no number out', () => {
    expect(refusal(redraw(drawn(), 2, named(drawId)))).toMatchObject({ code: 'wrong-commitment', pointer: '/batch' })
    // One that came to nothing has its number too.
    expect(refusal(redraw(drawn().snapshot(redrawIdOf(1)).void(redrawIdOf(1)), 2, named(drawId)))).toBe('accepted')
  })

  it('DRW-30 is not frozen before one of those that it comes after is drawn', () => {
    const early = drawn()
      .snapshot(redrawIdOf(1))
      .approval(redrawIdOf(1), { order: orderOf(textOf(1, named(drawId))) })
      .commitment(textOf(1, named(drawId)), redrawIdOf(1))
      .snapshot(redrawIdOf(2))
    early.entry('transcript', transcriptOf(redrawIdOf(1)), { of: redrawIdOf(1) })
    for (const after of [named(drawId), named(drawId, redrawIdOf(1))])
      expect(refusal(new Continued(early).commitment(textOf(2, after), redrawIdOf(2)))).toMatchObject({ pointer: '/subject/after' })
  })

  it.each([
    ['/subject/purpose', { purpose: 'swap' }],
    ['/subject/labels/0', { labels: ['x'] }],
    [
      '/subject/approval/reasons/0/reason',
      { approval: { approvedAt: at('00:05:00'), unitId: '110000-scj', reasons: [{ reason: '', count: 1 }] } },
    ],
    ['/subject/more', { more: 1 }],
  ])('DRW-30 is refused with another form at %s', (pointer, changes) => {
    expect(refusal(redraw(drawn(), 1, named(drawId), changes))).toMatchObject({ code: 'wrong-commitment', pointer })
  })
})

/** A log that goes on from another, which stays as it is. */
class Continued extends LogBuilder {
  constructor({ lines, commitments }: LogBuilder) {
    super()
    this.lines.splice(0, 1, ...lines)
    for (const [digest, text] of commitments) this.commitments.set(digest, text)
  }
}
