import { objectKinds, planTypes } from '@dual-random/contracts'
import type {
  GetPublishedPlanResponse,
  PublicPlanLine as LineMessage,
  LineScope,
  NamedUnit,
  PlanningServiceClient,
} from '@dual-random/contracts/planning'
import { appError } from '@dual-random/errors'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import { formatPercent, type PlanId, parseRegionCode, type UnitId } from '@dual-random/kernel'
import type { ReadPublishedPlan } from '../app/ports.ts'
import type { PublicPlanLine, ReadPlan } from '../domain/public-plan.ts'

const lookUpMs = 10_000

const incomplete = (field: string) => appError('unavailable', 'peer-answer-incomplete', { meta: { service: 'planning', field } })

/** Planning is asked for the version in force as the public is to read it. */
export const publishedPlanPeer =
  (planning: GrpcClient<PlanningServiceClient>, context: (timeoutMs: number) => Promise<CallContext>): ReadPublishedPlan =>
  async (planId) =>
    readPlanOf(await planning.unary('getPublishedPlan', { planId }, await context(lookUpMs)))

/** The message as this service uses it. Throws `peer-answer-incomplete` naming what is missing. */
export function readPlanOf(message: GetPublishedPlanResponse): ReadPlan {
  const { planId, planVersion, year, title, digest, publishedAt, channels, lines } = message
  const regionCode = parseRegionCode(message.regionCode)
  const planType = planTypes.toName(message.planType)
  if (regionCode === undefined) throw incomplete('regionCode')
  if (planType === undefined) throw incomplete('planType')
  if (publishedAt === undefined) throw incomplete('publishedAt')
  const unit = named(message.unit, 'unit')
  return {
    planId: planId as PlanId,
    version: planVersion,
    regionCode,
    unit: { unitId: unit.unitId as UnitId, name: unit.name },
    year,
    planType,
    title,
    digest,
    publishedAt,
    channels,
    lines: lines.map(lineOf),
  }
}

function lineOf(line: LineMessage): PublicPlanLine {
  const { lineId, taskName, items, objectScope, scope, ratios, count, windows, participants, undrawnKind, batchScopes } = line
  return {
    lineId,
    taskName,
    items: items.map(({ itemCode, name }) => ({ code: itemCode, name })),
    ...(objectScope === undefined ? {} : { objectScope }),
    ...(scope === undefined ? {} : { scope: scopeOf(scope) }),
    ...(ratios.length === 0
      ? {}
      : { ratios: ratios.map(({ stratum, ratio }) => ({ stratum, ratio: formatPercent(ratio ?? missingRatio()) })) }),
    ...(count === undefined ? {} : { count }),
    windows: windows.map(({ start, end }) => ({ start, end })),
    ...(batchScopes.length === 0
      ? {}
      : { batchScopes: batchScopes.map(({ batch, scope: own }) => ({ batch, scope: scopeOf(own ?? missingScope()) })) }),
    initiator: named(line.initiator, 'lines/initiator'),
    participants: participants.map((unit) => named(unit, 'lines/participants')),
    ...(undrawnKind === undefined ? {} : { undrawnKind }),
  }
}

const scopeOf = ({ kinds, industryPrefixes, tags, regionCodes }: LineScope) => ({
  kinds: kinds.map((kind) => objectKinds.toName(kind) ?? missingKind()),
  industryPrefixes,
  tags,
  regionCodes,
})

const missingScope = (): never => {
  throw incomplete('lines/batchScopes/scope')
}

const missingKind = (): never => {
  throw incomplete('lines/scope/kinds')
}

const missingRatio = (): never => {
  throw incomplete('lines/ratios/ratio')
}

function named(unit: NamedUnit | undefined, field: string): NamedUnit {
  if (unit === undefined || unit.unitId === '' || unit.name === '') throw incomplete(field)
  return { unitId: unit.unitId, name: unit.name }
}
