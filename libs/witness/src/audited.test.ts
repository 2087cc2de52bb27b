import { hexDigest } from '@dual-random/draw'
import { utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { at, commitmentText, hash, keysFile, LogBuilder, newCopy, unitId } from './testing/index.ts'

const refusal = (builder: LogBuilder): unknown => {
  const checked = newCopy().check(builder.submission(), at('00:20:00'))
  return checked.ok ? 'accepted' : checked.error
}
const match = hexDigest(hash, utf8('match'))
const drawn = (organiserUnitId = '110101-scj'): LogBuilder =>
  new LogBuilder()
    .unitKey()
    .snapshot()
    .commitment(commitmentText({ organiserUnitId }))
    .entry('transcript', hexDigest(hash, utf8('transcript')))
const matched = (organiserUnitId?: string): LogBuilder => drawn(organiserUnitId).entry('match', match)
const superiorUnit = { unitId: keysFile.superior.unitId }

describe('an audit, as a witness sees it', () => {
  it('DRW-31 is entered by a unit or the superior after the match, also after the closing', () => {
    expect(refusal(matched().audited(match))).toBe('accepted')
    expect(refusal(matched().audited(match, { findings: 2, ...superiorUnit }, 'superior'))).toBe('accepted')
    expect(refusal(matched().entry('closed', match).audited(match))).toBe('accepted')
    expect(refusal(drawn().audited(match))).toEqual({ code: 'out-of-order', seq: 5, kind: 'audited', needs: 'match' })
  })

  it('DRW-31 is one per unit', () => {
    expect(refusal(matched().audited(match).audited(match, superiorUnit, 'superior'))).toBe('accepted')
    expect(refusal(matched().audited(match).audited(match, { findings: 1 }))).toEqual({ code: 'second-entry', seq: 7, kind: 'audited' })
  })

  it('DRW-31 names the match record of its draw, and is never the organiser’s', () => {
    const other = hexDigest(hash, utf8('another match'))
    expect(refusal(matched().audited(other))).toEqual({ code: 'bad-audit', seq: 6, pointer: '/record/match' })
    expect(refusal(matched(unitId).audited(match))).toEqual({ code: 'bad-audit', seq: 6, pointer: '/record/unitId' })
    expect(refusal(matched(superiorUnit.unitId).audited(match, superiorUnit, 'superior'))).toMatchObject({ code: 'bad-audit' })
    expect(refusal(matched(unitId).audited(match, superiorUnit, 'superior'))).toBe('accepted')
  })

  it('DRW-31 is signed by the unit that it names', () => {
    expect(refusal(matched().audited(match, superiorUnit))).toMatchObject({ code: 'unknown-key', seq: 6 })
    expect(refusal(matched().audited(match, {}, 'superior'))).toMatchObject({ code: 'unknown-key', seq: 6 })
    expect(refusal(matched().audited(match, {}, 'drawing'))).toMatchObject({ code: 'unknown-key', seq: 6 })
  })

  it('DRW-31 has the form of its record', () => {
    const malformed = (pointer: string) => ({ code: 'broken-log', seq: 6, part: 'record', pointer })
    expect(refusal(matched().audited(match, { findings: -1 }))).toEqual(malformed('/record/findings'))
    expect(refusal(matched().audited(match, { findings: '0' }))).toEqual(malformed('/record/findings'))
    expect(refusal(matched().audited(match, { drawId: match }))).toEqual(malformed('/record/drawId'))
    expect(refusal(matched().audited(match, { more: 1 }))).toEqual(malformed('/record/more'))
    expect(refusal(matched().entry('audited', match, { by: 'unit' }))).toMatchObject({ code: 'broken-log', part: 'record' })
  })
})
