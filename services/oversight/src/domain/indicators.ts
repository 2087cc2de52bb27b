import { formatPercent, ratioOf } from '@dual-random/kernel'
import type { PolicyValues } from '@dual-random/policy'
import type { Period } from './period.ts'

/** A formula as policy data (EVL-09). */
export type Formula = PolicyValues['indicator.formulas'][number]

/** An indicator of policy `indicators` with its formula; undefined while the policy has none for it. */
export interface IndicatorRule {
  readonly code: string
  readonly text: string
  readonly formula: Formula | undefined
}

/** Two counts with everything they were computed by. The rate is absent where the denominator is 0. */
export interface Indicator {
  readonly code: string
  readonly text: string
  readonly numerator: number
  readonly denominator: number
  readonly rate?: string
  readonly numeratorText: string
  readonly denominatorText: string
  readonly scope: string
  readonly period: Period['kind']
  readonly periodStart: string
  readonly periodEnd: string
  readonly formulaVersion: string
}

/** An indicator that cannot be computed, and what is missing: measures, or its formula. */
export interface Unavailable {
  readonly code: string
  readonly text: string
  readonly missing: readonly string[]
}

/** The policy's indicators in its order, each with the highest version of its formula. */
export function rulesOf(indicators: PolicyValues['indicators'], formulas: readonly Formula[]): readonly IndicatorRule[] {
  const latest = new Map<string, Formula>()
  for (const formula of formulas) {
    const known = latest.get(formula.indicator)
    if (known === undefined || formula.version > known.version) latest.set(formula.indicator, formula)
  }
  return indicators.map(({ id, text }) => ({ code: id, text, formula: latest.get(id) }))
}

/** The measures a formula divides. */
export const measuresOf = ({ numerator, denominator }: Formula): readonly string[] => [numerator.measure, denominator.measure]

/** An indicator over a period; a formula that names a measure nobody can tell leaves it unavailable, never guessed. */
export function indicatorOf(
  { code, text, formula }: IndicatorRule,
  period: Period,
  count: (measure: string) => number | undefined,
): Indicator | Unavailable {
  if (formula === undefined) return { code, text, missing: ['indicator.formulas'] }
  const numerator = count(formula.numerator.measure)
  const denominator = count(formula.denominator.measure)
  if (numerator === undefined || denominator === undefined)
    return { code, text, missing: measuresOf(formula).filter((measure) => count(measure) === undefined) }
  return {
    code,
    text,
    numerator,
    denominator,
    ...(denominator === 0 ? {} : { rate: formatPercent(ratioOf(numerator, denominator)) }),
    numeratorText: formula.numerator.text,
    denominatorText: formula.denominator.text,
    scope: formula.scope,
    period: period.kind,
    periodStart: period.start,
    periodEnd: period.end,
    formulaVersion: String(formula.version),
  }
}

export const isAvailable = (indicator: Indicator | Unavailable): indicator is Indicator => !('missing' in indicator)
