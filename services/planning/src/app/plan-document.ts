import type { RepeatGrounds } from '@dual-random/policy'
import {
  type PlanDocument,
  type PublishedPlanLine,
  writeBatches,
  writeBatchScope,
  writeCheckBatches,
  writeDuties,
} from '@dual-random/tables'
import { hasBatchScopes } from '../domain/batch-scope.ts'
import { marksOf } from '../domain/import/scope-marks.ts'
import { wholeScope } from '../domain/object-scope.ts'
import { isOncePublished, type Plan, type PlanLine, type PlanVersion, planState, workingVersion } from '../domain/plan.ts'
import { allStrata } from '../domain/ratio-rules.ts'
import { stratumName } from '../domain/stratum-names.ts'
import { type SelectionTerms, selectionClause, selectionNotice } from './selection-words.ts'

/** What items and units are called; a code that nobody knows any more stands for itself. */
export interface Names {
  readonly item: (code: string) => string
  readonly unit: (id: string) => string
}

/** The plan's policy in words; what it does not name any more stands for itself. */
export interface PolicyWords extends SelectionTerms {
  /** Of a ground of policy `exemptFromJoint`. */
  readonly ground: (ground: string) => string
  /** Of what policy `plan.rationale` has a plan reflect. */
  readonly aspect: (aspect: string) => string
}

const stateNames = {
  DRAFT: '草案',
  FILED: '已报备',
  ACCEPTED: '已接受报备',
  RETURNED: '已退回',
  PUBLISHED: '已公布',
  SUPERSEDED: '已被新版取代',
  ADJUSTING: '调整中',
  ADJUSTED: '调整后已公布',
  CLOSED: '已结束',
} as const satisfies Readonly<Record<ReturnType<typeof planState>, string>>

/** A version of a plan as a document for people: everything that its drawn lines have, by name. `notices` stand below it, each beginning with 注. */
export const planDocument = (
  plan: Plan,
  version: PlanVersion,
  names: Names,
  words: PolicyWords,
  notices: readonly string[] = [],
): PlanDocument => ({
  title: titleOf(plan, names),
  publisher: names.unit(plan.unitId),
  lines: version.lines.map((line) => lineOf(line, plan, names, words)),
  remarks: [
    ...(version.lines.length === 0 ? [] : selectionNotice(plan.selection, words, names.unit)),
    ...(version.priorities ?? []).map(({ aspect, text }) => `注：${words.aspect(aspect)}：${text}`),
    ...notices,
    versionRemark(plan, version),
  ],
})

export function titleOf(plan: Plan, names: Names): string {
  const kind = plan.planType === 'JOINT' ? '部门联合' : ''
  return `${names.unit(plan.unitId)}${plan.year}年度“双随机、一公开”${kind}抽查工作计划`
}

/** Which version of which plan a table shows. */
export function versionRemark(plan: Plan, version: PlanVersion): string {
  const state = version === workingVersion(plan) ? planState(plan) : version.state
  const digest = isOncePublished(version) ? `；版本摘要（SHA-256）${version.publication.digest}` : ''
  return `注：计划编号 ${plan.planId}；第 ${version.number} 版（${stateNames[state]}）${digest}`
}

function lineOf(line: PlanLine, plan: Plan, names: Names, words: PolicyWords): PublishedPlanLine {
  const { batches, initiatorUnitId } = line
  const [first, last] = [batches[0], batches.at(-1)]
  if (first === undefined || last === undefined) throw new Error(`line ${line.lineId} has no batch`)
  return {
    taskName: line.taskName,
    itemNames: line.itemCodes.map(names.item),
    ...(line.objectScope === undefined ? {} : { objectScope: line.objectScope }),
    // Said of every line: the import should not have to ask which objects are meant.
    objectMarks: marksOf(line.scope ?? wholeScope),
    ...amountOf(line),
    timesPerYear: batches.length,
    window: { start: first.window.start, end: batches.map(({ window }) => window.end).reduce((end, each) => (each > end ? each : end)) },
    initiator: names.unit(initiatorUnitId),
    participants: line.units.filter(({ unitId }) => unitId !== initiatorUnitId).map(({ unitId }) => names.unit(unitId)),
    methods: [],
    remarks: remarksOf(line, plan, names, words).join('；'),
  }
}

function amountOf({ count, ratios }: PlanLine): Pick<PublishedPlanLine, 'count' | 'ratio' | 'tiers'> {
  if (count !== undefined) return { count }
  const whole = ratios.find(({ stratum }) => stratum === allStrata)
  return whole === undefined
    ? { tiers: ratios.map(({ stratum, ratio }) => ({ name: stratumName(stratum), ratio })) }
    : { ratio: whole.ratio }
}

/** What of a line has no column of its own. */
function remarksOf(line: PlanLine, { selection }: Plan, names: Names, words: PolicyWords): readonly string[] {
  const { units, batches, checkBatches, reasons, joint, jointException, repeatGround } = line
  // Two departments or more with two items or more: no column says who checks what, and the import should not have to guess.
  const isDivided = units.length > 1 && line.itemCodes.length > 1
  const duties = units.map(({ unitId, itemCodes }) => ({ unit: names.unit(unitId), itemNames: itemCodes.map(names.item) }))
  const cities = joint?.cities.map(({ regionCode }) => regionCode) ?? []
  return [
    ...(isDivided ? [writeDuties(duties)] : []),
    ...units.flatMap(({ unitId, delegation }) =>
      delegation === undefined ? [] : [`${names.unit(unitId)}委托${names.unit(delegation.toUnitId)}检查`],
    ),
    ...(cities.length === 0 ? [] : [`与${cities.join('、')}一并抽取${joint?.merged === true ? '，名录库合并' : ''}`]),
    ...(batches.length < 2 && !hasBatchScopes(line) ? [] : [writeBatches(batches)]),
    ...batches.flatMap(({ number, scope }) => (scope === undefined ? [] : [writeBatchScope(number, marksOf(scope))])),
    ...(checkBatches === undefined ? [] : [writeCheckBatches(checkBatches)]),
    ...units.flatMap((unit) => selectionClause(unit, selection, words, names.unit)),
    ...(jointException === undefined ? [] : [`不纳入联查：${words.ground(jointException.ground)}（${jointException.basis}）`]),
    ...reasons.map(({ reason, legalBasis }) => `理由：${reason}${legalBasis === undefined ? '' : `（${legalBasis}）`}`),
    ...(repeatGround === undefined ? [] : [writeRepeatGround(repeatGround)]),
  ]
}

const writeRepeatGround = ({ reason, citation }: RepeatGrounds): string =>
  `年内可重复抽查：${[...(reason === undefined ? [] : [reason]), ...(citation === undefined ? [] : [`依据${citation.text}`])].join('，')}`
