import type { RegionCode } from '@dual-random/kernel'

/** What a task's number is made of. Positions count from 1. */
export interface TaskPlace {
  /** Of several cities, the object's own. */
  readonly regionCode: RegionCode
  readonly year: number
  readonly planType: 'INTERNAL' | 'JOINT'
  /** The unit whose plan, or task on clues, it is. */
  readonly planUnitId: string
  readonly subject:
    | { readonly lineId: string; readonly clueTask?: undefined }
    | { readonly clueTask: { readonly taskId: string }; readonly lineId?: undefined }
  readonly batch: number
  /** Of the object in the drawing order. */
  readonly position: number
  /** Of the unit in the line. */
  readonly unitPosition: number
  /** Which redraw of the batch's draw drew it (DRW-30); absent for the draw itself. */
  readonly redraw?: number
}

/** Number people quote (任务单号); plan type and planning unit keep numbers of different plans apart, the end of its id those of tasks on clues. */
export function taskNumberOf(place: TaskPlace): string {
  const { lineId, clueTask } = place.subject
  const [kind, line] =
    clueTask === undefined ? [place.planType === 'INTERNAL' ? 'N' : 'L', lineId] : ['X', clueTask.taskId.slice(-8).toUpperCase()]
  const unit = place.planUnitId.replace(`${place.regionCode}-`, '')
  const redraw = place.redraw === undefined ? '' : `R${place.redraw}`
  const position = String(place.position).padStart(5, '0')
  return `${place.regionCode}${place.year}-${kind}-${unit}-${line}B${place.batch}${redraw}-${position}-${String(place.unitPosition).padStart(2, '0')}`
}
