import { overshoots, type StratumCount, type StratumRule, type StratumSize, stratumCount } from '@dual-random/draw'
import { err, ok, type Ratio, type Result, ratioOf } from '@dual-random/kernel'
import { besideWhiteList, loweredRatio } from '@dual-random/policy'
import { stratumOfLine } from './cities.ts'
import type { DrawLine } from './plan-line.ts'
import type { DrawTerms } from './terms.ts'

export type StrataError = { readonly code: 'stratum-without-ratio'; readonly stratum: string }

/**
 * The rule of every stratum of the snapshot, as the published line and the policy give it (rule 4, DRW-21). Members of the white list have
 * strata of their own, drawn by the lower ratio of policy, never by a higher one than their neighbours' (TGT-20).
 */
export function strataRules(
  line: DrawLine,
  terms: DrawTerms,
  sizes: readonly StratumSize[],
): Result<Readonly<Record<string, StratumRule>>, StrataError> {
  const { quantity } = line
  return quantity.kind === 'count' ? countRules(line, quantity.count, terms, sizes) : ratioRules(line, quantity.ratios, terms, sizes)
}

type Ratios = Extract<DrawLine['quantity'], { readonly kind: 'ratios' }>['ratios']

function ratioRules(line: DrawLine, given: Ratios, terms: DrawTerms, sizes: readonly StratumSize[]): ReturnType<typeof strataRules> {
  const ratios = new Map(given.map(({ stratum, ratio }) => [stratum, ratio]))
  const ratioFor = (stratum: string): Ratio | undefined =>
    ratios.get(stratum) ?? (stratum === 'UNGRADED' && terms.ungradedAs !== undefined ? ratios.get(terms.ungradedAs) : undefined)
  const rules: Record<string, StratumRule> = {}
  for (const { stratum: inDraw } of sizes) {
    const stratum = stratumOfLine(line, { stratum: inDraw })
    const beside = besideWhiteList(stratum)
    const ratio = ratioFor(beside ?? stratum)
    if (ratio === undefined || (beside !== undefined && terms.whiteList === undefined))
      return err({ code: 'stratum-without-ratio', stratum })
    const own = beside === undefined ? undefined : terms.whiteList
    rules[inDraw] = {
      kind: 'ratio',
      ratio: plain(own === undefined ? ratio : loweredRatio(ratio, own.ratio)),
      batchShare: plain(line.batch.share),
      base: terms.base,
      rounding: own?.rounding ?? terms.rounding,
    }
  }
  return ok(rules)
}

/** The fixed number holds for all objects of a draw, or of a city where each has strata of its own: what the white list's share takes of it, the others leave. */
function countRules(line: DrawLine, count: number, terms: DrawTerms, sizes: readonly StratumSize[]): ReturnType<typeof strataRules> {
  const inLine = (size: StratumSize): string => stratumOfLine(line, size)
  const cityOf = (size: StratumSize): string => size.stratum.slice(0, size.stratum.length - inLine(size).length)
  const isListed = (size: StratumSize): boolean => besideWhiteList(inLine(size)) !== undefined
  const rules: Record<string, StratumRule> = {}
  for (const city of new Set(sizes.map(cityOf))) {
    const ofCity = sizes.filter((size) => cityOf(size) === city)
    const listed = ofCity.find(isListed)
    let left = count
    if (listed !== undefined) {
      const own = whiteListRule(line, count, terms, ofCity)
      if (own === undefined) return err({ code: 'stratum-without-ratio', stratum: inLine(listed) })
      left = Math.max(0, count - stratumCount(listed, own).n)
      rules[listed.stratum] = own
    }
    for (const size of ofCity) if (size !== listed) rules[size.stratum] = { kind: 'count', count: left }
  }
  return ok(rules)
}

/** Undefined where policy has no ratio for members of the white list. */
function whiteListRule(
  { batch }: DrawLine,
  count: number,
  { whiteList, base }: DrawTerms,
  sizes: readonly StratumSize[],
): StratumRule | undefined {
  if (whiteList === undefined) return undefined
  const whole = sizes.reduce((sum, size) => sum + size[base], 0)
  const { ratio, rounding } = whiteList
  const ofBatch = ratioOf(ratio.numerator * batch.share.numerator, ratio.denominator * batch.share.denominator)
  const lowered = whole === 0 ? ofBatch : loweredRatio(ratioOf(count, whole), ofBatch)
  return { kind: 'ratio', ratio: plain(lowered), batchShare: { numerator: 1, denominator: 1 }, base, rounding }
}

const plain = ({ numerator, denominator }: Ratio): Ratio => ({ numerator, denominator })

/** Whether whole objects lift a stratum's share above its band although the ratio itself lies inside (CRD-17). */
export function isOvershoot(
  { stratum, n, mapped, eligible, rule }: StratumCount,
  { bandMax }: DrawTerms,
  line: Pick<DrawLine, 'joint'> = {},
): boolean {
  const inLine = stratumOfLine(line, { stratum })
  const band = bandMax.find((one) => one.stratum === inLine)
  if (band === undefined || rule.kind === 'count') return false
  const upper = ratioOf(band.max.numerator * rule.batchShare.numerator, band.max.denominator * rule.batchShare.denominator)
  const base = rule.base === 'mapped' ? mapped : eligible
  return base > 0 && overshoots(n, base, upper)
}
