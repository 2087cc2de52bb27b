import { type Commitment, deriveDrawId, type LogEntry, type RedrawSubject, type Transcript } from '@dual-random/draw'
import { describe, expect, it } from 'vitest'
import { demoFamily, hashNamed } from '../tests/index.ts'
import { readDraw, told } from '../tests/read-draw.ts'
import { checkAfter, checkApproval, checkAttempt, checkNotOvertaken, familyInLog } from './check-place-in-log.ts'

const hash = hashNamed('sha256')
const [parent, redraw] = demoFamily([{ purpose: 'replacement' }]).map(readDraw) as [
  ReturnType<typeof readDraw>,
  ReturnType<typeof readDraw>,
]
type Entry = Pick<LogEntry, 'seq' | 'kind' | 'drawId' | 'digest'>
const entry = (seq: number, kind: LogEntry['kind'], drawId: string, digest = `${kind} ${drawId}`): Entry => ({ seq, kind, drawId, digest })
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
  const attempted = (...entries: readonly Entry[]) => told(checkAttempt(hash, t, second, inLog(...entries)))
  const approved = (...entries: readonly Entry[]) => told(checkApproval(hash, t, second, inLog(...entries)))

  it('DRW-31 follows one that was frozen before it', () => {
    expect(attempted(entry(4, 'snapshot', first))).toEqual([])
    for (const log of [[], [entry(5, 'snapshot', first)], [entry(4, 'snapshot', third)], [entry(4, 'commitment', first)]])
      expect(attempted(...log)).toEqual(['/attempt: attempt-follows-none'])
  })

  it('DRW-31 follows none that was drawn, even later', () => {
    for (const seq of [4, 9])
      expect(attempted(entry(3, 'snapshot', first), entry(seq, 'transcript', first))).toEqual(['/attempt: attempt-follows-none'])
  })

  it('DRW-31 needs the superior’s approval after a secret that was seen before its own S', () => {
    expect(approved(entry(6, 'reveal', first))).toEqual(['line 8: not-approved'])
    expect(approved(entry(6, 'reveal', first), entry(9, 'approval', second.drawId))).toEqual([])
    expect(approved(entry(6, 'reveal', first), entry(9, 'approval', first))).toEqual(['line 8: not-approved'])
    for (const log of [[], [entry(7, 'reveal', first)], [entry(6, 'reveal', third)]]) expect(approved(...log)).toEqual([])
  })

  it('DRW-31 needs none where the void stands before the reveal', () => {
    expect(approved(entry(2, 'void', first), entry(3, 'reveal', first))).toEqual([])
    expect(approved(entry(3, 'reveal', first), entry(4, 'void', first))).toEqual(['line 8: not-approved'])
    expect(approved(entry(2, 'void', third), entry(3, 'reveal', first))).toEqual(['line 8: not-approved'])
  })

  it('DRW-31 the first follows nothing and is approved by nobody', () => {
    const { commitment } = parent
    const log = inLog(entry(6, 'reveal', idOf(commitment, 0)), entry(7, 'transcript', idOf(commitment, 0)))
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
    const family = familyInLog(hash, t, { ...redraw.commitment, batch }, inLog(...parentDrawn, ...entries))
    const after = named.map((drawId) => ({ drawId, transcript: `transcript ${drawId}` }))
    return [...told(checkAfter({ ...subject, after }, family)), ...told(checkNotOvertaken(t, family))]
  }

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
