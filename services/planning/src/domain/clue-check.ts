import { err, ok, type RegionCode, type Result, regionContains } from '@dual-random/kernel'
import type { Clue } from './clue.ts'

/** A check task as inspection knows it. */
export interface CheckTask {
  readonly taskId: string
  readonly regionCode: RegionCode
  /** OPEN, SUSPENDED, COMPLETED or WITHDRAWN. */
  readonly status: string
  readonly objectCode: string
}

export type ClueCheckError =
  | { readonly code: 'clue-check-not-completed'; readonly taskId: string; readonly status: string }
  | { readonly code: 'clue-of-another-region'; readonly clueId: string; readonly regionCode: string }
  | { readonly code: 'clue-of-another-object'; readonly clueId: string }

/** A clue is checked by what is checked in its region or below. */
export const isCheckedIn = ({ regionCode }: Pick<Clue, 'regionCode'>, of: Pick<CheckTask, 'regionCode'>): boolean =>
  regionContains(regionCode, of.regionCode)

/** Whether a task is a check of this clue: completed, in its region, and at the object of a case clue (TGT-15). A task that is not completed is told nothing more of (DRW-34). */
export function checkOfClue(clue: Clue, task: CheckTask): Result<true, ClueCheckError> {
  const { clueId, object } = clue
  if (task.status !== 'COMPLETED') return err({ code: 'clue-check-not-completed', taskId: task.taskId, status: task.status })
  if (!isCheckedIn(clue, task)) return err({ code: 'clue-of-another-region', clueId, regionCode: clue.regionCode })
  if (object !== undefined && object.code !== task.objectCode) return err({ code: 'clue-of-another-object', clueId })
  return ok(true)
}
