import type { DrawId, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { hex, line } from '../../tests/fixtures.ts'
import type { LineUnit } from './plan-line.ts'
import {
  type FamilyMember,
  labelsOf,
  originOf,
  type RedrawGround,
  type RedrawOrder,
  reasonsOf,
  remainingTeams,
  taskDrawOf,
  teamAt,
} from './redraw.ts'
import { checkProposal, lapsedGrounds, newGrounds } from './redraw-orders.ts'

const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(hex) as [string, string, string, string, string]
const [i1, i2, i3, i4] = ['1', '2', '3', '4'].map(hex) as [string, string, string, string]
const unitId = '230300-scj' as UnitId
const otherUnit = '230300-xfj' as UnitId
const delegate = '230302-scj' as UnitId
const [own] = line.units as [LineUnit]
const units: readonly LineUnit[] = [own, { ...own, unitId: otherUnit }]

const member = (change: Partial<FamilyMember> & Pick<FamilyMember, 'drawn'>): FamilyMember => ({
  drawId: hex('f') as DrawId,
  transcript: hex('0'),
  labels: [],
  stratumOf: new Map(change.drawn.map((label) => [label, 'A'])),
  matches: [],
  asked: [],
  ...change,
})
const teamed = (object: string, members: readonly string[], leader: string | null, unit = unitId): FamilyMember['matches'][number] => ({
  object,
  teams: members.length === 0 ? [] : [{ unitId: unit, members }],
  leader,
})
const parent = member({ drawn: [a, b, d], matches: [teamed(a, [i1, i2], i1), teamed(b, [i2, i3], i3), teamed(d, [], null)] })
const replacement = member({
  drawId: hex('5') as DrawId,
  purpose: 'replacement',
  drawn: [c],
  labels: [b],
  matches: [teamed(c, [i1, i4], i4)],
})
const rematchOf = (leaving: string, found: readonly string[]): FamilyMember =>
  member({
    drawId: hex('6') as DrawId,
    purpose: 'rematch',
    drawn: [a],
    labels: [a],
    matches: [teamed(a, found, null)],
    asked: [{ label: a, unitId, leaving: [{ inspector: leaving, ground: 'RECUSAL' }] }],
  })
const rematch = rematchOf(i1, [i2, i4])
const family = [parent, replacement, rematch]

const reasons = [
  { id: 'RECUSAL', replaces: 'INSPECTOR' },
  { id: 'OBJECT_GONE', replaces: 'OBJECT' },
  { id: 'PROBLEMS_FOUND', replaces: 'NOBODY' },
] as const
const leaves: RedrawGround = { reason: 'RECUSAL', label: a, unitId, inspectors: [i2] }
const check = (
  purpose: 'replacement' | 'rematch' | 'escalation',
  grounds: readonly RedrawGround[],
  counts: Record<string, number> = {},
) => {
  const checked = checkProposal({ purpose, grounds, counts }, family, units, reasons)
  return checked.ok ? 'allowed' : checked.error
}

describe('what a redraw is asked for', () => {
  it('DRW-30 takes the reasons that policy has for what is replaced', () => {
    expect(check('rematch', [leaves])).toBe('allowed')
    expect(check('replacement', [{ reason: 'OBJECT_GONE', label: a }])).toBe('allowed')
    expect(check('escalation', [{ reason: 'PROBLEMS_FOUND' }], { A: 1 })).toBe('allowed')
    expect(check('rematch', [{ ...leaves, reason: 'OBJECT_GONE' }])).toEqual({
      code: 'redraw-reason-unknown',
      reason: 'OBJECT_GONE',
      allowed: 'RECUSAL',
    })
    expect(check('replacement', [{ reason: 'RECUSAL', label: a }])).toMatchObject({ code: 'redraw-reason-unknown', allowed: 'OBJECT_GONE' })
  })

  it('DRW-30 names every reason that policy has for it', () => {
    const two = [...reasons, { id: 'LEAVE', replaces: 'INSPECTOR' } as const]
    const checked = checkProposal({ purpose: 'rematch', grounds: [{ ...leaves, reason: 'X' }], counts: {} }, family, units, two)
    expect(checked).toMatchObject({ error: { code: 'redraw-reason-unknown', reason: 'X', allowed: 'RECUSAL, LEAVE' } })
    expect(check('replacement', [])).toEqual({ code: 'redraw-ground-incomplete', reason: '' })
  })

  it('DRW-30 asks for whole grounds, and for one at least', () => {
    const incomplete = { code: 'redraw-ground-incomplete' }
    expect(check('replacement', [])).toMatchObject(incomplete)
    expect(check('replacement', [{ reason: 'OBJECT_GONE' }])).toMatchObject(incomplete)
    expect(check('replacement', [{ reason: 'OBJECT_GONE', label: a, unitId }])).toMatchObject(incomplete)
    expect(check('replacement', [{ reason: 'OBJECT_GONE', label: a, inspectors: [i1] }])).toMatchObject(incomplete)
    expect(check('rematch', [{ reason: 'RECUSAL', label: a }])).toMatchObject(incomplete)
    expect(check('rematch', [{ reason: 'RECUSAL', unitId }])).toMatchObject(incomplete)
    expect(check('escalation', [{ reason: 'PROBLEMS_FOUND', label: a }], { A: 1 })).toMatchObject(incomplete)
  })

  it('DRW-30 replaces who is there: an object that stands, an inspector of the team as it is now', () => {
    expect(check('replacement', [{ reason: 'OBJECT_GONE', label: b }])).toEqual({ code: 'label-not-standing', label: b })
    expect(check('replacement', [{ reason: 'OBJECT_GONE', label: e }])).toEqual({ code: 'label-not-standing', label: e })
    expect(check('rematch', [{ ...leaves, inspectors: [i1] }])).toEqual({ code: 'inspector-not-in-team', inspector: i1 })
    expect(check('rematch', [{ ...leaves, unitId: '230400-scj' as UnitId }])).toEqual({ code: 'unit-not-in-line', unitId: '230400-scj' })
  })

  it('DRW-30 a team from which nobody goes must have been short', () => {
    expect(check('rematch', [{ reason: 'RECUSAL', label: a, unitId }])).toEqual({ code: 'team-complete', label: a, unitId })
    expect(check('rematch', [{ reason: 'RECUSAL', label: a, unitId, inspectors: [] }])).toMatchObject({ code: 'team-complete' })
    expect(check('rematch', [{ reason: 'RECUSAL', label: d, unitId }])).toBe('allowed')
    expect(check('rematch', [{ reason: 'RECUSAL', label: a, unitId: otherUnit }])).toBe('allowed')
  })

  it('DRW-10 asks it of the unit that matches, where a unit delegates', () => {
    const delegated = [{ ...own, delegatedTo: delegate }]
    const asked = (of: UnitId) =>
      checkProposal({ purpose: 'rematch', grounds: [{ reason: 'RECUSAL', label: d, unitId: of }], counts: {} }, family, delegated, reasons)
        .ok
    expect([asked(delegate), asked(unitId)]).toEqual([true, false])
  })
})

describe('grounds that an order has', () => {
  const order = (status: 'PROPOSED' | 'REJECTED', grounds: readonly RedrawGround[]) =>
    ({ order: 1, status, purpose: 'rematch', grounds, counts: {} }) as unknown as RedrawOrder
  const known = (ground: RedrawGround, other: RedrawGround) => newGrounds([order('PROPOSED', [ground])], [other]).length === 0

  it('DRW-30 tells them apart by reason, object, unit and who leaves, in whatever order these are named', () => {
    const both = { ...leaves, inspectors: [i1, i2] }
    expect(known(both, { ...both, inspectors: [i2, i1] })).toBe(true)
    expect(known(both, { ...both, inspectors: [i1] })).toBe(false)
    expect(known(both, { ...both, inspectors: [i1, i3] })).toBe(false)
    expect(known(leaves, { ...leaves, reason: 'LEAVE' })).toBe(false)
    expect(known(leaves, { ...leaves, label: b })).toBe(false)
    expect(known(leaves, { ...leaves, unitId: otherUnit })).toBe(false)
    const { unitId: _unit, inspectors: _inspectors, ...object } = leaves
    expect(known(object, { ...object, inspectors: [] })).toBe(true)
    expect(known(object, leaves)).toBe(false)
    expect(known(leaves, { ...leaves, recusalId: 'r1' })).toBe(true)
  })

  it('DRW-30 takes each once of a request', () => {
    expect(newGrounds([], [leaves, { ...leaves }, { ...leaves, label: b }])).toEqual([leaves, { ...leaves, label: b }])
  })

  it('DRW-30 forgets those that were rejected', () => {
    expect(newGrounds([order('REJECTED', [leaves])], [leaves])).toEqual([leaves])
    expect(newGrounds([], [leaves])).toEqual([leaves])
  })
})

describe('a family of draws', () => {
  it('DRW-14 has for a unit at an object the team of the last draw that gave it one', () => {
    expect(teamAt(family, a, unitId)).toEqual({ members: [i2, i4], leader: null, short: false })
    expect(teamAt([parent], a, unitId)).toEqual({ members: [i1, i2], leader: i1, short: false })
    expect(teamAt([parent], a, otherUnit)).toEqual({ members: [], leader: i1, short: true })
    expect(teamAt(family, e, unitId)).toEqual({ members: [], leader: null, short: true })
  })

  it('DRW-14 has nobody in a team who left it for a re-match that found no successor', () => {
    const left = rematchOf(i1, [])
    expect(teamAt([parent, left], a, unitId)).toEqual({ members: [i2], leader: null, short: true })
    const again = remainingTeams([parent, left], [{ reason: 'LEAVE', label: a, unitId, inspectors: [i2] }])
    expect(again).toEqual([
      {
        label: a,
        unitId,
        kept: [],
        leader: null,
        leaving: [
          { inspector: i1, ground: 'LEFT_BEFORE' },
          { inspector: i2, ground: 'LEAVE' },
        ],
      },
    ])
    // It is of this unit at this object alone.
    expect(teamAt([parent, left], b, unitId)).toEqual({ members: [i2, i3], leader: i3, short: false })
    const other = { ...left, asked: [{ label: a, unitId: otherUnit, leaving: [{ inspector: i1, ground: 'RECUSAL' }] }] }
    expect(teamAt([parent, other], a, unitId)).toEqual({ members: [i1, i2], leader: i1, short: false })
    const ofTwo = { ...left, asked: [...left.asked, { label: b, unitId, leaving: [] }] }
    expect(teamAt([parent, ofTwo], a, unitId).short).toBe(true)
    // A draw of other objects leaves it as it is.
    expect(teamAt([parent, replacement], a, unitId).short).toBe(false)
    const filled = rematchOf(i2, [i3, i4])
    expect(teamAt([parent, left, filled], a, unitId)).toEqual({ members: [i3, i4], leader: null, short: false })
  })

  it('DRW-30 asks again for a team that a re-match left short, and not for who has left it', () => {
    const short = [parent, rematchOf(i1, [])]
    const asked = (ground: Partial<RedrawGround>) => {
      const grounds = [{ reason: 'RECUSAL', label: a, unitId, ...ground }]
      const checked = checkProposal({ purpose: 'rematch', grounds, counts: {} }, short, units, reasons)
      return checked.ok ? 'allowed' : checked.error.code
    }
    expect(asked({})).toBe('allowed')
    expect(asked({ inspectors: [i2] })).toBe('allowed')
    expect(asked({ inspectors: [i1] })).toBe('inspector-not-in-team')
  })

  it('DRW-30 knows which grounds the redraws before have settled', () => {
    const stale: RedrawGround = { ...leaves, label: b }
    const grounds = [leaves, stale, { ...leaves, inspectors: [i1] }]
    expect(lapsedGrounds({ purpose: 'rematch', grounds, counts: {} }, family, units, reasons)).toEqual([stale, grounds[2]])
    expect(lapsedGrounds({ purpose: 'rematch', grounds, counts: {} }, [parent], units, reasons)).toEqual([])
  })

  it('DRW-14 leaves of a team who does not go, and the leader where that is one of them', () => {
    const [left] = remainingTeams([parent], [leaves])
    expect(left).toEqual({ label: a, unitId, kept: [i1], leader: i1, leaving: [{ inspector: i2, ground: 'RECUSAL' }] })
    const leads: RedrawGround = { reason: 'LEAVE', label: a, unitId, inspectors: [i1] }
    expect(remainingTeams([parent], [leads])).toMatchObject([{ kept: [i2], leader: null }])
    expect(remainingTeams([parent], [leaves, leads])).toMatchObject([
      {
        kept: [],
        leader: null,
        leaving: [
          { inspector: i2, ground: 'RECUSAL' },
          { inspector: i1, ground: 'LEAVE' },
        ],
      },
    ])
    expect(remainingTeams([parent], [{ reason: 'OBJECT_GONE', label: a }])).toEqual([])
    expect(remainingTeams([parent], [{ reason: 'OBJECT_GONE', unitId }])).toEqual([])
    expect(remainingTeams([parent], [{ reason: 'TEAM_SHORT', label: d, unitId }])).toEqual([
      { label: d, unitId, kept: [], leader: null, leaving: [] },
    ])
    const three = member({ drawn: [a], matches: [teamed(a, [i3, i1, i2], null)] })
    expect(remainingTeams([three], [{ ...leaves, inspectors: [i1] }])).toMatchObject([{ kept: [i2, i3], leader: null }])
    const apart = remainingTeams(family, [leaves, { ...leaves, label: c, inspectors: [i4] }])
    expect(apart.map(({ label, kept }) => [label, kept])).toEqual([
      [a, [i4]],
      [c, [i1]],
    ])
  })

  it('DRW-30 bars from a team whoever left it in an earlier redraw', () => {
    const [again] = remainingTeams(family, [leaves])
    expect(again?.leaving).toEqual([
      { inspector: i1, ground: 'LEFT_BEFORE' },
      { inspector: i2, ground: 'RECUSAL' },
    ])
    expect(remainingTeams(family, [{ ...leaves, unitId: otherUnit }])[0]?.leaving).toEqual([{ inspector: i2, ground: 'RECUSAL' }])
  })

  it('DRW-30 knows which draw an object’s tasks are of', () => {
    expect(originOf(family, a)).toBe(parent)
    expect(originOf([rematch, parent], a)).toBe(parent)
    expect(originOf(family, c)).toBe(replacement)
    expect(originOf(family, e)).toBe(undefined)
    const of = (purpose: 'rematch' | 'replacement') => {
      const redraw = { purpose, places: [{ label: a, stratum: 'A', drawId: parent.drawId }] }
      return (label: string) => taskDrawOf({ drawId: rematch.drawId, redraw } as unknown as Parameters<typeof taskDrawOf>[0], label)
    }
    expect([of('rematch')(a), of('rematch')(b), of('replacement')(a)]).toEqual([parent.drawId, rematch.drawId, rematch.drawId])
    expect(taskDrawOf({ drawId: parent.drawId }, a)).toBe(parent.drawId)
  })

  it('DRW-30 counts reasons and names labels once', () => {
    const grounds = [leaves, { ...leaves, unitId: otherUnit }, { reason: 'LEAVE', label: c, unitId }, { reason: 'PROBLEMS_FOUND' }]
    expect(reasonsOf(grounds)).toEqual([
      { reason: 'LEAVE', count: 1 },
      { reason: 'PROBLEMS_FOUND', count: 1 },
      { reason: 'RECUSAL', count: 2 },
    ])
    expect(labelsOf(grounds)).toEqual([a, c])
    expect(labelsOf(grounds.toReversed())).toEqual([a, c])
    expect(reasonsOf(grounds.toReversed())).toEqual(reasonsOf(grounds))
  })
})
