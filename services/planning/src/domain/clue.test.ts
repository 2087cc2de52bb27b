import type { Instant, LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { clueFacts, openClue } from '../../tests/support/clues.ts'
import { type Clue, type ClueCommand, decideClue, isOverdue, recordClue } from './clue.ts'

const act = { by: 'planner', at: '2026-05-09T01:00:00.000Z' as Instant }
const cluster = (taskId: string): ClueCommand => ({ type: 'cluster', taskId })
const release = (taskId: string): ClueCommand => ({ type: 'release', taskId })
const check: ClueCommand = { type: 'check', check: { at: act.at, checkTaskId: 'task-1' } }
const close: ClueCommand = { type: 'close', reason: '重复', act }

function after(...commands: readonly ClueCommand[]): Clue {
  return commands.reduce<Clue>((clue, command) => {
    const decided = decideClue(clue, command)
    if (!decided.ok) throw new Error(decided.error.code)
    return decided.value?.clue ?? clue
  }, openClue('clue-1'))
}

const codeOf = (clue: Clue, command: ClueCommand) => {
  const decided = decideClue(clue, command)
  return decided.ok ? decided.value?.event : decided.error.code
}

describe('a clue', () => {
  it('TGT-15 begins open and ends in a check or a closure with its reason', () => {
    expect(recordClue(clueFacts('clue-1'))).toEqual({ clue: openClue('clue-1'), event: 'recorded' })
    expect(after(check)).toEqual({ ...clueFacts('clue-1'), status: 'CHECKED', check: { at: act.at, checkTaskId: 'task-1' } })
    expect(after(close)).toEqual({ ...clueFacts('clue-1'), status: 'CLOSED', closing: { ...act, reason: '重复' } })
  })

  it('DRW-25 is in one task on clues at a time, and comes back when that is withdrawn', () => {
    const clustered = after(cluster('t1'))
    expect(clustered).toEqual({ ...clueFacts('clue-1'), status: 'CLUSTERED', taskId: 't1' })
    expect(codeOf(clustered, cluster('t2'))).toBe('clue-clustered')
    expect(decideClue(clustered, release('t1'))).toEqual({
      ok: true,
      value: { clue: openClue('clue-1'), event: 'released', releasedFrom: 't1' },
    })
    expect(codeOf(clustered, release('t2'))).toBeUndefined()
  })

  it('TGT-15 is checked out of its task on clues too, which it goes on naming', () => {
    expect(after(cluster('t1'), check)).toMatchObject({ status: 'CHECKED', taskId: 't1' })
    expect(codeOf(after(cluster('t1'), check), release('t1'))).toBeUndefined()
  })

  it('TGT-08 that was checked may bear witness to what is widespread, and stays checked', () => {
    expect(after(check, cluster('t1'))).toEqual(after(check))
  })

  it('takes every command twice', () => {
    expect(codeOf(after(cluster('t1')), cluster('t1'))).toBeUndefined()
    expect(codeOf(after(check), check)).toBeUndefined()
    expect(codeOf(after(close), close)).toBeUndefined()
  })

  it('TGT-15 that is settled is settled: a closed one is neither checked nor drawn for, a checked one not closed, a clustered one not closed behind its task', () => {
    expect(codeOf(after(close), check)).toBe('clue-settled')
    expect(codeOf(after(close), cluster('t1'))).toBe('clue-settled')
    expect(codeOf(after(check), close)).toBe('clue-settled')
    expect(codeOf(after(cluster('t1')), close)).toBe('clue-clustered')
  })

  it('TGT-07 is overdue from the day after its due date until it is settled', () => {
    const due = { date: '2026-05-14' as LocalDate, provisional: false }
    const overdue = (clue: Clue, today: string) => isOverdue(clue, today as LocalDate)
    expect([overdue(openClue('c', { due }), '2026-05-14'), overdue(openClue('c', { due }), '2026-05-15')]).toEqual([false, true])
    expect(overdue({ ...clueFacts('c', { due }), status: 'CLUSTERED', taskId: 't1' }, '2026-05-15')).toBe(true)
    expect(overdue({ ...clueFacts('c', { due }), status: 'CHECKED', check: { at: act.at, checkTaskId: 't' } }, '2026-05-15')).toBe(false)
    expect(overdue({ ...clueFacts('c', { due }), status: 'CLOSED', closing: { ...act, reason: '' } }, '2026-05-15')).toBe(false)
    expect(overdue(openClue('c'), '2099-01-01')).toBe(false)
  })
})
