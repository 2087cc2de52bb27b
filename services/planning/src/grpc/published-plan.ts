import { planTypes } from '@dual-random/contracts'
import type { GetPublishedPlanResponse, LineScope, NamedUnit, PublicPlanLine } from '@dual-random/contracts/planning'
import type { UnitId } from '@dual-random/kernel'
import { titleOf } from '../app/plan-document.ts'
import type { NamedPublishedPlan } from '../app/published-plan.ts'
import { narrowingScope, type ObjectScope } from '../domain/object-scope.ts'
import type { PlanLine } from '../domain/plan.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'
import { scopeMessage } from './scope.ts'

type Names = NamedPublishedPlan['names']

/** The version in force as the public is to read it: nothing of how it came about, and nobody who worked on it. */
export const publishedPlanMessage = ({ plan, version, names }: NamedPublishedPlan): GetPublishedPlanResponse => ({
  planId: plan.planId,
  planVersion: version.number,
  regionCode: plan.regionCode,
  unit: unitOf(plan.unitId, names),
  year: plan.year,
  planType: planTypes.toWire(plan.planType),
  title: titleOf(plan, names),
  digest: version.publication.digest,
  publishedAt: version.publication.at,
  channels: [...version.publication.channels],
  lines: [...version.lines.map((line) => drawnLine(line, names)), ...(version.undrawn ?? []).map((line) => undrawnLine(line, names))],
})

const unitOf = (unitId: UnitId, names: Names): NamedUnit => ({ unitId, name: names.unit(unitId) })

const headOf = ({ lineId, taskName, itemCodes, initiatorUnitId }: PlanLine | UndrawnLine, unitIds: readonly UnitId[], names: Names) => ({
  lineId,
  taskName,
  items: itemCodes.map((itemCode) => ({ itemCode, name: names.item(itemCode) })),
  initiator: unitOf(initiatorUnitId, names),
  participants: unitIds.filter((unitId) => unitId !== initiatorUnitId).map((unitId) => unitOf(unitId, names)),
})

function drawnLine(line: PlanLine, names: Names): PublicPlanLine {
  const { objectScope, scope, ratios, count, batches, units } = line
  const unitIds = units.map(({ unitId }) => unitId)
  return {
    ...headOf(line, unitIds, names),
    ...(objectScope === undefined ? {} : { objectScope }),
    ...scopeOf(scope),
    ratios: ratios.map(({ stratum, ratio }) => ({ stratum, ratio: { ...ratio } })),
    ...(count === undefined ? {} : { count }),
    batchScopes: batches.flatMap(({ number, scope: own }) => (own === undefined ? [] : [{ batch: number, scope: scopeMessage(own) }])),
    windows: batches.map(({ window: { start, end } }) => ({ start, end })),
  }
}

function undrawnLine(line: UndrawnLine, names: Names): PublicPlanLine {
  const { kind, objectScope, objects, window, unitIds } = line
  const { kinds, industryPrefixes, tags } = objects
  return {
    ...headOf(line, unitIds, names),
    objectScope,
    ...scopeOf(narrowingScope({ kinds, industryPrefixes, tags, regionCodes: [] })),
    ratios: [],
    batchScopes: [],
    windows: [{ start: window.start, end: window.end }],
    undrawnKind: kind,
  }
}

const scopeOf = (scope: ObjectScope | undefined): { readonly scope?: LineScope } =>
  scope === undefined ? {} : { scope: scopeMessage(scope) }
