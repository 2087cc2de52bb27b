import type { LocalDate } from '@dual-random/kernel'
import { type CityDraw, drawnIn } from './drawn-in.ts'
import { type Plan, type PlanLine, publishedVersion } from './plan.ts'
import { type TaskDifference, type TaskGroup, taskExceptions } from './task-exceptions.ts'

/** How plan, draws and check tasks can differ (DQ-03): a draw without its line or batch, one too many, a batch whose window ended without one, more or fewer objects, tasks other than planned or missing. */
export const planExceptionCodes = [
  'LINE_NOT_PUBLISHED',
  'BATCH_NOT_PUBLISHED',
  'BATCH_DRAWN_TWICE',
  'MORE_DRAWN_THAN_PLANNED',
  'FEWER_DRAWN_THAN_PLANNED',
  'BATCH_NOT_DRAWN',
  'TASKS_DIFFER',
  'OBJECTS_WITHOUT_TASK',
] as const
export type PlanExceptionCode = (typeof planExceptionCodes)[number]

export interface PlanException {
  readonly planId: string
  readonly lineId: string
  readonly code: PlanExceptionCode
  readonly batch?: number
  readonly drawIds: readonly string[]
  readonly planned?: number
  readonly drawn?: number
  /** Check tasks that differ, and in what; checks of key supervision whose line is not published. */
  readonly tasks?: number
  readonly differences?: readonly TaskDifference[]
  /** Drawn objects that have all their check tasks. */
  readonly tasked?: number
}

/** A draw of a plan, as far as drawing tells of it. */
export interface DrawnTask {
  readonly drawId: string
  readonly lineId: string
  readonly batch: number
  readonly state: 'FROZEN' | 'COMMITTED' | 'DRAWN' | 'CLOSED' | 'VOID' | 'FAILED'
  readonly drawn: number
  readonly cities?: readonly CityDraw[]
}

const isDrawn = ({ state }: DrawnTask): boolean => state === 'DRAWN' || state === 'CLOSED'

/** Whether a draw has not come to nothing: it holds its batch, or may still. */
export const isStanding = ({ state }: Pick<DrawnTask, 'state'>): boolean => state !== 'VOID' && state !== 'FAILED'

/** Every difference between the published version of a plan and its tasks, as of a date (PLN-11, DQ-03). A plan never published has lines for nobody. */
export function planExceptions(
  plan: Plan,
  draws: readonly DrawnTask[],
  tasks: readonly TaskGroup[],
  today: LocalDate,
): readonly PlanException[] {
  const version = publishedVersion(plan)
  const standing = draws.filter(isStanding)
  const lines = new Map<string, PlanLine>(version?.lines.map((line) => [line.lineId, line]))
  const foreign = standing
    .filter(({ lineId }) => !lines.has(lineId))
    .map(({ drawId, lineId, batch }) => ({ planId: plan.planId, lineId, code: 'LINE_NOT_PUBLISHED' as const, batch, drawIds: [drawId] }))
  const plannedOf = new Map(version?.figures?.lines.map(({ lineId, planned }) => [lineId, planned]))
  const ofLines = [...lines.values()].flatMap((line) => {
    const own = standing.filter(({ lineId }) => lineId === line.lineId)
    return [
      ...batchExceptions(line, own, today),
      ...quantityExceptions(line, own, { regionCode: plan.regionCode, planned: plannedOf.get(line.lineId) }, today),
      ...taskExceptions(line, own, tasks, today),
    ]
  })
  return [...foreign, ...ofLines.map((exception) => ({ planId: plan.planId, ...exception }))]
}

type OfLine = Omit<PlanException, 'planId'>

function batchExceptions({ lineId, batches }: PlanLine, draws: readonly DrawnTask[], today: LocalDate): readonly OfLine[] {
  const known = new Set(batches.map(({ number }) => number))
  const strays = draws
    .filter(({ batch }) => !known.has(batch))
    .map(({ drawId, batch }): OfLine => ({ lineId, code: 'BATCH_NOT_PUBLISHED', batch, drawIds: [drawId] }))
  const ofBatches = batches.flatMap(({ number, window }): readonly OfLine[] => {
    const drawn = draws.filter((draw) => draw.batch === number && isDrawn(draw)).map(({ drawId }) => drawId)
    if (drawn.length > 1) return [{ lineId, code: 'BATCH_DRAWN_TWICE', batch: number, drawIds: drawn }]
    return drawn.length === 0 && window.end < today ? [{ lineId, code: 'BATCH_NOT_DRAWN', batch: number, drawIds: [] }] : []
  })
  return [...strays, ...ofBatches]
}

/**
 * Figures of a plan are of its own city. That a line draws fewer shows once nothing more is to come: every batch is drawn, or its window ended; where none
 * was drawn at all the batches say so.
 */
function quantityExceptions(
  { lineId, batches }: PlanLine,
  draws: readonly DrawnTask[],
  { regionCode, planned }: { readonly regionCode: string; readonly planned: number | undefined },
  today: LocalDate,
): readonly OfLine[] {
  const counted = draws.filter(isDrawn)
  const drawn = counted.reduce((sum, draw) => sum + drawnIn(draw, regionCode).drawn, 0)
  if (planned === undefined || drawn === planned) return []
  const isOver = batches.every(({ number, window }) => window.end < today || counted.some(({ batch }) => batch === number))
  if (drawn < planned && (!isOver || counted.length === 0)) return []
  const code = drawn > planned ? 'MORE_DRAWN_THAN_PLANNED' : 'FEWER_DRAWN_THAN_PLANNED'
  return [{ lineId, code, drawIds: counted.map(({ drawId }) => drawId), planned, drawn }]
}
