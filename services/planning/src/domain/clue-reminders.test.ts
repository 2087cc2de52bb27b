import type { Instant, LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { clueFacts, openClue } from '../../tests/support/clues.ts'
import { lead } from '../../tests/support/lead-days.ts'
import { city, scj } from '../../tests/support/lines.ts'
import type { Clue } from './clue.ts'
import { clueReminders } from './clue-reminders.ts'
import type { LeadDays } from './reminder.ts'

const due = { date: '2026-05-12' as LocalDate, provisional: false }
const object = { code: '91230300MA0000001X', name: '示例健身馆' }
const facts = clueFacts('clue-1', { due, object })
const clue: Clue = { ...facts, status: 'OPEN' }
const on = (today: string, of: readonly Clue[] = [clue], ahead: LeadDays | undefined = lead) => clueReminders(of, today as LocalDate, ahead)
const kinds = (found: ReturnType<typeof on>) => found.map(({ kind, date }) => `${kind} ${date}`)

describe('reminders of clues', () => {
  it.each([
    ['2026-05-09', []],
    ['2026-05-10', ['CLUE_DUE 2026-05-12']],
    ['2026-05-12', ['CLUE_DUE 2026-05-12']],
    ['2026-05-13', ['CLUE_OVERDUE 2026-05-12']],
    ['2027-01-01', ['CLUE_OVERDUE 2026-05-12']],
  ])('TGT-07 TGT-15 one that is not settled reminds on %s: %j', (today, expected) => {
    expect(kinds(on(today))).toEqual(expected)
    expect(kinds(on(today, [{ ...facts, status: 'CLUSTERED', taskId: 't1' }]))).toEqual(expected)
  })

  it('TGT-15 one that was checked or closed, or that policy gives no term, reminds of nothing', () => {
    const at = '2026-05-08T02:00:00.000Z' as Instant
    const settled: readonly Clue[] = [
      { ...facts, status: 'CHECKED', check: { at, checkTaskId: 't' } },
      { ...facts, status: 'CLOSED', closing: { by: 'planner', at, reason: '重复' } },
      openClue('clue-2'),
    ]
    expect(on('2026-05-13', settled)).toEqual([])
  })

  it('TGT-15 SEC-01 tells who keeps it in its unit, under the clue and its date, and nothing of its object or matter', () => {
    const [first] = on('2026-05-10')
    expect(first).toMatchObject({ key: 'reminder-CLUE_DUE-clue-1-2026-05-12', clueId: 'clue-1', year: 2026, unitId: scj })
    expect(first?.addressees).toEqual([{ regionCode: city, unitId: scj, roles: ['DISPATCHER', 'PLANNER'] }])
    expect(JSON.stringify([first, ...on('2026-05-13')])).not.toMatch(/91230300MA0000001X|示例健身馆|预付卡/)
    expect(first).not.toHaveProperty('planType')
  })

  it('TGT-15 where policy gives no lead days only what is overdue is told', () => {
    expect(clueReminders([clue], '2026-05-12' as LocalDate, undefined)).toEqual([])
    expect(kinds(clueReminders([clue], '2026-05-13' as LocalDate, undefined))).toEqual(['CLUE_OVERDUE 2026-05-12'])
  })
})
