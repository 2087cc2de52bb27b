import { appError } from '@dual-random/errors'
import type { RegionCode } from '@dual-random/kernel'
import { planDue } from '@dual-random/policy'
import { buildLine } from '../domain/build-line.ts'
import type { Settlement } from '../domain/commands.ts'
import { decide, filingDue } from '../domain/decide.ts'
import { filingRoute } from '../domain/filing-route.ts'
import { asInput } from '../domain/line-as-input.ts'
import { otherPartsOf, ownPartOf } from '../domain/line-cities.ts'
import { lineFieldProblems } from '../domain/line-fields.ts'
import type { LineContext } from '../domain/line-input.ts'
import type { LineProblem } from '../domain/line-problem.ts'
import { offListProblem } from '../domain/off-list.ts'
import { allLines, type Plan, type PlanLine, type PlanVersion, publishedVersion, type Reason, workingVersion } from '../domain/plan.ts'
import { ownPlan } from './access.ts'
import { requireAssignmentsTakenIn } from './assignments-kept.ts'
import { lineFailure, orThrow, type ProblemsOfLine, planFailure, policyUnset } from './failures.ts'
import { judgeUndrawn } from './judge-undrawn.ts'
import { lineContext } from './line-context.ts'
import type { Caller, Ports } from './ports.ts'
import { requireStatedPriorities } from './priorities.ts'
import { settleVersion } from './settle-version.ts'

/** Files the draft with the superior region (PLN-06), on time or late by the due date of its type (PLN-04). */
export async function filePlan(ports: Ports, planId: string, note: string | undefined, caller: Caller): Promise<Plan> {
  const plan = await ownPlan(ports, planId, caller)
  if (orThrow(filingDue(plan), planFailure(planId)) === 'done') return plan
  const policy = await ports.policies.get(plan.policyDigest)
  const filedTo = await filedToOf(ports, plan)
  if (filedTo === undefined) throw appError('failed-precondition', 'filing-not-required')
  const judged = await requireSoundLines(ports, plan, caller)
  requireStatedPriorities(plan, policy)
  await requireAssignmentsTakenIn(ports, plan)
  const version = workingVersion(plan)
  const at = ports.clock()
  // The date is for the plan of the year; what adjusts a published one has none.
  const due = publishedVersion(plan) === undefined ? planDue(policy, plan.planType, plan.year) : undefined
  const settlement = { ...(await settleVersion(ports, plan, version.lines, at, caller)), ...judged }
  return ports.plans.change(planId, (current) => {
    requireUnchanged(current, version)
    const command = {
      type: 'file',
      filedTo,
      ...(due?.ok === true ? { due: due.value } : {}),
      ...(note === undefined ? {} : { note }),
      settlement,
      act: { by: caller.principal.subject, at },
    } as const
    return orThrow(decide(current, command), planFailure(planId))
  })
}

/** The region the policy wants the working version filed to; undefined where it is not filed. */
export async function filedToOf({ policies }: Pick<Ports, 'policies'>, plan: Plan): Promise<RegionCode | undefined> {
  const policy = await policies.get(plan.policyDigest)
  const isAdjustment = publishedVersion(plan) !== undefined
  return orThrow(filingRoute(policy, plan.regionCode, isAdjustment), (error) => policyUnset(error, plan.policy.preset))
}

/** What was settled belongs to exactly these lines. */
export function requireUnchanged(plan: Plan | undefined, version: PlanVersion): void {
  const now = plan === undefined ? undefined : workingVersion(plan)
  if (now === undefined || contentOf(now) !== contentOf(version))
    throw appError('failed-precondition', 'plan-not-draft', { meta: { state: 'CHANGED' } })
}

const contentOf = (version: PlanVersion): string =>
  JSON.stringify([version.number, allLines(version).map(({ lineId }) => lineId), version.priorities ?? []])

/**
 * Lists, units and joint plans may have changed since a line was added (REG-06, REG-13, PLN-16): what nobody has published yet is judged by what
 * holds now, and states what policy has it state (PLN-13). A published line stands as it was published, only its items must still be listed. Answers what
 * the version is to be settled with of what was judged: what covers its lines without a draw, and what asks for the reasons of the others.
 */
export async function requireSoundLines(
  ports: Ports,
  plan: Plan,
  caller: Caller,
): Promise<Required<Pick<Settlement, 'coveredBy' | 'reasons'>>> {
  const { lines } = workingVersion(plan)
  const context = await lineContext(ports, plan, caller, lines.map(asInput))
  const published = new Set(publishedVersion(plan)?.lines.map(({ lineId }) => lineId))
  const refused: ProblemsOfLine[] = []
  const reasons = new Map<string, readonly Reason[]>()
  for (const line of lines) {
    const built = published.has(line.lineId) ? undefined : buildLine(asInput(line), context, line)
    const problems =
      built === undefined ? unlistedItems(line, context) : [...(built.ok ? [] : built.error), ...lineFieldProblems(line, context)]
    if (problems.length > 0) refused.push({ base: `/lines/${line.lineId}`, problems })
    else if (built?.ok === true) reasons.set(line.lineId, built.value.reasons)
  }
  const { refused: undrawn, coveredBy } = await judgeUndrawn(ports, plan, context, caller)
  refused.push(...undrawn)
  if (refused.length > 0) throw lineFailure(refused, plan.policy.preset)
  return { coveredBy, reasons }
}

function unlistedItems(line: PlanLine, { items, cities, policy }: LineContext): readonly LineProblem[] {
  const gone = ownPartOf(line).itemCodes.filter((code) => !items.has(code))
  const elsewhere = otherPartsOf(line).flatMap(({ regionCode, itemCodes }) =>
    itemCodes.filter((code) => cities.get(regionCode)?.items.has(code) !== true).map((itemCode) => ({ itemCode, regionCode })),
  )
  return [
    ...gone.map((itemCode) => offListProblem(policy, itemCode)),
    ...elsewhere.map((one): LineProblem => ({ code: 'item-not-on-list-of-city', pointer: '/itemCodes', ...one })),
  ]
}
