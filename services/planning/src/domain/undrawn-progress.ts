import type { LineId, LocalDate, UnitId } from '@dual-random/kernel'
import type { LineCheck } from './line-check.ts'
import { type DateWindow, type Plan, publishedVersion } from './plan.ts'
import type { LineProgress, PlanProgress } from './progress.ts'
import { type MadeBy, madeByOf, type UndrawnKind, type UndrawnLine } from './undrawn-line.ts'

/**
 * How far a line without a draw has come. It goes to all objects of its scope, and until its window has ended one may still come into that; nor do counts tell
 * whether the objects that were checked are those that there are now: marks of checks are no objects. So it is under way until then, however many are
 * checked; NOT_EXECUTED is planned and not carried out (只计划、不执行): the window ended with nothing checked.
 */
export const undrawnStatuses = ['NOT_OPEN', 'UNOPENED', 'UNDER_WAY', 'DONE', 'LATE', 'NOT_EXECUTED'] as const
export type UndrawnStatus = (typeof undrawnStatuses)[number]

/** Check tasks and how many of them are completed. */
export interface CheckCounts {
  readonly tasks: number
  readonly done: number
}

export interface ObjectCounts {
  /** Objects that a line goes to now. */
  readonly total: number
  /** Objects of which every check opened for the line is completed, some of which may have left its scope. */
  readonly checked: number
}

export interface UndrawnProgress extends CheckCounts {
  readonly lineId: LineId
  readonly kind: UndrawnKind
  readonly taskName: string
  readonly initiatorUnitId: UnitId
  readonly window: DateWindow
  readonly deadline: LocalDate
  readonly status: UndrawnStatus
  /** Absent where its checks are opened one by one. */
  readonly madeBy?: MadeBy
  /** Absent where they were not counted, and of one made by a draw, which goes to whom it draws. */
  readonly objects?: ObjectCounts
}

/** A plan's lines with a draw and without one. */
export interface WholeProgress extends PlanProgress {
  readonly undrawn: readonly UndrawnProgress[]
}

/** What was heard of the checks of lines without a draw. */
export interface UndrawnChecks {
  readonly opened: readonly LineCheck[]
  /** Tasks of draws on clues, by the task on clues. */
  readonly ofClueTasks: ReadonlyMap<string, CheckCounts>
  /** How many objects there are now that a line goes to, by the line; of lines that were counted. */
  readonly objects?: ReadonlyMap<string, number>
}

/** The tasks on clues whose draws make special checks of the published version. */
export const clueTasksOf = (plan: Plan): readonly string[] =>
  (publishedVersion(plan)?.undrawn ?? []).flatMap((line) => {
    const madeBy = madeByOf(line)
    return madeBy !== undefined && 'clueTaskId' in madeBy ? [madeBy.clueTaskId] : []
  })

/** Progress of the lines without a draw of the published version (PLN-24); those made by a draw of the plan are as far as that. */
export function undrawnProgress(
  plan: Plan,
  drawn: readonly Pick<LineProgress, 'lineId' | 'tasks' | 'done'>[],
  checks: UndrawnChecks,
  today: LocalDate,
): readonly UndrawnProgress[] {
  return (publishedVersion(plan)?.undrawn ?? []).map((line): UndrawnProgress => {
    const { lineId, kind, taskName, initiatorUnitId, window } = line
    const madeBy = madeByOf(line)
    const { tasks, done } = madeBy === undefined ? openedFor(line, checks.opened) : drawnFor(madeBy, drawn, checks.ofClueTasks)
    const total = madeBy === undefined ? checks.objects?.get(lineId) : undefined
    const objects = total === undefined ? undefined : { total, checked: checkedOf(line, checks.opened) }
    const status = statusOf(window, { tasks, done }, today)
    return {
      lineId,
      kind,
      taskName,
      initiatorUnitId,
      window,
      deadline: window.end,
      tasks,
      done,
      status,
      ...(madeBy === undefined ? {} : { madeBy }),
      ...(objects === undefined ? {} : { objects }),
    }
  })
}

function openedFor({ lineId }: UndrawnLine, opened: readonly LineCheck[]): CheckCounts {
  const own = opened.filter((check) => check.lineId === lineId)
  return { tasks: own.length, done: own.filter(({ completed }) => completed).length }
}

function checkedOf({ lineId }: UndrawnLine, opened: readonly LineCheck[]): number {
  const byObject = Map.groupBy(
    opened.filter((check) => check.lineId === lineId),
    ({ mark }) => mark,
  )
  return [...byObject.values()].filter((own) => own.every(({ completed }) => completed)).length
}

/** Lines of the published version that go to all objects of their scope: their checks are opened one by one. */
export const countableLines = (plan: Plan): readonly UndrawnLine[] =>
  (publishedVersion(plan)?.undrawn ?? []).filter((line) => madeByOf(line) === undefined)

function drawnFor(
  madeBy: MadeBy,
  drawn: readonly Pick<LineProgress, 'lineId' | 'tasks' | 'done'>[],
  ofClueTasks: ReadonlyMap<string, CheckCounts>,
): CheckCounts {
  const found = 'lineId' in madeBy ? drawn.find(({ lineId }) => lineId === madeBy.lineId) : ofClueTasks.get(madeBy.clueTaskId)
  return found ?? { tasks: 0, done: 0 }
}

function statusOf({ start, end }: DateWindow, { tasks, done }: CheckCounts, today: LocalDate): UndrawnStatus {
  if (today > end) return done === 0 ? 'NOT_EXECUTED' : done === tasks ? 'DONE' : 'LATE'
  if (tasks > 0) return 'UNDER_WAY'
  return today < start ? 'NOT_OPEN' : 'UNOPENED'
}
