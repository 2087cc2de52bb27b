import type { Instant, UnitId } from '@dual-random/kernel'
import type { PlanDue } from '@dual-random/policy'
import type { Unit } from './line-input.ts'
import type { Filing, Plan, PlanType } from './plan.ts'

/** How one unit stands with the plan of a year (PLN-01, PLN-04). */
export interface FilingStatus {
  readonly unitId: UnitId
  readonly unitName: string
  readonly planType: PlanType
  readonly planId?: string
  readonly dueDate?: string
  readonly filedAt?: Instant
  readonly status: 'ON_TIME' | 'LATE' | 'OVERDUE' | 'PENDING'
}

/** The first filing of a plan decides whether it was on time; a plan that need not be filed counts by its publication. */
export function firstFiling(plan: Plan): Pick<Filing, 'at'> | undefined {
  const version = plan.versions.find(({ state }) => state !== 'DRAFT')
  if (version === undefined || version.state === 'DRAFT') return undefined
  return version.state === 'PUBLISHED' ? (version.filing ?? version.publication) : version.filing
}

/** Every department with its internal plan, and every joint plan there is; overdue are those with a due date past and nothing filed. */
export function filingStatuses(
  units: readonly Unit[],
  plans: readonly Plan[],
  dueOf: (planType: PlanType) => PlanDue | undefined,
  now: Instant,
): readonly FilingStatus[] {
  const departments = units.filter(({ kind }) => kind === 'DEPARTMENT').toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1))
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
    const filing = plan === undefined ? undefined : firstFiling(plan)
    return {
      unitId,
      unitName: names.get(unitId) ?? unitId,
      planType,
      ...(plan === undefined ? {} : { planId: plan.planId }),
      ...(due === undefined ? {} : { dueDate: due.date }),
      ...(filing === undefined ? {} : { filedAt: filing.at }),
      status: statusOf(due, filing?.at, now),
    }
  })
}

function statusOf(due: PlanDue | undefined, filedAt: Instant | undefined, now: Instant): FilingStatus['status'] {
  if (filedAt !== undefined) return due === undefined || filedAt <= due.endsAt ? 'ON_TIME' : 'LATE'
  return due !== undefined && now > due.endsAt ? 'OVERDUE' : 'PENDING'
}
