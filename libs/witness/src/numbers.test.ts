import { hexDigest } from '@dual-random/draw'
import { type Json, utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { recordDigest } from './records.ts'
import { at, commitmentText, deadline, definitionOf, genesisTime, hash, keysFile, LogBuilder, newCopy } from './testing/index.ts'

const source = 'numbers/x'
const named = { kind: 'public-numbers', source, definition: recordDigest(hash, definitionOf(source)), notBefore: at('01:00:00') }
const text = (...beacons: readonly Json[]): string => commitmentText({ beacons })
const s = text(named)
const digest = hexDigest(hash, utf8(s))
const other = keysFile.superior.unitId
const series = [{ pageDigest: 'a'.repeat(64), before: { issue: '0', publishedAt: at('00:59:00') }, publications: [] }]

/** A log in which S waits for public numbers. */
const waiting = (committed = s): LogBuilder => new LogBuilder().unitKey().definition().snapshot().commitment(committed)

const refusal = (builder: LogBuilder, time = at('00:20:00')): unknown => {
  const checked = newCopy().check(builder.submission(), time)
  return checked.ok ? undefined : checked.error
}

describe('a witness and public numbers', () => {
  it('DRW-32 takes an S whose definition stands in the log, a margin before its instant', () => {
    expect(refusal(waiting())).toBeUndefined()
    expect(refusal(waiting(), deadline)).toBeUndefined()
    const late = at('00:50:01')
    expect(refusal(waiting(), late)).toEqual({ code: 'round-too-near', seq: 4, deadline })
    const round = { genesisTime: genesisTime - 60, periodSeconds: 30, round: 1, source: 'drand/quicknet', kind: 'drand' }
    expect(refusal(waiting(text(round, named)), deadline)).toEqual({ code: 'round-too-near', seq: 4, deadline: at('00:49:00') })
  })

  it('DRW-32 refuses one whose definition is not there, is of another source, or given twice', () => {
    const wrong = (pointer: string, seq = 4) => ({ code: 'wrong-commitment', seq, pointer })
    expect(refusal(new LogBuilder().snapshot().commitment(s))).toEqual(wrong('/beacons/0/definition', 2))
    expect(refusal(waiting(text({ ...named, source: 'numbers/y' })))).toEqual(wrong('/beacons/0/definition'))
    expect(refusal(waiting(text({ ...named, definition: 'x' })))).toEqual(wrong('/beacons/0/definition'))
    expect(refusal(waiting(text({ ...named, notBefore: '2026-03-02' })))).toEqual(wrong('/beacons/0/notBefore'))
    expect(refusal(waiting().definition())).toEqual({ code: 'definition-taken', seq: 5 })
    expect(refusal(new LogBuilder().definition(source, 'drawing'))).toMatchObject({ code: 'unknown-key', seq: 1 })
    const ofDraw = new LogBuilder().record('definition', definitionOf(source), 'superior')
    expect(refusal(ofDraw)).toEqual({ code: 'broken-log', seq: 1, part: 'record', pointer: '/drawId' })
  })

  it('DRW-32 takes what two units typed alike, and nothing after it', () => {
    const two = () => waiting().numbers(digest, { series }).numbers(digest, { series, unitId: other }, 'superior')
    expect(refusal(two())).toBeUndefined()
    expect(refusal(two().numbers(digest, { series }))).toEqual({ code: 'second-entry', seq: 7, kind: 'numbers' })
    expect(refusal(waiting().numbers(digest).numbers(digest))).toEqual({ code: 'second-entry', seq: 6, kind: 'numbers' })
    const both = text(named, { ...named, source: 'numbers/y', definition: recordDigest(hash, definitionOf('numbers/y')) })
    const twoSources = new LogBuilder().unitKey().definition().definition('numbers/y').snapshot().commitment(both)
    const of = hexDigest(hash, utf8(both))
    expect(refusal(twoSources.numbers(of).numbers(of, { source: 'numbers/y', series }))).toBeUndefined()
  })

  it('DRW-32 refuses what is of another S, source or draw, by another key, too late, or not the same', () => {
    const bad = (pointer: string, seq = 5) => ({ code: 'bad-numbers', seq, pointer })
    expect(refusal(waiting().numbers('0'.repeat(64)))).toEqual(bad('/record/commitment'))
    expect(refusal(waiting().numbers(digest, { source: 'numbers/y' }))).toEqual(bad('/record/source'))
    expect(refusal(waiting().numbers(digest, { unitId: other }))).toMatchObject({ code: 'unknown-key', seq: 5 })
    expect(refusal(waiting().numbers(digest, { drawId: '0'.repeat(64) }))).toMatchObject({ code: 'broken-log', pointer: '/record/drawId' })
    expect(refusal(waiting().numbers(digest).numbers(digest, { series, unitId: other }, 'superior'))).toEqual(bad('/record/series', 6))
    expect(refusal(waiting().entry('transcript', '1'.repeat(64)).numbers(digest))).toEqual(bad('/kind', 6))
    expect(refusal(new LogBuilder().unitKey().numbers(digest))).toMatchObject({ code: 'out-of-order', needs: 'commitment' })
    expect(refusal(waiting().numbers(digest, {}, 'drawing'))).toMatchObject({ code: 'unknown-key' })
  })
})
