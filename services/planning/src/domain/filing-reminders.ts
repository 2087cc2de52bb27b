import { addDays, chinaDateOf, type Instant, type LocalDate, type RegionCode } from '@dual-random/kernel'
import type { PolicyValues } from '@dual-random/policy'
import type { FilingStatus } from './filing-status.ts'
import { type Plan, type PlanType, type PlanVersion, publishedVersion, workingVersion } from './plan.ts'
import { type Addressee, type LeadDays, type Reminder, type ReminderKind, reminderKey } from './reminder.ts'

export const planTitles: Readonly<Record<PlanType, string>> = { INTERNAL: '内部抽查计划', JOINT: '部门联查计划' }

interface RegionYear {
  readonly regionCode: RegionCode
  readonly year: number
  readonly today: LocalDate
  /** Absent where policy gives none: then nobody is reminded ahead, and only what is overdue is told. */
  readonly lead?: LeadDays | undefined
}

/** Plans of a year that come due or are overdue and were not filed (PLN-04): the unit's planner is told, of an overdue one the coordinator too. */
export function filingReminders(of: RegionYear, statuses: readonly FilingStatus[]): readonly Reminder[] {
  return statuses.flatMap(({ unitId, unitName, planType, planId, dueDate, returnedVersion, status }) => {
    if (dueDate === undefined || (status !== 'PENDING' && status !== 'OVERDUE')) return []
    const about = { unitId, ...(planId === undefined ? {} : { planId }) }
    return dueReminder(of, {
      planType,
      date: dueDate as LocalDate,
      isOverdue: status === 'OVERDUE',
      whose: unitName,
      returnedVersion,
      about,
    })
  })
}

/** A joint plan that policy wants and nobody in the region has drafted: it is nobody's yet, so the coordinator is told (PLN-04). */
export function undraftedJointReminder(of: RegionYear, due: LocalDate): readonly Reminder[] {
  return dueReminder(of, { planType: 'JOINT', date: due, isOverdue: of.today > due, whose: '本地区', about: {} })
}

interface Due {
  readonly planType: PlanType
  readonly date: LocalDate
  readonly isOverdue: boolean
  readonly whose: string
  /** A plan returned is due anew: an occasion of its own, told again. */
  readonly returnedVersion?: number | undefined
  readonly about: Pick<Reminder, 'unitId' | 'planId'>
}

function dueReminder({ regionCode, year, today, lead }: RegionYear, due: Due): readonly Reminder[] {
  const { planType, date, isOverdue, whose, returnedVersion, about } = due
  if (!isOverdue && (lead === undefined || today < addDays(date, -lead.planDue))) return []
  const kind = isOverdue ? 'PLAN_OVERDUE' : 'PLAN_DUE'
  const { unitId } = about
  const coordinator: Addressee = { regionCode, roles: ['JOINT_COORDINATOR'] }
  const planner: readonly Addressee[] = unitId === undefined ? [] : [{ regionCode, unitId, roles: ['PLANNER'] }]
  const plan = `${whose}${year}年${planTitles[planType]}`
  const returned = returnedVersion === undefined ? '' : `第${returnedVersion}版被退回，`
  return [
    {
      key: reminderKey(
        kind,
        regionCode,
        year,
        planType,
        unitId ?? 'NONE',
        date,
        ...(returnedVersion === undefined ? [] : [returnedVersion]),
      ),
      kind,
      regionCode,
      ...about,
      year,
      planType,
      date,
      addressees: isOverdue || unitId === undefined ? [...planner, coordinator] : planner,
      text: `${plan}应于${date}前报备，${returned}${isOverdue ? '已逾期，请尽快报备。' : '尚未报备。'}`,
    },
  ]
}

/**
 * A version that waits since so many days: filed for its decision, of which whoever decides is told; accepted for its publication, or an adjustment
 * begun or returned for its filing and publication, of which the planner is (PLN-08, PLN-10).
 */
export function waitingReminder(
  plan: Plan,
  today: LocalDate,
  lead: LeadDays | undefined,
  rule?: PolicyValues['plan.adjustment'],
): readonly Reminder[] {
  if (lead === undefined || plan.closed !== undefined) return []
  const { planId, regionCode, unitId, year, planType } = plan
  const waiting = waitingOf(workingVersion(plan), { regionCode, unitId }, lead) ?? waitingAdjustment(plan, lead, rule)
  if (waiting === undefined) return []
  const { kind, version, days, addressee, text } = waiting
  const date = chinaDateOf(waiting.since)
  if (today < addDays(date, days)) return []
  const key = reminderKey(kind, planId, version)
  const words = `计划${planId}第${version}版于${date}${text}`
  return [{ key, kind, regionCode, unitId, year, planType, planId, date, addressees: [addressee], text: words }]
}

interface Waiting {
  readonly kind: ReminderKind
  /** Its number. */
  readonly version: number
  readonly since: Instant
  readonly days: number
  readonly addressee: Addressee
  readonly text: string
}

function waitingOf(working: PlanVersion, planner: Omit<Addressee, 'roles'>, lead: LeadDays): Waiting | undefined {
  const { number: version } = working
  if (working.state === 'FILED') {
    const { at: since, filedTo: regionCode } = working.filing
    const addressee: Addressee = { regionCode, roles: ['FILING_REVIEWER'] }
    return { kind: 'FILING_UNDECIDED', version, since, days: lead.filingUndecided, addressee, text: '报备，尚未审核，请接收或者退回。' }
  }
  if (working.state !== 'ACCEPTED') return undefined
  const addressee: Addressee = { ...planner, roles: ['PLANNER'] }
  const text = '经上级接收，尚未公布，请及时公布。'
  return { kind: 'ACCEPTED_UNPUBLISHED', version, since: working.acceptance.at, days: lead.acceptedUnpublished, addressee, text }
}

/** What policy asks for of an adjustment, in words; filing and publication where it does not say. */
function stepsOf(rule: PolicyValues['plan.adjustment'] | undefined): readonly string[] {
  if (rule === undefined) return ['报备', '公布']
  const publishing = rule.publish === 'WHOLE_PLAN' ? ['重新公布调整后的计划'] : rule.publish === 'ADJUSTMENT' ? ['公布调整'] : []
  return [...(rule.file ? ['报备'] : []), ...publishing]
}

/**
 * An adjustment of a published plan that nobody filed or published, where policy asks for that (PLN-10). A draft that mends a returned version waits with
 * that: it is told once.
 */
function waitingAdjustment(plan: Plan, lead: LeadDays, rule: PolicyValues['plan.adjustment'] | undefined): Waiting | undefined {
  const working = workingVersion(plan)
  if (publishedVersion(plan) === undefined || (working.state !== 'DRAFT' && working.state !== 'RETURNED')) return undefined
  const { regionCode, unitId } = plan
  const about = {
    kind: 'ADJUSTMENT_WAITING',
    days: lead.adjustmentWaiting,
    addressee: { regionCode, unitId, roles: ['PLANNER'] },
  } as const
  const last = working.state === 'RETURNED' ? working : plan.versions.at(-2)
  if (last?.state === 'RETURNED') {
    return { ...about, version: last.number, since: last.returned.at, text: '被上级退回，调整尚未重新报备，请及时修改报备并公布。' }
  }
  const steps = stepsOf(rule)
  if (steps.length === 0) return undefined
  const since = working.changes[0]?.at ?? plan.updatedAt
  return { ...about, version: working.number, since, text: `起草调整，尚未${steps.join('或者')}，请及时${steps.join('并')}。` }
}
