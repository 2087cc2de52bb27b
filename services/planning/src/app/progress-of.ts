import { chinaDateOf } from '@dual-random/kernel'
import type { Plan } from '../domain/plan.ts'
import { planProgress } from '../domain/progress.ts'
import { clueTasksOf, undrawnProgress, type WholeProgress } from '../domain/undrawn-progress.ts'
import { readablePlan } from './access.ts'
import { planFailure } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

type Reading = Pick<Ports, 'draws' | 'tasks' | 'lineChecks' | 'clock'>

/** Planned, drawn, tasks and done of a published plan, per line and batch (PLN-24). */
export async function progressOf(ports: Ports, planId: string, caller: Caller): Promise<WholeProgress> {
  const progress = (await progressOfPlans(ports, [await readablePlan(ports, planId, caller)])).get(planId)
  if (progress === undefined) throw planFailure(planId)({ code: 'plan-not-published' })
  return progress
}

/** Of those that were ever published, by plan: draws, tasks and checks of all of them are asked for at once. */
export async function progressOfPlans(
  { draws, tasks, lineChecks, clock }: Reading,
  plans: readonly Plan[],
): Promise<ReadonlyMap<string, WholeProgress>> {
  if (plans.length === 0) return new Map()
  const planIds = plans.map(({ planId }) => planId)
  const [drawn, counted, checks, ofClueTasks] = await Promise.all([
    draws.ofPlans(planIds),
    tasks.countsOf(planIds),
    lineChecks.ofPlans(planIds),
    tasks.countsOfClueTasks(plans.flatMap(clueTasksOf)),
  ])
  const drawnOf = Map.groupBy(drawn, ({ planId }) => planId)
  const countedOf = Map.groupBy(counted, ({ planId }) => planId)
  const checksOf = Map.groupBy(checks, ({ planId }) => planId)
  const today = chinaDateOf(clock())
  return new Map(
    plans.flatMap((plan) => {
      const { planId } = plan
      const progress = planProgress(plan, drawnOf.get(planId) ?? [], countedOf.get(planId) ?? [], today)
      if (progress === undefined) return []
      const undrawn = undrawnProgress(plan, progress.lines, { opened: checksOf.get(planId) ?? [], ofClueTasks }, today)
      return [[planId, { ...progress, undrawn }] as const]
    }),
  )
}
