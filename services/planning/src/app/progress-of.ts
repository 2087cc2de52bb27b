import { requireRegion } from '@dual-random/auth'
import { chinaDateOf, type RegionCode } from '@dual-random/kernel'
import type { Plan, PlanType } from '../domain/plan.ts'
import {
  type BatchProgress,
  type BatchStatus,
  batchStatuses,
  type LineProgress,
  type PlanProgress,
  planProgress,
} from '../domain/progress.ts'
import { readablePlan } from './access.ts'
import { planFailure } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

type Reading = Pick<Ports, 'draws' | 'tasks' | 'clock'>

/** Planned, drawn, tasks and done of a published plan, per line and batch (PLN-24). */
export async function progressOf(ports: Ports, planId: string, caller: Caller): Promise<PlanProgress> {
  const progress = await planProgressOf(ports, await readablePlan(ports, planId, caller))
  if (progress === undefined) throw planFailure(planId)({ code: 'plan-not-published' })
  return progress
}

/** Undefined for a plan that was never published. */
export async function planProgressOf({ draws, tasks, clock }: Reading, plan: Plan): Promise<PlanProgress | undefined> {
  const [drawn, counted] = await Promise.all([draws.ofPlans([plan.planId]), tasks.countsOf(plan.planId)])
  return planProgress(plan, drawn, counted, chinaDateOf(clock()))
}

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
  /** Of all batches, whichever rows were asked for. */
  readonly counts: Readonly<Record<BatchStatus, number>>
  readonly rows: readonly BatchRow[]
}

/** Batches of a region and all below it, so that what was planned and not carried out appears (PLN-24). */
export async function progressReport(ports: Ports, { status, ...query }: ProgressQuery, { principal }: Caller): Promise<ProgressReport> {
  requireRegion(principal, query.regionCode)
  const all: BatchRow[] = []
  for (const plan of await ports.plans.all({ ...query, publishedOnly: true })) {
    const progress = await planProgressOf(ports, plan)
    all.push(...(progress?.lines ?? []).flatMap((line) => rowsOf(plan, line)))
  }
  const counts = Object.fromEntries(batchStatuses.map((each) => [each, all.filter((row) => row.status === each).length]))
  return { counts: counts as Record<BatchStatus, number>, rows: status === undefined ? all : all.filter((row) => row.status === status) }
}

const rowsOf = ({ planId, unitId }: Plan, { lineId, taskName, initiatorUnitId, batches }: LineProgress): readonly BatchRow[] =>
  batches.map((batch) => ({ planId, unitId, lineId, taskName, initiatorUnitId, ...batch }))
