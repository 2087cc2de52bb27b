import type { Ratio } from '@dual-random/kernel'
import {
  besideWhiteList,
  drawCount,
  loweredRatio,
  type Policy,
  type PolicyValues,
  whiteListDraw,
  whiteListStratum,
} from '@dual-random/policy'
import type { PlanLine } from './plan.ts'
import { type GradedPool, sum } from './pool.ts'
import { allStrata } from './ratio-rules.ts'

type Strata = readonly (readonly [stratum: string, population: number])[]

/** The strata that a draw of the line would have, with their sizes: registry counts members of the white list beside their grades (TGT-20). */
export function strataOf({ ratios }: Pick<PlanLine, 'ratios'>, { byGrade }: GradedPool): Strata {
  if (ratios.every(({ stratum }) => stratum !== allStrata)) return [...byGrade]
  const listed = sum([...byGrade].map(([stratum, count]) => (besideWhiteList(stratum) === undefined ? 0 : count)))
  const others: Strata = [[allStrata, sum(byGrade.values()) - listed]]
  return listed === 0 ? others : [...others, [whiteListStratum(allStrata), listed]]
}

/** The ratio a line draws of a stratum: as it says, and of white-list members by policy, never more than of the others. */
export function ratioDrawn(policy: Policy, { ratios }: Pick<PlanLine, 'ratios'>, wanted: string): Ratio | undefined {
  const beside = besideWhiteList(wanted)
  const stated = ratios.find(({ stratum }) => stratum === (beside ?? wanted) || stratum === allStrata)?.ratio
  if (beside === undefined || stated === undefined) return stated
  const listed = whiteListDraw(policy)
  return listed?.effect === 'OWN_RATIO' ? loweredRatio(stated, listed.ratio) : undefined
}

/** How many objects of a stratum one batch draws; whole objects are made as the draw makes them. */
export function drawnOf(
  policy: Policy,
  { stratum, population, ofBatch }: { readonly stratum: string; readonly population: number; readonly ofBatch: Ratio },
  rounding: PolicyValues['ratio.rounding'],
): number {
  const listed = besideWhiteList(stratum) === undefined ? undefined : whiteListDraw(policy)
  const own = listed?.effect === 'OWN_RATIO' ? listed.rounding : undefined
  return drawCount(population, ofBatch, { ...rounding, mode: own ?? rounding.mode }, population).count
}
