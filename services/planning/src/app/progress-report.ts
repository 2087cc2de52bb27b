import { requireRegion } from '@dual-random/auth'
import type { RegionCode } from '@dual-random/kernel'
import type { Plan, PlanType } from '../domain/plan.ts'
import { type BatchProgress, batchStatuses, type LineProgress } from '../domain/progress.ts'
import { type UndrawnProgress, undrawnStatuses, type WholeProgress } from '../domain/undrawn-progress.ts'
import type { Caller, Ports } from './ports.ts'
import { progressOfPlans } from './progress-of.ts'

/** Of batches and of lines without a draw. */
export const progressStatuses = [...new Set([...batchStatuses, ...undrawnStatuses])] as const
export type ProgressStatus = (typeof progressStatuses)[number]

export interface ProgressQuery {
  readonly regionCode: RegionCode
  readonly year: number
  readonly planType?: PlanType | undefined
  readonly unitId?: string | undefined
  readonly status?: ProgressStatus | undefined
}

interface OfPlan {
  readonly planId: string
  readonly unitId: string
}

export type BatchRow = OfPlan & BatchProgress & Pick<LineProgress, 'lineId' | 'taskName' | 'initiatorUnitId'>
export type ProgressRow = BatchRow | (OfPlan & UndrawnProgress)

export interface ProgressReport {
  /** In order of plan, line and batch, one more than the limit when there are more. */
  readonly rows: readonly ProgressRow[]
  /** On the first page: how many batches and lines without a draw there are of each status, whichever rows were asked for, and how many rows in all. */
  readonly whole?: { readonly counts: Readonly<Record<ProgressStatus, number>>; readonly total: number }
}

/** How many rows, behind which place in the order of plans; `isBehind` says it of the rows of that plan. */
export interface ProgressPage {
  readonly limit: number
  readonly after?: { readonly planId: string; readonly isBehind: (row: ProgressRow) => boolean } | undefined
}

type Reading = Pick<Ports, 'plans' | 'draws' | 'tasks' | 'lineChecks' | 'clock'>

/**
 * Batches and lines without a draw of a region and all below it, so that what was planned and not carried out appears (PLN-24). All plans are read for the first page alone,
 * which counts them; a further one reads those from its place on that it takes to fill it.
 */
export async function progressReport(
  ports: Reading,
  { status, ...query }: ProgressQuery,
  { limit, after }: ProgressPage,
  caller: Caller,
): Promise<ProgressReport> {
  requireRegion(caller.principal, query.regionCode)
  const counts = Object.fromEntries(progressStatuses.map((each) => [each, 0])) as Record<ProgressStatus, number>
  const rows: ProgressRow[] = []
  let total = 0
  for await (const row of progressRows(ports, query, after?.planId)) {
    counts[row.status] += 1
    const isAsked = status === undefined || row.status === status
    if (!isAsked || (row.planId === after?.planId && !after.isBehind(row))) continue
    total += 1
    if (rows.length <= limit) rows.push(row)
    if (after !== undefined && rows.length > limit) break
  }
  return { rows, ...(after === undefined ? { whole: { counts, total } } : {}) }
}

/** So many are read, with their draws and tasks, at a time. */
export const plansAtOnce = 100

async function* progressRows(ports: Reading, query: Omit<ProgressQuery, 'status'>, from?: string): AsyncGenerator<ProgressRow> {
  for (let after: string | undefined; ; ) {
    const found = await ports.plans.page({ ...query, publishedOnly: true, from }, { limit: plansAtOnce, after })
    const plans = found.slice(0, plansAtOnce)
    const progress = await progressOfPlans(ports, plans)
    for (const plan of plans) yield* rowsOf(plan, progress.get(plan.planId))
    if (found.length <= plansAtOnce) return
    after = plans.at(-1)?.planId
  }
}

/** In the order of the lines' numbers, whether they are drawn or not: there is one series of them. */
function rowsOf({ planId, unitId }: Plan, progress: WholeProgress | undefined): readonly ProgressRow[] {
  const drawn = (progress?.lines ?? []).flatMap(({ lineId, taskName, initiatorUnitId, batches }) =>
    batches.map((batch): ProgressRow => ({ planId, unitId, lineId, taskName, initiatorUnitId, ...batch })),
  )
  const undrawn = (progress?.undrawn ?? []).map((line): ProgressRow => ({ planId, unitId, ...line }))
  return [...drawn, ...undrawn].toSorted((a, b) => numberOf(a) - numberOf(b))
}

const numberOf = ({ lineId }: ProgressRow): number => Number(lineId.replace(/^\D+/, ''))
