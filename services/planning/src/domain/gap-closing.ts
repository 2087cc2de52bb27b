import { assertNever, compareRatio, ok, type Ratio, type Result, ratioOf } from '@dual-random/kernel'
import { bandFor, besideWhiteList, coverageRange, type Policy } from '@dual-random/policy'
import { addUp, type ByGrade, expectedEachOnce, expectedOfLine, gradesAgree } from './enterprises.ts'
import type { FieldClass, PlanLine } from './plan.ts'
import { type FiguresError, plannedByCity } from './planned-draws.ts'
import { type CountedLine, type GradedPool, type LinePool, type PoolCount, poolSize, sum } from './pool.ts'
import { allStrata, ungraded } from './ratio-rules.ts'

/** A higher ratio for one stratum of a line. */
export interface RatioRaise {
  readonly kind: 'RATIO'
  readonly lineId: string
  readonly stratum: string
  readonly from: Ratio
  readonly to: Ratio
}

/** More objects for a line that is drawn by number. */
export interface CountRaise {
  readonly kind: 'COUNT'
  readonly lineId: string
  readonly from: number
  readonly to: number
}

export type Raise = RatioRaise | CountRaise

/** One way to close the gap: a grade raised in every line where its band allows it, or one line whose quantity no band limits. */
export interface GapOption {
  readonly within: 'BAND' | 'FREE'
  /** Of a line with a number of objects absent. */
  readonly stratum?: string
  /** Of an option within a band: which bands. */
  readonly fieldClass?: FieldClass
  /** Of a free option: the line. */
  readonly lineId?: string
  /** Whether it closes the gap alone; if so `raises` are the smallest that do, else the highest that are allowed. */
  readonly closes: boolean
  /** What the plan draws with it, as the floor counts. */
  readonly reach: number
  readonly raises: readonly Raise[]
}

/**
 * MET: nothing is missing. WITHIN_BANDS: `together` closes the gap by ratios within their bands. WITH_FREE_QUANTITIES: every band at its highest
 * is not enough, `together` needs key items, numbers or strata without a band as well. NOT_CLOSABLE: `missing` objects stay missing with all of it.
 */
export type GapVerdict = 'MET' | 'WITHIN_BANDS' | 'WITH_FREE_QUANTITIES' | 'NOT_CLOSABLE'

export interface GapClosing {
  /** Objects the floor asks for. */
  readonly objects: number
  /** What the plan draws as it is, as the floor counts. */
  readonly reach: number
  readonly gap: number
  readonly verdict: GapVerdict
  readonly missing: number
  readonly options: readonly GapOption[]
  /** The smallest change in the order of risk: the highest grade first, then what no band limits, each in full before the next. */
  readonly together: readonly Raise[]
}

export interface GapInput {
  readonly counted: readonly CountedLine[]
  readonly whole: PoolCount
  /** The upper limit of a line's ratios that its general items have (REG-06): a reason does not lift it, and neither does a proposal. */
  readonly capOf: (line: PlanLine) => Ratio | undefined
  /** What other plans draw, as the floor counts. */
  readonly elsewhere?: number
  /** Where the floor counts distinct enterprises: those that this plan and the others may draw at all. */
  readonly most?: number
}

/** Proposals name hundredths of a percent, as the documents do (3.01%). */
const steps = 10_000
const everything = ratioOf(1, 1)

/** What can be raised of one line: a stratum's ratio, or its number. */
type Part =
  | {
      readonly kind: 'RATIO'
      readonly lineId: string
      readonly stratum: string
      readonly from: Ratio
      /** Of a ratio below its band: the end from which it is within. */
      readonly least: Ratio
      readonly most: Ratio
    }
  | { readonly kind: 'COUNT'; readonly lineId: string; readonly from: number; readonly most: number }

interface PartGroup extends Pick<GapOption, 'within' | 'stratum' | 'fieldClass' | 'lineId'> {
  readonly parts: readonly Part[]
}

/** What would close the gap to the yearly floor (CRD-08, CRD-18); undefined where the policy has no floor. */
export function gapClosing(policy: Policy, input: GapInput): Result<GapClosing | undefined, FiguresError> {
  if (policy.find('ratio.yearFloor') === undefined) return ok(undefined)
  const counting = policy.get('ratio.yearFloor.count')
  if (!counting.ok) return counting
  const floor = coverageRange(policy, [], input.whole.enterprises)
  if (!floor.ok) return floor
  const objects = floor.value.floor
  const distinct = counting.value.numerator === 'DISTINCT_ENTERPRISES'
  const scale = scaleOf(policy, input, distinct)
  if (!scale.ok) return scale
  const reach = scale.value.reach([])
  if (reach >= objects) return ok({ objects, reach, gap: 0, verdict: 'MET', missing: 0, options: [], together: [] })
  const groups = groupsOf(policy, input, distinct)
  if (!groups.ok) return groups
  const options = groups.value.map((group) => optionOf(group, scale.value, objects))
  return ok({ objects, reach, gap: objects - reach, ...combined(groups.value, scale.value, objects), options })
}

