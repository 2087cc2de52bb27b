import { sum } from './pool.ts'

/** Whole shares of `total` by size; what is left over goes to the largest remainders, the earlier first. */
export function apportion(total: number, sizes: readonly number[]): readonly number[] {
  const whole = sum(sizes)
  if (whole === 0) return sizes.map(() => 0)
  const shares = sizes.map((size) => Math.floor((total * size) / whole))
  const byRemainder = sizes
    .map((size, index) => ({ index, remainder: (total * size) % whole }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index)
  const left = new Set(byRemainder.slice(0, total - sum(shares)).map(({ index }) => index))
  return shares.map((share, index) => share + (left.has(index) ? 1 : 0))
}
