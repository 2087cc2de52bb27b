import { err, ok, type Result, type UnitId } from '@dual-random/kernel'
import type { Policy, PolicyKey } from '@dual-random/policy'
import { triggerOf } from './clue-rules.ts'
import type { CheckItem } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import { overrideGap } from './override-gap.ts'
import type { Act, PlanLine } from './plan.ts'
import type { Problem, UndrawnKind, UndrawnLine, UndrawnLineInput, UndrawnRule } from './undrawn-line.ts'

/** What a line without a draw is held against. */
export interface SpecialCheckContext {
  readonly policy: Policy
  readonly plan: { readonly unitId: UnitId }
  readonly act: Act
  /** Lines of the plan that are drawn. */
  readonly drawn: readonly Pick<PlanLine, 'lineId'>[]
  /** Tasks on clues that the input names and that are there, not withdrawn. */
  readonly clueTasks: ReadonlySet<string>
}

const ruleKeys = { SPECIAL_CHECK_IN_LISTED_FIELD: 'specialCheck.bar', CHECK_WITHOUT_DRAW: 'daily.strength' } as const satisfies Record<
  UndrawnRule,
  PolicyKey
>

/** The policy key of the rule that a reason overrides. */
export const undrawnRuleKey = (rule: UndrawnRule): PolicyKey => ruleKeys[rule]

/** Items that cover a field: those the line names, and those whose name or speciality is of the field. */
export const coveringItems = (field: string, itemCodes: readonly string[], items: ReadonlyMap<string, CheckItem>): readonly CheckItem[] =>
  [...items.values()].filter(
    ({ code, name, specialities = [] }) => itemCodes.includes(code) || name.includes(field) || specialities.includes(field),
  )

const answersProblem = (policy: Policy): boolean => policy.find('specialCheck.bar') === 'PROBLEM_DRIVEN_BY_DOUBLE_RANDOM'

/** Whether key supervision goes on in a field by the rules there are, without a list (按现有规定实行重点监管); of an open set the fields it names. */
const isProtected = (policy: Policy, field: string): boolean =>
  policy.find('keyFields.protected')?.members.some(({ id, text }) => id === field || text === field) ?? false

/**
 * The by-default rules that a line departs from: special checks and patrols where random check items cover the field (PLN-19), and daily
 * checks without a draw (TGT-02), of which key supervision is none, whether by the list or, in the fields that policy names, by the rules there are (TGT-04).
 */
export function departedRules(
  policy: Policy,
  { kind, field, coveredBy, problem }: Pick<UndrawnLine, 'kind' | 'field' | 'coveredBy'> & { readonly problem?: Pick<Problem, 'means'> },
): readonly UndrawnRule[] {
  if (kind === 'CAMPAIGN' || kind === 'KEY_SUPERVISION') return []
  // Where policy has special checks answer problems, one that does is what policy asks for (TGT-11).
  if (kind === 'SPECIAL_CHECK' && answersProblem(policy) && problem !== undefined) return []
  const strength = policy.find('daily.strength')
  const barred = policy.find('specialCheck.bar') === 'BARRED_BY_DEFAULT' && coveredBy.length > 0
  // A check made by a draw is no check without one.
  const undrawn = problem === undefined || 'similar' in problem.means
  const daily = undrawn && !isProtected(policy, field) && (strength === 'IN_PRINCIPLE' || strength === 'ALL_WITHOUT_EXCEPTION')
  return [...(barred ? (['SPECIAL_CHECK_IN_LISTED_FIELD'] as const) : []), ...(daily ? (['CHECK_WITHOUT_DRAW'] as const) : [])]
}

/** What of a line these rules look at. */
type JudgedLine = Pick<UndrawnLineInput, 'field' | 'basis' | 'problem' | 'reasons'> & { readonly kind: UndrawnKind }

/** Everything of a line that these rules refuse. */
export function specialCheckProblems(
  input: JudgedLine,
  covering: readonly CheckItem[],
  context: SpecialCheckContext,
): readonly LineProblem[] {
  const { policy } = context
  if (input.kind === 'CAMPAIGN') return input.basis === undefined ? [{ code: 'campaign-needs-basis', pointer: '/basis' }] : []
  if (input.kind === 'SPECIAL_CHECK' && answersProblem(policy) && input.problem === undefined) {
    return [{ code: 'special-check-needs-problem', pointer: '/problem' }]
  }
  const { kind, field, problem } = input
  const line = { kind, field, coveredBy: covering.map(({ code }) => code), ...(problem === undefined ? {} : { problem }) }
  return departedRules(policy, line).flatMap((rule) => ruleProblems(rule, input, covering, context))
}

function ruleProblems(
  rule: UndrawnRule,
  { reasons = [], kind }: JudgedLine,
  covering: readonly CheckItem[],
  { policy, plan, act }: SpecialCheckContext,
): readonly LineProblem[] {
  const key = undrawnRuleKey(rule)
  const gap = overrideGap(
    policy,
    key,
    reasons.filter((reason) => reason.rule === rule),
    { act, unitId: plan.unitId },
  )
  if (gap === undefined) return []
  if (gap !== 'override-incomplete') return [{ code: 'rule-not-by-default', pointer: '/reasons', key }]
  return [askingFor(rule, kind, covering)]
}

const askingFor = (rule: UndrawnRule, kind: UndrawnKind, covering: readonly CheckItem[]): LineProblem =>
  rule === 'CHECK_WITHOUT_DRAW'
    ? { code: 'check-without-draw', pointer: '/kind', kind }
    : { code: 'special-check-barred', pointer: '/kind', kind, itemCodes: covering.map(({ code }) => code).join(', ') }

/** The problem that a special check answers, with the trigger in the policy's words. */
export function readProblem(given: UndrawnLineInput['problem'], context: SpecialCheckContext): Result<Problem | undefined, LineProblem> {
  if (given === undefined) return ok(undefined)
  const { policy, drawn, clueTasks } = context
  const { trigger, description, means } = given
  const known = triggerOf(policy, trigger)
  if (!known.ok) {
    const { code } = known.error
    return err(
      code === 'policy-unset'
        ? { ...known.error, pointer: '/problem/trigger' }
        : { code, pointer: '/problem/trigger', trigger, allowed: known.error.allowed },
    )
  }
  if ('lineId' in means && !drawn.some(({ lineId }) => lineId === means.lineId)) {
    return err({ code: 'means-not-in-plan', pointer: '/problem/means/lineId', lineId: means.lineId })
  }
  if ('clueTaskId' in means && !clueTasks.has(means.clueTaskId)) {
    return err({ code: 'means-no-clue-task', pointer: '/problem/means/clueTaskId', taskId: means.clueTaskId })
  }
  return ok({ trigger: known.value, description, means })
}
