import type { RegionCode, UnitId } from '@dual-random/kernel'
import { type Policy, type PolicyKey, policyOf, type RuleStrength } from '@dual-random/policy'
import type { Caller, Ports } from '../../src/app/ports.ts'
import { takeInAssignments } from '../../src/app/take-in-assignments.ts'
import type { AssignedTask, Assignment, AssignmentTerms, DrawnTask } from '../../src/domain/assignment.ts'
import { evolve } from '../../src/domain/evolve.ts'
import { allLines, type Plan, type PlanLine, type PlanVersion, workingVersion } from '../../src/domain/plan.ts'
import type { KeyMatter } from '../../src/domain/undrawn-line.ts'
import { act, bureauWide, city, code, days, inBands, scj, units } from './lines.ts'
import { planAt } from './plans.ts'
import { fourCoalCities, shaoxing, shippedCalendar } from './shipped.ts'
import { lifts, listed } from './undrawn.ts'

export const caller = {
  principal: { subject: 'planner', regionCode: city, unitId: scj, roles: ['PLANNER'] },
  context: {},
} as unknown as Caller

export const drawnTask: DrawnTask = {
  taskName: '省派任务',
  itemCodes: [code('G1')],
  window: days('2026-04-01', '2026-09-30'),
  ratios: inBands,
}

export const assignmentOf = (task: AssignedTask, assignmentId = 'a1'): Assignment => ({
  assignmentId,
  fromRegionCode: '230000' as RegionCode,
  fromUnitId: '230000-scj' as UnitId,
  regionCode: city,
  unitId: scj,
  year: 2026,
  planType: 'INTERNAL',
  task,
  assigned: act,
})

/** A policy that has a line of a plan state its objects and its ratio among other things. */
export const withLineFields = (policy: Policy, strength: RuleStrength = 'shall'): Policy =>
  withRule(policy, 'plan.lineFields', { of: shaoxing, strength })

/** A policy with a rule of another one, in that strength. */
export function withRule({ content }: Policy, key: PolicyKey, { of, strength }: { readonly of: Policy; readonly strength: RuleStrength }) {
  const entry = of.content.values.get(key)
  if (entry === undefined) throw new Error(`${key} is not set`)
  const documents = [...content.documents, ...of.content.documents]
  return policyOf({ ...content, documents, values: new Map(content.values).set(key, { ...entry, strength }) })
}

export const draftOf = (...lines: readonly PlanLine[]): PlanVersion => ({ state: 'DRAFT', number: 1, lines, changes: [] })

export interface TakingIn {
  readonly version?: PlanVersion
  readonly policy?: Policy
  readonly matters?: readonly KeyMatter[]
  readonly clueTasks?: readonly string[]
}

/** The ports that taking in, removing and cancelling use, over one plan and the tasks dispatched to it. */
export function world(
  dispatched: Assignment | readonly Assignment[],
  { version = draftOf(), policy = fourCoalCities, matters = [lifts], clueTasks = [] }: TakingIn = {},
) {
  let plan: Plan = planAt(version, { selection: bureauWide })
  const all = [dispatched].flat()
  const ports = {
    clock: () => act.at,
    calendar: shippedCalendar,
    policies: { get: async () => policy },
    blobs: { has: async () => false },
    draws: { ofPlans: async () => [] },
    clueTasks: { load: async (taskId: string) => (clueTasks.includes(taskId) ? { taskId, status: 'ACCEPTED' } : undefined) },
    registry: {
      itemsInForce: async () => listed,
      units: async () => units,
      keyMatters: async () => matters,
      elsewhere: { units: async () => [] },
    },
    assignments: { ofPlan: async () => all, takeIn: async () => undefined },
    plans: {
      load: async () => plan,
      all: async () => [],
      change: async (_id: string, decide: Parameters<Ports['plans']['change']>[1]) => {
        plan = (await decide(plan)).reduce<Plan>(evolve, plan)
        return plan
      },
    },
  } as unknown as Ports
  const takeIn = async (terms: Partial<AssignmentTerms> = {}, commandId = 'c1') =>
    takeInAssignments(ports, plan.planId, [{ assignmentId: 'a1', ...terms }], commandId, caller)
  const lines = () => allLines(workingVersion(plan)).map(({ lineId: id, origin }) => [id, origin?.assignmentId])
  return { ports, planId: plan.planId, takeIn, lines, undrawn: () => workingVersion(plan).undrawn ?? [], plan: () => plan }
}
