import { hexDigest } from '@dual-random/draw'
import { addMs, utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { at, commitmentText, drawIdOf, genesisTime, hash, keysFile, LogBuilder, newCopy, unitId } from './testing/index.ts'

const week = 7 * 86_400_000
/** Round 1 is due at 01:00. */
const failable = addMs(at('01:00:00'), week)
const digest = hexDigest(hash, utf8('x'))
const refusal = (builder: LogBuilder, now = failable): unknown => {
  const checked = newCopy().check({ ...builder.submission(), proofs: [] }, now)
  return checked.ok ? 'accepted' : checked.error
}
/** A copy that held S in time, and then sees the rest. */
const later = (s: LogBuilder, then: (builder: LogBuilder) => LogBuilder, now = failable): unknown => {
  const copy = newCopy()
  const held = copy.check(s.submission(), at('00:20:00'))
  if (!held.ok) throw new Error(JSON.stringify(held.error))
  copy.take(held.value)
  const checked = copy.check(then(s).submission(), now)
  return checked.ok ? 'accepted' : checked.error
}
const committed = (text?: string): LogBuilder => new LogBuilder().unitKey().snapshot().commitment(text)

describe('a failure, as a witness sees it', () => {
  it('DRW-32 is cosigned 7 days after the round by the witness’s own clock, and not a millisecond before', () => {
    expect(later(committed(), (log) => log.failed())).toBe('accepted')
    const early = { code: 'failed-too-early', seq: 4, at: failable }
    expect(later(committed(), (log) => log.failed(), addMs(failable, -1))).toEqual(early)
  })

  it('DRW-32 waits for the latest of the rounds', () => {
    const beacons = [0, 600, 300].map((seconds, index) => ({
      genesisTime: genesisTime + seconds,
      periodSeconds: 30,
      round: 1,
      source: `region/${index}`,
    }))
    const two = (): LogBuilder => committed(commitmentText({ beacons }))
    const from = addMs(failable, 600_000)
    expect(later(two(), (log) => log.failed(), addMs(from, -1))).toMatchObject({ code: 'failed-too-early', at: from })
    expect(later(two(), (log) => log.failed(), from)).toBe('accepted')
  })

  it('DRW-31 stands after S, and while the draw needs what was lost', () => {
    expect(refusal(new LogBuilder().unitKey().snapshot().failed())).toEqual({
      code: 'out-of-order',
      seq: 3,
      kind: 'failed',
      needs: 'commitment',
    })
    const drawn = (log: LogBuilder): LogBuilder => log.entry('transcript', digest)
    expect(later(committed(), (log) => drawn(log).failed())).toEqual({ code: 'failed-too-late', seq: 5, reason: 'beacon-lost' })
    for (const reason of ['key-lost', 'data-lost']) {
      expect(later(committed(), (log) => drawn(log).failed({ reason }))).toBe('accepted')
      const matched = later(committed(), (log) => drawn(log).entry('match', digest).failed({ reason }))
      expect(matched).toEqual({ code: 'failed-too-late', seq: 6, reason })
    }
  })

  it('DRW-31 is for a void that is undecided where one stands after S, and before the draw', () => {
    const undecided = (log: LogBuilder): LogBuilder => log.failed({ reason: 'void-undecided' })
    const noVoid = { code: 'out-of-order', seq: 4, kind: 'failed', needs: 'void' }
    expect(later(committed(), undecided)).toEqual(noVoid)
    expect(later(committed(), (log) => undecided(log.void(drawIdOf(2))))).toEqual({ ...noVoid, seq: 5 })
    // It has its effect at once, and there is nothing to settle.
    const voidedBefore = new LogBuilder().unitKey().snapshot().void().commitment()
    expect(later(voidedBefore, undecided)).toEqual({ ...noVoid, seq: 5 })
    expect(later(committed(), (log) => undecided(log.void()))).toBe('accepted')
    expect(later(committed(), (log) => undecided(log.void()), addMs(failable, -1))).toMatchObject({ code: 'failed-too-early', seq: 5 })
    const drawn = (log: LogBuilder): LogBuilder => log.void().entry('transcript', digest)
    expect(later(committed(), (log) => undecided(drawn(log)))).toEqual({ code: 'failed-too-late', seq: 6, reason: 'void-undecided' })
  })

  it('DRW-31 is the last of its draw', () => {
    expect(later(committed(), (log) => log.failed().entry('transcript', digest))).toEqual({
      code: 'after-failed',
      seq: 5,
      kind: 'transcript',
    })
    expect(later(committed(), (log) => log.failed().void())).toEqual({ code: 'after-failed', seq: 5, kind: 'void' })
    expect(later(committed(), (log) => log.failed().failed({ reason: 'key-lost' }))).toEqual({
      code: 'second-entry',
      seq: 5,
      kind: 'failed',
    })
    // A void that came too late changed nothing, and the draw may still fail.
    expect(later(committed(), (log) => log.void().failed())).toBe('accepted')
  })

  it('DRW-31 is the superior’s alone, in its own name', () => {
    expect(later(committed(), (log) => log.failed({ unitId }, 'unit'))).toMatchObject({ code: 'unknown-key', seq: 4 })
    expect(later(committed(), (log) => log.failed({}, 'drawing'))).toMatchObject({ code: 'unknown-key', seq: 4 })
    expect(later(committed(), (log) => log.failed({ unitId }))).toMatchObject({ code: 'unknown-key', seq: 4 })
  })

  it('DRW-31 has the form of its record', () => {
    const malformed = (pointer: string) => ({ code: 'broken-log', seq: 4, part: 'record', pointer })
    expect(later(committed(), (log) => log.failed({ reason: 'unwelcome' }))).toEqual(malformed('/record/reason'))
    expect(later(committed(), (log) => log.failed({ drawId: digest }))).toEqual(malformed('/record/drawId'))
    expect(later(committed(), (log) => log.failed({ more: 1 }))).toEqual(malformed('/record/more'))
    expect(later(committed(), (log) => log.entry('failed', digest, { by: 'superior' }))).toMatchObject({
      code: 'broken-log',
      part: 'record',
    })
  })

  it('DRW-31 is read back from the witness’s own storage whenever that is', () => {
    const log = committed().failed()
    expect(newCopy().restore(log.lines, log.commitments)).toEqual({ ok: true, value: undefined })
  })
})

describe('the attempt after a failure', () => {
  const second = drawIdOf(2)
  const text = commitmentText({
    attempt: 2,
    drawId: second,
    snapshot: { type: 'dual-random/snapshot/v1', drawId: second, root: hexDigest(hash, utf8(second)) },
    beacons: [{ genesisTime: genesisTime + 30 * 86_400, periodSeconds: 30, round: 1, source: 'drand/quicknet' }],
  })
  const attempt = (log: LogBuilder, isApproved: boolean): LogBuilder => {
    if (isApproved) log.approval(second)
    return log.snapshot(second).commitment(text, second)
  }

  it('DRW-31 needs the superior’s approval, whether or not a secret was seen', () => {
    expect(later(committed(), (log) => attempt(log.failed(), true))).toBe('accepted')
    expect(later(committed(), (log) => attempt(log.failed(), false))).toEqual({ code: 'not-approved', seq: 6 })
    expect(keysFile.superior.unitId).not.toBe(unitId)
  })

  it('DRW-31 follows one that was drawn, if that failed before it was frozen', () => {
    const drawn = (log: LogBuilder): LogBuilder => log.entry('transcript', digest)
    expect(later(committed(), (log) => attempt(drawn(log).failed({ reason: 'key-lost' }), true))).toBe('accepted')
    const wrong = later(committed(), (log) =>
      drawn(log).approval(second).snapshot(second).failed({ reason: 'key-lost' }).commitment(text, second),
    )
    expect(wrong).toEqual({ code: 'wrong-commitment', seq: 8, pointer: '/attempt' })
  })
})
