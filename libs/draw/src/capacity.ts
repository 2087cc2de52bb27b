import { candidatesFor, type Filter, noNeeds } from './candidates.ts'
import type { MatchInput } from './match-input.ts'
import { network } from './max-flow.ts'

/** Objects of one kind that a draw is expected to bring, and what matching must find for each. */
export interface ExpectedObjects {
  readonly specialities: readonly string[]
  readonly objects: number
}

/** What keeps a unit from staffing more: one of the filters, a side that pairing asks for, or that there are too few inspectors at all. */
export type BindingConstraint = Exclude<Filter, 'recusal' | 'last-inspector'> | 'side' | 'people'

export interface UnitForecast {
  readonly unitId: string
  readonly teamSize: number
  /** Of each kind, in the order given: how many can have a full team beside those before it. */
  readonly kinds: readonly (ExpectedObjects & { readonly staffable: number })[]
  /** Null where every expected object can have its team; else what to loosen first. */
  readonly binds: BindingConstraint | null
}

/**
 * How many of the expected objects every unit could give a full team, with the loads as of the snapshot. Exact, as if the teams were planned
 * ahead: the draw's own matching goes by lot and never back, so it may staff fewer, never more of the first kind. Who is recused or was there
 * last is known only of drawn objects and is left out. A cap that policy only prefers bounds nothing.
 */
export const forecastCapacity = (inputs: readonly MatchInput[], expected: readonly ExpectedObjects[]): readonly UnitForecast[] =>
  inputs.map((unit) => {
    const staffable = staffableOf(unit, expected)
    return {
      unitId: unit.unitId,
      teamSize: teamSizeOf(unit),
      kinds: expected.map((kind, index) => ({ ...kind, staffable: staffable[index] as number })),
      binds: total(staffable) === total(expected.map(wholeOf)) ? null : bindingOf(unit, expected, total(staffable)),
    }
  })

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)
const wholeOf = ({ objects }: ExpectedObjects): number => Math.max(0, Math.trunc(objects))
const teamSizeOf = ({ selection, teamSize }: MatchInput): number => (selection.paired ? Math.max(teamSize, 2) : teamSize)

/** Each constraint taken away alone, in the order in which filters apply. */
const loosened: readonly (readonly [BindingConstraint, (unit: MatchInput) => MatchInput])[] = [
  ['place', (unit) => ({ ...unit, selection: { ...unit.selection, offices: true, stations: null } })],
  ['qualification', (unit) => ({ ...unit, inspectors: unit.inspectors.map((one) => ({ ...one, validTo: unit.day })) })],
  ['status', (unit) => ({ ...unit, inspectors: unit.inspectors.map((one) => ({ ...one, available: true })) })],
  ['load', (unit) => ({ ...unit, loadCap: null })],
  ['side', (unit) => ({ ...unit, selection: { ...unit.selection, paired: false }, teamSize: teamSizeOf(unit) })],
]

/** The constraint whose loss alone staffs most; too few people where no single one helps. */
function bindingOf(unit: MatchInput, expected: readonly ExpectedObjects[], found: number): BindingConstraint {
  const withoutNeeds = expected.map((kind) => ({ ...kind, specialities: [] }))
  const gains: (readonly [BindingConstraint, number])[] = loosened.map(([name, loosen]) => [
    name,
    total(staffableOf(loosen(unit), expected)),
  ])
  gains.push(['speciality', total(staffableOf(unit, withoutNeeds))])
  const [name, most] = gains.reduce((best, one) => (one[1] > best[1] ? one : best))
  return most > found ? name : 'people'
}

/** Kind by kind: the most that still leaves those before it whole. Fewer objects are never harder, so halving finds it. */
function staffableOf(unit: MatchInput, expected: readonly ExpectedObjects[]): readonly number[] {
  const teams = expected.map(({ specialities }) => candidatesOf(unit, specialities))
  const counts = expected.map(() => 0)
  for (const [kind, { objects }] of expected.map((one) => ({ objects: wholeOf(one) })).entries()) {
    let [possible, impossible] = [0, objects + 1]
    while (impossible - possible > 1) {
      const middle = possible + Math.floor((impossible - possible) / 2)
      if (canStaff(unit, teams, counts.with(kind, middle))) possible = middle
      else impossible = middle
    }
    counts[kind] = possible
  }
  return counts
}

/** Places in the unit's list of inspectors that may be sent to an object of such needs. */
function candidatesOf(unit: MatchInput, specialities: readonly string[]): readonly number[] {
  const places = new Map(unit.inspectors.map((inspector, place) => [inspector, place]))
  const { candidates } = candidatesFor(unit, { ...noNeeds, specialities }, ({ load }) => load)
  return candidates.map(({ inspector }) => places.get(inspector) as number)
}

/**
 * Whether so many objects of each kind can all have their teams. Places in teams flow to inspectors: at most one of each object, at most what an
 * inspector's cap leaves. A whole flow can always be dealt out into teams of distinct inspectors, each object's turn after the other's.
 */
function canStaff(unit: MatchInput, teams: readonly (readonly number[])[], counts: readonly number[]): boolean {
  const size = teamSizeOf(unit)
  const staff = unit.inspectors.length
  const [source, sink] = [0, 1]
  const inspectorNode = (place: number): number => 2 + place
  // Of each kind: places for offices, for stations, for anyone, then one node for each inspector.
  const kindNode = (kind: number): number => 2 + staff + kind * (3 + staff)
  const graph = network(2 + staff + teams.length * (3 + staff))
  for (const [place, { load }] of unit.inspectors.entries()) {
    const left = unit.loadCap?.rule === 'strict' ? Math.max(0, unit.loadCap.cap - load) : Number.POSITIVE_INFINITY
    graph.connect(inspectorNode(place), sink, left)
  }
  for (const [kind, candidates] of teams.entries()) {
    const objects = counts[kind] as number
    const [offices, stations, anyone] = [kindNode(kind), kindNode(kind) + 1, kindNode(kind) + 2]
    const perSide = unit.selection.paired ? objects : 0
    graph.connect(source, offices, perSide)
    graph.connect(source, stations, perSide)
    graph.connect(source, anyone, size * objects - 2 * perSide)
    for (const place of candidates) {
      const own = kindNode(kind) + 3 + place
      graph.connect(unit.inspectors[place]?.homeKind === 'OFFICE' ? offices : stations, own, objects)
      graph.connect(anyone, own, objects)
      graph.connect(own, inspectorNode(place), objects)
    }
  }
  return graph.maxFlow(source, sink) === size * total(counts)
}
