import { canonicalJson, type Json, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { LineBatch, LineUnit, Plan, PlanLine } from './plan.ts'

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
    taskName: line.taskName,
    objectScope: line.objectScope ?? null,
    itemCodes: line.itemCodes,
    itemClass: line.itemClass,
    fieldClass: line.fieldClass,
    ratios: line.ratios.map(({ stratum, ratio }) => ({ stratum, ratio: { ...ratio } })),
    count: line.count ?? null,
    creditRule: line.creditRule,
    initiatorUnitId: line.initiatorUnitId,
    units: line.units.map(publishedUnit),
    batches: line.batches.map(publishedBatch),
    reasons: line.reasons.map(({ rule, strata, reason, legalBasis }) => ({
      rule,
      strata: strata ?? null,
      reason,
      legalBasis: legalBasis ?? null,
    })),
  }
}

const publishedUnit = ({ unitId, itemCodes, teamSize, selection }: LineUnit): Json => ({
  unitId,
  itemCodes,
  teamSize,
  selection: {
    mode: selection.mode,
    ground: selection.ground,
    note: selection.note ?? null,
    stationUnitIds: selection.stationUnitIds,
  },
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
