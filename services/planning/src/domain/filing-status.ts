import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import type { PlanDue } from '@dual-random/policy'
import type { Unit } from './line-input.ts'
import { type Filing, isOncePublished, type Plan, type PlanType } from './plan.ts'

export const filingStatusNames = ['ON_TIME', 'LATE', 'OVERDUE', 'PENDING'] as const
export type FilingStatusName = (typeof filingStatusNames)[number]

/** How one unit stands with the plan of a year (PLN-01, PLN-04). */
export interface FilingStatus {
  readonly unitId: UnitId
  readonly unitName: string
  readonly planType: PlanType
  readonly planId?: string
  readonly dueDate?: string
  readonly filedAt?: Instant
  /** The version last returned, where no filing stands since. */
  readonly returnedVersion?: number
  readonly status: FilingStatusName
}

/**
 * The first filing that was not returned decides whether a plan was on time: what was accepted, or still waits; a plan that need not be filed counts
 * by its publication. Adjustments come behind it and decide nothing.
 */
export function standingFiling(plan: Plan): Pick<Filing, 'at'> | undefined {
  const version = plan.versions.find(({ state }) => state !== 'DRAFT' && state !== 'RETURNED')
  if (version === undefined || version.state === 'DRAFT') return undefined
  return isOncePublished(version) ? (version.filing ?? version.publication) : version.filing
}

/** Filed by the last instant of its due date (PLN-04), or without one. */
export const isOnTime = (filedAt: Instant, due: Pick<PlanDue, 'endsAt'> | undefined): boolean => due === undefined || filedAt <= due.endsAt

/** A row of the list of filings: whose plan, of which region, and where policy has it filed; of a joint plan that nobody has drafted no unit. */
export interface FilingRow extends Omit<FilingStatus, 'unitId' | 'unitName'>, Partial<Pick<FilingStatus, 'unitId' | 'unitName'>> {
  readonly regionCode: RegionCode
  readonly filesTo?: RegionCode
}

export type DueOf = (planType: PlanType) => PlanDue | undefined

/** Every unit that makes an internal plan with it, and every joint plan there is; overdue are those with a due date past and nothing filed. */
export function filingStatuses(units: readonly Unit[], plans: readonly Plan[], dueOf: DueOf, now: Instant): readonly FilingStatus[] {
  const departments = units.filter(makesPlans).toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1))
  const names = new Map<string, string>(units.map(({ unitId, name }) => [unitId, name]))
  const internal = departments.map(({ unitId }) => {
    const plan = plans.find((each) => each.planType === 'INTERNAL' && each.unitId === unitId)
    return { unitId, planType: 'INTERNAL' as const, plan }
  })
  const joint = plans
    .filter(({ planType }) => planType === 'JOINT')
    .map((plan) => ({ unitId: plan.unitId, planType: 'JOINT' as const, plan }))
  return [...joint, ...internal].map(({ unitId, planType, plan }) => {
    const due = dueOf(planType)
    const filing = plan === undefined ? undefined : standingFiling(plan)
    const returned = filing === undefined ? plan?.versions.findLast(({ state }) => state === 'RETURNED') : undefined
    return {
      unitId,
      unitName: names.get(unitId) ?? unitId,
      planType,
      ...(plan === undefined ? {} : { planId: plan.planId }),
      ...(due === undefined ? {} : { dueDate: due.date }),
      ...(filing === undefined ? {} : { filedAt: filing.at }),
      ...(returned === undefined ? {} : { returnedVersion: returned.number }),
      status: statusOf(due, filing?.at, now),
    }
  })
}

/** A market regulator may stand in the register as a bureau (PLN-01). */
const makesPlans = ({ kind }: Unit): boolean => kind === 'DEPARTMENT' || kind === 'BUREAU'

/** When the joint plan was due that policy wants of a region with units, and nobody has drafted: it is due all the same (PLN-04). */
export const undraftedJoint = (units: readonly Unit[], plans: readonly Plan[], dueOf: DueOf): PlanDue | undefined =>
  units.length > 0 && !plans.some(({ planType }) => planType === 'JOINT') ? dueOf('JOINT') : undefined

/** The filings of one region, and the joint plan that it lacks. */
export function filingRows(
  region: Pick<FilingRow, 'regionCode' | 'filesTo'>,
  units: readonly Unit[],
  plans: readonly Plan[],
  dueOf: DueOf,
  now: Instant,
): readonly FilingRow[] {
  const due = undraftedJoint(units, plans, dueOf)
  const undrafted = due === undefined ? [] : [{ planType: 'JOINT' as const, dueDate: due.date, status: statusOf(due, undefined, now) }]
  return [...undrafted, ...filingStatuses(units, plans, dueOf, now)].map((row) => ({ ...region, ...row }))
}

function statusOf(due: PlanDue | undefined, filedAt: Instant | undefined, now: Instant): FilingStatusName {
  if (filedAt !== undefined) return isOnTime(filedAt, due) ? 'ON_TIME' : 'LATE'
  return due !== undefined && now > due.endsAt ? 'OVERDUE' : 'PENDING'
}
