import type { Instant, UnitId } from '@dual-random/kernel'
import { given } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { after, closing, commitment, happened, hex, matching, request, snapshot, transcript } from '../../tests/fixtures.ts'
import type { DrawCommand } from './commands.ts'
import { decide } from './decide.ts'
import type { Audit, Draw } from './draw.ts'
import { evolve } from './evolve.ts'

const { frozen, prepared, committed, drawn, matched, closed, voided } = happened
const at = (text: string): Instant => text as Instant
const now = at('2026-03-02T01:11:00.000Z')
const closeAt = at('2026-07-30T16:00:00.000Z')

const auditOf = (unitId: string, findings = 0): Audit => ({ unitId: unitId as UnitId, at: now, findings })

const failure = { reason: 'beacon-lost', unitId: '230000-scj' as UnitId, at: now } as const

const commands = {
  freeze: { type: 'freeze', request, snapshot },
  prepare: { type: 'prepare', commitment, now },
  commit: { type: 'commit', digest: commitment.digest },
  draw: { type: 'draw', transcript },
  match: { type: 'match', matching },
  close: { type: 'close', closing, now: closeAt },
  void: { type: 'void', reason: '计划调整' },
  audit: { type: 'audit', audit: auditOf('230000-scj') },
  fail: { type: 'fail', failure },
} as const satisfies Record<string, DrawCommand>

const states = {
  FROZEN: after(frozen, prepared),
  COMMITTED: after(frozen, prepared, committed),
  DRAWN: after(frozen, prepared, committed, drawn),
  MATCHED: after(frozen, prepared, committed, drawn, matched),
  CLOSED: after(frozen, prepared, committed, drawn, matched, closed),
  VOID: after(frozen, voided),
  FAILED: after(frozen, prepared, committed, { type: 'failed', failure }),
} as const satisfies Record<string, Draw>

const deciding = (command: DrawCommand) => (draw: Draw | undefined) => decide(draw, command)

describe('decide', () => {
  it('freezes once', () => {
    given<Draw | undefined>(undefined)
      .when(deciding(commands.freeze))
      .outcome([{ type: 'frozen' }])
    given<Draw | undefined>(states.VOID).when(deciding(commands.freeze)).outcome([])
  })

  it.each([
    ['prepare', 'FROZEN', []],
    ['commit', 'FROZEN', [{ type: 'committed', commitment }]],
    ['draw', 'COMMITTED', [{ type: 'drawn', transcript }]],
    ['match', 'DRAWN', [{ type: 'matched', matching }]],
    ['close', 'MATCHED', [{ type: 'closed', closing }]],
    ['audit', 'MATCHED', [{ type: 'audited', audit: auditOf('230000-scj') }]],
    ['audit', 'CLOSED', [{ type: 'audited', audit: auditOf('230000-scj') }]],
    ['void', 'FROZEN', [{ type: 'voided', reason: '计划调整' }]],
    ['void', 'COMMITTED', [{ type: 'voided', reason: '计划调整' }]],
    ['fail', 'COMMITTED', [{ type: 'failed', failure }]],
  ] as const)('%s a draw that is %s', (name, status, events) => {
    expect(decide(states[status], commands[name])).toEqual({ ok: true, value: events })
  })

  it.each([
    ['prepare', 'COMMITTED'],
    ['commit', 'MATCHED'],
    ['draw', 'DRAWN'],
    ['draw', 'CLOSED'],
    ['match', 'MATCHED'],
    ['match', 'CLOSED'],
    ['close', 'CLOSED'],
    ['void', 'VOID'],
    ['fail', 'FAILED'],
  ] as const)('%s of a draw that is %s was done before and changes nothing', (name, status) => {
    expect(decide(states[status], commands[name])).toEqual({ ok: true, value: [] })
  })

  it.each([
    ['draw', 'FROZEN', 'draw-not-committed'],
    ['match', 'FROZEN', 'draw-not-committed'],
    ['match', 'COMMITTED', 'draw-not-committed'],
    ['close', 'FROZEN', 'draw-not-matched'],
    ['close', 'DRAWN', 'draw-not-matched'],
    ['audit', 'DRAWN', 'draw-not-matched'],
    ['audit', 'VOID', 'draw-void'],
    ['void', 'DRAWN', 'draw-already-drawn'],
    ['void', 'MATCHED', 'draw-already-drawn'],
    ['commit', 'VOID', 'draw-void'],
    ['draw', 'VOID', 'draw-void'],
    ['close', 'VOID', 'draw-void'],
    ['fail', 'VOID', 'draw-void'],
    ['fail', 'FROZEN', 'draw-not-committed'],
    ['fail', 'DRAWN', 'failed-too-late'],
    ['fail', 'MATCHED', 'failed-too-late'],
    ['fail', 'CLOSED', 'failed-too-late'],
    ['commit', 'FAILED', 'draw-failed'],
    ['draw', 'FAILED', 'draw-failed'],
    ['match', 'FAILED', 'draw-failed'],
    ['close', 'FAILED', 'draw-failed'],
    ['void', 'FAILED', 'draw-failed'],
    ['audit', 'FAILED', 'draw-failed'],
  ] as const)('refuses to %s a draw that is %s', (name, status, code) => {
    given<Draw | undefined>(states[status]).when(deciding(commands[name])).refusal({ code })
  })

  it.each(['key-lost', 'data-lost'] as const)('DRW-31 loses a drawn draw by %s as long as it is not matched', (reason) => {
    const command = { type: 'fail', failure: { ...failure, reason } } as const
    expect(decide(states.DRAWN, command)).toEqual({ ok: true, value: [{ type: 'failed', failure: command.failure }] })
    expect(decide(states.MATCHED, command)).toEqual({ ok: false, error: { code: 'failed-too-late', reason, status: 'MATCHED' } })
  })

  it.each(['beacon-lost', 'void-undecided'] as const)('DRW-31 fails a committed draw by %s as long as it is not drawn', (reason) => {
    const command = { type: 'fail', failure: { ...failure, reason } } as const
    expect(decide(states.COMMITTED, command)).toEqual({ ok: true, value: [{ type: 'failed', failure: command.failure }] })
    expect(decide(states.DRAWN, command)).toEqual({ ok: false, error: { code: 'failed-too-late', reason, status: 'DRAWN' } })
  })

  it('DRW-32 keeps a prepared S until its round has passed, then lets another take its place', () => {
    const other = { ...commitment, digest: hex('c') }
    const asked = (instant: string): DrawCommand => ({ type: 'prepare', commitment: other, now: at(instant) })
    given<Draw | undefined>(after(frozen))
      .when(deciding(asked('2026-03-02T01:11:00.000Z')))
      .outcome([{ type: 'prepared', commitment: other }])
    given<Draw | undefined>(states.FROZEN)
      .when(deciding(asked('2026-03-02T01:30:00.000Z')))
      .outcome([])
    given<Draw | undefined>(states.FROZEN)
      .when(deciding(asked('2026-03-02T01:30:00.001Z')))
      .outcome([{ commitment: other }])
  })

  it('DRW-32 never commits to an S that was not prepared', () => {
    expect(() => decide(states.FROZEN, { type: 'commit', digest: hex('c') })).toThrow('did not prepare')
    expect(() => decide(after(frozen), commands.commit)).toThrow('did not prepare')
  })

  it('closes at the first instant after the window and the days of the policy, not before', () => {
    const closingAt = (instant: string): DrawCommand => ({ type: 'close', closing, now: at(instant) })
    given<Draw | undefined>(states.MATCHED)
      .when(deciding(closingAt('2026-07-30T15:59:59.999Z')))
      .refusal({ code: 'close-not-due', at: closeAt })
    given<Draw | undefined>(states.MATCHED)
      .when(deciding(closingAt(closeAt)))
      .outcome([{ type: 'closed' }])
  })

  it('DRW-31 keeps one audit per unit, and none of the organiser', () => {
    const audited = after(frozen, prepared, committed, drawn, matched, { type: 'audited', audit: auditOf('230000-scj') })
    const audits = (unitId: string) => decide(audited, { type: 'audit', audit: auditOf(unitId, 2) })
    expect(audits('230000-scj')).toEqual({ ok: true, value: [] })
    expect(audits('230000-sft')).toMatchObject({ ok: true, value: [{ type: 'audited', audit: { findings: 2 } }] })
    const both = evolve(audited, { type: 'audited', audit: auditOf('230000-sft') })
    expect(decide(both, { type: 'audit', audit: auditOf('230000-scj', 2) })).toEqual({ ok: true, value: [] })
    expect(audits(request.unitId)).toEqual({ ok: false, error: { code: 'audit-by-organiser' } })
  })

  it('takes a command without a draw for a bug', () => {
    expect(() => decide(undefined, commands.commit)).toThrow('without a draw')
  })
})

