import type { Instant, LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { lead } from '../../tests/support/lead-days.ts'
import { act, city, code, days, planLine, scj } from '../../tests/support/lines.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { Assignment } from './assignment.ts'
import { assignmentReminders } from './assignment-reminders.ts'
import { type Plan, planIdOf } from './plan.ts'
import type { LeadDays } from './reminder.ts'

const assignment: Assignment = {
  assignmentId: 'a-1',
  fromRegionCode: '230000' as Assignment['fromRegionCode'],
  fromUnitId: '230000-scj' as Assignment['fromUnitId'],
  regionCode: city,
  unitId: scj,
  year: 2026,
  planType: 'INTERNAL',
  task: { taskName: '商品质量检查', itemCodes: [code('G1')], window: days('2026-04-01', '2026-06-30') },
  // Morning of 10 March in China.
  assigned: { by: 'superior', at: '2026-03-09T17:00:00.000Z' as Instant },
}
const late: Assignment = { ...assignment, assigned: { by: 'superior', at: '2026-04-20T01:00:00.000Z' as Instant } }

interface Changes {
  readonly of?: Assignment
  readonly plan?: Plan
  readonly ahead?: LeadDays | 'none'
  readonly due?: LocalDate | 'none'
}

function on(today: string, { of = assignment, plan, ahead = lead, due = '2026-03-31' as LocalDate }: Changes = {}) {
  const plans = new Map(plan === undefined ? [] : [[planIdOf(of), plan]])
  const dueDate = due === 'none' ? undefined : due
  return assignmentReminders([of], plans, {
    today: today as LocalDate,
    lead: ahead === 'none' ? undefined : ahead,
    dueOf: (planType) => (planType === 'INTERNAL' ? dueDate : undefined),
  })
}
const kinds = (found: ReturnType<typeof on>) => found.map(({ kind, date }) => `${kind} ${date}`)

describe('reminders of dispatched tasks', () => {
  it.each([
    ['2026-03-16', []],
    ['2026-03-17', ['ASSIGNMENT_OPEN 2026-03-10']],
    ['2026-03-31', ['ASSIGNMENT_OPEN 2026-03-10']],
    ['2026-04-01', ['ASSIGNMENT_OVERDUE 2026-03-31']],
  ])('PLN-15 one that no line came from reminds on %s: %j', (today, expected) => {
    expect(kinds(on(today))).toEqual(expected)
  })

  it.each([
    ['2026-04-26', []],
    ['2026-04-27', ['ASSIGNMENT_OVERDUE 2026-03-31']],
  ])('PLN-15 one dispatched after the plan was due has its days first, on %s: %j', (today, expected) => {
    expect(kinds(on(today, { of: late }))).toEqual(expected)
  })

  it('PLN-15 one without a draw reminds as others do, until a line without a draw came from it', () => {
    const { taskName, field, objectScope, objects, itemCodes, window } = campaign('L02')
    const of: Assignment = { ...assignment, task: { kind: 'CAMPAIGN', taskName, field, objectScope, objects, itemCodes, window } }
    expect(on('2026-04-01', { of })).toMatchObject([{ kind: 'ASSIGNMENT_OVERDUE', text: expect.stringContaining('“专项整治”') as string }])
    const origin = { assignmentId: 'a-1', regionCode: of.fromRegionCode, unitId: of.fromUnitId }
    const plan = planAt({ state: 'DRAFT', number: 1, lines: [], undrawn: [{ ...campaign('L02'), origin }], changes: [] })
    expect(on('2026-04-01', { of, plan })).toEqual([])
  })

  it('PLN-15 one dispatched on the day itself by which plans are filed is overdue on the next', () => {
    const last: Assignment = { ...assignment, assigned: { by: 'superior', at: '2026-03-31T01:00:00.000Z' as Instant } }
    expect(kinds(on('2026-03-31', { of: last }))).toEqual([])
    expect(kinds(on('2026-04-01', { of: last }))).toEqual(['ASSIGNMENT_OVERDUE 2026-03-31'])
  })

  it('PLN-15 says which task is not in which plan, and by when that was to be filed', () => {
    const texts = (today: string) => on(today).map(({ text }) => text)
    const of = '上级2026-03-10派发的任务“商品质量检查”'
    expect(texts('2026-03-17')).toEqual([expect.stringMatching(new RegExp(`^${of}尚未列入2026年.+，请及时列入。$`))])
    expect(texts('2026-04-01')).toEqual([
      expect.stringMatching(new RegExp(`^${of}未列入应于2026-03-31前报备的2026年.+，已逾期，请尽快列入。$`)),
    ])
  })

  it('PLN-15 tells the planner, of an overdue one who dispatched it too, under the task', () => {
    const planner = { regionCode: city, unitId: scj, roles: ['PLANNER'] }
    expect(on('2026-03-17')).toMatchObject([
      { key: 'reminder-ASSIGNMENT_OPEN-a-1', assignmentId: 'a-1', year: 2026, planType: 'INTERNAL', addressees: [planner] },
    ])
    const dispatcher = { regionCode: '230000', unitId: '230000-scj', roles: ['PLANNER', 'JOINT_COORDINATOR'] }
    expect(on('2026-04-01')).toMatchObject([{ key: 'reminder-ASSIGNMENT_OVERDUE-a-1', addressees: [planner, dispatcher] }])
  })

  it('PLN-15 where policy gives no lead days only what is overdue is told, where it gives no date only what is open', () => {
    expect(on('2026-03-31', { ahead: 'none' })).toEqual([])
    expect(kinds(on('2026-04-01', { ahead: 'none' }))).toEqual(['ASSIGNMENT_OVERDUE 2026-03-31'])
    expect(on('2026-04-27', { ahead: 'none', of: late })).toEqual([])
    expect(kinds(on('2026-04-01', { due: 'none' }))).toEqual(['ASSIGNMENT_OPEN 2026-03-10'])
  })

  it('PLN-15 one taken in, withdrawn, or into a plan whose year is over reminds of nothing', () => {
    const origin = { assignmentId: 'a-1', regionCode: assignment.fromRegionCode, unitId: assignment.fromUnitId }
    const empty = planAt(publishedVersionOf([planLine('L01')]))
    expect(on('2026-04-01', { plan: empty })).toHaveLength(1)
    expect(on('2026-04-01', { plan: planAt(publishedVersionOf([{ ...planLine('L01'), origin }])) })).toEqual([])
    expect(on('2026-04-01', { of: { ...assignment, withdrawn: { ...act, reason: '并入专项' } } })).toEqual([])
    expect(on('2026-04-01', { plan: { ...empty, closed: act } })).toEqual([])
  })
})
