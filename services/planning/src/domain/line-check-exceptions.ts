import type { LineCheck } from './line-check.ts'
import { allLines, type Plan, publishedVersion } from './plan.ts'
import type { PlanException } from './plan-exceptions.ts'

type NamedLine = Pick<LineCheck, 'lineId' | 'matterId'>

/**
 * Checks without a draw against the lines they name (PLN-11, DQ-03). Inspection opens none that differs from its line; a line that was cancelled
 * since leaves its checks behind.
 */
export function lineCheckExceptions(plan: Plan, checks: readonly NamedLine[]): readonly PlanException[] {
  const version = publishedVersion(plan)
  const published = new Set<string>(version && allLines(version).map(({ lineId }) => lineId))
  const matters = new Map<string, string | undefined>(version?.undrawn?.map(({ lineId, matter }) => [lineId, matter?.matterId]))
  return [...Map.groupBy(checks, ({ lineId }) => lineId)].flatMap(([lineId, own]): readonly PlanException[] => {
    const exception = { planId: plan.planId, lineId, drawIds: [] }
    if (!published.has(lineId)) return [{ ...exception, code: 'LINE_NOT_PUBLISHED', tasks: own.length }]
    const tasks = own.filter(({ matterId }) => matterId !== matters.get(lineId)).length
    return tasks === 0 ? [] : [{ ...exception, code: 'TASKS_DIFFER', tasks, differences: ['MATTER'] }]
  })
}
