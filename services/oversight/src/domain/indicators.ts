import { err, ok, type Result } from '@dual-random/kernel'

/** The countable quantities that a formula of policy `indicator.formulas` may name. */
export interface Measures {
  readonly DOUBLE_RANDOM_VISITS: number
  readonly ALL_VISITS: number
  readonly JOINT_TASKS_COMPLETED: number
  readonly TASKS_COMPLETED: number
  readonly RESULTS_PUBLISHED_ON_TIME: number
  readonly RESULTS_DUE_NOT_EXEMPT: number
  readonly PROBLEMS_CLOSED: number
  readonly PROBLEMS_FOUND: number
}

/** A formula as policy data (EVL-09). */
export interface Formula {
  readonly indicator: string
  readonly version: number
  readonly numerator: { readonly measure: string; readonly text: string }
  readonly denominator: { readonly measure: string; readonly text: string }
  readonly scope: string
  readonly period: string
}

/** A value is its two counts: the rate is theirs to divide, and nobody's when the denominator is 0. */
export interface Indicator {
  readonly code: string
  readonly numerator: number
  readonly denominator: number
  readonly numeratorText: string
  readonly denominatorText: string
  readonly scope: string
  readonly period: string
  readonly formulaVersion: string
}

export type UnknownMeasure = { readonly code: 'unknown-measure'; readonly indicator: string; readonly measure: string }

const isMeasure = (measures: Measures, name: string): name is keyof Measures => name in measures

/** The indicators by their formulas; a formula that names a quantity this build cannot count is refused, never guessed. */
export function indicatorsOf(formulas: readonly Formula[], measures: Measures): Result<readonly Indicator[], UnknownMeasure> {
  const indicators: Indicator[] = []
  for (const { indicator, version, numerator, denominator, scope, period } of formulas) {
    for (const { measure } of [numerator, denominator]) {
      if (!isMeasure(measures, measure)) return err({ code: 'unknown-measure', indicator, measure })
    }
    indicators.push({
      code: indicator,
      numerator: measures[numerator.measure as keyof Measures],
      denominator: measures[denominator.measure as keyof Measures],
      numeratorText: numerator.text,
      denominatorText: denominator.text,
      scope,
      period,
      formulaVersion: String(version),
    })
  }
  return ok(indicators)
}
