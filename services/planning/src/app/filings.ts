import { requireRegion } from '@dual-random/auth'
import { type RegionCode, type RegionLevel, regionLevel } from '@dual-random/kernel'
import { type Policy, planDue } from '@dual-random/policy'
import { filingRoute } from '../domain/filing-route.ts'
import {
  type DueOf,
  type FilingRow,
  type FilingStatus,
  type FilingStatusName,
  filingRows,
  filingStatuses,
  filingStatusNames,
} from '../domain/filing-status.ts'
import type { PlanType } from '../domain/plan.ts'
import { fewAtOnce } from './few-at-once.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

type Reading = Pick<Ports, 'plans' | 'registry' | 'clock'>

/** Who of one region has filed, who is late, who is overdue (PLN-01, PLN-04). */
export async function filingsOf(ports: Reading, regionCode: RegionCode, year: number, caller: Caller): Promise<readonly FilingStatus[]> {
  requireRegion(caller.principal, regionCode)
  const now = ports.clock()
  const [{ policy }, units, plans] = await Promise.all([
    ports.registry.policyAt(regionCode, ruleDate(year, now), caller.context),
    ports.registry.units(regionCode, caller.context),
    ports.plans.all({ regionCode, year }),
  ])
  const own = <T extends { readonly regionCode: RegionCode }>(all: readonly T[]) => all.filter((each) => each.regionCode === regionCode)
  return filingStatuses(own(units), own(plans), dueUnder(policy, year), now)
}

export interface FilingQuery {
  readonly regionCode: RegionCode
  readonly year: number
  readonly level?: RegionLevel | undefined
  readonly planType?: PlanType | undefined
  readonly unitId?: string | undefined
  /** The region that policy has the plans filed to. */
  readonly filesTo?: RegionCode | undefined
  readonly status?: FilingStatusName | undefined
}

export interface FilingReport {
  /** Of all that match but for the status. */
  readonly counts: Readonly<Record<FilingStatusName, number>>
  readonly rows: readonly FilingRow[]
}

/**
 * The same of a region and all below it, for whoever plans are filed to level by level (PLN-06): each region by its own policy, in order of
 * region, unit and plan type.
 */
export async function filingReport(ports: Reading, query: FilingQuery, caller: Caller): Promise<FilingReport> {
  const { regionCode, year, status } = query
  requireRegion(caller.principal, regionCode)
  const now = ports.clock()
  const [units, plans] = await Promise.all([ports.registry.units(regionCode, caller.context), ports.plans.all({ regionCode, year })])
  const [unitsOf, plansOf] = [Map.groupBy(units, (unit) => unit.regionCode), Map.groupBy(plans, (plan) => plan.regionCode)]
  const regions = [...new Set([...unitsOf.keys(), ...plansOf.keys()])].sort()
  const slot = fewAtOnce()
  const ofRegions = await Promise.all(
    regions
      .filter((region) => query.level === undefined || regionLevel(region) === query.level)
      .map((region) =>
        slot(async () => {
          const { policy } = await ports.registry.policyAt(region, ruleDate(year, now), caller.context)
          const route = filingRoute(policy, region, false)
          const filesTo = route.ok ? route.value : undefined
          const head = { regionCode: region, ...(filesTo === undefined ? {} : { filesTo }) }
          return filingRows(head, unitsOf.get(region) ?? [], plansOf.get(region) ?? [], dueUnder(policy, year), now)
        }),
      ),
  )
  const rows = ofRegions.flat().filter((row) => matches(row, query))
  const counts = Object.fromEntries(filingStatusNames.map((name) => [name, rows.filter((row) => row.status === name).length]))
  return {
    counts: counts as Record<FilingStatusName, number>,
    rows: status === undefined ? rows : rows.filter((row) => row.status === status),
  }
}

const matches = ({ planType, unitId, filesTo }: FilingRow, query: FilingQuery): boolean =>
  (query.planType === undefined || planType === query.planType) &&
  (query.unitId === undefined || unitId === query.unitId) &&
  (query.filesTo === undefined || filesTo === query.filesTo)

const dueUnder =
  (policy: Policy, year: number): DueOf =>
  (planType) => {
    const due = planDue(policy, planType, year)
    return due.ok ? due.value : undefined
  }
