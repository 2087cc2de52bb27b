import { compareRatio, type ItemCode, type UnitId } from '@dual-random/kernel'
import { drawnParts } from './batch-scope.ts'
import { asInput } from './line-as-input.ts'
import type { LineInput, LineUnitInput } from './line-input.ts'
import { type ObjectScope, scopeKey } from './object-scope.ts'
import type { PlacedLine } from './overlaps.ts'
import type { DateWindow, PlanLine, StratumRatio } from './plan.ts'

/** A line that draws from one scope, on whatever level it says so. */
interface OfOneScope {
  readonly placed: PlacedLine
  readonly scope?: ObjectScope
}

/** An item that several initiators plan for the same objects, and where. */
export interface RepeatedItem {
  readonly itemCode: ItemCode
  /** What narrows the objects of all the lines alike; absent where they are about every object of their items. */
  readonly scope?: ObjectScope
  readonly lines: readonly PlacedLine[]
}

/** One check in the place of several that repeat each other's items (PLN-21). */
export interface IntegratedLine {
  readonly members: readonly PlacedLine[]
  /** Days on which most of the members meet, the earliest of such, and how many of them do. */
  readonly period: DateWindow
  readonly meeting: number
  /** The line as the coordinator may add it to the city's plan. */
  readonly line: LineInput
}

export interface JointIntegration {
  readonly repeated: readonly RepeatedItem[]
  readonly integrated: readonly IntegratedLine[]
}

/**
 * Integrates what initiators plan over again, and arranges a period for it; lines that repeat nothing stay as they are. The same item at other
 * objects repeats nothing: one line could not say both. For that a line whose batches draw from several scopes is left as it is.
 */
export function integrateJoint(lines: readonly PlacedLine[]): JointIntegration {
  const scoped = lines.flatMap(ofOneScope)
  const codes = [...new Set(scoped.flatMap(({ placed }) => placed.line.itemCodes))].sort()
  const repeated = codes.flatMap((itemCode): readonly RepeatedItem[] => {
    const having = scoped.filter(({ placed }) => placed.line.itemCodes.includes(itemCode))
    return [...Map.groupBy(having, ({ scope }) => scopeKey(scope)).values()].flatMap((alike) => {
      if (new Set(alike.map(({ placed }) => placed.line.initiatorUnitId)).size < 2) return []
      return [{ itemCode, ...scopeOf(alike[0]?.scope), lines: alike.map(({ placed }) => placed) }]
    })
  })
  return { repeated, integrated: groupsOf(repeated).map(integrated) }
}

const scopeOf = (scope: ObjectScope | undefined): { readonly scope?: ObjectScope } => (scope === undefined ? {} : { scope })

function ofOneScope(placed: PlacedLine): readonly OfOneScope[] {
  const [part, ...others] = drawnParts(placed.line)
  return part === undefined || others.length > 0 ? [] : [{ placed, ...scopeOf(part.scope) }]
}

type Group = Pick<RepeatedItem, 'lines' | 'scope'>

/** Lines that share a repeated item, straight or by way of others; they are all of one scope. */
function groupsOf(repeated: readonly RepeatedItem[]): readonly Group[] {
  let groups: readonly Group[] = []
  for (const { lines, scope } of repeated) {
    const meeting = groups.filter((group) => group.lines.some((line) => lines.includes(line)))
    const together = [...new Set([...meeting.flatMap((group) => group.lines), ...lines])]
    groups = [...groups.filter((group) => !meeting.includes(group)), { lines: together, ...scopeOf(scope) }]
  }
  return groups
}

function integrated({ lines: members, scope }: Group): IntegratedLine {
  const lines = members.map(({ line }) => line)
  const { period, meeting } = periodOf(lines.map(wholeWindow))
  const [first] = lines
  if (first === undefined) throw new Error('a group without lines')
  return {
    members,
    period,
    meeting,
    line: {
      taskName: [...new Set(lines.map(({ taskName }) => taskName))].join('、'),
      ...objectsOf(lines),
      ...scopeOf(scope),
      itemCodes: [...new Set(lines.flatMap(({ itemCodes }) => itemCodes))].sort(),
      ...quantityOf(lines),
      initiatorUnitId: first.initiatorUnitId,
      units: unitsOf(lines),
      window: period,
      ...checkBatchesOf(lines),
    },
  }
}

/** As many check batches as any of them asks for: the highest ratio, which the proposal takes, is what orders them. */
function checkBatchesOf(lines: readonly PlanLine[]): Pick<LineInput, 'checkBatches'> {
  const asked = lines.flatMap(({ checkBatches }) => checkBatches ?? [])
  return asked.length === 0 ? {} : { checkBatches: Math.max(...asked) }
}

/** What all of them say of their objects in words; where one says nothing, the words of the others would narrow it. */
function objectsOf(lines: readonly PlanLine[]): Pick<LineInput, 'objectScope'> {
  const words = lines.flatMap(({ objectScope }) => objectScope ?? [])
  return words.length < lines.length ? {} : { objectScope: [...new Set(words)].join('、') }
}

const wholeWindow = ({ batches }: PlanLine): DateWindow => {
  const [starts, ends] = [batches.map(({ window }) => window.start), batches.map(({ window }) => window.end)]
  return { start: starts.toSorted()[0] ?? ('' as DateWindow['start']), end: ends.toSorted().at(-1) ?? ('' as DateWindow['end']) }
}

/** The most windows meet from a day on which one of them starts. */
function periodOf(windows: readonly DateWindow[]): { readonly period: DateWindow; readonly meeting: number } {
  let best: { readonly period: DateWindow; readonly meeting: number } | undefined
  for (const { start } of windows.toSorted((a, b) => (a.start < b.start ? -1 : 1))) {
    const open = windows.filter((window) => window.start <= start && start <= window.end)
    const end = open.map((window) => window.end).toSorted()[0]
    if (end !== undefined && open.length > (best?.meeting ?? 0)) best = { period: { start, end }, meeting: open.length }
  }
  if (best === undefined) throw new Error('windows without days')
  return best
}

/** What any of them asks for: of each stratum the highest ratio, of numbers the largest, where all of them are of one kind; else the planner says. */
function quantityOf(lines: readonly PlanLine[]): Pick<LineInput, 'ratios' | 'count'> {
  const counts = lines.flatMap(({ count }) => count ?? [])
  if (counts.length === lines.length) return { count: Math.max(...counts) }
  const strata = new Set(lines.map(({ ratios }) => ratios.map(({ stratum }) => stratum).join()))
  if (counts.length > 0 || strata.size > 1) return {}
  const highest = new Map<string, StratumRatio>()
  for (const each of lines.flatMap(({ ratios }) => ratios)) {
    const known = highest.get(each.stratum)
    if (known === undefined || compareRatio(each.ratio, known.ratio) > 0) highest.set(each.stratum, each)
  }
  return { ratios: [...highest.values()] }
}

/** Every unit once, with all that it checks in any of them and its largest team. */
function unitsOf(lines: readonly PlanLine[]): readonly LineUnitInput[] {
  const units = new Map<UnitId, LineUnitInput>()
  for (const unit of lines.flatMap((line) => asInput(line).units ?? [])) {
    const known = units.get(unit.unitId)
    units.set(unit.unitId, {
      ...unit,
      ...known,
      itemCodes: [...new Set([...(known?.itemCodes ?? []), ...(unit.itemCodes ?? [])])].sort(),
      teamSize: Math.max(known?.teamSize ?? 0, unit.teamSize ?? 0),
    })
  }
  return [...units.values()]
}
