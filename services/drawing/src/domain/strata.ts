import { overshoots, type StratumCount, type StratumRule, type StratumSize } from '@dual-random/draw'
import { err, ok, type Ratio, type Result, ratioOf } from '@dual-random/kernel'
import type { DrawLine } from './plan-line.ts'
import type { DrawTerms } from './terms.ts'

export type StrataError = { readonly code: 'stratum-without-ratio'; readonly stratum: string }

/** The rule of every stratum of the snapshot, as the published line and the policy give it (rule 4, DRW-21). */
export function strataRules(
  line: DrawLine,
  terms: DrawTerms,
  sizes: readonly StratumSize[],
): Result<Readonly<Record<string, StratumRule>>, StrataError> {
  const { quantity, batch } = line
  if (quantity.kind === 'count')
    return ok(Object.fromEntries(sizes.map(({ stratum }) => [stratum, { kind: 'count', count: quantity.count }])))
  const ratios = new Map(quantity.ratios.map(({ stratum, ratio }) => [stratum, ratio]))
  const rules: Record<string, StratumRule> = {}
  for (const { stratum } of sizes) {
    const ratio =
      ratios.get(stratum) ?? (stratum === 'UNGRADED' && terms.ungradedAs !== undefined ? ratios.get(terms.ungradedAs) : undefined)
    if (ratio === undefined) return err({ code: 'stratum-without-ratio', stratum })
    rules[stratum] = { kind: 'ratio', ratio: plain(ratio), batchShare: plain(batch.share), base: terms.base, rounding: terms.rounding }
  }
  return ok(rules)
}

const plain = ({ numerator, denominator }: Ratio): Ratio => ({ numerator, denominator })

/** Whether whole objects lift a stratum's share above its band although the ratio itself lies inside (CRD-17). */
export function isOvershoot({ stratum, n, mapped, eligible, rule }: StratumCount, { bandMax }: DrawTerms): boolean {
  const band = bandMax.find((one) => one.stratum === stratum)
  if (band === undefined || rule.kind === 'count') return false
  const upper = ratioOf(band.max.numerator * rule.batchShare.numerator, band.max.denominator * rule.batchShare.denominator)
  const base = rule.base === 'mapped' ? mapped : eligible
  return base > 0 && overshoots(n, base, upper)
}
