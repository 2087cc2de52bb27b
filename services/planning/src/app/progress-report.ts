import { requireRegion } from '@dual-random/auth'
import type { RegionCode } from '@dual-random/kernel'
import type { Plan, PlanType } from '../domain/plan.ts'
import { type BatchProgress, type BatchStatus, batchStatuses, type LineProgress } from '../domain/progress.ts'
import type { Caller, Ports } from './ports.ts'
import { progressOfPlans } from './progress-of.ts'

export interface ProgressQuery {
  readonly regionCode: RegionCode
  readonly year: number
  readonly planType?: PlanType | undefined
  readonly unitId?: string | undefined
  readonly status?: BatchStatus | undefined
}

export interface BatchRow extends BatchProgress, Pick<LineProgress, 'lineId' | 'taskName' | 'initiatorUnitId'> {
  readonly planId: string
  readonly unitId: string
}

export interface ProgressReport {
  /** In order of plan, line and batch, one more than the limit when there are more. */
  readonly rows: readonly BatchRow[]
  /** On the first page: how many batches there are of each status, whichever rows were asked for, and how many rows in all. */
  readonly whole?: { readonly counts: Readonly<Record<BatchStatus, number>>; readonly total: number }
}

/** How many rows, behind which place in the order of plans; `isBehind` says it of the rows of that plan. */
export interface ProgressPage {
  readonly limit: number
  readonly after?: { readonly planId: string; readonly isBehind: (row: BatchRow) => boolean } | undefined
}

type Reading = Pick<Ports, 'plans' | 'draws' | 'tasks' | 'clock'>

/**
 * Batches of a region and all below it, so that what was planned and not carried out appears (PLN-24). All plans are read for the first page alone,
 * which counts them; a further one reads those from its place on that it takes to fill it.
 */
export async function progressReport(
  ports: Reading,
  { status, ...query }: ProgressQuery,
  { limit, after }: ProgressPage,
  { principal }: Caller,
): Promise<ProgressReport> {
  requireRegion(principal, query.regionCode)
  const counts = Object.fromEntries(batchStatuses.map((each) => [each, 0])) as Record<BatchStatus, number>
  const rows: BatchRow[] = []
  let total = 0
  for await (const row of batchRows(ports, query, after?.planId)) {
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

async function* batchRows(ports: Reading, query: Omit<ProgressQuery, 'status'>, from?: string): AsyncGenerator<BatchRow> {
  for (let after: string | undefined; ; ) {
    const found = await ports.plans.page({ ...query, publishedOnly: true, from }, { limit: plansAtOnce, after })
    const plans = found.slice(0, plansAtOnce)
    const progress = await progressOfPlans(ports, plans)
    for (const plan of plans) for (const line of progress.get(plan.planId)?.lines ?? []) yield* rowsOf(plan, line)
    if (found.length <= plansAtOnce) return
    after = plans.at(-1)?.planId
  }
}

const rowsOf = ({ planId, unitId }: Plan, { lineId, taskName, initiatorUnitId, batches }: LineProgress): readonly BatchRow[] =>
  batches.map((batch) => ({ planId, unitId, lineId, taskName, initiatorUnitId, ...batch }))
