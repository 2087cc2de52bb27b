import { chinaDateOf, type Instant } from '@dual-random/kernel'
import { partsOf } from '../domain/item-set.ts'
import type { Plan } from '../domain/plan.ts'
import { poolSize } from '../domain/pool.ts'
import { planProgress } from '../domain/progress.ts'
import { clueTasksOf, countableLines, undrawnProgress, type WholeProgress } from '../domain/undrawn-progress.ts'
import { readablePlan } from './access.ts'
import { regionPoolCounter } from './count-pools.ts'
import { planFailure } from './failures.ts'
import type { Caller, Ports, Registry } from './ports.ts'

type Reading = Pick<Ports, 'draws' | 'tasks' | 'lineChecks'>

/** By plan and line without a draw, how many objects it goes to. */
type ObjectsOfPlans = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Planned, drawn, tasks and done of a published plan, per line and batch (PLN-24), with how many objects each line without a draw goes to. */
export async function progressOf(ports: Ports, planId: string, caller: Caller): Promise<WholeProgress> {
  const plan = await readablePlan(ports, planId, caller)
  const asOf = ports.clock()
  const objects = await objectsOf(ports.registry, plan, asOf, caller)
  const progress = (await readProgress(ports, [plan], asOf, new Map([[planId, objects]]))).get(planId)
  if (progress === undefined) throw planFailure(planId)({ code: 'plan-not-published' })
  return progress
}

/** Of those that were ever published, by plan: draws, tasks and checks of all of them are asked for at once. Objects are not counted: a count reads a region's objects, and no status turns on it. */
export const progressOfPlans = (
  ports: Reading & Pick<Ports, 'clock'>,
  plans: readonly Plan[],
): Promise<ReadonlyMap<string, WholeProgress>> => readProgress(ports, plans, ports.clock(), new Map())

async function readProgress(
  { draws, tasks, lineChecks }: Reading,
  plans: readonly Plan[],
  asOf: Instant,
  objectsOfPlans: ObjectsOfPlans,
): Promise<ReadonlyMap<string, WholeProgress>> {
  if (plans.length === 0) return new Map()
  const planIds = plans.map(({ planId }) => planId)
  const [drawn, counts, checks, ofClueTasks] = await Promise.all([
    draws.ofPlans(planIds),
    tasks.countsOf(planIds),
    lineChecks.ofPlans(planIds),
    tasks.countsOfClueTasks(plans.flatMap(clueTasksOf)),
  ])
  const drawnOf = Map.groupBy(drawn, ({ planId }) => planId)
  const countsOf = Map.groupBy(counts, ({ planId }) => planId)
  const checksOf = Map.groupBy(checks, ({ planId }) => planId)
  const today = chinaDateOf(asOf)
  return new Map(
    plans.flatMap((plan) => {
      const { planId } = plan
      const progress = planProgress(plan, drawnOf.get(planId) ?? [], countsOf.get(planId) ?? [], today)
      if (progress === undefined) return []
      const objects = objectsOfPlans.get(planId) ?? new Map<string, number>()
      const undrawn = undrawnProgress(plan, progress.lines, { opened: checksOf.get(planId) ?? [], ofClueTasks, objects }, today)
      return [[planId, { ...progress, undrawn }] as const]
    }),
  )
}

/** By line, in one pass of the region's objects. */
async function objectsOf(
  registry: Pick<Registry, 'pools'>,
  plan: Plan,
  asOf: Instant,
  caller: Caller,
): Promise<ReadonlyMap<string, number>> {
  const count = regionPoolCounter(registry, asOf, caller)
  const sizes = countableLines(plan).map(
    async ({ lineId, objects }) => [lineId, poolSize(await count(plan.regionCode, ...partsOf(objects)))] as const,
  )
  return new Map<string, number>(await Promise.all(sizes))
}
