import { chinaDateOf, err, type Instant, type LocalDate, ok, type Result } from '@dual-random/kernel'
import type { DrawnFrom, Task, TaskChange, TaskFacts } from './task.ts'

/** That the notice of the check (检查告知书) was handed to the object: from here on it knows, and holds its own opening (rule 11). */
export interface Notice {
  readonly by: string
  readonly at: Instant
}

export type NoticeRefusal =
  | { readonly code: 'notice-without-draw' }
  | { readonly code: 'notice-before-window'; readonly start: LocalDate }
  | { readonly code: 'task-suspended' }
  | { readonly code: 'task-withdrawn' }

/** A notice is handed over at the visit, so not before the window and not where nobody may go; handed over once, it stays (undefined). */
export function giveNotice(task: Task, { by, at }: Notice): Result<TaskChange | undefined, NoticeRefusal> {
  if (task.opening !== undefined) return err({ code: 'notice-without-draw' })
  if (task.notice !== undefined) return ok(undefined)
  if (task.status === 'SUSPENDED') return err({ code: 'task-suspended' })
  if (task.status === 'WITHDRAWN') return err({ code: 'task-withdrawn' })
  const { start } = task.window
  if (chinaDateOf(at) < start) return err({ code: 'notice-before-window', start })
  return ok({ task: { ...task, notice: { by, at }, trace: [...task.trace, { at, what: 'NOTICE_GIVEN', by }] }, events: [] })
}

/** Whose opening stands on the notice of a task: nobody's before it was handed over, for the file says who is drawn (SEC-05). */
export const openedBy = (task: Task): (TaskFacts & DrawnFrom) | undefined =>
  task.opening === undefined && task.notice !== undefined ? task : undefined
