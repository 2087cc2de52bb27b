import { assertNever, ceilShare, compareRatio, nearestShare, type Ratio, ratioOf } from '@dual-random/kernel'
import type { PolicyValues } from '../keys.ts'
import type { Band } from './bands.ts'

export type Rounding = PolicyValues['ratio.rounding']

/** A draw count with how it came about, to be stored with the draw (CRD-17). */
export interface DrawCount {
  readonly rounding: Rounding['mode']
  /** Stratum size times ratio, exact. */
  readonly raw: Ratio
  readonly rounded: number
  /** What can be drawn: the rounded count, or all eligible objects when there are fewer. */
  readonly count: number
}

/** How many objects a ratio means in a stratum of `population` objects, of which `eligible` can be drawn. */
export function drawCount(population: number, ratio: Ratio, rounding: Rounding, eligible: number): DrawCount {
  const rounded = roundedShare(population, ratio, rounding.mode)
  const raw = ratioOf(population * ratio.numerator, ratio.denominator)
  return { rounding: rounding.mode, raw, rounded, count: Math.min(rounded, eligible) }
}

/**
 * Whether whole objects leave the band the ratio lies in: of 10 objects 3% rounded up is 1, in effect 10% (CRD-17).
 * Undefined inside the band, for an empty stratum, and for an overshoot the rounding rule does not flag.
 */
export function bandDeparture(count: number, population: number, band: Band, rounding: Rounding): 'overshoot' | 'undershoot' | undefined {
  if (population === 0) return undefined
  const effective = ratioOf(count, population)
  if (compareRatio(effective, band.max) > 0) return rounding.flagOvershoot ? 'overshoot' : undefined
  return compareRatio(effective, band.min) < 0 ? 'undershoot' : undefined
}

function roundedShare(population: number, ratio: Ratio, mode: Rounding['mode']): number {
  switch (mode) {
    case 'UP':
      return ceilShare(population, ratio)
    case 'NEAREST':
      return nearestShare(population, ratio)
    default:
      return assertNever(mode)
  }
}
