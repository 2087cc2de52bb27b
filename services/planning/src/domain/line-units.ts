import { type SelectionModeSpec, selectionModes } from '@dual-random/draw'
import type { ItemCode, UnitId } from '@dual-random/kernel'
import { type Policy, policyModes } from '@dual-random/policy'
import { delegationOf, matchingUnitOf } from './delegation.ts'
import { departmentsOf, isOfSeveral } from './departments.ts'
import { knownUnits } from './line-cities.ts'
import type { LineContext, LineInput, LineUnitInput, Unit } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import type { LineUnit, PlanType, Selection } from './plan.ts'

export interface LineUnits {
  readonly units: readonly LineUnit[]
  readonly initiatorUnitId: UnitId
  readonly problems: readonly LineProblem[]
}

/** The departments of a line: initiator and participants, what each checks, team size, and the mode with its ground (JNT-11, DRW-09). */
export function buildUnits(input: LineInput, itemCodes: readonly ItemCode[], whole: LineContext): LineUnits {
  const context = input.joint === undefined ? whole : { ...whole, units: knownUnits(input, whole) }
  const given = input.units ?? [{ unitId: context.plan.unitId }]
  const initiatorUnitId = input.initiatorUnitId ?? context.plan.unitId
  const built = given.map((unit, index) => buildUnit(unit, itemCodes, context, `/units/${index}`))
  return {
    units: built.map(({ unit }) => unit),
    initiatorUnitId,
    problems: [...wholeProblems(given, initiatorUnitId, itemCodes, context), ...built.flatMap(({ problems }) => problems)],
  }
}

function wholeProblems(
  given: readonly LineUnitInput[],
  initiator: UnitId,
  itemCodes: readonly ItemCode[],
  { plan, units }: LineContext,
): readonly LineProblem[] {
  const problems: LineProblem[] = []
  const ids = given.map(({ unitId }) => unitId)
  for (const [index, unitId] of ids.entries()) {
    if (ids.indexOf(unitId) !== index) problems.push({ code: 'unit-twice', pointer: `/units/${index}`, unitId })
  }
  const matching = given.map(matchingUnitOf)
  for (const [index, unitId] of matching.entries()) {
    const isTwice = matching.indexOf(unitId) !== index || (unitId !== ids[index] && ids.includes(unitId))
    if (given[index]?.delegation !== undefined && isTwice) {
      problems.push({ code: 'unit-twice', pointer: `/units/${index}/delegation/toUnitId`, unitId })
    }
  }
  if (!ids.includes(initiator)) problems.push({ code: 'initiator-not-in-line', pointer: '/initiatorUnitId', unitId: initiator })
  problems.push(...departmentProblems(plan.planType, ids, units))
  const checked = new Set(given.flatMap((unit) => unit.itemCodes ?? itemCodes))
  for (const itemCode of itemCodes) {
    if (!checked.has(itemCode)) problems.push({ code: 'item-without-unit', pointer: '/units', itemCode })
  }
  return problems
}

/** A joint plan is of several departments, an internal one of one (PLN-03, PLN-16, JNT-11). */
function departmentProblems(planType: PlanType | undefined, ids: readonly UnitId[], units: LineContext['units']): readonly LineProblem[] {
  if (planType === 'JOINT') return departmentsOf(ids, units).size < 2 ? [{ code: 'joint-needs-participants', pointer: '/units' }] : []
  return planType === 'INTERNAL' && isOfSeveral(ids, units) ? [{ code: 'internal-of-several-departments', pointer: '/units' }] : []
}

interface BuiltUnit {
  readonly unit: LineUnit
  readonly problems: readonly LineProblem[]
}

