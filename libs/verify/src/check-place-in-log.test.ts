import {
  type Commitment,
  deriveDrawId,
  type LogEntry,
  orderedBy,
  type RedrawOrderRecord,
  type RedrawSubject,
  redrawOrder,
  redrawOrderDigest,
  type Transcript,
} from '@dual-random/draw'
import { deadlineMsOf } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import { demoFamily, hashNamed } from '../tests/index.ts'
import { readDraw, told } from '../tests/read-draw.ts'
import {
  checkAfter,
  checkApproval,
  checkAttempt,
  checkEarlierOver,
  checkNotOvertaken,
  checkVoidOrApproval,
  earlierAttempts,
  familyInLog,
  undrawnBefore,
} from './check-place-in-log.ts'
import type { IsWitnessed } from './check-witnesses.ts'

const hash = hashNamed('sha256')
const [parent, redraw] = demoFamily([{ purpose: 'replacement' }]).map(readDraw) as [
  ReturnType<typeof readDraw>,
  ReturnType<typeof readDraw>,
]
type Entry = Pick<LogEntry, 'seq' | 'kind' | 'drawId' | 'digest' | 'record'>
const entry = (seq: number, kind: LogEntry['kind'], drawId: string, digest = `${kind} ${drawId}`): Entry => ({ seq, kind, drawId, digest })
/** The superior's approval in a line; of a redraw it names its order. */
const approvalAt = (seq: number, drawId: string, order: string | null = null): Entry => ({
  ...entry(seq, 'approval', drawId),
  record: { order },
})
const inLog = (...entries: readonly Entry[]) => entries as readonly LogEntry[]
/** A transcript whose snapshot and S entered the log as these lines. */
const entered = (t: Transcript, snapshot: number, commitment: number): Transcript => ({
  ...t,
  log: { ...t.log, entries: t.log.entries.map((one, index) => ({ ...one, seq: index === 0 ? snapshot : commitment })) },
})
const idOf = (s: Commitment, attempt: number): string => deriveDrawId(hash, { ...s, attempt })

