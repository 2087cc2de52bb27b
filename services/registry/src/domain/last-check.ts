import type { Instant } from '@dual-random/kernel'

/** That a check was made, as the result of one of its items tells. */
export interface MadeCheck {
  readonly resultId: string
  readonly taskId: string
  readonly objectId: string
  /** Whose inspectors checked: the delegate, where one checked in the place of another unit. */
  readonly unitId: string
  /** The draw or redraw that made the task; absent of a check without a draw. */
  readonly drawId?: string
  readonly inspectorIds: readonly string[]
  readonly checkedAt: Instant
  /** When registry heard of it. By this alone an answer as of an instant is the same for ever: a result may be entered long after its check. */
  readonly knownAt: Instant
}

/**
 * Who made the last check of an object (避免上次检查同一对象的人员), by unit: those of whom a result of that check tells, so neither a team that was drawn
 * and replaced before it checked, nor one whose visit is still to come. The last is the task with the latest check of an item; of two at the same
 * instant the greater id. Each unit has its own, as of a joint check each department sends its own team.
 */
export function lastCheckers(checks: readonly MadeCheck[]): ReadonlyMap<string, ReadonlySet<string>> {
  const last = new Map<string, MadeCheck>()
  for (const check of checks) {
    const before = last.get(check.unitId)
    if (before === undefined || orderOf(before) < orderOf(check)) last.set(check.unitId, check)
  }
  return new Map(
    [...last].map(([unitId, { taskId }]) => [
      unitId,
      new Set(checks.flatMap((check) => (check.unitId === unitId && check.taskId === taskId ? check.inspectorIds : []))),
    ]),
  )
}

const orderOf = ({ checkedAt, taskId }: MadeCheck): string => `${checkedAt} ${taskId}`