/** Weighs changes: what the plan draws with them, as the floor counts. */
interface Scale {
  readonly reach: (raises: readonly Raise[]) => number
}

function scaleOf(
  policy: Policy,
  { counted, whole, elsewhere = 0, most = Number.POSITIVE_INFINITY }: GapInput,
  distinct: boolean,
): Result<Scale, FiguresError> {
  const drawnOf = ({ line, pool, elsewhere: others = [] }: CountedLine, changed: PlanLine = line): Result<ByGrade, FiguresError> => {
    const planned = plannedByCity<LinePool>(policy, changed, pool, others)
    if (!planned.ok) return planned
    const { own } = planned.value
    if (!distinct) return ok(new Map([[undefined, sum(own.byStratum.values())]]))
    return ok(expectedOfLine({ line: changed, pool, ...own }))
  }
  const asPlanned = new Map<string, ByGrade>()
  for (const each of counted) {
    const drawn = drawnOf(each)
    if (!drawn.ok) return drawn
    asPlanned.set(each.line.lineId, drawn.value)
  }
  const total = addUp(asPlanned.values())
  const union = { enterprisesByGrade: whole.enterprisesByGrade, gradesAgree: gradesAgree(policy) }
  const byLine = new Map<string, CountedLine>(counted.map((each) => [each.line.lineId, each]))
  return ok({
    reach: (raises) => {
      const drawn: ByGrade[] = [total]
      for (const [lineId, ofLine] of byLineId(raises)) {
        const each = byLine.get(lineId)
        if (each === undefined) continue
        // A line that could be counted as it is can be counted with other numbers.
        const then = drawnOf(each, raised(each.line, ofLine))
        if (then.ok) drawn.push(then.value, less(asPlanned.get(lineId)))
      }
      const reached = addUp(drawn)
      return distinct ? Math.min(expectedEachOnce(reached, union) + elsewhere, most) : sum(reached.values()) + elsewhere
    },
  })
}

const less = (counts: ByGrade = new Map()): ByGrade => new Map([...counts].map(([grade, count]) => [grade, -count]))

function byLineId(raises: readonly Raise[]): ReadonlyMap<string, readonly Raise[]> {
  const lines = new Map<string, Raise[]>()
  for (const raise of raises) {
    const known = lines.get(raise.lineId)
    if (known === undefined) lines.set(raise.lineId, [raise])
    else known.push(raise)
  }
  return lines
}

/** The line with higher ratios or another number. */
export function raised(line: PlanLine, raises: readonly Raise[]): PlanLine {
  return raises.reduce((changed, raise): PlanLine => {
    switch (raise.kind) {
      case 'RATIO':
        return {
          ...changed,
          ratios: changed.ratios.map((each) => (each.stratum === raise.stratum ? { ...each, ratio: raise.to } : each)),
        }
      case 'COUNT':
        return { ...changed, count: raise.to }
      default:
        return assertNever(raise)
    }
  }, line)
}

/**
 * What can be raised, in the order in which it is proposed: grades of high risk first, one ratio for all after them, then what is free. Where
 * there is no object that the floor counts there is nothing to raise.
 */
function groupsOf(policy: Policy, { counted, capOf }: GapInput, distinct: boolean): Result<readonly PartGroup[], FiguresError> {
  const banded = new Map<string, { readonly group: Omit<PartGroup, 'parts'>; readonly parts: Part[] }>()
  const free: PartGroup[] = []
  for (const { line, pool, elsewhere = [] } of counted) {
    const { lineId } = line
    const counting: GradedPool = distinct ? { byGrade: pool.enterprisesByGrade } : pool
    if (poolSize(counting) === 0) continue
    if (line.count !== undefined) {
      // The number of merged cities is one for all of them.
      const size = poolSize(pool) + (line.joint?.merged === true ? sum(elsewhere.map(poolSize)) : 0)
      if (line.count < size) free.push({ within: 'FREE', lineId, parts: [{ kind: 'COUNT', lineId, from: line.count, most: size }] })
      continue
    }
    const cap = capOf(line) ?? everything
    for (const { stratum, ratio } of line.ratios) {
      if (!hasObjects(counting.byGrade, stratum)) continue
      const band = rangeOf(policy, line, stratum)
      if (!band.ok) return band
      const { least, most } = band.value ?? { least: ratio, most: everything }
      const part = { kind: 'RATIO', lineId, stratum, from: ratio, least, most: lower(most, cap) } as const
      if (compareRatio(ratio, part.most) >= 0) continue
      if (band.value === undefined) free.push({ within: 'FREE', lineId, stratum, parts: [part] })
      else {
        const key = `${line.fieldClass} ${stratum}`
        const group = { within: 'BAND', stratum, fieldClass: line.fieldClass } as const
        const known = banded.get(key)
        if (known === undefined) banded.set(key, { group, parts: [part] })
        else known.parts.push(part)
      }
    }
  }
  const rank = riskRank(policy)
  const inOrder = [...banded.values()].toSorted((a, b) => rank(a.group.stratum ?? '') - rank(b.group.stratum ?? ''))
  return ok([...inOrder.map(({ group, parts }) => ({ ...group, parts })), ...free])
}

