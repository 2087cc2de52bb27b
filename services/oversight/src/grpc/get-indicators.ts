import { requireRegion } from '@dual-random/auth'
import { OversightServiceService } from '@dual-random/contracts/oversight'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import type { RegionCode } from '@dual-random/kernel'
import { computeIndicators, type IndicatorPorts } from '../app/compute-indicators.ts'

export const oversightGrpc = (ports: IndicatorPorts): GrpcImplementation =>
  implement(OversightServiceService, {
    getIndicators: {
      roles: ['SERVICE', 'EVALUATOR', 'AUDITOR', 'PLANNER'],
      handle: async ({ regionCode, year }, { principal }) => {
        const scope = { regionCode: regionCode as RegionCode }
        requireRegion(principal, scope.regionCode)
        const { indicators } = await computeIndicators(ports, scope, year)
        return {
          indicators: indicators.map(({ code, numerator, denominator, formulaVersion }) => ({
            code,
            numerator,
            denominator,
            formulaVersion,
          })),
        }
      },
    },
  })
