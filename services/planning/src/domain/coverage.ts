import { type Ratio, type RegionCode, type RegionLevel, ratioOf, regionLevel } from '@dual-random/kernel'
import type { CheckItem } from './line-input.ts'
import type { PlanLine, PlanType } from './plan.ts'

/** The standing lines of one plan. */
export interface PlanLines {
  readonly regionCode: RegionCode
  readonly planType: PlanType
  readonly lines: readonly PlanLine[]
}

/** What of a list no plan covers: an item, or a supervision matter with the items that belong to it. */
export interface Uncovered {
  /** Of an item. */
  readonly code?: string
  readonly name: string
  /** Of a supervision matter. */
  readonly itemCodes?: readonly string[]
}

/** Which entries of the lists in force the plans cover (PLN-12): their items, or the supervision matters that an edition counts. */
export interface ListCoverage {
  readonly planType: PlanType
  readonly listed: number
  readonly covered: number
  /** Covered of listed (EVL-06); absent where nothing is listed. */
  readonly share?: Ratio
  readonly uncovered: readonly Uncovered[]
}

export interface LevelCoverage {
  readonly level: RegionLevel
  readonly lists: readonly ListCoverage[]
}

export interface CoverageRules {
  readonly scope: 'EACH_LEVEL' | 'LEVELS_TOGETHER'
  /** Joint lines cover internal items too (PLN-16 against PLN-12). */
  readonly jointCountsForInternal: boolean
  /** Lists whose edition counts supervision matters (89 类): one is covered by any of its items. */
  readonly byMatter: ReadonlySet<PlanType>
}

const levels: readonly RegionLevel[] = ['PROVINCE', 'CITY', 'COUNTY']

/** Coverage per level that has a plan; over LEVELS_TOGETHER a line of any level covers the item for all. */
export function listCoverage(items: readonly CheckItem[], plans: readonly PlanLines[], rules: CoverageRules): readonly LevelCoverage[] {
  const present = levels.filter((level) => plans.some(({ regionCode }) => regionLevel(regionCode) === level))
  return present.map((level) => {
    const counted = rules.scope === 'LEVELS_TOGETHER' ? plans : plans.filter(({ regionCode }) => regionLevel(regionCode) === level)
    return { level, lists: (['JOINT', 'INTERNAL'] as const).map((planType) => coverageOf(items, counted, planType, rules)) }
  })
}

function coverageOf(
  items: readonly CheckItem[],
  plans: readonly PlanLines[],
  planType: PlanType,
  { jointCountsForInternal, byMatter }: CoverageRules,
): ListCoverage {
  const counting = plans.filter((plan) => plan.planType === planType || (planType === 'INTERNAL' && jointCountsForInternal))
  const covered = new Set<string>(counting.flatMap(({ lines }) => lines.flatMap(({ itemCodes }) => itemCodes)))
  const listed = items.filter(({ listType }) => listType === planType)
  const entries = byMatter.has(planType) ? matterEntries(listed) : listed.map(itemEntry)
  const uncovered = entries.filter(({ codes }) => !codes.some((code) => covered.has(code))).map(({ entry }) => entry)
  return {
    planType,
    listed: entries.length,
    covered: entries.length - uncovered.length,
    ...(entries.length === 0 ? {} : { share: ratioOf(entries.length - uncovered.length, entries.length) }),
    uncovered,
  }
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
