import type { LineId, LocalDate, PlanId, UnitId } from '@dual-random/kernel'
import { plannedPerBatch } from './batches.ts'
import { type CityDraw, drawnIn } from './drawn-in.ts'
import type { LineFigures } from './figures.ts'
import { type DateWindow, type Plan, type PlanLine, publishedVersion } from './plan.ts'
import { objectsOf } from './task-exceptions.ts'

/** How far a batch has come; NOT_EXECUTED is planned and not carried out (只计划、不执行): its window ended with nothing checked. */
export const batchStatuses = ['NOT_OPEN', 'UNDRAWN', 'UNDER_WAY', 'DONE', 'LATE', 'NOT_EXECUTED'] as const
export type BatchStatus = (typeof batchStatuses)[number]

/** A draw as far as progress asks. */
export interface DrawOfBatch {
  readonly drawId: string
  readonly lineId: string
  readonly batch: number
  readonly state: 'FROZEN' | 'COMMITTED' | 'DRAWN' | 'CLOSED' | 'VOID' | 'FAILED'
  readonly drawn: number
  readonly cities?: readonly CityDraw[]
}

/** Check tasks of one draw at objects that so many units have a task at, those withdrawn left out. */
export interface TasksOfDraw {
  readonly drawId: string
  readonly unitCount: number
  readonly tasks: number
  readonly done: number
}

interface Counts {
  /** Objects; absent where the version has no figures. */
  readonly planned?: number
  readonly drawn: number
  readonly tasks: number
  readonly done: number
}

export interface BatchProgress extends Counts {
  readonly number: number
  readonly window: DateWindow
  readonly deadline: LocalDate
  readonly status: BatchStatus
}

export interface LineProgress extends Counts {
  readonly lineId: LineId
  readonly taskName: string
  readonly initiatorUnitId: UnitId
  readonly deadline: LocalDate
  readonly batches: readonly BatchProgress[]
}

export interface PlanProgress {
  readonly planId: PlanId
  readonly version: number
  readonly lines: readonly LineProgress[]
}

/** Progress of the published version per line and batch (PLN-24); undefined for a plan never published. */
export function planProgress(
  plan: Plan,
  draws: readonly DrawOfBatch[],
  tasks: readonly TasksOfDraw[],
  today: LocalDate,
): PlanProgress | undefined {
  const version = publishedVersion(plan)
  if (version === undefined) return undefined
  const planned = new Map(version.figures?.lines.map((line) => [line.lineId, line]))
  const byDraw = Map.groupBy(tasks, ({ drawId }) => drawId)
  const lines = version.lines.map((line) => {
    const own = draws.filter(({ lineId, state }) => lineId === line.lineId && (state === 'DRAWN' || state === 'CLOSED'))
    return lineProgress(line, planned.get(line.lineId), (number) => countsOf(own, byDraw, { number, regionCode: plan.regionCode }), today)
  })
  return { planId: plan.planId, version: version.number, lines }
}

interface Drawn {
  readonly isDrawn: boolean
  /** Every drawn object has all its tasks. */
  readonly isDispatched: boolean
  readonly drawn: number
  readonly tasks: number
  readonly done: number
}

/** Of a draw of several cities the plan's own part; the tasks are those of all its cities. */
function countsOf(
  draws: readonly DrawOfBatch[],
  byDraw: ReadonlyMap<string, readonly TasksOfDraw[]>,
  { number, regionCode }: { readonly number: number; readonly regionCode: string },
): Drawn {
  const own = draws.filter(({ batch }) => batch === number)
  const sum = (of: (draw: DrawOfBatch) => number): number => own.reduce((total, draw) => total + of(draw), 0)
  const tasksOf = ({ drawId }: DrawOfBatch): readonly TasksOfDraw[] => byDraw.get(drawId) ?? []
  return {
    isDrawn: own.length > 0,
    // A unit has a task only where one of its items applies to the object, so objects times units may be more than there will ever be. Each
    // task says how many its object has: objects are counted whole, and compared with all that were drawn, of whichever city. A replacement
    // adds tasks and no drawn object, hence over the draws of the batch together.
    isDispatched: sum((draw) => objectsOf(tasksOf(draw))) >= sum(({ drawn }) => drawn),
    drawn: sum((draw) => drawnIn(draw, regionCode).drawn),
    tasks: sum((draw) => tasksOf(draw).reduce((total, { tasks }) => total + tasks, 0)),
    done: sum((draw) => tasksOf(draw).reduce((total, { done }) => total + done, 0)),
  }
}

function lineProgress(line: PlanLine, figures: LineFigures | undefined, of: (batch: number) => Drawn, today: LocalDate): LineProgress {
  const planned = figures?.planned
  const quotas = figures?.batches ?? (planned === undefined ? [] : plannedPerBatch(planned, line.batches))
  const batches = line.batches.map(({ number, window }, index): BatchProgress => {
    const { isDrawn, isDispatched, ...counts } = of(number)
    const quota = quotas[index]
    const isCarriedOut = isDispatched && (counts.drawn > 0 || quota === undefined || quota === 0)
    const status = statusOf(window, { isDrawn, isCarriedOut, ...counts }, today)
    return { number, window, deadline: window.end, ...(quota === undefined ? {} : { planned: quota }), ...counts, status }
  })
  const total = (of_: (batch: BatchProgress) => number): number => batches.reduce((sum, batch) => sum + of_(batch), 0)
  return {
    lineId: line.lineId,
    taskName: line.taskName,
    initiatorUnitId: line.initiatorUnitId,
    deadline: batches.map(({ deadline }) => deadline).reduce((a, b) => (a > b ? a : b)),
    ...(planned === undefined ? {} : { planned }),
    drawn: total(({ drawn }) => drawn),
    tasks: total((batch) => batch.tasks),
    done: total(({ done }) => done),
    batches,
  }
}

interface Execution {
  readonly isDrawn: boolean
  /** Every drawn object has its tasks; a batch that planned some and drew none (只计划、不执行) is not carried out by having none to check. */
  readonly isCarriedOut: boolean
  readonly tasks: number
  readonly done: number
}

function statusOf({ start, end }: DateWindow, { isDrawn, isCarriedOut, tasks, done }: Execution, today: LocalDate): BatchStatus {
  // Where a batch was to draw nobody there is nobody to check.
  if (isDrawn && isCarriedOut && done === tasks) return 'DONE'
  if (today > end) return done === 0 ? 'NOT_EXECUTED' : 'LATE'
  if (isDrawn) return 'UNDER_WAY'
  return today < start ? 'NOT_OPEN' : 'UNDRAWN'
}
