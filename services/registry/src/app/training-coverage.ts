import { chinaDateOf, type InspectorId, type Instant, type LocalDate, type RegionCode, selfAndSuperiors } from '@dual-random/kernel'
import { currentInspector, servesOn } from '../domain/inspector.ts'
import { type TrainingCoverage, trainingCoverage } from '../domain/training.ts'
import type { Trainings } from './people-ports.ts'
import type { InspectorPool } from './ports.ts'

export interface PoolTrainee {
  readonly inspectorId: InspectorId
  readonly name: string
  readonly unitId: string
  readonly regionCode: RegionCode
}

/** The regions of inspectors with all above them, whose bureaux may have trained them. It only narrows the search: who attended, each training says. */
export const trainingRegions = (inspectors: readonly { readonly regionCode: RegionCode }[]): readonly RegionCode[] => [
  ...new Set(inspectors.flatMap(({ regionCode }) => selfAndSuperiors(regionCode))),
]

/** Who of the inspectors serving in these units' pools was trained from a date to a date (REG-40). */
export async function coverageOf(
  { inspectors, trainings }: { readonly inspectors: InspectorPool; readonly trainings: Trainings },
  unitIds: readonly string[],
  period: { readonly from: LocalDate; readonly to: LocalDate },
  at: Instant,
): Promise<TrainingCoverage<PoolTrainee>> {
  const trainees: PoolTrainee[] = []
  for await (const inspector of inspectors.ofUnits(unitIds)) {
    const content = currentInspector(inspector)
    if (!servesOn(content, chinaDateOf(at))) continue
    const { inspectorId, unitId, regionCode } = inspector
    trainees.push({ inspectorId, name: content.name, unitId, regionCode })
  }
  return trainingCoverage(trainees, await trainings.heldBy(trainingRegions(trainees), period))
}
