import { type Ratio, type RegionCode, type RegionLevel, ratioOf, regionContains, regionLevel } from '@dual-random/kernel'
import type { CheckItem } from './line-input.ts'
import type { PlanLine, PlanType } from './plan.ts'
import type { UndrawnKind, UndrawnLine } from './undrawn-line.ts'

/** The standing lines of one plan. */
export interface PlanLines {
  readonly regionCode: RegionCode
  readonly planType: PlanType
  readonly lines: readonly PlanLine[]
  readonly undrawn?: readonly Pick<UndrawnLine, 'kind' | 'itemCodes'>[]
}

/** What of a list no draw covers: an item, or a supervision matter with the items that belong to it. */
export interface Uncovered {
  /** Of an item. */
  readonly code?: string
  readonly name: string
  /** Of a supervision matter. */
  readonly itemCodes?: readonly string[]
  /** Kinds of lines without a draw that check it, where there are such wherever no draw covers it. */
  readonly withoutDraw?: readonly UndrawnKind[]
}

/**
 * Which entries of a list in force are covered (PLN-12): its items, or the supervision matters that an edition counts. They are lists of what is
 * checked at random (随机抽查事项), and the rate of EVL-06 is of random checks (抽查): a draw alone covers, what else is planned stands beside.
 */
export interface ListCoverage {
  readonly planType: PlanType
  readonly listed: number
  readonly covered: number
  /** Entries not covered that lines without a draw check. */
  readonly withoutDraw: number
  /** Covered of listed (EVL-06); absent where nothing is listed. */
  readonly share?: Ratio
  readonly uncovered: readonly Uncovered[]
}

/** What one region's plans cover; without a plan nothing but what policy has other levels cover for it. */
export interface RegionCoverage {
  readonly regionCode: RegionCode
  readonly level: RegionLevel
  readonly hasPlan: boolean
  readonly lists: readonly ListCoverage[]
}

/** What every region of the level covers; nothing, where no region of it is known. */
export interface LevelCoverage {
  readonly level: RegionLevel
  readonly lists: readonly ListCoverage[]
}

export interface Coverage {
  readonly levels: readonly LevelCoverage[]
  /** In order of their codes. */
  readonly regions: readonly RegionCoverage[]
}

export interface CoverageRules {
  /** The levels that have to cover the lists; regions of others are not looked at. */
  readonly levels: readonly RegionLevel[]
  readonly scope: 'EACH_LEVEL' | 'LEVELS_TOGETHER'
  /** Joint lines cover internal items too (PLN-16 against PLN-12). */
  readonly jointCountsForInternal: boolean
  /** Lists whose edition counts supervision matters (89 类): one is covered by any of its items. */
  readonly byMatter: ReadonlySet<PlanType>
}

const planTypes = ['JOINT', 'INTERNAL'] as const

/**
 * Coverage of each region and of each level that policy names, whether or not anybody there has a plan. Over LEVELS_TOGETHER a line counts for
 * its own region, for those below and for those above it; what one county plans covers nothing of the next.
 */
export function listCoverage(
  items: readonly CheckItem[],
  regions: readonly RegionCode[],
  plans: readonly PlanLines[],
  rules: CoverageRules,
): Coverage {
  const entries = new Map(planTypes.map((planType) => [planType, entriesOf(items, planType, rules)]))
  const lists = (coverings: readonly Covering[]): readonly ListCoverage[] =>
    planTypes.map((planType) =>
      coverageOf(
        planType,
        entries.get(planType) ?? [],
        coverings.map((covered) => covered(planType)),
      ),
    )
  const looked = [...new Set(regions)].filter((each) => rules.levels.includes(regionLevel(each))).sort()
  const found = looked.map((regionCode) => ({ regionCode, level: regionLevel(regionCode), covering: coveringOf(regionCode, plans, rules) }))
  return {
    levels: rules.levels.map((level) => ({
      level,
      lists: lists(found.filter((each) => each.level === level).map(({ covering }) => covering)),
    })),
    regions: found.map(({ regionCode, level, covering }) => ({
      regionCode,
      level,
      hasPlan: plans.some((plan) => plan.regionCode === regionCode),
      lists: lists([covering]),
    })),
  }
}

