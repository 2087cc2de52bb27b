import type { LocalDate } from '@dual-random/kernel'
import type { PlanLine } from './plan.ts'
import type { DrawnTask, PlanException } from './plan-exceptions.ts'

/** In what a task can differ from its batch (PLN-11: 检查事项、检查对象、数量、时间; who checks it besides), or a check from the line of key supervision it names. */
export const taskDifferences = ['UNIT', 'ITEMS', 'WINDOW', 'MATTER'] as const
export type TaskDifference = (typeof taskDifferences)[number]

/** Check tasks of one draw that are alike in what a plan says of them. */
export interface TaskGroup {
  readonly drawId: string
  readonly unitId: string
  readonly itemCodes: readonly string[]
  readonly window: { readonly start: string; readonly end: string }
  /** Units that have a task at the object: so many tasks are one object. */
  readonly unitCount: number
  readonly tasks: number
  /** Their objects left the draw (DRW-30): nobody visits, and another object was drawn by a redraw of its own. */
  readonly withdrawn?: true
}

type OfLine = Omit<PlanException, 'planId'>

/** How the check tasks of a line differ from what it plans, and drawn objects that nobody was sent to once the window has begun (DQ-03). */
export function taskExceptions(
  line: PlanLine,
  draws: readonly DrawnTask[],
  groups: readonly TaskGroup[],
  today: LocalDate,
): readonly OfLine[] {
  return draws.flatMap((draw) => {
    const batch = line.batches.find(({ number }) => number === draw.batch)
    if (batch === undefined) return []
    const own = groups.filter(({ drawId }) => drawId === draw.drawId)
    return [...differing(line, batch, draw, own), ...withoutTask(line, batch, draw, own, today)]
  })
}

const isStanding = ({ withdrawn }: TaskGroup): boolean => withdrawn !== true

type Batch = PlanLine['batches'][number]

function differing(line: PlanLine, batch: Batch, { drawId }: DrawnTask, groups: readonly TaskGroup[]): readonly OfLine[] {
  const found = groups.filter(isStanding).flatMap((group) => {
    const differences = differencesOf(line, batch, group)
    return differences.length === 0 ? [] : [{ differences, tasks: group.tasks }]
  })
  if (found.length === 0) return []
  return [
    {
      lineId: line.lineId,
      code: 'TASKS_DIFFER',
      batch: batch.number,
      drawIds: [drawId],
      tasks: found.reduce((sum, { tasks }) => sum + tasks, 0),
      differences: taskDifferences.filter((each) => found.some(({ differences }) => differences.includes(each))),
    },
  ]
}

function differencesOf({ units }: PlanLine, { window }: Batch, task: TaskGroup): readonly TaskDifference[] {
  const unit = units.find(({ unitId }) => unitId === task.unitId)
  const items = new Set<string>(unit?.itemCodes)
  return [
    ...(unit === undefined ? (['UNIT'] as const) : task.itemCodes.every((code) => items.has(code)) ? [] : (['ITEMS'] as const)),
    ...(window.start === task.window.start && window.end === task.window.end ? [] : (['WINDOW'] as const)),
  ]
}

/** A dispatch takes minutes: whoever has no task the day after the window has begun was forgotten. */
function withoutTask(
  { lineId }: PlanLine,
  { number, window }: Batch,
  { drawId, drawn, state }: DrawnTask,
  groups: readonly TaskGroup[],
  today: LocalDate,
): readonly OfLine[] {
  if ((state !== 'DRAWN' && state !== 'CLOSED') || window.start >= today) return []
  const left = drawn - objectsOf(groups.filter((group) => !isStanding(group)))
  const tasked = objectsOf(groups.filter(isStanding))
  return tasked >= left ? [] : [{ lineId, code: 'OBJECTS_WITHOUT_TASK', batch: number, drawIds: [drawId], drawn: left, tasked }]
}

/** Objects of a draw whose tasks are all there, however many units each has. */
export function objectsOf(groups: readonly Pick<TaskGroup, 'unitCount' | 'tasks'>[]): number {
  const tasks = new Map<number, number>()
  for (const { unitCount, tasks: count } of groups) tasks.set(unitCount, (tasks.get(unitCount) ?? 0) + count)
  return [...tasks].reduce((sum, [unitCount, count]) => sum + Math.floor(count / unitCount), 0)
}
