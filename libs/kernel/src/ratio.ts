import { err, ok, type Result } from './result.ts'

/** An exact share: `numerator / denominator`, in lowest terms, both safe non-negative integers (DQ-06). */
export interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

export type RatioError = { readonly code: 'not-a-ratio'; readonly text: string }

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** Ratio of two integers; throws on a zero or unsafe denominator, which no input may reach. */
export function ratioOf(numerator: number, denominator: number): Ratio {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator) || numerator < 0 || denominator <= 0) {
    throw new Error(`not a ratio: ${numerator}/${denominator}`)
  }
  const divisor = gcd(numerator, denominator)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

/** Reads `3%`, `3.01%`, `100％`: at most 6 decimals, 0 to 100 percent. */
export function parsePercent(text: string): Result<Ratio, RatioError> {
  const match = /^(\d{1,3})(?:\.(\d{1,6}))?\s*[%％]$/.exec(text.trim())
  if (match === null) return err({ code: 'not-a-ratio', text })
  const decimals = match[2] ?? ''
  const ratio = ratioOf(Number(`${match[1]}${decimals}`), 100 * 10 ** decimals.length)
  return compareRatio(ratio, ratioOf(1, 1)) > 0 ? err({ code: 'not-a-ratio', text }) : ok(ratio)
}

/** Negative, zero or positive as a is below, equal to or above b; exact. */
export function compareRatio(a: Ratio, b: Ratio): number {
  const left = BigInt(a.numerator) * BigInt(b.denominator)
  const right = BigInt(b.numerator) * BigInt(a.denominator)
  return left < right ? -1 : left > right ? 1 : 0
}

/** The percent text of a ratio, exact where it has a finite decimal, else cut to six decimals: `3.01%`. */
export function formatPercent(ratio: Ratio): string {
  const millionths = (BigInt(ratio.numerator) * 100_000_000n) / BigInt(ratio.denominator)
  const whole = millionths / 1_000_000n
  const decimals = (millionths % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '')
  return decimals === '' ? `${whole}%` : `${whole}.${decimals}%`
}

/** ⌈count · ratio⌉ in integers (CRD-17). */
export function ceilShare(count: number, ratio: Ratio): number {
  const product = BigInt(count) * BigInt(ratio.numerator)
  const denominator = BigInt(ratio.denominator)
  return Number((product + denominator - 1n) / denominator)
}

/** ⌊count · ratio + ½⌋ in integers. */
export function nearestShare(count: number, ratio: Ratio): number {
  const denominator = 2n * BigInt(ratio.denominator)
  return Number((2n * BigInt(count) * BigInt(ratio.numerator) + BigInt(ratio.denominator)) / denominator)
}

/** ⌊count · ratio⌋ in integers. */
export function floorShare(count: number, ratio: Ratio): number {
  return Number((BigInt(count) * BigInt(ratio.numerator)) / BigInt(ratio.denominator))
}
