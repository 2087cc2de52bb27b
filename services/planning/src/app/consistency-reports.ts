import { requireRegion } from '@dual-random/auth'
import { toAppError } from '@dual-random/errors'
import { type Clock, chinaDateOf, type LocalDate, type RegionCode, yearOf } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { lineCheckExceptions } from '../domain/line-check-exceptions.ts'
import { type PlanException, planExceptions } from '../domain/plan-exceptions.ts'
import type { Caller, ConsistencyReport, ConsistencyReports, DispatchedTasks, Draws, LineChecks, PageOf, Plans } from './ports.ts'

export interface ReportingDeps {
  readonly plans: Plans
  readonly draws: Draws
  readonly tasks: DispatchedTasks
  readonly lineChecks: LineChecks
  readonly consistencyReports: ConsistencyReports
  readonly clock: Clock
  /** Asked with the service's own rights. */
  readonly policyOf: (regionCode: RegionCode, at: LocalDate) => Promise<{ readonly policy: Policy }>
}

const plansAtOnce = 500

/** Makes today's report of each region whose policy asks for one and that has none yet; answers the regions whose policy could not be read, by code. */
export async function reportConsistency(deps: ReportingDeps, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const today = chinaDateOf(deps.clock())
  const left = new Map<string, string>()
  for (const regionCode of await regionsWithPlans(deps.plans, yearOf(today))) {
    if (signal.aborted) return left
    const reportId = `${today}-${regionCode}`
    if (await deps.consistencyReports.has(reportId)) continue
    try {
      const { policy } = await deps.policyOf(regionCode, today)
      if (policy.find('plan.consistencyReport') === undefined) continue
    } catch (thrown) {
      const { kind, code } = toAppError(thrown)
      if (kind === 'internal') throw thrown
      left.set(regionCode, code)
      continue
    }
    await deps.consistencyReports.insert(await reportOf(deps, reportId, regionCode, today))
  }
  return left
}

async function regionsWithPlans(plans: Plans, year: number): Promise<ReadonlySet<RegionCode>> {
  const regions = new Set<RegionCode>()
  let after: string | undefined
  do {
    const found = await plans.page({ year }, { limit: plansAtOnce, after })
    for (const { regionCode } of found) regions.add(regionCode)
    after = found.length > plansAtOnce ? found.at(-2)?.planId : undefined
  } while (after !== undefined)
  return regions
}

async function reportOf(
  { plans, draws, tasks, lineChecks, clock }: ReportingDeps,
  reportId: string,
  regionCode: RegionCode,
  date: LocalDate,
): Promise<ConsistencyReport> {
  const own = (await plans.all({ regionCode, year: yearOf(date) })).filter((plan) => plan.regionCode === regionCode)
  const exceptions: PlanException[] = []
  for (const plan of own) {
    const [drawn, dispatched, checks] = await Promise.all([
      draws.ofPlans([plan.planId]),
      tasks.groupsOf(plan.planId),
      lineChecks.ofPlans([plan.planId]),
    ])
    exceptions.push(...planExceptions(plan, drawn, dispatched, date), ...lineCheckExceptions(plan, checks))
  }
  return { reportId, regionCode, date, madeAt: clock(), plans: own.length, exceptions }
}

export async function consistencyReportsOf(
  { consistencyReports }: { readonly consistencyReports: ConsistencyReports },
  regionCode: RegionCode,
  date: LocalDate | undefined,
  page: PageOf,
  { principal }: Caller,
): Promise<readonly ConsistencyReport[]> {
  requireRegion(principal, regionCode)
  return consistencyReports.page({ regionCode, date }, page)
}
