import type { ItemCode, UnitId } from '@dual-random/kernel'
import type { LineContext, LineInput, LineUnitInput, Unit } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import type { LineUnit, Selection } from './plan.ts'

export interface LineUnits {
  readonly units: readonly LineUnit[]
  readonly initiatorUnitId: UnitId
  readonly problems: readonly LineProblem[]
}

const stationRules = {
  BUREAU_WIDE: { fits: (count: number) => count === 0, asked: '0' },
  OFFICE_AND_STATIONS: { fits: (count: number) => count === 0, asked: '0' },
  MULTI_STATION: { fits: (count: number) => count >= 2, asked: '≥2' },
  SINGLE_STATION: { fits: (count: number) => count === 1, asked: '1' },
} as const

/** The departments of a line: initiator and participants, what each checks, team size, and the mode with its ground (JNT-11, DRW-09). */
export function buildUnits(input: LineInput, itemCodes: readonly ItemCode[], context: LineContext): LineUnits {
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
  { plan }: LineContext,
): readonly LineProblem[] {
  const problems: LineProblem[] = []
  const ids = given.map(({ unitId }) => unitId)
  for (const [index, unitId] of ids.entries()) {
    if (ids.indexOf(unitId) !== index) problems.push({ code: 'unit-twice', pointer: `/units/${index}`, unitId })
  }
  if (!ids.includes(initiator)) problems.push({ code: 'initiator-not-in-line', pointer: '/initiatorUnitId', unitId: initiator })
  if (plan.planType === 'JOINT' && ids.length < 2) problems.push({ code: 'joint-needs-participants', pointer: '/units' })
  const checked = new Set(given.flatMap((unit) => unit.itemCodes ?? itemCodes))
  for (const itemCode of itemCodes) {
    if (!checked.has(itemCode)) problems.push({ code: 'item-without-unit', pointer: '/units', itemCode })
  }
  return problems
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
  else problems.push(...selectionProblems(selection, unitId, context, `${pointer}/selection`))
  return {
    unit: { unitId, itemCodes, teamSize: team.size, selection: selection ?? placeholder },
    problems: [...problems, ...team.problems],
  }
}

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
  const modes = context.policy.find('inspector.modes')
  if (modes !== undefined && !modes.open && !modes.members.some(({ id }) => id === mode)) {
    problems.push({ code: 'mode-not-allowed', pointer: `${pointer}/mode`, mode })
  }
  if (ground === 'OTHER' && (note ?? '').trim() === '') problems.push({ code: 'ground-needs-note', pointer: `${pointer}/note` })
  const rule = stationRules[mode]
  const stations = new Set(stationUnitIds)
  if (!rule.fits(stations.size)) problems.push({ code: 'stations-mismatch', pointer: `${pointer}/stationUnitIds`, mode, asked: rule.asked })
  for (const station of stations) {
    if (!isStationOf(context.units, station, unitId)) {
      problems.push({ code: 'station-unknown', pointer: `${pointer}/stationUnitIds`, unitId: station })
    }
  }
  return problems
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
