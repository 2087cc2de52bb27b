import { type TaskPlace, taskNumberOf } from '@dual-random/draw'
import type { CheckObject } from './check-object.ts'
import { type Mapping, memberOf } from './mapped-set.ts'

/** How the tasks of an earlier draw are numbered, beside the region. */
export interface EarlierTasks extends Omit<TaskPlace, 'regionCode' | 'position' | 'unitPosition'> {
  /** Place of each label in the drawing order, from 1. */
  readonly positions: readonly number[]
  /** Those that checked in the region, the initiator first; each has a task at the objects that one of its items applied to. */
  readonly units: readonly { readonly position: number; readonly itemCodes: readonly string[] }[]
}

/** An object's place in an earlier draw. */
export interface EarlierTask {
  readonly tasks: EarlierTasks
  readonly position: number
}

/** The number of the task that an earlier draw made of an object (DRW-20): where several units check it, the initiator's if it has one there. */
export function earlierTaskNumber(object: CheckObject, mapping: Mapping, { tasks, position }: EarlierTask): string | undefined {
  const applied = new Set<string>(memberOf(object, mapping)?.items.map(({ code }) => code) ?? [])
  const unit = tasks.units.find(({ itemCodes }) => itemCodes.some((code) => applied.has(code)))
  return unit && taskNumberOf({ ...tasks, regionCode: mapping.regionCode, position, unitPosition: unit.position })
}
