import type { LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { answering, type ItemOfNobody } from './answering.ts'
import type { FilingStatus } from './filing-status.ts'
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
  /** Items of the internal list that its department checks at its level and the joint list does not have: with none it owes no plan. */
  readonly items: number
  readonly planId?: string
  readonly dueDate?: string
  readonly filing: FilingStatus['status']
  readonly batches: { readonly planned: number; readonly done: number; readonly notExecuted: number }
  readonly lacks: readonly InternalPlanGap[]
}

export interface InternalPlanFacts {
  /** Of the region and those below it. */
  readonly units: readonly Unit[]
  /** Regions of the level of a province that are cities (直辖市). */
  readonly municipalities: readonly RegionCode[]
  readonly items: readonly CheckItem[]
  /** Internal plans of the region and year, by unit. */
  readonly plans: ReadonlyMap<string, Plan>
  /** Of those published, by plan. */
  readonly progress: ReadonlyMap<string, WholeProgress>
  readonly today: LocalDate
}

export interface InternalPlanStandings {
  /** Every department of a region, by the statuses of its internal plan. */
  readonly standings: readonly InternalPlanStanding[]
  /** Items run alone for which no department here owes a plan. */
  readonly ofNobody: readonly ItemOfNobody[]
}

export function internalPlanStandings(statuses: readonly FilingStatus[], facts: InternalPlanFacts): InternalPlanStandings {
  const joint = new Set(facts.items.filter(({ listType }) => listType === 'JOINT').map(({ code }) => code))
  const alone = facts.items.filter(({ code, listType }) => listType === 'INTERNAL' && !joint.has(code))
  const { itemsOf, ofNobody } = answering(alone, facts.units, facts.municipalities)
  const standings = statuses
    .filter(({ planType }) => planType === 'INTERNAL')
    .map(({ unitId, unitName, dueDate, status }) => {
      const plan = facts.plans.get(unitId)
      const items = itemsOf(unitId).length
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
  return { standings, ofNobody }
}

/** How many lack what. */
export const lackingOf = (standings: readonly Pick<InternalPlanStanding, 'lacks'>[]): Readonly<Record<InternalPlanGap, number>> => {
  const count = (gap: InternalPlanGap): number => standings.filter(({ lacks }) => lacks.includes(gap)).length
  return { PLAN: count('PLAN'), FILING: count('FILING'), EXECUTION: count('EXECUTION') }
}

const none = { planned: 0, done: 0, notExecuted: 0 } as const

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