describe('an attempt in its log', () => {
  const second = { ...parent.commitment, attempt: 2, drawId: idOf(parent.commitment, 2) }
  const [first, third] = [idOf(second, 1), idOf(second, 3)]
  const t = entered(parent.transcript, 5, 7)
  const own = entry(40, 'transcript', second.drawId)
  const attempted = (...entries: readonly Entry[]) => told(checkAttempt(hash, t, second, inLog(...entries, own)))
  const approved = (...entries: readonly Entry[]) => told(checkApproval(hash, t, second, inLog(...entries)))

  it('DRW-31 follows one that was frozen before it', () => {
    expect(attempted(entry(4, 'snapshot', first))).toEqual([])
    for (const log of [[], [entry(5, 'snapshot', first)], [entry(41, 'snapshot', third)], [entry(4, 'commitment', first)]])
      expect(attempted(...log)).toEqual(['/attempt: attempt-follows-none'])
  })

  it('DRW-31 follows all before it', () => {
    const of = { ...second, attempt: 3, drawId: third }
    const tried = (...entries: readonly Entry[]) => told(checkAttempt(hash, t, of, inLog(...entries, entry(40, 'transcript', of.drawId))))
    const both = [entry(3, 'snapshot', first), entry(4, 'snapshot', second.drawId)]
    expect(tried(...both)).toEqual([])
    expect(tried(...both.slice(1))).toEqual(['/attempt: attempt-follows-none'])
    expect(tried(...both, entry(2, 'transcript', first))).toEqual(['/attempt: attempt-follows-none'])
  })

  it('DRW-31 follows none that was drawn before; what comes later is that attempt’s own fault', () => {
    const drawnAt = (seq: number) => attempted(entry(3, 'snapshot', first), entry(seq, 'transcript', first))
    expect([4, 6, 50].map(drawnAt)).toEqual([['/attempt: attempt-follows-none'], [], []])
  })

  it('DRW-31 was frozen after S of the attempt before, and drawn before the freeze of the next', () => {
    const frozen = entry(3, 'snapshot', first)
    expect(attempted(frozen, entry(4, 'commitment', first))).toEqual([])
    expect(attempted(frozen, entry(6, 'commitment', first))).toEqual(['/attempt: attempt-follows-none'])
    expect(attempted(frozen, entry(41, 'snapshot', third))).toEqual([])
    expect(attempted(frozen, entry(39, 'snapshot', third))).toEqual(['/attempt: next-attempt-frozen'])
  })

  it('DRW-31 needs the superior’s approval after an attempt that nobody ended before its result could be known', () => {
    const committed = entry(2, 'commitment', first)
    const needed = ['line 8: not-approved']
    for (const log of [
      [],
      // Who gave a tip may have shown the secret to whoever voids.
      [entry(0, 'tip', first), entry(4, 'void', first)],
      [entry(4, 'void', third)],
      [entry(7, 'void', first)],
      [approvalAt(4, first)],
      // Nor is the approval of a redraw's order one of an attempt that is none.
      [approvalAt(4, second.drawId, first)],
    ])
      expect(approved(committed, ...log)).toEqual(needed)
    for (const log of [[entry(4, 'void', first)], [entry(0, 'tip', first), entry(1, 'void', first)], [approvalAt(9, second.drawId)]])
      expect(approved(committed, ...log)).toEqual([])
    // What has no S can have no result.
    expect(approved()).toEqual([])
    expect(approved(entry(6, 'reveal', third), entry(2, 'commitment', third))).toEqual([])
  })

  it('DRW-31 needs it also after one two attempts before', () => {
    const of = { ...second, attempt: 3, drawId: third }
    const log = inLog(entry(1, 'snapshot', first), entry(2, 'commitment', first), entry(4, 'snapshot', second.drawId))
    expect(told(checkApproval(hash, t, of, log))).toEqual(['line 8: not-approved'])
  })

  describe('DRW-31 by what the witnesses saw of the one before', () => {
    const of = { ...second, attempt: 1, drawId: first, tips: [] } as Commitment
    const commitment = entry(2, 'commitment', first)
    const deadlineMs = deadlineMsOf(of)
    /** What is found where these lines were witnessed at these milliseconds from the deadline; those left out never were. */
    const found = (sawAt: Readonly<Record<number, bigint>>, changes: Partial<Commitment>, ...entries: readonly Entry[]) => {
      const log = inLog(commitment, ...entries)
      const isWitnessed: IsWitnessed = ({ seq }, byMs) => {
        const at = sawAt[seq]
        return at !== undefined && (byMs === undefined || deadlineMs + at <= byMs)
      }
      return earlierAttempts(hash, t, second, log).flatMap((one) => [
        ...told(checkEarlierOver(isWitnessed, one, { ...of, ...changes }, log)),
        ...told(checkVoidOrApproval(hash, isWitnessed, t, second, one, { ...of, ...changes }, log)),
      ])
    }
    const approval = approvalAt(6, second.drawId)
    const stands = ['/attempt: attempt-before-stands']
    const unapproved = ['line 8: not-approved']

    it('stands where its S was witnessed by the deadline and nothing ended it, approved or not', () => {
      expect(found({ 2: 0n }, {}, approval)).toEqual(stands)
      expect(found({ 2: 0n }, {})).toEqual([...stands, ...unapproved])
      expect(found({ 2: 1n }, {}, approval)).toEqual([])
      expect(found({}, {}, approval)).toEqual([])
      expect(found({ 2: 1n }, {})).toEqual(unapproved)
    })

    it('does not where a void was witnessed by it, or stands before S', () => {
      const voided = entry(3, 'void', first)
      expect(found({ 2: -9n, 3: 0n }, {}, voided)).toEqual([])
      expect(found({ 2: -9n, 3: 1n }, {}, voided, approval)).toEqual(stands)
      expect(found({ 2: 1n, 3: 1n }, {}, voided)).toEqual(unapproved)
      expect(found({ 2: -9n }, {}, entry(1, 'void', first))).toEqual([])
    })

    it('does not where a secret is missing by it', () => {
      const tips = [{ unitId: 'u', tip: 'x' }]
      const reveal = { ...entry(3, 'reveal', first), record: { unitId: 'u' } } as Entry
      expect(found({ 2: -9n, 3: 0n }, { tips }, reveal, approval)).toEqual(stands)
      expect(found({ 2: -9n, 3: 1n }, { tips }, reveal, approval)).toEqual([])
      expect(found({ 2: -9n }, { tips }, approval)).toEqual([])
      const another = { ...reveal, record: { unitId: 'v' } } as Entry
      expect(found({ 2: -9n, 3: 0n }, { tips }, another, approval)).toEqual([])
    })

    it('is for the superior where several cities drew, as what ended it may stand in another log', () => {
      const joint = { joint: { parts: [{}] } } as unknown as Partial<Commitment>
      expect(found({ 2: 0n }, joint, approval)).toEqual([])
      expect(found({ 2: 0n }, joint)).toEqual(unapproved)
      const ofNone = { joint: { parts: [] } } as unknown as Partial<Commitment>
      expect(found({ 2: 0n }, ofNone, approval)).toEqual(stands)
    })

    it('is not asked of one that failed before', () => {
      expect(found({ 2: 0n }, {}, entry(4, 'failed', first))).toEqual([])
      expect(found({ 2: 0n }, {}, entry(5, 'failed', first), approval)).toEqual(stands)
    })
  })

  it('DRW-31 tells the lines with an S of another draw, before its own transcript, that nobody drew', () => {
    const left = [entry(2, 'commitment', first), entry(3, 'void', first), entry(39, 'commitment', third)]
    expect(undrawnBefore(second.drawId, inLog(...left, own))).toEqual([3, 40])
    expect(undrawnBefore(second.drawId, inLog(...left, entry(9, 'transcript', third), own))).toEqual([3])
    expect(undrawnBefore(second.drawId, inLog(entry(41, 'commitment', first), own))).toEqual([])
    expect(undrawnBefore(second.drawId, inLog(entry(4, 'snapshot', first), entry(7, 'commitment', second.drawId), own))).toEqual([])
  })

  it('DRW-31 the first follows nothing and is approved by nobody', () => {
    const { commitment } = parent
    const ids = [idOf(commitment, 0), commitment.drawId] as const
    const log = inLog(entry(6, 'reveal', ids[0]), entry(4, 'transcript', ids[0]), entry(40, 'transcript', ids[1]))
    expect(told(checkAttempt(hash, t, commitment, log))).toEqual([])
    expect(told(checkApproval(hash, t, commitment, log))).toEqual([])
  })
})

