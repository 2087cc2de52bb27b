import { canonicalJson, type Json, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { RepeatGrounds } from '@dual-random/policy'
import type { Delegation } from './delegation.ts'
import type { JointException } from './joint-scope.ts'
import type { ObjectScope } from './object-scope.ts'
import type { JointLine, LineBatch, LineUnit, Plan, PlanLine, PlanVersion } from './plan.ts'
import type { Problem, UndrawnLine } from './undrawn-line.ts'

/**
 * A line as published: what its digest goes over. The version number is not part of it, so an adjustment elsewhere in the plan leaves the
 * digest of this line as the commitments name it. Reasons leave out who gave them.
 */
export function publishedLine(plan: Plan, line: PlanLine): Json {
  return {
    type: 'dual-random/plan-line/v1',
    planId: plan.planId,
    lineId: line.lineId,
    regionCode: plan.regionCode,
    unitId: plan.unitId,
    year: plan.year,
    planType: plan.planType,
    policy: { preset: plan.policy.preset, version: plan.policy.version },
    policyDigest: plan.policyDigest,
    ...publishedTerms(line),
    ...(line.joint === undefined ? {} : { joint: publishedJoint(line.joint) }),
    ...(line.scope === undefined ? {} : { scope: publishedScope(line.scope) }),
    ...exceptionMember(line.jointException),
    ...(line.repeatGround === undefined ? {} : { repeatGround: publishedRepeatGround(line.repeatGround) }),
    reasons: line.reasons.map(({ rule, strata, reason, legalBasis }) => ({
      rule,
      strata: strata ?? null,
      reason,
      legalBasis: legalBasis ?? null,
    })),
  }
}

/** What was published before there were any has no such member. */
const exceptionMember = (exception: JointException | undefined): { readonly jointException?: Json } =>
  exception === undefined ? {} : { jointException: { ground: exception.ground, basis: exception.basis } }

/** Nor for drawing objects again: the digests of lines without stay as commitments name them. */
const publishedRepeatGround = ({ reason, citation }: RepeatGrounds): Json => ({
  reason: reason ?? null,
  citation: citation === undefined ? null : { ...citation },
})

/** A line without a draw as published. */
export const publishedUndrawnLine = (plan: Plan, line: UndrawnLine): Json => ({
  type: 'dual-random/undrawn-line/v1',
  planId: plan.planId,
  lineId: line.lineId,
  regionCode: plan.regionCode,
  unitId: plan.unitId,
  year: plan.year,
  policyDigest: plan.policyDigest,
  kind: line.kind,
  taskName: line.taskName,
  field: line.field,
  objectScope: line.objectScope,
  objects: { ...line.objects },
  itemCodes: line.itemCodes,
  coveredBy: line.coveredBy,
  initiatorUnitId: line.initiatorUnitId,
  unitIds: line.unitIds,
  window: { start: line.window.start, end: line.window.end },
  matter: line.matter === undefined ? null : { ...line.matter },
  basis: line.basis ?? null,
  problem: line.problem === undefined ? null : publishedProblem(line.problem),
  ...exceptionMember(line.jointException),
  reasons: line.reasons.map(({ rule, reason, legalBasis }) => ({ rule, reason, legalBasis: legalBasis ?? null })),
})

const publishedProblem = ({ trigger, description, means }: Problem): Json => ({ trigger: { ...trigger }, description, means: { ...means } })

/** What a line says of its draws, which a task on clues says alike. */
export const publishedTerms = (
  terms: Omit<PlanLine, 'lineId' | 'scope' | 'reasons' | 'jointException' | 'repeatGround' | 'source' | 'origin' | 'joint' | 'commandId'>,
): { readonly [name: string]: Json } => ({
  taskName: terms.taskName,
  objectScope: terms.objectScope ?? null,
  itemCodes: terms.itemCodes,
  itemClass: terms.itemClass,
  fieldClass: terms.fieldClass,
  ratios: terms.ratios.map(({ stratum, ratio }) => ({ stratum, ratio: { ...ratio } })),
  count: terms.count ?? null,
  creditRule: terms.creditRule,
  initiatorUnitId: terms.initiatorUnitId,
  units: terms.units.map(publishedUnit),
  batches: terms.batches.map(publishedBatch),
  // As with a delegation: lines that are not cut into check batches keep their digests.
  ...(terms.checkBatches === undefined ? {} : { checkBatches: terms.checkBatches }),
})

/** Without a delegation there is no such member: the digests of lines published before there were any stay as commitments name them. */
const publishedUnit = ({ unitId, itemCodes, teamSize, selection, delegation }: LineUnit): Json => ({
  unitId,
  itemCodes,
  teamSize,
  selection: {
    mode: selection.mode,
    ground: selection.ground,
    note: selection.note ?? null,
    stationUnitIds: selection.stationUnitIds,
  },
  ...(delegation === undefined ? {} : { delegation: publishedDelegation(delegation) }),
})

const publishedDelegation = ({ toUnitId, toRegionCode, kind, reason, agreement }: Delegation): Json => ({
  toUnitId,
  toRegionCode,
  kind,
  reason: reason ?? null,
  agreementDigest: agreement?.digest ?? null,
})

/** Without other cities there is no such member either. */
const publishedJoint = ({ merged, cities }: JointLine): Json => ({
  merged,
  cities: cities.map(({ regionCode, initiatorUnitId, unitIds, agreement }) => ({
    regionCode,
    initiatorUnitId,
    unitIds,
    agreementDigest: agreement?.digest ?? null,
  })),
})

/** Nor without a scope: a line about every object of its items reads as it did before there were any. */
const publishedScope = ({ kinds, industryPrefixes, tags, regionCodes }: ObjectScope): Json => ({
  kinds,
  industryPrefixes,
  tags,
  regionCodes,
})

const publishedBatch = ({ number, window, mergeWindowId, freezeAt, commitAt, share, scope }: LineBatch): Json => ({
  number,
  window: { start: window.start, end: window.end },
  mergeWindowId: mergeWindowId ?? null,
  freezeAt,
  commitAt,
  share: { ...share },
  // As with the line's own scope.
  ...(scope === undefined ? {} : { scope: publishedScope(scope) }),
})

const digestOf = (value: Json): string => toHex(sha256(utf8(canonicalJson(value))))

/** SHA-256 of the canonical JSON of the published line, hex: what a commitment names. */
export const lineDigest = (plan: Plan, line: PlanLine): string => digestOf(publishedLine(plan, line))

/** SHA-256 of the published version: its number, the digests of its lines in order, and what it reflects where that is stated. */
export const versionDigest = (
  plan: Plan,
  { number, lines, undrawn, priorities }: Pick<PlanVersion, 'number' | 'lines' | 'undrawn' | 'priorities'>,
): string =>
  digestOf({
    type: 'dual-random/plan-version/v1',
    planId: plan.planId,
    version: number,
    lines: lines.map((line) => ({ lineId: line.lineId, digest: lineDigest(plan, line) })),
    ...(undrawn === undefined
      ? {}
      : { undrawn: undrawn.map((line) => ({ lineId: line.lineId, digest: digestOf(publishedUndrawnLine(plan, line)) })) }),
    ...(priorities === undefined ? {} : { priorities: priorities.map(({ aspect, text }) => ({ aspect, text })) }),
  })
