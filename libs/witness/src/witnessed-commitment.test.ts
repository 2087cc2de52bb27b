import { canonicalJson, type Json } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { commitmentText, drawId } from './testing/index.ts'
import { parseWitnessedCommitment } from './witnessed-commitment.ts'

type Change = Readonly<Record<string, Json>>
const whole = JSON.parse(commitmentText()) as Change
const read = (change: Change = {}, left?: string): unknown => {
  const members = Object.entries({ ...whole, ...change }).filter(([name]) => name !== left)
  const parsed = parseWitnessedCommitment(canonicalJson(Object.fromEntries(members)))
  return parsed.ok ? 'good' : parsed.error.pointer
}
const approval = { approvedAt: '2026-03-02T00:05:00.000Z', unitId: 'u-1', reasons: [{ reason: 'findings', count: 1 }] }
const redraw = { kind: 'redraw', parentDrawId: drawId, purpose: 'escalation', labels: [], after: [], approval }

describe('what a witness reads of S', () => {
  it('DRW-31 is of a plan line, of clues or a redraw, by either hash, with whatever else stands there', () => {
    expect(read()).toBe('good')
    expect(read({ hash: 'sm3', more: 1, snapshot: { more: 1 } })).toBe('good')
    expect(read({ subject: { kind: 'clue-task', taskId: 't', clueIds: ['c'] } })).toBe('good')
    for (const purpose of ['replacement', 'rematch', 'escalation']) expect(read({ subject: { ...redraw, purpose } })).toBe('good')
    const after = [{ drawId, transcript: drawId }]
    expect(read({ subject: { ...redraw, labels: [drawId], after } })).toBe('good')
  })

  it.each(Object.keys(whole))('DRW-31 has %s, in its form', (name) => {
    if (name === 'publicOpening') return
    expect(read({}, name)).toBe(`/${name}`)
    for (const value of [null, -1, '-']) expect(read({ [name]: value })).toMatch(new RegExp(`^/${name}`))
  })

  it.each<readonly [string, Change]>([
    ['/type', { type: 'dual-random/commitment/v2' }],
    ['/hash', { hash: 'md5' }],
    ['/batch', { batch: 0 }],
    ['/attempt', { attempt: 0 }],
    ['/tips/0/tip', { tips: [{ unitId: 'u', tip: 'x' }] }],
    ['/tips/0/unitId', { tips: [{ unitId: '', tip: drawId }] }],
    ['/witnesses/count', { witnesses: { count: -1, quorum: 0 } }],
    ['/witnesses/quorum', { witnesses: { count: 0, quorum: -1 } }],
    ['/beacons/0/round', { beacons: [{ genesisTime: 0, periodSeconds: 1, round: 0 }] }],
    ['/beacons/0/periodSeconds', { beacons: [{ genesisTime: 0, periodSeconds: 0, round: 1 }] }],
    ['/beacons/0/genesisTime', { beacons: [{ genesisTime: -1, periodSeconds: 1, round: 1 }] }],
    ['/subject/kind', { subject: { kind: 'lottery' } }],
    ['/subject/planId', { subject: { kind: 'plan-line', planId: '', lineId: 'l' } }],
    ['/subject/lineId', { subject: { kind: 'plan-line', planId: 'p' } }],
    ['/subject/taskId', { subject: { kind: 'clue-task', taskId: '', clueIds: [] } }],
    ['/subject/clueIds/0', { subject: { kind: 'clue-task', taskId: 't', clueIds: [''] } }],
    ['/subject/parentDrawId', { subject: { ...redraw, parentDrawId: 'x' } }],
    ['/subject/purpose', { subject: { ...redraw, purpose: 'lottery' } }],
    ['/subject/labels/0', { subject: { ...redraw, labels: ['x'] } }],
    ['/subject/after/0/transcript', { subject: { ...redraw, after: [{ drawId, transcript: 'x' }] } }],
    ['/subject/after/0/drawId', { subject: { ...redraw, after: [{ drawId: 'x', transcript: drawId }] } }],
    ['/subject/approval/approvedAt', { subject: { ...redraw, approval: { ...approval, approvedAt: 'today' } } }],
    ['/subject/approval/unitId', { subject: { ...redraw, approval: { ...approval, unitId: '' } } }],
    ['/subject/approval/reasons/0/reason', { subject: { ...redraw, approval: { ...approval, reasons: [{ reason: '', count: 1 }] } } }],
    ['/subject/approval/reasons/0/count', { subject: { ...redraw, approval: { ...approval, reasons: [{ reason: 'x', count: 0 }] } } }],
  ])('DRW-31 is refused at %s', (pointer, change) => {
    expect(read(change)).toBe(pointer)
  })

  it('DRW-32 names a beacon, and has an instant to be witnessed by: from 1970 to the last of the year 9999', () => {
    const fault = (change: Change): unknown => {
      const parsed = parseWitnessedCommitment(canonicalJson({ ...whole, ...change }))
      return parsed.ok ? 'good' : parsed.error
    }
    expect(fault({ beacons: [] })).toEqual({ pointer: '/beacons', reason: 'no beacon' })
    const due = (genesisTime: number) => fault({ marginSeconds: 600, beacons: [{ genesisTime, periodSeconds: 1, round: 1 }] })
    const none = { pointer: '/beacons', reason: 'no instant to be witnessed by' }
    const last = Date.parse('9999-12-31T23:59:59Z') / 1000
    expect([due(600), due(599), due(last + 600), due(last + 601)]).toEqual(['good', none, 'good', none])
  })
})