describe('a redraw in its log', () => {
  const { subject } = redraw.commitment as { readonly subject: RedrawSubject }
  const { parentDrawId } = subject
  const idOfRedraw = (batch: number, attempt = 1): string => deriveDrawId(hash, { ...redraw.commitment, batch, attempt })
  const t = entered(redraw.transcript, 20, 21)
  const parentDrawn = [entry(2, 'snapshot', parentDrawId), entry(5, 'transcript', parentDrawId)]
  /** What the log says of the redraw of a number; `named` are the draws that S names. */
  function judged(batch: number, entries: readonly Entry[], named: readonly string[] = [parentDrawId]) {
    const of = { ...t, drawId: idOfRedraw(batch) }
    const log = inLog(...parentDrawn, ...entries, entry(40, 'transcript', of.drawId))
    const family = familyInLog(hash, of, { ...redraw.commitment, batch }, log)
    const after = named.map((drawId) => ({ drawId, transcript: `transcript ${drawId}` }))
    return [...told(checkAfter({ ...subject, after }, family)), ...told(checkNotOvertaken(of, family))]
  }

  it('DRW-30 needs the superior’s approval wherever S names witnesses', () => {
    const approved = (count: number, ...entries: readonly Entry[]) =>
      told(checkApproval(hash, t, { ...redraw.commitment, witnesses: { count, quorum: count } }, inLog(...entries)))
    expect([approved(4), approved(0)]).toEqual([['line 22: not-approved'], []])
    const order = orderedBy(hash, redraw.commitment)
    expect(approved(4, approvalAt(20, redraw.commitment.drawId, order))).toEqual([])
    expect(approved(4, approvalAt(20, parentDrawId, order))).toEqual(['line 22: not-approved'])
  })

  it('DRW-30 needs it of the order that its S is of: its labels, purpose, reasons, number and, of an escalation, counts', () => {
    const order = redrawOrder({ ...redraw.commitment, subject })
    const faults = (of: RedrawOrderRecord) => {
      const log = inLog(approvalAt(20, redraw.commitment.drawId, redrawOrderDigest(hash, of)))
      return told(checkApproval(hash, t, { ...redraw.commitment, witnesses: { count: 4, quorum: 3 } }, log))
    }
    expect(faults(order)).toEqual([])
    const others: readonly Partial<RedrawOrderRecord>[] = [
      { labels: order.labels.slice(1) },
      { purpose: 'rematch' },
      { number: 2 },
      { counts: [{ stratum: 'A', count: 1 }] },
      { approval: { ...order.approval, reasons: [] } },
    ]
    for (const other of others) expect(faults({ ...order, ...other })).toEqual(['line 22: not-approved'])
  })

  it('DRW-30 comes after its parent alone, where it is the first', () => {
    expect(judged(1, [])).toEqual([])
    // Itself is none of those before it.
    expect(judged(1, [entry(20, 'snapshot', idOfRedraw(1)), entry(22, 'transcript', idOfRedraw(1))])).toEqual([])
  })

  it('DRW-30 names every draw before it, with the transcript that stands in the log', () => {
    const wrong = ['/subject/after: differs']
    const drawn = [entry(7, 'snapshot', idOfRedraw(1)), entry(9, 'transcript', idOfRedraw(1))]
    const both = [parentDrawId, idOfRedraw(1)].sort()
    expect(judged(2, drawn, both)).toEqual([])
    expect(judged(2, drawn, both.toReversed())).toEqual(wrong)
    expect(judged(2, drawn)).toEqual(wrong)
    expect(judged(2, drawn, [idOfRedraw(1)])).toEqual(wrong)
    expect(judged(2, [entry(7, 'snapshot', idOfRedraw(1)), entry(9, 'transcript', idOfRedraw(1), 'another')], both)).toEqual(wrong)
    // What came to nothing has no transcript to name.
    expect(judged(2, [entry(7, 'snapshot', idOfRedraw(1))])).toEqual([])
  })

  it('DRW-30 names later attempts and numbers too that were frozen before it', () => {
    const [retried, other] = [idOfRedraw(1, 2), idOfRedraw(3)]
    const before = [entry(7, 'snapshot', idOfRedraw(1)), entry(9, 'snapshot', retried), entry(10, 'transcript', retried)]
    expect(judged(2, before, [parentDrawId, retried].sort())).toEqual([])
    expect(judged(2, before)).toEqual(['/subject/after: differs'])
    const further = [
      entry(7, 'snapshot', idOfRedraw(1)),
      entry(20, 'snapshot', idOfRedraw(2)),
      entry(11, 'snapshot', other),
      entry(12, 'transcript', other),
    ]
    expect(judged(2, further, [parentDrawId, other].sort())).toEqual([])
    expect(judged(2, further)).toEqual(['/subject/after: differs'])
  })

  it('DRW-30 leaves no number out: each before it was frozen before', () => {
    const missing = ['/batch: number-missing']
    expect(judged(2, [])).toEqual(missing)
    expect(judged(2, [entry(19, 'snapshot', idOfRedraw(1))])).toEqual([])
    expect(judged(2, [entry(20, 'snapshot', idOfRedraw(1))])).toEqual(missing)
    expect(judged(3, [entry(7, 'snapshot', idOfRedraw(1))])).toEqual(missing)
    expect(judged(3, [entry(7, 'snapshot', idOfRedraw(1)), entry(8, 'snapshot', idOfRedraw(2))])).toEqual([])
    // Its own number may have been frozen later, in another attempt.
    expect(judged(1, [entry(30, 'snapshot', idOfRedraw(1))])).toEqual([])
  })

  it('DRW-30 is frozen after those before it were drawn; the first that was not is told', () => {
    const drawnAt = (seq: number) =>
      judged(2, [entry(7, 'snapshot', idOfRedraw(1)), entry(seq, 'transcript', idOfRedraw(1))], [parentDrawId, idOfRedraw(1)].sort())
    expect(drawnAt(19)).toEqual([])
    expect(drawnAt(20)).toEqual(['line 21: after-freeze-of-redraw'])
    // A transcript that comes after its own takes nothing from it.
    expect(judged(2, [entry(7, 'snapshot', idOfRedraw(1)), entry(41, 'transcript', idOfRedraw(1))])).toEqual([])
    const [one, two] = [idOfRedraw(1), idOfRedraw(1, 2)]
    for (const [first, second] of [
      [30, 31],
      [31, 30],
    ] as const)
      expect(
        judged(
          2,
          [entry(7, 'snapshot', one), entry(8, 'snapshot', two), entry(first, 'transcript', one), entry(second, 'transcript', two)],
          [parentDrawId, one, two].sort(),
        ),
      ).toEqual(['line 31: after-freeze-of-redraw', 'line 32: after-freeze-of-redraw'])
  })
})
