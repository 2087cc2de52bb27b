import { formatPercent } from '@dual-random/kernel'
import {
  allLines,
  isOncePublished,
  type Plan,
  type PlanLine,
  type PlanVersion,
  planState,
  publicVersion,
  publishedVersion,
  type Selection,
  workingVersion,
} from '../domain/plan.ts'
import { lineDigest } from '../domain/published-line.ts'
import { deliveriesView, publicDeliveriesView } from './delivery-view.ts'
import { publicException, publicUndrawnLine, undrawnView } from './undrawn-view.ts'

/** A plan in lists: its owner, version, last update and number of lines (DQ-01). */
export function summaryView(plan: Plan) {
  const version = workingVersion(plan)
  return {
    planId: plan.planId,
    regionCode: plan.regionCode,
    unitId: plan.unitId,
    year: plan.year,
    planType: plan.planType,
    state: planState(plan),
    version: version.number,
    publishedVersion: publishedVersion(plan)?.number ?? null,
    updatedAt: plan.updatedAt,
    lineCount: allLines(version).length,
    policy: { ...plan.policy },
  }
}

/** A plan at one of its versions, the working one unless another is asked for. */
export function planView(plan: Plan, version: PlanVersion = workingVersion(plan)) {
  const { lineCount: _lineCount, ...head } = summaryView(plan)
  return {
    ...head,
    ...(version === workingVersion(plan) ? {} : { state: version.state }),
    version: version.number,
    policyDigest: plan.policyDigest,
    ...(plan.selection === undefined ? {} : { selection: plan.selection }),
    ...(plan.rationale === undefined ? {} : { rationale: plan.rationale }),
    drafted: plan.drafted,
    lines: version.lines.map((line) => (isOncePublished(version) ? publishedLineView(plan, line) : lineView(line))),
    ...undrawnView(version),
    changes: version.changes,
    ...filingView(version),
    ...(isOncePublished(version) ? { published: { ...version.publication, deliveries: deliveriesView(version.publication) } } : {}),
    ...(version.state === 'SUPERSEDED' ? { superseded: version.superseded } : {}),
    ...(plan.closed === undefined ? {} : { closed: plan.closed }),
    versions: plan.versions.map(({ number, state }) => ({ version: number, state })),
  }
}

/** A plan as it stood on a day: at the version in force then, where none was at the one worked on, in the state it was in. */
export const planThenView = (plan: Plan, asOf: string) => ({
  asOf,
  ...planView(plan, publishedVersion(plan) ?? workingVersion(plan)),
  state: planState(plan),
})

function filingView(version: PlanVersion) {
  const figures = version.figures === undefined ? {} : { figures: version.figures }
  if (version.state === 'DRAFT' || version.filing === undefined) return figures
  const { filedTo, at, by, dueDate, onTime, note } = version.filing
  return {
    filing: {
      filedTo,
      filedAt: at,
      filedBy: by,
      ...(dueDate === undefined ? {} : { dueDate }),
      onTime,
      ...(note === undefined ? {} : { note }),
      ...figures,
      ...('acceptance' in version && version.acceptance !== undefined ? { accepted: version.acceptance } : {}),
      ...(version.state === 'RETURNED' ? { returned: version.returned } : {}),
    },
  }
}

export const percentTexts = (ratios: PlanLine['ratios']) => ratios.map(({ stratum, ratio }) => ({ stratum, ratio: formatPercent(ratio) }))

export function lineView(line: PlanLine) {
  const { commandId: _commandId, ratios, ...rest } = line
  return {
    ...rest,
    ratios: percentTexts(ratios),
    participantUnitIds: line.units.map(({ unitId }) => unitId).filter((unitId) => unitId !== line.initiatorUnitId),
  }
}

export const publishedLineView = (plan: Plan, line: PlanLine) => ({ ...lineView(line), lineDigest: lineDigest(plan, line) })

const publicSelection = ({ mode, ground, note, stationUnitIds }: Selection) => ({
  mode,
  ground,
  ...(note === undefined ? {} : { note }),
  stationUnitIds,
})

/** What the public may read: the version in force, or one that it superseded, without the names of those who worked on it. */
export function publicView(plan: Plan, number?: number) {
  const version = publicVersion(plan, number)
  if (version === undefined) return undefined
  const { lineCount: _lineCount, state: _state, updatedAt: _updatedAt, ...head } = summaryView(plan)
  return {
    ...head,
    version: version.number,
    publishedAt: version.publication.at,
    channels: version.publication.channels,
    deliveries: publicDeliveriesView(version.publication),
    digest: version.publication.digest,
    ...(version.state === 'SUPERSEDED' ? { superseded: { version: version.superseded.version, at: version.superseded.at } } : {}),
    policyDigest: plan.policyDigest,
    ...(plan.rationale === undefined ? {} : { rationale: plan.rationale }),
    priorities: version.priorities ?? [],
    lines: version.lines.map((line) => publicLine(plan, line)),
    undrawn: (version.undrawn ?? []).map(publicUndrawnLine),
    changes: version.changes.map(({ kind, lineId, reason }) => ({ kind, lineId, reason })),
  }
}

function publicLine(plan: Plan, line: PlanLine) {
  const { source: _source, reasons, units, jointException, ...view } = publishedLineView(plan, line)
  return {
    ...view,
    ...publicException(jointException),
    units: units.map(({ selection, ...unit }) => ({ ...unit, selection: publicSelection(selection) })),
    reasons: reasons.map(({ rule, strata, reason, legalBasis }) => ({ rule, strata, reason, legalBasis })),
  }
}