const hasObjects = (byGrade: ReadonlyMap<string, number>, stratum: string): boolean =>
  [...byGrade].some(([grade, count]) => count > 0 && (stratum === allStrata || (besideWhiteList(grade) ?? grade) === stratum))

const lower = (a: Ratio, b: Ratio): Ratio => (compareRatio(a, b) < 0 ? a : b)

/** Within which ends a stratum's ratio may be raised; undefined where no band holds. One ratio for all is raised until it leaves the first band. */
function rangeOf(
  policy: Policy,
  { itemClass, fieldClass, ratios }: PlanLine,
  stratum: string,
): Result<{ readonly least: Ratio; readonly most: Ratio } | undefined, FiguresError> {
  if (itemClass === 'KEY') return ok(undefined)
  if (stratum !== allStrata) {
    const band = bandFor(policy, { itemClass, fieldClass, grade: stratum === ungraded ? undefined : stratum })
    return band.ok ? ok(band.value && { least: band.value.min, most: band.value.max }) : band
  }
  const scheme = policy.get('gradeScheme')
  if (!scheme.ok) return scheme
  const ends: Ratio[] = []
  for (const grade of scheme.value.lowToHigh) {
    const band = bandFor(policy, { itemClass, fieldClass, grade })
    if (!band.ok) return band
    if (band.value !== undefined) ends.push(band.value.max)
  }
  if (ends.length === 0) return ok(undefined)
  const from = ratios.find((each) => each.stratum === allStrata)?.ratio ?? everything
  return ok({ least: from, most: ends.reduce(lower) })
}

/** High risk first; what is no grade, last. */
function riskRank(policy: Policy): (stratum: string) => number {
  const scheme = policy.find('gradeScheme')?.lowToHigh ?? []
  return (stratum) => {
    const at = scheme.indexOf(stratum)
    return at < 0 ? scheme.length : scheme.length - 1 - at
  }
}

const highest = (parts: readonly Part[]): readonly Raise[] =>
  parts.map((part) => (part.kind === 'COUNT' ? countTo(part, part.most) : ratioTo(part, part.most)))

type PartOf<Kind extends Part['kind']> = Extract<Part, { readonly kind: Kind }>

const countTo = ({ lineId, from }: PartOf<'COUNT'>, to: number): CountRaise => ({ kind: 'COUNT', lineId, from, to })
const ratioTo = ({ lineId, stratum, from }: PartOf<'RATIO'>, to: Ratio): RatioRaise => ({ kind: 'RATIO', lineId, stratum, from, to })

/** The parts raised to a step: no further than each may be, not below where its band begins, and left alone where it is higher already. */
function raisedTo(parts: readonly Part[], step: number): readonly Raise[] {
  return parts.flatMap((part): readonly Raise[] => {
    if (part.kind === 'COUNT') return step > part.from ? [countTo(part, Math.min(step, part.most))] : []
    const wanted = ratioOf(step, steps)
    if (compareRatio(wanted, part.from) <= 0) return []
    const inside = compareRatio(wanted, part.least) < 0 ? part.least : wanted
    return [ratioTo(part, lower(inside, part.most))]
  })
}

/** The smallest step that closes the gap on top of what is raised already; undefined where the highest does not. */
function smallest(parts: readonly Part[], before: readonly Raise[], scale: Scale, objects: number): readonly Raise[] | undefined {
  const closes = (raises: readonly Raise[]): boolean => scale.reach([...before, ...raises]) >= objects
  const top = highest(parts)
  if (!closes(top)) return undefined
  let low = 0
  let high = Math.max(...parts.map((part) => (part.kind === 'COUNT' ? part.most : steps)))
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2)
    if (closes(raisedTo(parts, middle))) high = middle
    else low = middle
  }
  const found = raisedTo(parts, high)
  // Shares of several cities merged are whole objects by the largest remainder, which may fall by one as the ratio rises.
  return closes(found) ? found : top
}

function optionOf({ parts, ...group }: PartGroup, scale: Scale, objects: number): GapOption {
  const found = smallest(parts, [], scale, objects)
  const raises = found ?? highest(parts)
  return { ...group, closes: found !== undefined, reach: scale.reach(raises), raises }
}

function combined(groups: readonly PartGroup[], scale: Scale, objects: number): Pick<GapClosing, 'verdict' | 'missing' | 'together'> {
  let together: readonly Raise[] = []
  for (const { within, parts } of groups) {
    const found = smallest(parts, together, scale, objects)
    if (found !== undefined) {
      const verdict = within === 'BAND' ? 'WITHIN_BANDS' : 'WITH_FREE_QUANTITIES'
      return { verdict, missing: 0, together: [...together, ...found] }
    }
    together = [...together, ...highest(parts)]
  }
  return { verdict: 'NOT_CLOSABLE', missing: objects - scale.reach(together), together }
}
