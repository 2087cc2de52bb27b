import type { RegionCode, RegionLevel } from '@dual-random/kernel'
import { regionLevel } from '@dual-random/kernel'
import type { CheckItem } from './line-input.ts'
import type { PlanLine, PlanType } from './plan.ts'

/** The standing lines of one plan. */
export interface PlanLines {
  readonly regionCode: RegionCode
  readonly planType: PlanType
  readonly lines: readonly PlanLine[]
}

/** Which items of the list in force the plans cover (PLN-12). */
export interface ListCoverage {
  readonly planType: PlanType
  readonly listed: number
  readonly covered: number
  readonly uncovered: readonly { readonly code: string; readonly name: string }[]
}

export interface LevelCoverage {
  readonly level: RegionLevel
  readonly lists: readonly ListCoverage[]
}

export interface CoverageRules {
  readonly scope: 'EACH_LEVEL' | 'LEVELS_TOGETHER'
  /** Joint lines cover internal items too (PLN-16 against PLN-12). */
  readonly jointCountsForInternal: boolean
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
  { jointCountsForInternal }: CoverageRules,
): ListCoverage {
  const counting = plans.filter((plan) => plan.planType === planType || (planType === 'INTERNAL' && jointCountsForInternal))
  const covered = new Set<string>(counting.flatMap(({ lines }) => lines.flatMap(({ itemCodes }) => itemCodes)))
  const listed = items.filter(({ listType }) => listType === planType)
  const uncovered = listed.filter(({ code }) => !covered.has(code)).map(({ code, name }) => ({ code, name }))
  return { planType, listed: listed.length, covered: listed.length - uncovered.length, uncovered }
}