function buildUnit(given: LineUnitInput, lineItems: readonly ItemCode[], context: LineContext, pointer: string): BuiltUnit {
  const { unitId } = given
  const itemCodes = given.itemCodes ?? lineItems
  const problems: LineProblem[] = []
  if (!context.units.has(unitId)) problems.push({ code: 'unit-unknown', pointer, unitId })
  for (const itemCode of itemCodes) {
    if (!lineItems.includes(itemCode)) problems.push({ code: 'unit-item-not-in-line', pointer: `${pointer}/itemCodes`, unitId, itemCode })
  }
  if (itemCodes.length === 0) problems.push({ code: 'line-without-items', pointer: `${pointer}/itemCodes` })
  const team = teamSize(given, context, `${pointer}/teamSize`)
  const selection = given.selection ?? context.plan.selection
  if (selection === undefined) problems.push({ code: 'selection-missing', pointer: `${pointer}/selection`, unitId })
  else problems.push(...selectionProblems(selection, matchingUnitOf(given), stationsOf(context), `${pointer}/selection`))
  const delegation = given.delegation === undefined ? undefined : delegationOf(given.delegation, unitId, context, pointer)
  if (delegation?.ok === false) problems.push(...delegation.error)
  return {
    unit: {
      unitId,
      itemCodes,
      teamSize: team.size,
      selection: selection ?? placeholder,
      ...(delegation?.ok === true ? { delegation: delegation.value } : {}),
    },
    problems: [...problems, ...team.problems],
  }
}

/** A delegate chooses among its own stations. */
const stationsOf = ({ policy, units, delegates }: LineContext) => ({ policy, units: new Map([...delegates, ...units]) })

// Stands in a unit that is refused for lacking one.
const placeholder: Selection = { mode: 'BUREAU_WIDE', ground: 'OTHER', stationUnitIds: [] }

function teamSize(
  { teamSize: given }: LineUnitInput,
  { policy }: LineContext,
  pointer: string,
): { readonly size: number; readonly problems: readonly LineProblem[] } {
  const least = policy.get('inspector.minTeamSize')
  if (given === undefined) {
    return least.ok ? { size: least.value, problems: [] } : { size: 0, problems: [{ ...least.error, pointer }] }
  }
  return { size: given, problems: least.ok && given < least.value ? [{ code: 'team-too-small', pointer, least: least.value }] : [] }
}

/** What is wrong with a mode of selection for a unit. */
export function selectionProblems(
  selection: Selection,
  unitId: UnitId,
  context: Pick<LineContext, 'policy' | 'units'>,
  pointer: string,
): readonly LineProblem[] {
  const { mode, ground, note, stationUnitIds } = selection
  const problems: LineProblem[] = []
  const modes = allowedModes(context.policy)
  const spec = modes.get(mode)
  if (spec === undefined)
    problems.push({ code: 'mode-not-allowed', pointer: `${pointer}/mode`, mode, allowed: [...modes.keys()].join(', ') })
  if (ground === 'OTHER' && (note ?? '').trim() === '') problems.push({ code: 'ground-needs-note', pointer: `${pointer}/note` })
  const stations = new Set(stationUnitIds)
  if (spec !== undefined && !fits(spec, stations.size)) {
    problems.push({ code: 'stations-mismatch', pointer: `${pointer}/stationUnitIds`, mode, asked: askedOf(spec) })
  }
  for (const station of stations) {
    if (!isStationOf(context.units, station, unitId)) {
      problems.push({ code: 'station-unknown', pointer: `${pointer}/stationUnitIds`, unitId: station })
    }
  }
  return problems
}

/** The modes a line may have: the statutory ones and what policy defines beside them, of which a closed list names the only ones (DRW-08). */
function allowedModes(policy: Policy): ReadonlyMap<string, SelectionModeSpec> {
  const { further, only } = policyModes(policy)
  const modes = selectionModes(further)
  if (!modes.ok) throw new Error(`policy defines the mode ${modes.error.mode} as ${modes.error.code}`)
  return only === undefined ? modes.value : new Map([...modes.value].filter(([mode]) => only.includes(mode)))
}

const fits = ({ stations }: SelectionModeSpec, count: number): boolean =>
  stations === null ? count === 0 : count >= stations.atLeast && (stations.atMost === null || count <= stations.atMost)

function askedOf({ stations }: SelectionModeSpec): string {
  if (stations === null) return '0'
  const { atLeast, atMost } = stations
  if (atMost === null) return `≥${atLeast}`
  return atLeast === atMost ? String(atLeast) : `${atLeast}–${atMost}`
}

function isStationOf(units: ReadonlyMap<string, Unit>, stationId: string, unitId: UnitId): boolean {
  let unit = units.get(stationId)
  if (unit?.kind !== 'STATION') return false
  for (let steps = 0; unit !== undefined && steps < 8; steps++) {
    if (unit.unitId === unitId || unit.parentUnitId === unitId) return true
    unit = unit.parentUnitId === undefined ? undefined : units.get(unit.parentUnitId)
  }
  return false
}
