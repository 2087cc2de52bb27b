import { type Clock, chinaDateOf, type LocalDate } from '@dual-random/kernel'
import { type Indicator, type IndicatorRule, indicatorOf, isAvailable, measuresOf, type Unavailable } from '../domain/indicators.ts'
import { allVisits, isComputed } from '../domain/measures.ts'
import { type Period, periodsOf } from '../domain/period.ts'
import type { FindRules, IndicatorReport, ReportedFigures, Scope, Totals } from './ports.ts'

export interface IndicatorPorts {
  readonly totals: Totals
  readonly figures: ReportedFigures
  readonly findRules: FindRules
  readonly clock: Clock
}

/** The indicators of a region and year as of now. */
export async function computeIndicators(ports: IndicatorPorts, scope: Scope, year: number): Promise<IndicatorReport> {
  const computedAt = ports.clock()
  const asOf = chinaDateOf(computedAt)
  const { policy, rules } = await ports.findRules(scope.regionCode, policyDateOf(year, asOf))
  const ground: Ground = { totals: countedOnce(ports.totals), scope, year, asOf, reported: await ports.figures.of(scope.regionCode, year) }
  const found: (Indicator | Unavailable)[] = []
  for (const rule of rules) found.push(...(await overPeriods(rule, ground)))
  return {
    regionCode: scope.regionCode,
    year,
    ...(scope.unitId === undefined ? {} : { unitId: scope.unitId }),
    computedAt,
    policy,
    indicators: found.filter(isAvailable),
    unavailable: found.filter((indicator): indicator is Unavailable => !isAvailable(indicator)),
    beside: await ports.totals.beside(scope, wholeYear(year)),
  }
}

/** Today's policy, or for a past year that of its last day. */
export const policyDateOf = (year: number, today: LocalDate): LocalDate => {
  const lastDay = wholeYear(year).end
  return lastDay < today ? lastDay : today
}

const wholeYear = (year: number): Period => {
  const [period] = periodsOf('CALENDAR_YEAR', year)
  if (period === undefined) throw new Error('a year is a period')
  return period
}

/** What every indicator of one report is computed on. */
interface Ground {
  readonly totals: Pick<Totals, 'count'>
  readonly scope: Scope
  readonly year: number
  readonly asOf: LocalDate
  readonly reported: ReadonlyMap<string, number>
}

/** Two formulas of a report that name one measure mean one number. */
function countedOnce(totals: Totals): Pick<Totals, 'count'> {
  const known = new Map<string, Promise<number>>()
  return {
    count: (measure, scope, period, asOf) => {
      const key = `${measure} ${period.start} ${period.end}`
      const counted = known.get(key) ?? totals.count(measure, scope, period, asOf)
      known.set(key, counted)
      return counted
    },
  }
}

async function overPeriods(rule: IndicatorRule, ground: Ground): Promise<(Indicator | Unavailable)[]> {
  const { formula } = rule
  const found: (Indicator | Unavailable)[] = []
  for (const period of periodsOf(formula?.period ?? 'CALENDAR_YEAR', ground.year)) {
    const counts = new Map<string, number>()
    for (const measure of formula === undefined ? [] : measuresOf(formula)) {
      const count = await countOf(measure, period, ground)
      if (count !== undefined) counts.set(measure, count)
    }
    found.push(indicatorOf(rule, period, (measure) => counts.get(measure)))
  }
  return found
}

/** A reported figure holds for a region and its whole year: it says nothing of a quarter or of one unit. */
async function countOf(measure: string, period: Period, { totals, scope, asOf, reported }: Ground): Promise<number | undefined> {
  if (isComputed(measure)) return totals.count(measure, scope, period, asOf)
  const holds = period.kind === 'CALENDAR_YEAR' && scope.unitId === undefined
  if (measure !== allVisits.measure) return holds ? reported.get(measure) : undefined
  const others = holds ? (reported.get(allVisits.reported) ?? 0) : 0
  return (await totals.count(allVisits.computed, scope, period, asOf)) + others
}
