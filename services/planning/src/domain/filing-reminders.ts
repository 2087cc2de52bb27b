import { addDays, chinaDateOf, type Instant, type LocalDate, type RegionCode } from '@dual-random/kernel'
import type { FilingStatus } from './filing-status.ts'
import { type Plan, type PlanType, type PlanVersion, workingVersion } from './plan.ts'
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
  return statuses.flatMap(({ unitId, unitName, planType, planId, dueDate, status }) => {
    if (dueDate === undefined || (status !== 'PENDING' && status !== 'OVERDUE')) return []
    const about = { unitId, ...(planId === undefined ? {} : { planId }) }
    return dueReminder(of, { planType, date: dueDate as LocalDate, isOverdue: status === 'OVERDUE', whose: unitName, about })
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
  readonly about: Pick<Reminder, 'unitId' | 'planId'>
}

function dueReminder({ regionCode, year, today, lead }: RegionYear, { planType, date, isOverdue, whose, about }: Due): readonly Reminder[] {
  if (!isOverdue && (lead === undefined || today < addDays(date, -lead.planDue))) return []
  const kind = isOverdue ? 'PLAN_OVERDUE' : 'PLAN_DUE'
  const { unitId } = about
  const coordinator: Addressee = { regionCode, roles: ['JOINT_COORDINATOR'] }
  const planner: readonly Addressee[] = unitId === undefined ? [] : [{ regionCode, unitId, roles: ['PLANNER'] }]
  const plan = `${whose}${year}年${planTitles[planType]}`
  return [
    {
      key: reminderKey(kind, regionCode, year, planType, unitId ?? 'NONE', date),
      kind,
      regionCode,
      ...about,
      year,
      planType,
      date,
      addressees: isOverdue || unitId === undefined ? [...planner, coordinator] : planner,
      text: isOverdue ? `${plan}应于${date}前报备，已逾期，请尽快报备。` : `${plan}应于${date}前报备，尚未报备。`,
    },
  ]
}

/** A version that waits since so many days: filed for its decision, of which whoever decides is told, or accepted for its publication, of which the planner is (PLN-08). */
export function waitingReminder(plan: Plan, today: LocalDate, lead: LeadDays | undefined): readonly Reminder[] {
  const version = workingVersion(plan)
  if (lead === undefined || plan.closed !== undefined) return []
  const { planId, regionCode, unitId, year, planType } = plan
  const waiting = waitingOf(version, { regionCode, unitId }, lead)
  if (waiting === undefined) return []
  const { kind, days, addressee, text } = waiting
  const date = chinaDateOf(waiting.since)
  if (today < addDays(date, days)) return []
  const key = reminderKey(kind, planId, version.number)
  const words = `计划${planId}第${version.number}版于${date}${text}`
  return [{ key, kind, regionCode, unitId, year, planType, planId, date, addressees: [addressee], text: words }]
}

interface Waiting {
  readonly kind: ReminderKind
  readonly since: Instant
  readonly days: number
  readonly addressee: Addressee
  readonly text: string
}

function waitingOf(version: PlanVersion, planner: Omit<Addressee, 'roles'>, lead: LeadDays): Waiting | undefined {
  if (version.state === 'FILED') {
    const { at: since, filedTo: regionCode } = version.filing
    const addressee: Addressee = { regionCode, roles: ['FILING_REVIEWER'] }
    return { kind: 'FILING_UNDECIDED', since, days: lead.filingUndecided, addressee, text: '报备，尚未审核，请接收或者退回。' }
  }
  if (version.state !== 'ACCEPTED') return undefined
  const addressee: Addressee = { ...planner, roles: ['PLANNER'] }
  const text = '经上级接收，尚未公布，请及时公布。'
  return { kind: 'ACCEPTED_UNPUBLISHED', since: version.acceptance.at, days: lead.acceptedUnpublished, addressee, text }
}
