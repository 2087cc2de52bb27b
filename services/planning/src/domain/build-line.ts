import { err, formatPercent, type ItemCode, ok, type Result, yearOf } from '@dual-random/kernel'
import { batchesByScope, readBatchScope } from './batch-scope.ts'
import { type BatchInput, cutWindow, daysOf, isWhole, scheduleBatches } from './batches.ts'
import { checkBatchProblems } from './check-batches.ts'
import { isOfSeveral } from './departments.ts'
import { type ItemInJointPlan, itemsInJointPlans } from './joint-items.ts'
import { jointScopeProblems, recordedException } from './joint-scope.ts'
import { buildCities, knownUnits, placesOf } from './line-cities.ts'
import type { CheckItem, LineContext, LineIdentity, LineInput } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import { readScope } from './line-scope.ts'
import { buildUnits } from './line-units.ts'
import type { ObjectScope } from './object-scope.ts'
import { offListProblem } from './off-list.ts'
import { overrideGap } from './override-gap.ts'
import { appliesTo, overriddenRule } from './overrides.ts'
import type { DateWindow, FieldClass, ItemClass, LineBatch, LineUnit, PlanLine, Reason, ReasonRule, StratumRatio } from './plan.ts'
import { allStrata, bandDepartures, capExcesses, cappedItems, checkStrata, escapesBands } from './ratio-rules.ts'
import { industryOfSingle } from './single-check.ts'

interface Part<T> {
  readonly value: T
  readonly problems: readonly LineProblem[]
}

/** A complete line of a plan, or everything that is wrong with what was given. */
export function buildLine(
  input: LineInput,
  context: LineContext,
  { lineId, commandId }: LineIdentity,
): Result<PlanLine, readonly LineProblem[]> {
  const items = readItems(input, context)
  const scope = readScope(input, items.value.known, context)
  const units = buildUnits(input, items.value.codes, context)
  const quantity = readQuantity(input, context, items.value)
  const batches = readBatches(input, { ...scope.value, items: items.value.known }, context)
  const singleIn = industryOfSingle({ ...scope.value, itemCodes: items.value.codes, batches: batches.value }, context)
  const inJointPlans = itemsInJointPlans(items.value.codes, context)
  const joint = buildCities(input, units.units, units.initiatorUnitId, context)
  const problems = [
    ...items.problems,
    ...jointItemProblems(inJointPlans, input, context),
    ...scope.problems,
    ...units.problems,
    ...(joint.ok ? [] : joint.error),
    ...quantity.problems,
    ...batches.problems,
    ...checkBatchProblems(context, { ...input, ...quantity.value, itemClass: items.value.itemClass }),
    ...jointScopeProblems(context.policy, isJoint(input, units.units, context), input.jointException),
    ...singleProblems(singleIn, input, context),
  ]
  if (problems.length > 0 || !joint.ok) return err(problems)
  return ok({
    lineId,
    taskName: input.taskName,
    ...(input.objectScope === undefined ? {} : { objectScope: input.objectScope }),
    ...scope.value,
    itemCodes: items.value.codes,
    itemClass: items.value.itemClass,
    fieldClass: items.value.fieldClass,
    ...quantity.value,
    creditRule: quantity.value.ratios.some(({ stratum }) => stratum !== allStrata),
    initiatorUnitId: units.initiatorUnitId,
    units: units.units,
    ...(joint.value === undefined ? {} : { joint: joint.value }),
    batches: batches.value,
    ...(input.checkBatches === undefined ? {} : { checkBatches: input.checkBatches }),
    reasons: recordedReasons(input, { singleIn, inJointPlans }, context),
    ...recordedException(input.jointException, context.act),
    ...(input.repeatGround === undefined ? {} : { repeatGround: input.repeatGround }),
    ...(input.source === undefined ? {} : { source: input.source }),
    commandId,
  })
}

/** Of a joint plan, or of a task on clues that several departments follow. */
const isJoint = (input: LineInput, units: readonly LineUnit[], context: LineContext): boolean =>
  context.plan.planType === undefined
    ? isOfSeveral(
        units.map(({ unitId }) => unitId),
        knownUnits(input, context),
      )
    : context.plan.planType === 'JOINT'

/** In an industry of many fields and frequent checks a check by one department alone asks for a reason (JNT-03). */
function singleProblems(industry: string | undefined, input: LineInput, context: LineContext): readonly LineProblem[] {
  if (industry === undefined) return []
  const asking = { code: 'single-needs-reason', pointer: '/units', industry } as const
  return unlessOverridden(asking, input, context, { rule: 'SINGLE_IN_JOINT_INDUSTRY', fieldClass: 'GENERAL' })
}

/** What an item that a joint plan covers asks of a line that checks it alone (PLN-16). */
const jointItemProblems = (asking: readonly ItemInJointPlan[], input: LineInput, context: LineContext): readonly LineProblem[] =>
  asking.flatMap((each) => unlessOverridden(each, input, context, { rule: 'ITEM_IN_JOINT_PLAN', fieldClass: 'GENERAL' }))

