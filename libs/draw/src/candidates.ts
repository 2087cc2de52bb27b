import type { MatchInput, MatchInspector, ObjectNeeds } from './match-input.ts'
import { compareText } from './order.ts'

/** Why an inspector is no candidate for an object; the first that holds, in this order (rule 10). */
export type Filter = 'place' | 'qualification' | 'speciality' | 'recusal' | 'status' | 'load' | 'last-inspector'

/** A candidate and how far policy would rather pass it over: 1 as the last inspector, 2 as above the load cap, 3 as both. */
export interface Candidate {
  readonly inspector: MatchInspector
  readonly reluctance: 0 | 1 | 2 | 3
}

export interface Candidates {
  readonly candidates: readonly Candidate[]
  readonly ruledOut: readonly { readonly filter: Filter; readonly count: number }[]
}

/** An object that has no line in a unit's file. */
export const noNeeds: Omit<ObjectNeeds, 'label'> = { specialities: [], recusals: [], lastInspectors: [] }

/** Whether a member of the team stays in a rematch (§18): nobody whom a filter but that of place rules out by now. */
export const isKept = (unit: MatchInput, needs: Omit<ObjectNeeds, 'label'>, inspector: MatchInspector): boolean =>
  needs.kept?.includes(inspector.label) === true && personalFilter(unit, inspector, needs) === undefined

/** Applies a unit's filters for one object. `loadOf` is the load as of the snapshot plus what this draw added. */
export function candidatesFor(
  unit: MatchInput,
  needs: Omit<ObjectNeeds, 'label'>,
  loadOf: (inspector: MatchInspector) => number,
): Candidates {
  const last = new Set(needs.lastInspectors)
  const ruledOut = new Map<Filter, number>()
  const candidates: Candidate[] = []
  for (const inspector of unit.inspectors) {
    if (isKept(unit, needs, inspector)) continue
    const aboveCap = unit.loadCap !== null && loadOf(inspector) >= unit.loadCap.cap
    const wasLast = unit.lastInspector !== 'ignore' && last.has(inspector.label)
    const filter = hardFilter(unit, inspector, needs) ?? softFilter(unit, aboveCap, wasLast)
    if (filter === undefined) candidates.push({ inspector, reluctance: ((aboveCap ? 2 : 0) + (wasLast ? 1 : 0)) as 0 | 1 | 2 | 3 })
    else ruledOut.set(filter, (ruledOut.get(filter) ?? 0) + 1)
  }
  return {
    candidates,
    ruledOut: [...ruledOut].map(([filter, count]) => ({ filter, count })).sort((a, b) => compareText(a.filter, b.filter)),
  }
}

const hardFilter = (unit: MatchInput, inspector: MatchInspector, needs: Omit<ObjectNeeds, 'label'>): Filter | undefined =>
  admits(unit, inspector) ? personalFilter(unit, inspector, needs) : 'place'

function personalFilter(unit: MatchInput, inspector: MatchInspector, needs: Omit<ObjectNeeds, 'label'>): Filter | undefined {
  if (inspector.validTo === null || inspector.validTo < unit.day) return 'qualification'
  if (!needs.specialities.every((speciality) => inspector.specialities.includes(speciality))) return 'speciality'
  if (needs.recusals.some((recusal) => recusal.inspector === inspector.label)) return 'recusal'
  return inspector.available ? undefined : 'status'
}

const admits = ({ selection }: MatchInput, { homeKind, homeUnitId }: MatchInspector): boolean =>
  homeKind === 'OFFICE' ? selection.offices : selection.stations === null || selection.stations.includes(homeUnitId)

/** Caps that policy makes strict rule out; those it only prefers leave a reluctant candidate. */
function softFilter(unit: MatchInput, aboveCap: boolean, wasLast: boolean): Filter | undefined {
  if (aboveCap && unit.loadCap?.rule === 'strict') return 'load'
  return wasLast && unit.lastInspector === 'strict' ? 'last-inspector' : undefined
}