describe('evolve', () => {
  it('knows when a draw goes on by itself: at its round, at its closing, never before it is committed or after its end', () => {
    expect(states.FROZEN).not.toHaveProperty('dueAt')
    expect(states.COMMITTED).toMatchObject({ dueAt: commitment.roundAt })
    expect(states.COMMITTED).not.toHaveProperty('prepared')
    expect(states.DRAWN).toMatchObject({ dueAt: commitment.roundAt })
    expect(states.MATCHED).toMatchObject({ dueAt: closeAt })
    expect(states.CLOSED).not.toHaveProperty('dueAt')
    const voidedLater = after(frozen, prepared, committed, voided)
    expect(voidedLater).toMatchObject({ status: 'VOID', commitment, reason: '计划调整' })
    expect(voidedLater).not.toHaveProperty('dueAt')
    expect(states.VOID).not.toHaveProperty('prepared')
    expect(states.FAILED).toMatchObject({ commitment, failure })
    const lostLater = after(frozen, prepared, committed, drawn, { type: 'failed', failure: { ...failure, reason: 'key-lost' } })
    expect(lostLater).toMatchObject({ status: 'FAILED', transcript })
    for (const ended of [states.FAILED, lostLater]) expect(ended).not.toHaveProperty('dueAt')
  })

  it('DRW-31 keeps audits across the closing, and until when the first is due', () => {
    const at10 = { ...matched, matching: { ...matching, matchedAt: at('2026-03-02T01:30:05.000Z') } }
    const first = { type: 'audited', audit: auditOf('230000-scj') } as const
    const second = { type: 'audited', audit: auditOf('230000-sft', 3) } as const
    expect(after(frozen, prepared, committed, drawn, at10, first, closed, second)).toMatchObject({
      status: 'CLOSED',
      auditDueAt: '2026-03-12T01:30:05.000Z',
      audits: [first.audit, second.audit],
    })
    expect(states.MATCHED).not.toHaveProperty('auditDueAt')
    expect(() => evolve(states.DRAWN, first)).toThrow('is DRAWN, not MATCHED')
  })

  it('takes an event that does not fit for a bug', () => {
    expect(() => evolve(undefined, committed)).toThrow('without a draw')
    expect(() => evolve(states.CLOSED, matched)).toThrow('is CLOSED, not DRAWN')
    expect(() => evolve(states.DRAWN, voided)).toThrow('is DRAWN, not COMMITTED')
  })
})
