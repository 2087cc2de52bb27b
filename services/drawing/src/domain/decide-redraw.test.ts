import type { DrawId, Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { after as afterEvents, happened, hex } from '../../tests/fixtures.ts'
import type { DrawCommand } from './commands.ts'
import { decide } from './decide.ts'
import type { Draw, DrawIn } from './draw.ts'
import { evolve } from './evolve.ts'
import type { RedrawGround, RedrawProposal } from './redraw.ts'

const at = '2026-04-01T01:00:00.000Z' as Instant
const unitId = '230300-scj' as UnitId
const label = hex('b')
const ground = (change: Partial<RedrawGround> = {}): RedrawGround => ({
  reason: 'RECUSAL',
  label,
  unitId,
  inspectors: [hex('c')],
  ...change,
})
const proposal = (change: Partial<RedrawProposal> = {}): RedrawProposal => ({
  purpose: 'rematch',
  grounds: [ground()],
  counts: {},
  proposedAt: at,
  proposedBy: 'organiser',
  ...change,
})
const { frozen, prepared, committed, drawn, matched: teamed, closed, voided } = happened
const states = {
  FROZEN: afterEvents(frozen),
  COMMITTED: afterEvents(frozen, prepared, committed),
  DRAWN: afterEvents(frozen, prepared, committed, drawn),
  MATCHED: afterEvents(frozen, prepared, committed, drawn, teamed),
  CLOSED: afterEvents(frozen, prepared, committed, drawn, teamed, closed),
  VOID: afterEvents(frozen, voided),
}
const matched = states.MATCHED as DrawIn<'MATCHED'>

/** A draw after commands, all of which must be allowed. */
const after = (draw: Draw, ...commands: readonly DrawCommand[]): DrawIn<'MATCHED'> =>
  commands.reduce<Draw>((state, command) => {
    const decided = decide(state, command)
    if (!decided.ok) throw new Error(decided.error.code)
    return decided.value.reduce<Draw>(evolve, state)
  }, draw) as DrawIn<'MATCHED'>

const propose = (change: Partial<RedrawProposal> = {}): DrawCommand => ({ type: 'propose-redraw', proposal: proposal(change) })
const approve = (order: number, lapsed: readonly RedrawGround[] = []): DrawCommand => ({
  type: 'approve-redraw',
  order,
  lapsed,
  by: 'superior',
  unitId: '230000-scj' as UnitId,
  at,
})
const reject = (order: number): DrawCommand => ({ type: 'reject-redraw', order, by: 'superior', reason: '不予批准', at })
const drop = (recusalId: string): DrawCommand => ({ type: 'drop-recusal', recusalId, at })
const errorOf = (draw: Draw, command: DrawCommand) => {
  const decided = decide(draw, command)
  return decided.ok ? undefined : decided.error
}
const eventsOf = (draw: Draw, command: DrawCommand) => {
  const decided = decide(draw, command)
  return decided.ok ? decided.value.map(({ type }) => type) : [decided.error.code]
}

describe('orders for redraws', () => {
  it.each(['FROZEN', 'COMMITTED', 'DRAWN', 'CLOSED'] as const)('DRW-30 none of a draw that is %s', (status) => {
    expect(errorOf(states[status], propose())).toEqual({ code: 'draw-not-matched', status })
  })

  it('DRW-30 none of a draw that is void, and none of a redraw', () => {
    expect(errorOf(states.VOID, propose())).toEqual({ code: 'draw-void' })
    const redraw = { ...matched, redraw: { parentDrawId: hex('d') as DrawId } } as unknown as Draw
    expect(errorOf(redraw, propose())).toEqual({ code: 'redraw-of-redraw' })
  })

  it('DRW-26 keeps the orders of several cities apart, and numbers each city’s from 1', () => {
    const [there, regionCode] = ['230400', '230300'] as [RegionCode, RegionCode]
    const ofBoth = after(matched, propose({ regionCode: there }), propose({ regionCode, grounds: [ground({ label: hex('e') })] }))
    expect(ofBoth.redraws).toMatchObject([
      { order: 1, regionCode: there, grounds: [{}] },
      { order: 2, regionCode, grounds: [{}] },
    ])
    const approved = after(ofBoth, approve(1), approve(2))
    expect(approved.redraws).toMatchObject([{ number: 1 }, { number: 1 }])
    const again = after(approved, propose({ regionCode: there, grounds: [ground({ label: hex('f') })] }), approve(3))
    expect(again.redraws).toMatchObject([{ number: 1 }, { number: 1 }, { number: 2 }])
  })

  it('DRW-14 joins the grounds of a purpose while one waits, each once', () => {
    const other = ground({ label: hex('e') })
    const draw = after(matched, propose(), propose({ grounds: [ground(), other] }))
    expect(draw.redraws).toMatchObject([{ order: 1, status: 'PROPOSED', grounds: [ground(), other] }])
    expect(eventsOf(draw, propose())).toEqual([])
    expect(eventsOf(draw, propose({ purpose: 'replacement', grounds: [{ reason: 'OBJECT_GONE', label }] }))).toEqual(['redraw-proposed'])
  })

  it('DRW-30 asks again on grounds that were rejected, not on those that were approved', () => {
    expect(eventsOf(after(matched, propose(), approve(1)), propose())).toEqual([])
    expect(eventsOf(after(matched, propose(), approve(1)), propose({ grounds: [ground({ reason: 'LEAVE' })] }))).toEqual([
      'redraw-proposed',
    ])
    expect(after(matched, propose(), reject(1), propose()).redraws).toMatchObject([
      { order: 1, status: 'REJECTED' },
      { order: 2, status: 'PROPOSED' },
    ])
  })

  it('DRW-30 asks again on grounds whose redraw has ended', () => {
    const approved = after(matched, propose(), approve(1))
    const again = (...ended: readonly number[]): DrawCommand => ({ type: 'propose-redraw', proposal: proposal({}), ended: new Set(ended) })
    expect(eventsOf(approved, again(1))).toEqual(['redraw-proposed'])
    expect(eventsOf(approved, again(2))).toEqual([])
    expect(eventsOf(after(matched, propose()), again(1))).toEqual([])
  })

  it('DRW-30 approves an order without the grounds that have lapsed', () => {
    const other = ground({ label: hex('e') })
    const joined = after(matched, propose({ grounds: [ground(), other] }))
    expect(after(joined, approve(1, [ground()])).redraws).toMatchObject([{ status: 'APPROVED', grounds: [other] }])
    expect(after(joined, approve(1)).redraws).toMatchObject([{ grounds: [ground(), other] }])
  })

  it('DRW-30 tells an escalation from the next only while it waits', () => {
    const escalation = propose({ purpose: 'escalation', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts: { A: 2 } })
    const waiting = after(matched, escalation)
    expect(eventsOf(waiting, escalation)).toEqual([])
    expect(eventsOf(after(waiting, approve(1)), escalation)).toEqual(['redraw-proposed'])
    const more = (counts: Record<string, number>, reason = 'PROBLEMS_FOUND') =>
      eventsOf(waiting, propose({ purpose: 'escalation', grounds: [{ reason }], counts }))
    expect(more({ A: 2, B: 0 })).toEqual([])
    for (const other of [more({ A: 3 }), more({ A: 2, B: 1 }), more({ A: 2 }, 'COMPLAINTS')]) expect(other).toEqual(['redraw-waiting'])
    expect(eventsOf(matched, propose({ purpose: 'escalation', grounds: [] }))).toEqual([])
    const two = (counts: Record<string, number>) => propose({ purpose: 'escalation', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts })
    expect(eventsOf(after(matched, two({ A: 2, B: 1 })), two({ B: 1, A: 2 }))).toEqual([])
  })

  it('DRW-30 numbers what is approved without gaps, whatever was rejected between', () => {
    const replacement = propose({ purpose: 'replacement', grounds: [{ reason: 'OBJECT_GONE', label }] })
    const escalation = propose({ purpose: 'escalation', grounds: [{ reason: 'PROBLEMS_FOUND' }], counts: { A: 2 } })
    const draw = after(matched, propose(), replacement, escalation, approve(3), reject(1), approve(2))
    expect(draw.redraws).toMatchObject([
      { order: 1, status: 'REJECTED', reason: '不予批准', rejectedBy: 'superior', rejectedAt: at },
      { order: 2, status: 'APPROVED', number: 2, approvedAt: at, approvedBy: 'superior', unitId: '230000-scj' },
      { order: 3, status: 'APPROVED', number: 1 },
    ])
  })

  it('DRW-30 decides once, and on an order there is', () => {
    const approved = after(matched, propose(), approve(1))
    expect(eventsOf(approved, approve(1))).toEqual([])
    expect(errorOf(approved, reject(1))).toEqual({ code: 'redraw-decided', order: 1, status: 'APPROVED' })
    const rejected = after(matched, propose(), reject(1))
    expect(eventsOf(rejected, reject(1))).toEqual([])
    expect(errorOf(rejected, approve(1))).toEqual({ code: 'redraw-decided', order: 1, status: 'REJECTED' })
    expect(errorOf(matched, approve(1))).toEqual({ code: 'redraw-unknown', order: 1 })
  })

  it('DRW-14 a recusal that was rejected takes its ground back, while nobody has decided', () => {
    const one = ground({ recusalId: 'r1' })
    const two = ground({ recusalId: 'r2', label: hex('e') })
    const both = after(matched, propose({ grounds: [one] }), propose({ grounds: [two] }))
    expect(after(both, drop('r1')).redraws).toMatchObject([{ status: 'PROPOSED', grounds: [two] }])
    expect(after(both, drop('r1'), drop('r2')).redraws).toMatchObject([
      { status: 'REJECTED', rejectedBy: 'inspection', reason: 'RECUSAL_REJECTED', rejectedAt: at, grounds: [two] },
    ])
    expect(eventsOf(both, drop('r3'))).toEqual([])
    expect(eventsOf(matched, drop('r1'))).toEqual([])
    expect(eventsOf(after(both, approve(1)), drop('r1'))).toEqual([])
  })
})
