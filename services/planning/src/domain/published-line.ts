import { canonicalJson, type Json, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { Delegation } from './delegation.ts'
import type { JointLine, LineBatch, LineUnit, Plan, PlanLine } from './plan.ts'

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
    reasons: line.reasons.map(({ rule, strata, reason, legalBasis }) => ({
      rule,
      strata: strata ?? null,
      reason,
      legalBasis: legalBasis ?? null,
    })),
  }
}

/** What a line says of its draws, which a task on clues says alike. */
export const publishedTerms = (
  terms: Omit<PlanLine, 'lineId' | 'reasons' | 'source' | 'origin' | 'joint' | 'commandId'>,
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

const publishedBatch = ({ number, window, mergeWindowId, freezeAt, commitAt, share }: LineBatch): Json => ({
  number,
  window: { start: window.start, end: window.end },
  mergeWindowId: mergeWindowId ?? null,
  freezeAt,
  commitAt,
  share: { ...share },
})

const digestOf = (value: Json): string => toHex(sha256(utf8(canonicalJson(value))))

/** SHA-256 of the canonical JSON of the published line, hex: what a commitment names. */
export const lineDigest = (plan: Plan, line: PlanLine): string => digestOf(publishedLine(plan, line))

/** SHA-256 of the published version: its number and the digests of its lines in order. */
export const versionDigest = (plan: Plan, number: number, lines: readonly PlanLine[]): string =>
  digestOf({
    type: 'dual-random/plan-version/v1',
    planId: plan.planId,
    version: number,
    lines: lines.map((line) => ({ lineId: line.lineId, digest: lineDigest(plan, line) })),
  })
