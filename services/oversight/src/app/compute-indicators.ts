import { appError } from '@dual-random/errors'
import { type Clock, chinaDateOf } from '@dual-random/kernel'
import { type Indicator, indicatorsOf } from '../domain/indicators.ts'
import type { CountMeasures, FindFormulas } from './ports.ts'

export interface IndicatorPorts {
  readonly countMeasures: CountMeasures
  readonly findFormulas: FindFormulas
  readonly clock: Clock
}

/** The indicators of a region and year as of now. */
export async function computeIndicators(ports: IndicatorPorts, regionCode: string, year: number): Promise<readonly Indicator[]> {
  const formulas = await ports.findFormulas(regionCode)
  const measures = await ports.countMeasures(regionCode, year, chinaDateOf(ports.clock()))
  const computed = indicatorsOf(formulas, measures)
  if (!computed.ok) {
    const { indicator, measure } = computed.error
    throw appError('failed-precondition', 'unknown-measure', { meta: { indicator, measure } })
  }
  return computed.value
}