interface Asking {
  readonly singleIn: string | undefined
  readonly inJointPlans: readonly ItemInJointPlan[]
}

/**
 * With who gave each and when; a reason to check alone keeps the industry for which it was asked, one for items of joint plans those items: without any
 * it overrides nothing (POL-07).
 */
const recordedReasons = ({ reasons = [] }: LineInput, { singleIn, inJointPlans }: Asking, { act }: LineContext): readonly Reason[] =>
  reasons.map(({ industry: _industry, itemCodes: _items, ...reason }) => ({
    ...act,
    ...reason,
    ...(reason.rule === 'SINGLE_IN_JOINT_INDUSTRY' && singleIn !== undefined ? { industry: singleIn } : {}),
    ...(reason.rule === 'ITEM_IN_JOINT_PLAN' ? { itemCodes: inJointPlans.map(({ itemCode }) => itemCode) } : {}),
  }))

interface LineItems {
  readonly codes: readonly ItemCode[]
  readonly known: readonly CheckItem[]
  readonly itemClass: ItemClass
  readonly fieldClass: FieldClass
}

/** Only items on a list in force (REG-13), all of one class (PLN-26), and of one field where bands apply. */
export function readItems(input: LineInput, context: LineContext): Part<LineItems> {
  const { policy } = context
  const lists = placesOf(input, context).map(({ items }) => items)
  const codes = [...new Set(input.itemCodes ?? input.units?.flatMap((unit) => unit.itemCodes ?? []) ?? [])]
  const problems: LineProblem[] = codes.length === 0 ? [{ code: 'line-without-items', pointer: '/itemCodes' }] : []
  const known: CheckItem[] = []
  for (const itemCode of codes) {
    const found = lists.flatMap((items) => items.get(itemCode) ?? [])
    if (found.length === 0) problems.push(offListProblem(policy, itemCode))
    known.push(...unlike(found))
  }
  const general = known.find(({ itemClass }) => itemClass === 'GENERAL')
  const key = known.find(({ itemClass }) => itemClass === 'KEY')
  if (general !== undefined && key !== undefined) {
    problems.push({ code: 'line-mixes-item-classes', pointer: '/itemCodes', general: general.code, key: key.code })
  }
  const keyField = known.some(({ fieldClass }) => fieldClass === 'KEY')
  if (key === undefined && keyField && known.some(({ fieldClass }) => fieldClass === 'GENERAL')) {
    problems.push({ code: 'line-mixes-field-classes', pointer: '/itemCodes' })
  }
  return { value: { codes, known, itemClass: key === undefined ? 'GENERAL' : 'KEY', fieldClass: keyField ? 'KEY' : 'GENERAL' }, problems }
}

/** An item that several cities have from one list is one item. */
const unlike = (found: readonly CheckItem[]): readonly CheckItem[] => [
  ...new Map(
    found.map((item) => [`${item.itemClass} ${item.fieldClass} ${item.ratioCap === undefined ? '' : formatPercent(item.ratioCap)}`, item]),
  ).values(),
]

interface Overriding {
  readonly rule: ReasonRule
  readonly fieldClass: FieldClass
  readonly stratum?: string
}

/** A departure from a by-default rule is a problem until it is overridden (POL-07); a rule that policy does not state by default has no override. */
function unlessOverridden(
  asking: LineProblem,
  input: LineInput,
  { policy, plan, act }: LineContext,
  { rule, fieldClass, stratum }: Overriding,
): readonly LineProblem[] {
  const reasons = (input.reasons ?? []).filter((reason) => reason.rule === rule && appliesTo(reason, stratum))
  const key = overriddenRule(rule, fieldClass)
  const gap = overrideGap(policy, key, reasons, { act, unitId: plan.unitId })
  if (gap === undefined) return []
  return [gap === 'override-incomplete' ? asking : { code: 'rule-not-by-default', pointer: asking.pointer, key }]
}

type Quantity = Pick<PlanLine, 'ratios' | 'count'>

export function readQuantity(input: LineInput, context: LineContext, classes: LineItems): Part<Quantity> {
  const { policy, plan } = context
  const { fieldClass } = classes
  const { ratios = [], count } = input
  if (count !== undefined) {
    const problems: LineProblem[] = ratios.length > 0 ? [{ code: 'ratio-and-count', pointer: '/count' }] : []
    problems.push(
      ...cappedItems(classes.known).map(
        ({ code, cap }): LineProblem => ({ code: 'count-escapes-cap', pointer: '/count', itemCode: code, cap: formatPercent(cap) }),
      ),
    )
    if (plan.planType !== undefined && escapesBands(policy, classes)) {
      const asking = { code: 'count-needs-reason', pointer: '/count', count } as const
      problems.push(...unlessOverridden(asking, input, context, { rule: 'COUNT_INSTEAD_OF_RATIO', fieldClass }))
    }
    return { value: { ratios: [], count }, problems }
  }
  if (ratios.length === 0) return { value: { ratios: [] }, problems: [{ code: 'quantity-missing', pointer: '/ratios' }] }
  const strata = checkStrata(policy, ratios)
  if (!strata.ok) return { value: { ratios: [] }, problems: strata.error }
  const departures = plan.planType === undefined ? [] : bandDepartures(policy, classes, strata.value)
  const open = departures.flatMap((problem) =>
    problem.code === 'ratio-outside-band'
      ? unlessOverridden(problem, input, context, { rule: 'RATIO_BAND', fieldClass, stratum: problem.stratum })
      : [problem],
  )
  const above = capExcesses(classes.known, ratios)
  return { value: { ratios: strata.value }, problems: [...above, ...open.map((problem) => pointedAtInput(problem, ratios))] }
}

