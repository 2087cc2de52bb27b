import type { LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { assignTasks } from '../../src/app/assign-tasks.ts'
import type { Dispatch } from '../../src/app/dispatched-tasks.ts'
import type { Caller, Ports } from '../../src/app/ports.ts'
import type { Assignment } from '../../src/domain/assignment.ts'
import type { CheckItem } from '../../src/domain/line-input.ts'
import type { Plan } from '../../src/domain/plan.ts'
import type { KeyMatter } from '../../src/domain/undrawn-line.ts'
import { act, unit } from './lines.ts'
import { fourCoalCities, shippedCalendar } from './shipped.ts'
import { listed } from './undrawn.ts'

export const province = '230000' as RegionCode
export const targets = ['230300', '230400'].map((city) => ({ regionCode: city as RegionCode, unitId: `${city}-scj` as UnitId }))

export interface DispatchWorld {
  readonly plans?: readonly Plan[]
  /** In force in a region. */
  readonly policyOf?: (regionCode: RegionCode, at: LocalDate) => Policy
  readonly itemsOf?: (regionCode: RegionCode) => readonly CheckItem[]
  readonly mattersOf?: (regionCode: RegionCode) => readonly KeyMatter[]
  /** Under which plans were drafted. */
  readonly kept?: Policy
}

/** What a province dispatches to its two cities, or the refusal. */
export async function dispatchedBy(
  what: Partial<Dispatch>,
  { plans = [], policyOf = () => fourCoalCities, itemsOf = () => listed, mattersOf = () => [], kept = fourCoalCities }: DispatchWorld = {},
): Promise<readonly Assignment[]> {
  const stored: Assignment[] = []
  const unitsOf = async (region: RegionCode) => [unit(`${region}-scj` as UnitId, { regionCode: region })]
  const ports = {
    plans: { load: async (planId: string) => plans.find((plan) => plan.planId === planId) },
    policies: { get: async () => kept },
    clock: () => act.at,
    calendar: shippedCalendar,
    blobs: { has: async () => false },
    registry: {
      policyAt: async (region: RegionCode, at: LocalDate) => ({ policy: policyOf(region, at), digest: '' }),
      itemsInForce: async (region: RegionCode) => itemsOf(region),
      units: unitsOf,
      keyMatters: async (region: RegionCode) => mattersOf(region),
      elsewhere: { units: unitsOf },
    },
    assignments: { add: async (added: readonly Assignment[]) => void stored.push(...added) },
  } as unknown as Ports
  const caller = { principal: { subject: 'li.si', regionCode: province, unitId: '230000-scj', roles: ['PLANNER'] } } as unknown as Caller
  await assignTasks(ports, { year: 2026, planType: 'INTERNAL', targets, tasks: [], ...what }, 'c1', caller)
  return stored
}
