import type { Share } from '../api/public-draw.ts'

export const sumOf = <T>(items: readonly T[], of: (item: T) => number): number => items.reduce((sum, item) => sum + of(item), 0)

/** Two significant digits below one percent, three above: `3 %`, `12.5 %`, `0.067 %`. The space does not break. */
export const percentOf = (part: number, whole: number): string =>
  whole === 0 ? '0\u00a0%' : `${Number(((100 * part) / whole).toPrecision(part / whole < 0.01 ? 2 : 3))}\u00a0%`

export const percentOfShare = ({ numerator, denominator }: Share): string => percentOf(numerator, denominator)

export const shareText = ({ numerator, denominator }: Share): string =>
  denominator === 1 ? String(numerator) : `${numerator}/${denominator}`
