import { formatPercent, ratioOf } from '@dual-random/kernel'
import { type SupervisionMode, supervisionModeOf } from './opening.ts'
import type { Task } from './task.ts'

/** Checks that are over, and those of them that found something to follow up, by mode and by the grade the object had (TGT-23). */
export interface FindingRate {
  readonly supervisionMode: SupervisionMode
  /** Absent of objects without one. */
  readonly grade?: string
  readonly checks: number
  readonly found: number
  /** Percent text. */
  readonly rate: string
}

type Judged = Pick<Task, 'taskId' | 'opening' | 'clueTask' | 'object'>

export interface FindingTally {
  add(task: Judged): void
  rates(): readonly FindingRate[]
}

/** Counts one check after another; `found` holds the tasks with a result that opens a follow-up. */
export function findingTally(found: ReadonlySet<string>): FindingTally {
  const counts = new Map<string, { readonly mode: SupervisionMode; readonly grade: string; checks: number; found: number }>()
  return {
    add: (task) => {
      const [mode, grade] = [supervisionModeOf(task), task.object.grade ?? '']
      const key = `${mode} ${grade}`
      const count = counts.get(key) ?? { mode, grade, checks: 0, found: 0 }
      count.checks += 1
      if (found.has(task.taskId)) count.found += 1
      counts.set(key, count)
    },
    rates: () =>
      [...counts]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, { mode, grade, ...count }]) => ({
          supervisionMode: mode,
          ...(grade === '' ? {} : { grade }),
          ...count,
          rate: formatPercent(ratioOf(count.found, count.checks)),
        })),
  }
}
