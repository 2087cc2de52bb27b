import { selectionModes, selectionRule } from '@dual-random/draw'
import type { UnitId } from '@dual-random/kernel'
import { type Policy, policyModes } from '@dual-random/policy'
import type { Unit } from './line-input.ts'
import type { LineUnit } from './plan.ts'
import { sum } from './pool.ts'

/** Inspectors of a unit's pool who serve in one office or station; the qualified may be matched. */
export interface StaffCount {
  readonly unitId: UnitId
  readonly homeUnitId: UnitId
  readonly inPost: number
  readonly qualified: number
}

/** A line of a plan of the year with the objects it draws. */
export interface LoadingLine {
  readonly planId: string
  readonly lineId: string
  readonly planned: number
  readonly units: readonly LineUnit[]
}

/** What one office or station is expected to do in the year: visits of one inspector each. */
export interface StationLoad extends StaffCount {
  readonly name: string
  readonly visits: number
  /** What the most loaded inspector has where all are loaded alike; absent where nobody is qualified. */
  readonly each?: number
}

/** Fewer may be matched than a team needs: no draw of the line could be matched. */
export interface Understaffed {
  readonly planId: string
  readonly lineId: string
  readonly unitId: UnitId
  readonly teamSize: number
  readonly qualified: number
}

export interface Workload {
  /** Every office and station that has inspectors, the most loaded a head first. */
  readonly stations: readonly StationLoad[]
  readonly understaffed: readonly Understaffed[]
}

/**
 * Expected visits against staff. Inspectors are matched by chance among those the mode admits, so an office or station is expected its share by the
 * number of qualified inspectors there. Nothing is merged: a visit that covers several lines counts for each.
 */
export function workload(policy: Policy, lines: readonly LoadingLine[], units: readonly Unit[], staff: readonly StaffCount[]): Workload {
  const byId = new Map<string, Unit>(units.map((unit) => [unit.unitId, unit]))
  const shares = staff.map(() => new Map<number, number>())
  const understaffed: Understaffed[] = []
  for (const { planId, lineId, planned, units: checking } of lines) {
    for (const unit of checking) {
      const matched = staff.map((each) => (isAdmitted(policy, unit, each, byId) ? each.qualified : 0))
      const qualified = sum(matched)
      if (qualified < unit.teamSize) understaffed.push({ planId, lineId, unitId: unit.unitId, teamSize: unit.teamSize, qualified })
      for (const [index, own] of matched.entries()) {
        const of = shares[index]
        if (own > 0) of?.set(qualified, (of.get(qualified) ?? 0) + planned * unit.teamSize * own)
      }
    }
  }
  const stations = staff.map((each, index): StationLoad => {
    const visits = wholeOf(shares[index] ?? new Map())
    const load = { ...each, name: byId.get(each.homeUnitId)?.name ?? each.homeUnitId, visits }
    return each.qualified === 0 ? load : { ...load, each: Math.ceil(visits / each.qualified) }
  })
  return { stations: stations.toSorted((a, b) => (b.each ?? 0) - (a.each ?? 0) || (a.homeUnitId < b.homeUnitId ? -1 : 1)), understaffed }
}

/** The nearest whole number of what adds up by denominator: rounded once, or five hundred lines would each lean the same way. */
const wholeOf = (byDenominator: ReadonlyMap<number, number>): number =>
  Math.round(sum([...byDenominator].map(([denominator, numerator]) => numerator / denominator)))

/** Whether inspectors who serve there can be matched for the unit: of its pool, or its delegate's, and where the mode of selection looks for them. */
function isAdmitted(
  policy: Policy,
  { unitId, selection, delegation }: LineUnit,
  staff: StaffCount,
  units: ReadonlyMap<string, Unit>,
): boolean {
  if (staff.unitId !== (delegation?.toUnitId ?? unitId)) return false
  const modes = selectionModes(policyModes(policy).further)
  const rule = selectionRule(selection.mode, selection.ground, selection.stationUnitIds, false, modes.ok ? modes.value : undefined)
  // A line that stands keeps a mode that policy no longer defines: it says nothing of where its inspectors come from.
  if (!rule.ok) return false
  const { offices, stations } = rule.value
  return units.get(staff.homeUnitId)?.kind === 'STATION' ? (stations?.includes(staff.homeUnitId) ?? true) : offices
}