/** Codes of the items that are planned in one region: of draws, and by the kinds of lines that check them without one. */
interface Planned {
  readonly drawn: ReadonlySet<string>
  readonly withoutDraw: ReadonlyMap<string, readonly UndrawnKind[]>
}

/** What counts in one region, for the list of a type. */
type Covering = (planType: PlanType) => Planned

function coveringOf(region: RegionCode, plans: readonly PlanLines[], { scope, jointCountsForInternal }: CoverageRules): Covering {
  const isInLine = (other: RegionCode): boolean => regionContains(other, region) || regionContains(region, other)
  const counted = plans.filter(({ regionCode }) => (scope === 'LEVELS_TOGETHER' ? isInLine(regionCode) : regionCode === region))
  return (planType) => {
    const types: readonly PlanType[] = planType === 'INTERNAL' && jointCountsForInternal ? ['INTERNAL', 'JOINT'] : [planType]
    const ofTypes = counted.filter((plan) => types.includes(plan.planType))
    const checks = ofTypes.flatMap(({ undrawn = [] }) =>
      undrawn.flatMap(({ kind, itemCodes }) => itemCodes.map((code) => ({ kind, code }))),
    )
    return {
      drawn: new Set(ofTypes.flatMap(({ lines }) => lines.flatMap(({ itemCodes }) => itemCodes))),
      withoutDraw: new Map([...Map.groupBy(checks, ({ code }) => code)].map(([code, of]) => [code, of.map(({ kind }) => kind)])),
    }
  }
}

/** An entry is covered where it is in all of the coverings, of which there is one at least. */
function coverageOf(planType: PlanType, entries: readonly Entry[], coverings: readonly Planned[]): ListCoverage {
  const isDrawn = ({ codes }: Entry, { drawn }: Planned): boolean => codes.some((code) => drawn.has(code))
  const isCovered = (entry: Entry): boolean => coverings.length > 0 && coverings.every((planned) => isDrawn(entry, planned))
  const kindsOf = (entry: Entry): readonly UndrawnKind[] => {
    const found = coverings
      .filter((planned) => !isDrawn(entry, planned))
      .map(({ withoutDraw }) => entry.codes.flatMap((code) => withoutDraw.get(code) ?? []))
    return found.every((kinds) => kinds.length > 0) ? [...new Set(found.flat())].sort() : []
  }
  const uncovered = entries
    .filter((each) => !isCovered(each))
    .map((each): Uncovered => {
      const kinds = kindsOf(each)
      return kinds.length === 0 ? each.entry : { ...each.entry, withoutDraw: kinds }
    })
  return {
    planType,
    listed: entries.length,
    covered: entries.length - uncovered.length,
    withoutDraw: uncovered.filter(({ withoutDraw }) => withoutDraw !== undefined).length,
    ...(entries.length === 0 ? {} : { share: ratioOf(entries.length - uncovered.length, entries.length) }),
    uncovered,
  }
}

function entriesOf(items: readonly CheckItem[], planType: PlanType, { byMatter }: CoverageRules): readonly Entry[] {
  const listed = items.filter(({ listType }) => listType === planType)
  return byMatter.has(planType) ? matterEntries(listed) : listed.map(itemEntry)
}

interface Entry {
  readonly entry: Uncovered
  readonly codes: readonly string[]
}

const itemEntry = ({ code, name }: CheckItem): Entry => ({ entry: { code, name }, codes: [code] })

/** An item that belongs to no matter stands for itself. */
function matterEntries(items: readonly CheckItem[]): readonly Entry[] {
  const matters = new Map<string, string[]>()
  for (const { code, supervisionMatter } of items) {
    if (supervisionMatter !== undefined) matters.set(supervisionMatter, [...(matters.get(supervisionMatter) ?? []), code])
  }
  return [
    ...[...matters].map(([name, itemCodes]) => ({ entry: { name, itemCodes }, codes: itemCodes })),
    ...items.filter(({ supervisionMatter }) => supervisionMatter === undefined).map(itemEntry),
  ]
}
