import type { TaskPlace } from '@dual-random/draw'
import type { RegionCode } from '@dual-random/kernel'
import { citiesOf } from './cities.ts'
import type { FreezeRequest } from './draw.ts'

/** What the numbers of a draw's tasks in a region are made of, beside region and place. */
export interface TaskNumbering extends Omit<TaskPlace, 'regionCode' | 'position' | 'unitPosition'> {
  /** Those that check there, the initiator first, by their place in the line; each has a task at the objects that one of its items applies to. */
  readonly units: readonly { readonly position: number; readonly itemCodes: readonly string[] }[]
}

/** Undefined of a re-match, whose tasks are of the draw that drew the objects, and of a draw whose line was kept without what the number needs. */
export function taskNumbering(
  { line, batch, redraw }: Pick<FreezeRequest, 'line' | 'batch' | 'redraw'>,
  regionCode: RegionCode,
): TaskNumbering | undefined {
  const { year, planType, planUnitId, lineId, clueTask } = line
  const city = citiesOf(line).find((one) => one.regionCode === regionCode)
  if (redraw?.purpose === 'rematch' || planType === undefined || planUnitId === undefined || city === undefined) return undefined
  const places = line.units.map(({ unitId }) => unitId)
  const initiators = city.units.filter(({ unitId }) => unitId === city.initiatorUnitId)
  const others = city.units.filter(({ unitId }) => unitId !== city.initiatorUnitId)
  return {
    year,
    planType,
    planUnitId,
    subject: clueTask === undefined ? { lineId } : { clueTask: { taskId: clueTask.taskId } },
    batch: line.batch.number,
    ...(redraw === undefined ? {} : { redraw: batch }),
    units: [...initiators, ...others].map(({ unitId, itemCodes }) => ({ position: places.indexOf(unitId) + 1, itemCodes })),
  }
}
