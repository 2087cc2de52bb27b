import { assertNever, type Ratio } from '@dual-random/kernel'
import type { StratumSize } from './roster.ts'

/** How whole objects are made of a share (CRD-17): always up, or to the nearest with the half going up. */
export type Rounding = 'up' | 'half-up'

export type RatioRecord = { readonly numerator: number; readonly denominator: number }

/** The rule for the number drawn of a stratum, as policy and plan line give it (rule 4). */
export type StratumRule =
  | {
      readonly kind: 'ratio'
      readonly ratio: RatioRecord
      /** Part of the line's share that this batch draws. */
      readonly batchShare: RatioRecord
      readonly base: 'mapped' | 'eligible'
      readonly rounding: Rounding
    }
  | { readonly kind: 'count'; readonly count: number }

/** The number drawn of a stratum with all that led to it (CRD-17, DRW-21). `raw` is the unrounded number, exact, in lowest terms. */
export type StratumCount = StratumSize & { readonly rule: StratumRule; readonly raw: RatioRecord; readonly n: number }

/** n = min(rounded share, eligible); a fixed count is cut to the eligible likewise. Throws when a raw number leaves ±(2^53−1). */
export function stratumCount(size: StratumSize, rule: StratumRule): StratumCount {
  const count = exactCount(size, rule)
  if (count === undefined) throw new Error(`the number of stratum ${size.stratum} is no ratio of integers within ±(2^53−1)`)
  return count
}

/** The same for a rule that nobody vouches for: undefined where the raw number has no place in canonical JSON. */
export function exactCount(size: StratumSize, rule: StratumRule): StratumCount | undefined {
  const raw = rawNumber(size, rule)
  if (raw === undefined) return undefined
  return { ...size, rule, raw, n: Math.min(rounded(raw, rule.kind === 'ratio' ? rule.rounding : 'up'), size.eligible) }
}

function rawNumber(size: StratumSize, rule: StratumRule): RatioRecord | undefined {
  const factors =
    rule.kind === 'count' ? [ratioRecord(rule.count, 1)] : [ratioRecord(baseOf(size, rule.base), 1), rule.ratio, rule.batchShare]
  if (!factors.every(isRatio)) return undefined
  const numerator = factors.reduce((product, factor) => product * BigInt(factor.numerator), 1n)
  const denominator = factors.reduce((product, factor) => product * BigInt(factor.denominator), 1n)
  const divisor = gcd(numerator, denominator)
  const raw = ratioRecord(Number(numerator / divisor), Number(denominator / divisor))
  return isRatio(raw) ? raw : undefined
}

const baseOf = ({ mapped, eligible }: StratumSize, base: 'mapped' | 'eligible'): number => (base === 'eligible' ? eligible : mapped)

const ratioRecord = (numerator: number, denominator: number): RatioRecord => ({ numerator, denominator })

const isRatio = ({ numerator, denominator }: RatioRecord): boolean =>
  Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator) && numerator >= 0 && denominator > 0

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

function rounded(raw: RatioRecord, rounding: Rounding): number {
  const numerator = BigInt(raw.numerator)
  const denominator = BigInt(raw.denominator)
  switch (rounding) {
    case 'up':
      return Number((numerator + denominator - 1n) / denominator)
    case 'half-up':
      return Number((2n * numerator + denominator) / (2n * denominator))
    default:
      return assertNever(rounding)
  }
}

/** Whether n of a base lies above a ratio: with a band's upper end, the overshoot that CRD-17 asks to flag. */
export const overshoots = (n: number, base: number, upper: Ratio): boolean =>
  BigInt(n) * BigInt(upper.denominator) > BigInt(base) * BigInt(upper.numerator)

/** Sizes of `count` batches of a total, as even as whole objects allow, the larger first. */
export function evenBatches(total: number, count: number): readonly number[] {
  if (!Number.isInteger(count) || count < 1) throw new Error(`not a number of batches: ${count}`)
  const smaller = Math.floor(total / count)
  return Array.from({ length: count }, (_, index) => smaller + (index < total % count ? 1 : 0))
}
