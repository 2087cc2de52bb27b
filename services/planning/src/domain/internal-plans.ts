import type { LocalDate, UnitId } from '@dual-random/kernel'
import type { FilingStatus } from './filing-status.ts'
import { departmentKey, keyOf } from './import/directory.ts'
import type { CheckItem, Unit } from './line-input.ts'
import { type Plan, standingVersion } from './plan.ts'
import type { WholeProgress } from './undrawn-progress.ts'

/** What a unit has not done with its internal plan. */
export const internalPlanGaps = ['PLAN', 'FILING', 'EXECUTION'] as const
export type InternalPlanGap = (typeof internalPlanGaps)[number]

/** How a unit stands with the internal plan that it owes for the items it runs alone (PLN-23). */
export interface InternalPlanStanding {
  readonly unitId: UnitId
  readonly unitName: string
  /** Items of the internal list that its department checks and the joint list does not have: with none it owes no plan. */
  readonly items: number
  readonly planId?: string
  readonly dueDate?: string
  readonly filing: FilingStatus['status']
  readonly batches: { readonly planned: number; readonly done: number; readonly notExecuted: number }
  readonly lacks: readonly InternalPlanGap[]
}

export interface InternalPlanFacts {
  readonly units: readonly Unit[]
  readonly items: readonly CheckItem[]
  /** Internal plans of the region and year, by unit. */
  readonly plans: ReadonlyMap<string, Plan>
  /** Of those published, by plan. */
  readonly progress: ReadonlyMap<string, WholeProgress>
  readonly today: LocalDate
}

/** Every department of a region, by the statuses of its internal plan. */
export function internalPlanStandings(statuses: readonly FilingStatus[], facts: InternalPlanFacts): readonly InternalPlanStanding[] {
  const joint = new Set(facts.items.filter(({ listType }) => listType === 'JOINT').map(({ code }) => code))
  const alone = facts.items.filter(({ code, listType }) => listType === 'INTERNAL' && !joint.has(code))
  const units = new Map<string, Unit>(facts.units.map((unit) => [unit.unitId, unit]))
  return statuses
    .filter(({ planType }) => planType === 'INTERNAL')
    .map(({ unitId, unitName, dueDate, status }) => {
      const plan = facts.plans.get(unitId)
      const items = itemsOf(units.get(unitId), alone)
      const batches = plan === undefined ? none : batchesOf(plan, facts)
      return {
        unitId,
        unitName,
        items,
        ...(plan === undefined ? {} : { planId: plan.planId }),
        ...(dueDate === undefined ? {} : { dueDate }),
        filing: status,
        batches,
        lacks: gapsOf(plan, { items, isFiled: status === 'ON_TIME' || status === 'LATE', notExecuted: batches.notExecuted }),
      }
    })
}

/** How many lack what. */
export const lackingOf = (standings: readonly Pick<InternalPlanStanding, 'lacks'>[]): Readonly<Record<InternalPlanGap, number>> => {
  const count = (gap: InternalPlanGap): number => standings.filter(({ lacks }) => lacks.includes(gap)).length
  return { PLAN: count('PLAN'), FILING: count('FILING'), EXECUTION: count('EXECUTION') }
}

const none = { planned: 0, done: 0, notExecuted: 0 } as const

function itemsOf(unit: Unit | undefined, items: readonly CheckItem[]): number {
  const department = departmentKey(unit?.department ?? '')
  return department === '' ? 0 : items.filter(({ checkingBody }) => keyOf(checkingBody).includes(department)).length
}

/** What was never published is carried out by nobody: its windows end unexecuted. */
function batchesOf(plan: Plan, { progress, today }: InternalPlanFacts): InternalPlanStanding['batches'] {
  const published = progress.get(plan.planId)
  if (published === undefined) {
    const { lines, undrawn = [] } = standingVersion(plan)
    const windows = [...lines.flatMap((line) => line.batches), ...undrawn].map(({ window }) => window)
    return { planned: windows.length, done: 0, notExecuted: windows.filter(({ end }) => end < today).length }
  }
  const statuses = [...published.lines.flatMap((line) => line.batches), ...published.undrawn].map(({ status }) => status)
  const count = (wanted: string): number => statuses.filter((status) => status === wanted).length
  return { planned: statuses.length, done: count('DONE'), notExecuted: count('NOT_EXECUTED') }
}

function gapsOf(
  plan: Plan | undefined,
  { items, isFiled, notExecuted }: { readonly items: number; readonly isFiled: boolean; readonly notExecuted: number },
): readonly InternalPlanGap[] {
  if (plan === undefined) return items === 0 ? [] : ['PLAN']
  return [...(isFiled ? [] : (['FILING'] as const)), ...(notExecuted === 0 ? [] : (['EXECUTION'] as const))]
}