function pointedAtInput(problem: LineProblem, ratios: readonly StratumRatio[]): LineProblem {
  if (problem.code !== 'ratio-outside-band') return problem
  const index = ratios.findIndex(({ stratum }) => stratum === problem.stratum)
  return { ...problem, pointer: index < 0 ? '/ratios' : `/ratios/${index}` }
}

interface OfLine {
  readonly scope?: ObjectScope
  readonly items: readonly CheckItem[]
}

function readBatches(input: LineInput, line: OfLine, context: LineContext): Part<readonly LineBatch[]> {
  const { plan, calendar } = context
  const windows = batchInputs(input)
  if (windows.problems.length > 0) return { value: [], problems: windows.problems }
  const scoped = windows.value.map((batch, index) => withScope(batch, line, { input, context, pointer: `/batches/${index}/scope` }))
  const problems = [
    ...windows.value.flatMap(({ window }, index) => windowProblems(window, plan.year, pointerOf(input, index))),
    ...scoped.flatMap((batch) => batch.problems),
  ]
  if (problems.length > 0) return { value: [], problems }
  const given = scoped.map(({ value }) => value)
  const batches = scheduleBatches(calendar, given, { ofNumber: input.count !== undefined })
  return { value: batches, problems: [...shareProblems({ ...line, count: input.count, batches }), ...scheduleProblems(batches)] }
}

function withScope(
  { scope: given, ...batch }: BatchInput,
  line: OfLine,
  { input, context, pointer }: { readonly input: LineInput; readonly context: LineContext; readonly pointer: string },
): Part<BatchInput> {
  if (given === undefined) return { value: batch, problems: [] }
  const { value, problems } = readBatchScope(given, line, context, pointer)
  // Each city freezes its own pool: which part of it is drawn when, its own plan would have to say.
  const together: readonly LineProblem[] = input.joint === undefined ? [] : [{ code: 'batch-scope-with-cities', pointer }]
  return { value: { ...batch, ...value }, problems: [...problems, ...together] }
}

const pointerOf = (input: LineInput, index: number): string => (input.batches === undefined ? '/window' : `/batches/${index}/window`)

function batchInputs({ batches, window, times }: LineInput): Part<readonly BatchInput[]> {
  if (batches !== undefined && batches.length > 0) {
    const problems: LineProblem[] =
      times !== undefined && times !== batches.length ? [{ code: 'batches-and-times', pointer: '/times' }] : []
    return { value: batches, problems }
  }
  if (window === undefined) return { value: [], problems: [{ code: 'window-missing', pointer: '/window' }] }
  if (window.end < window.start) return { value: [], problems: [{ code: 'window-reversed', pointer: '/window' }] }
  const cut = cutWindow(window, times ?? 1)
  if (cut === undefined) {
    return { value: [], problems: [{ code: 'batches-do-not-fit', pointer: '/times', times: times ?? 1, days: daysOf(window) }] }
  }
  return { value: cut.map((part) => ({ window: part })), problems: [] }
}

/** A plan covers one calendar year (PLN-02). */
export function windowProblems({ start, end }: DateWindow, year: number, pointer: string): readonly LineProblem[] {
  if (end < start) return [{ code: 'window-reversed', pointer }]
  return yearOf(start) === year && yearOf(end) === year ? [] : [{ code: 'window-outside-year', pointer, year }]
}

/** A ratio is of the objects that a batch draws from, a number of all of them. */
function shareProblems(line: {
  readonly scope?: ObjectScope
  readonly count: number | undefined
  readonly batches: readonly LineBatch[]
}): readonly LineProblem[] {
  const { count, batches } = line
  const groups = count === undefined ? [...batchesByScope(line).values()] : [batches]
  const areWhole = groups.every((group) => isWhole(group.map(({ share }) => share)))
  return areWhole && batches.every(({ share }) => share.numerator > 0) ? [] : [{ code: 'shares-not-whole', pointer: '/batches' }]
}

const scheduleProblems = (batches: readonly LineBatch[]): readonly LineProblem[] =>
  batches.flatMap(({ number, freezeAt, commitAt }) =>
    commitAt > freezeAt ? [] : [{ code: 'schedule-reversed', pointer: '/batches', batch: number }],
  )
