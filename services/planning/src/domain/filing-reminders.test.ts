import type { Instant, LocalDate } from '@dual-random/kernel'
import { planDue } from '@dual-random/policy'
import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { lead } from '../../tests/support/lead-days.ts'
import { act, city, gaj, lineId, planLine, scj, units } from '../../tests/support/lines.ts'
import { acceptedVersionOf, filedVersionOf, planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { filingReminders, undraftedJointReminder, waitingReminder } from './filing-reminders.ts'
import { filingStatuses } from './filing-status.ts'
import type { Plan, PlanType, PlanVersion } from './plan.ts'
import type { LeadDays } from './reminder.ts'

function on(today: string, { preset = 'heilongjiang', year = 2026, plans = [] as readonly Plan[], isLed = true } = {}) {
  const policy = policyOf(preset)
  const dueOf = (planType: PlanType) => {
    const due = planDue(policy, planType, year)
    return due.ok ? due.value : undefined
  }
  const statuses = filingStatuses(units, plans, dueOf, `${today}T04:00:00.000Z` as Instant)
  return filingReminders({ regionCode: city, year, today: today as LocalDate, lead: isLed ? lead : undefined }, statuses)
}
const gist = (found: ReturnType<typeof on>) => found.map(({ kind, unitId, planType, date }) => [kind, unitId, planType, date].join(' '))

const lines = [planLine('L01')]
const filed = planAt(filedVersionOf(lines, '2026-03-01T00:00:00.000Z'))
const joint = planAt({ state: 'DRAFT', number: 1, lines: [], changes: [] }, { planType: 'JOINT' })

describe('reminders of filings', () => {
  it.each([
    ['heilongjiang', '2026-03-16', []],
    ['heilongjiang', '2026-03-17', [`PLAN_DUE ${gaj} INTERNAL 2026-03-31`, `PLAN_DUE ${scj} INTERNAL 2026-03-31`]],
    ['heilongjiang', '2026-03-31', [`PLAN_DUE ${gaj} INTERNAL 2026-03-31`, `PLAN_DUE ${scj} INTERNAL 2026-03-31`]],
    ['heilongjiang', '2026-04-01', [`PLAN_OVERDUE ${gaj} INTERNAL 2026-03-31`, `PLAN_OVERDUE ${scj} INTERNAL 2026-03-31`]],
    ['shanghai-2019', '2026-01-16', []],
    ['shanghai-2019', '2026-01-17', [`PLAN_DUE ${gaj} INTERNAL 2026-01-31`, `PLAN_DUE ${scj} INTERNAL 2026-01-31`]],
    ['samr-2023-draft', '2026-04-01', [`PLAN_OVERDUE ${gaj} INTERNAL 2026-03-31`, `PLAN_OVERDUE ${scj} INTERNAL 2026-03-31`]],
    ['samr-2024', '2026-12-31', []],
    ['shaoxing-2019-draft', '2026-12-31', []],
  ])('PLN-04 %s reminds on %s of %j', (preset, today, expected) => {
    expect(gist(on(today, { preset }))).toEqual(expected)
  })

  it.each([
    ['2026-01-16', []],
    ['2026-01-17', ['PLAN_DUE']],
    ['2026-01-31', ['PLAN_DUE']],
    ['2026-02-01', ['PLAN_OVERDUE']],
  ])('PLN-04 a joint plan of heilongjiang and of shaoxing-2019-draft that is not filed reminds on %s: %j', (today, expected) => {
    for (const preset of ['heilongjiang', 'shaoxing-2019-draft']) {
      const found = on(today, { preset, plans: [joint] }).filter(({ planType }) => planType === 'JOINT')
      expect(found.map(({ kind }) => kind)).toEqual(expected)
      for (const each of found) expect(each).toMatchObject({ unitId: scj, planId: joint.planId, date: '2026-01-31' })
    }
  })

  it('PLN-05 the plan of 2019 of shanghai-2019 is overdue from April', () => {
    expect(gist(on('2019-03-31', { preset: 'shanghai-2019', year: 2019 }))).toContain(`PLAN_DUE ${scj} INTERNAL 2019-03-31`)
    expect(gist(on('2019-04-01', { preset: 'shanghai-2019', year: 2019 }))).toContain(`PLAN_OVERDUE ${scj} INTERNAL 2019-03-31`)
  })

  it('PLN-04 who has filed or published is not reminded', () => {
    expect(gist(on('2026-04-01', { plans: [filed] }))).toEqual([`PLAN_OVERDUE ${gaj} INTERNAL 2026-03-31`])
    expect(gist(on('2026-04-01', { plans: [planAt(publishedVersionOf(lines))] }))).toEqual([`PLAN_OVERDUE ${gaj} INTERNAL 2026-03-31`])
  })

  it('PLN-04 where policy gives no lead days what is overdue is told all the same', () => {
    expect(on('2026-03-31', { isLed: false })).toEqual([])
    expect(on('2026-04-01', { isLed: false })).toHaveLength(2)
  })

  it('PLN-04 PLN-23 the planner of the unit is told, and of what is overdue the coordinator as well', () => {
    const planner = { regionCode: city, unitId: gaj, roles: ['PLANNER'] }
    expect(on('2026-03-20')[0]).toMatchObject({ unitId: gaj, addressees: [planner] })
    expect(on('2026-03-20')[0]?.addressees).toHaveLength(1)
    expect(on('2026-04-20')[0]?.addressees).toEqual([planner, { regionCode: city, roles: ['JOINT_COORDINATOR'] }])
    expect(on('2026-04-20')[0]?.text).toBe('鸡西市公安局2026年内部抽查计划应于2026-03-31前报备，已逾期，请尽快报备。')
  })

  it('PLN-04 the same occasion has the same key on every day, another kind, unit, year or date another', () => {
    expect(on('2026-03-17')).toEqual(on('2026-03-31'))
    const keys = [...on('2026-03-17'), ...on('2026-04-01'), ...on('2027-04-01', { year: 2027 })].map(({ key }) => key)
    expect(new Set(keys).size).toBe(6)
    expect(keys[0]).toBe('reminder-PLAN_DUE-230300-2026-INTERNAL-230300-gaj-2026-03-31')
  })

  it('PLN-04 PLN-06 of a plan told as overdue, filed late and then returned the planner and the coordinator are told again', () => {
    const returnedAs = (number: number) =>
      ({
        ...filedVersionOf(lines, '2026-04-02T00:00:00.000Z'),
        number,
        state: 'RETURNED',
        returned: { ...act, reason: '缺' },
      }) as PlanVersion
    const draft = { state: 'DRAFT', number: 1, lines, changes: [] } as const
    const ofVersions = (...versions: readonly PlanVersion[]) =>
      on('2026-04-10', { plans: [planAt(draft, { versions })] }).filter(({ unitId }) => unitId === scj)
    const occasions = [
      ofVersions(draft),
      ofVersions(returnedAs(1)),
      ofVersions(returnedAs(1), { ...draft, number: 2 }),
      ofVersions(returnedAs(1), returnedAs(2)),
    ].flat()
    const key = 'reminder-PLAN_OVERDUE-230300-2026-INTERNAL-230300-scj-2026-03-31'
    expect(occasions.map((each) => each.key)).toEqual([key, `${key}-1`, `${key}-1`, `${key}-2`])
    expect(occasions[3]?.addressees).toHaveLength(2)
    expect(occasions[3]?.text).toMatch(/内部抽查计划应于2026-03-31前报备，第2版被退回，已逾期，请尽快报备。$/)
  })

  it('PLN-04 a joint plan that nobody has drafted is the coordinator’s to see to', () => {
    const due = '2026-01-31' as LocalDate
    const undrafted = (today: string) => undraftedJointReminder({ regionCode: city, year: 2026, today: today as LocalDate, lead }, due)
    expect(undrafted('2026-01-16')).toEqual([])
    expect(undrafted('2026-01-17')).toMatchObject([
      { kind: 'PLAN_DUE', planType: 'JOINT', addressees: [{ regionCode: city, roles: ['JOINT_COORDINATOR'] }] },
    ])
    expect(undrafted('2026-01-31')).toMatchObject([{ kind: 'PLAN_DUE' }])
    expect(undrafted('2026-02-01')).toMatchObject([{ kind: 'PLAN_OVERDUE' }])
    expect(undrafted('2026-02-01')[0]).not.toHaveProperty('unitId')
  })
})

describe('reminders of filings undecided', () => {
  // Late on 1 March in China.
  const waiting = planAt(filedVersionOf(lines, '2026-03-01T15:59:59.999Z'))
  const of = (plan: Plan, today: string, days: LeadDays | undefined = lead) => waitingReminder(plan, today as LocalDate, days)

  it('PLN-06 whoever decides is told after so many days, with the version in the key', () => {
    expect(of(waiting, '2026-03-07')).toEqual([])
    expect(of(waiting, '2026-03-08')).toMatchObject([
      { kind: 'FILING_UNDECIDED', date: '2026-03-01', addressees: [{ regionCode: '230000', roles: ['FILING_REVIEWER'] }] },
    ])
    expect(of(waiting, '2026-03-08')[0]?.key).toBe(`reminder-FILING_UNDECIDED-${waiting.planId}-1`)
    expect(of(waiting, '2026-03-08')).toEqual(of(waiting, '2026-05-08'))
  })

  it('PLN-06 nobody is told of what was decided, nor where policy gives no days', () => {
    expect(of(planAt(publishedVersionOf(lines)), '2026-05-08')).toEqual([])
    expect(waitingReminder(waiting, '2026-05-08' as LocalDate, undefined)).toEqual([])
    expect(of({ ...waiting, closed: { by: 'planner', at: '2026-05-01T00:00:00.000Z' as Instant } }, '2026-05-08')).toEqual([])
  })

  it('PLN-08 the planner is told after so many days of what the superior accepted and nobody published', () => {
    const accepted = planAt(acceptedVersionOf(lines, '2026-03-10T00:00:00.000Z'))
    expect(of(accepted, '2026-03-14')).toEqual([])
    expect(of(accepted, '2026-03-15')).toMatchObject([
      {
        key: `reminder-ACCEPTED_UNPUBLISHED-${accepted.planId}-1`,
        kind: 'ACCEPTED_UNPUBLISHED',
        date: '2026-03-10',
        addressees: [{ regionCode: city, unitId: scj, roles: ['PLANNER'] }],
        text: `计划${accepted.planId}第1版于2026-03-10经上级接收，尚未公布，请及时公布。`,
      },
    ])
    expect(of(planAt({ state: 'DRAFT', number: 1, lines, changes: [] }), '2026-05-08')).toEqual([])
  })

  describe('of an adjustment', () => {
    const change = {
      kind: 'CANCEL',
      lineId: lineId('L02'),
      reason: '并入专项',
      by: 'planner',
      at: '2026-05-01T16:00:00.000Z' as Instant,
    } as const
    const begun = { state: 'DRAFT', number: 2, lines, changes: [change, { ...change, at: '2026-05-06T00:00:00.000Z' as Instant }] } as const
    const returned = {
      ...filedVersionOf(lines, '2026-05-03T00:00:00.000Z'),
      number: 2,
      changes: [change],
      state: 'RETURNED',
      returned: { by: 'reviewer', at: '2026-05-04T00:00:00.000Z' as Instant, reason: '缺' },
    } as PlanVersion
    const adjusted = (...versions: readonly PlanVersion[]) => {
      const published = publishedVersionOf(lines)
      return planAt(published, { versions: [published, ...versions], updatedAt: '2026-05-10T00:00:00.000Z' as Instant })
    }
    const due = (plan: Plan, today: string) => of(plan, today).map(({ key, date }) => [key, date])
    const key = (version: number) => `reminder-ADJUSTMENT_WAITING-${adjusted().planId}-${version}`

    it.each([
      ['begun on 2 May', adjusted(begun), '2026-05-07', '2026-05-08', [key(2), '2026-05-02']],
      [
        'of priorities alone, last touched on 10 May',
        adjusted({ ...begun, changes: [] }),
        '2026-05-15',
        '2026-05-16',
        [key(2), '2026-05-10'],
      ],
      ['returned on 4 May', adjusted(returned), '2026-05-09', '2026-05-10', [key(2), '2026-05-04']],
      [
        'returned on 4 May and being mended',
        adjusted(returned, { ...begun, number: 3 }),
        '2026-05-09',
        '2026-05-10',
        [key(2), '2026-05-04'],
      ],
    ])('PLN-10 %s the planner is told after six days', (_what, plan, before, on_, expected) => {
      expect(due(plan, before)).toEqual([])
      expect(due(plan, on_)).toEqual([expected])
      expect(of(plan, on_)).toMatchObject([
        { kind: 'ADJUSTMENT_WAITING', addressees: [{ regionCode: city, unitId: scj, roles: ['PLANNER'] }] },
      ])
      expect(waitingReminder(plan, on_ as LocalDate, undefined)).toEqual([])
    })

    it.each([
      ['heilongjiang', '起草调整，尚未报备或者公布调整，请及时报备并公布调整。'],
      ['samr-2024', '起草调整，尚未公布调整，请及时公布调整。'],
      ['samr-2023-draft', '起草调整，尚未重新公布调整后的计划，请及时重新公布调整后的计划。'],
      ['shaoxing-2019-draft', '起草调整，尚未报备或者公布，请及时报备并公布。'],
    ])('PLN-10 under %s the words say what policy asks for of it', (preset, words) => {
      const rule = policyOf(preset).find('plan.adjustment')
      const found = waitingReminder(adjusted(begun), '2026-05-08' as LocalDate, lead, rule)
      expect(found.map(({ text }) => text.slice(text.indexOf('起草')))).toEqual([words])
    })

    it('PLN-10 shanghai-2019 asks for neither filing nor publication of an adjustment, so that nobody is told; of a returned one the planner is', () => {
      const rule = policyOf('shanghai-2019').find('plan.adjustment')
      expect(waitingReminder(adjusted(begun), '2026-06-30' as LocalDate, lead, rule)).toEqual([])
      expect(waitingReminder(adjusted(returned), '2026-06-30' as LocalDate, lead, rule)).toHaveLength(1)
    })

    it('PLN-10 that was filed or published nobody is told', () => {
      const filedAgain = { ...filedVersionOf(lines, '2026-05-03T00:00:00.000Z'), number: 2 }
      expect(due(adjusted({ ...publishedVersionOf(lines), number: 2 }), '2026-06-30')).toEqual([])
      expect(due(adjusted(filedAgain), '2026-06-30')).toEqual([[`reminder-FILING_UNDECIDED-${adjusted().planId}-2`, '2026-05-03']])
      expect(due({ ...adjusted(begun), closed: act }, '2026-06-30')).toEqual([])
    })
  })
})
