import { chinaDateOf, type Instant } from '@dual-random/kernel'
import { partsOf } from '../domain/item-set.ts'
import type { LineCheck } from '../domain/line-check.ts'
import type { Plan } from '../domain/plan.ts'
import { poolSize } from '../domain/pool.ts'
import { planProgress } from '../domain/progress.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'
import { clueTasksOf, countableLines, turningOnObjects, undrawnProgress, type WholeProgress } from '../domain/undrawn-progress.ts'
import { readablePlan } from './access.ts'
import { regionPoolCounter } from './count-pools.ts'
import { planFailure } from './failures.ts'
import type { Caller, Ports, Registry } from './ports.ts'

type Reading = Pick<Ports, 'draws' | 'tasks' | 'lineChecks' | 'clock'> & { readonly registry: Pick<Registry, 'pools'> }

/** Of which lines without a draw the objects are counted. */
type Counted = (plan: Plan, opened: readonly LineCheck[]) => readonly UndrawnLine[]

/** Planned, drawn, tasks and done of a published plan, per line and batch (PLN-24), with how many objects each line without a draw goes to. */
export async function progressOf(ports: Ports, planId: string, caller: Caller): Promise<WholeProgress> {
  const progress = (await readProgress(ports, [await readablePlan(ports, planId, caller)], ports.clock(), countableLines, caller)).get(
    planId,
  )
  if (progress === undefined) throw planFailure(planId)({ code: 'plan-not-published' })
  return progress
}

/** Of those that were ever published, by plan: draws, tasks and checks of all of them are asked for at once. Objects are counted of those lines alone whose status turns on them: a count reads a region's objects. */
export async function progressOfPlans(ports: Reading, plans: readonly Plan[], caller: Caller): Promise<ReadonlyMap<string, WholeProgress>> {
  const asOf = ports.clock()
  return readProgress(ports, plans, asOf, (plan, opened) => turningOnObjects(plan, opened, chinaDateOf(asOf)), caller)
}

async function readProgress(
  { draws, tasks, lineChecks, registry }: Reading,
  plans: readonly Plan[],
  asOf: Instant,
  counted: Counted,
  caller: Caller,
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
  const objectsOf = await objectCounts(
    registry,
    plans.map((plan) => ({ plan, lines: counted(plan, checksOf.get(plan.planId) ?? []) })),
    asOf,
    caller,
  )
  const today = chinaDateOf(asOf)
  return new Map(
    plans.flatMap((plan) => {
      const { planId } = plan
      const progress = planProgress(plan, drawnOf.get(planId) ?? [], countsOf.get(planId) ?? [], today)
      if (progress === undefined) return []
      const objects = objectsOf.get(planId) ?? new Map<string, number>()
      const undrawn = undrawnProgress(plan, progress.lines, { opened: checksOf.get(planId) ?? [], ofClueTasks, objects }, today)
      return [[planId, { ...progress, undrawn }] as const]
    }),
  )
}

/** By plan and line, in one pass of a region's objects for all lines of its plans. */
async function objectCounts(
  registry: Pick<Registry, 'pools'>,
  asked: readonly { readonly plan: Plan; readonly lines: readonly UndrawnLine[] }[],
  asOf: Instant,
  caller: Caller,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const some = asked.filter(({ lines }) => lines.length > 0)
  if (some.length === 0) return new Map()
  const count = regionPoolCounter(registry, asOf, caller)
  const found = await Promise.all(
    some.map(async ({ plan: { planId, regionCode }, lines }) => {
      const sizes = lines.map(async ({ lineId, objects }) => [lineId, poolSize(await count(regionCode, ...partsOf(objects)))] as const)
      return [planId, new Map<string, number>(await Promise.all(sizes))] as const
    }),
  )
  return new Map(found)
}
