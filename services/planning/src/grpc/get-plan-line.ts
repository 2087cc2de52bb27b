import { roles } from '@dual-random/auth'
import { fieldClasses, itemClasses, planTypes, selectionModes } from '@dual-random/contracts'
import { type GetPlanLineResponse, PlanningServiceService } from '@dual-random/contracts/planning'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import { type PublishedPlanLine, publishedLineOf } from '../app/plan-line.ts'
import type { Ports } from '../app/ports.ts'
import type { LineBatch, LineUnit } from '../domain/plan.ts'

/** What is published has no reader to keep out. */
const signedIn = roles.filter((role) => role !== 'PUBLIC')

/** The line a draw must match, with the policy it runs under. */
export const planningService = (ports: Pick<Ports, 'plans'>): GrpcImplementation =>
  implement(PlanningServiceService, {
    getPlanLine: {
      roles: signedIn,
      handle: async ({ planId, lineId }) => messageOf(await publishedLineOf(ports, planId, lineId)),
    },
  })

export const messageOf = ({ plan, version, line, digest }: PublishedPlanLine): GetPlanLineResponse => ({
  planId: plan.planId,
  lineId: line.lineId,
  planVersion: version,
  regionCode: plan.regionCode,
  unitId: plan.unitId,
  year: plan.year,
  planType: planTypes.toWire(plan.planType),
  taskName: line.taskName,
  itemCodes: [...line.itemCodes],
  itemClass: itemClasses.toWire(line.itemClass),
  fieldClass: fieldClasses.toWire(line.fieldClass),
  ratios: line.ratios.map(({ stratum, ratio }) => ({ stratum, ratio: { ...ratio } })),
  ...(line.count === undefined ? {} : { count: line.count }),
  batches: line.batches.map(batchMessage),
  initiatorUnitId: line.initiatorUnitId,
  units: line.units.map(unitMessage),
  policy: { preset: plan.policy.preset, version: plan.policy.version },
  policyDigest: plan.policyDigest,
  lineDigest: digest,
})

const batchMessage = ({ number, window, mergeWindowId, freezeAt, commitAt, share }: LineBatch) => ({
  number,
  window: { start: window.start, end: window.end },
  mergeWindowId: mergeWindowId ?? '',
  freezeAt,
  commitAt,
  share: { ...share },
})

const unitMessage = ({ unitId, itemCodes, teamSize, selection }: LineUnit) => ({
  unitId,
  itemCodes: [...itemCodes],
  teamSize,
  selectionMode: selectionModes.toWire(selection.mode),
  stationUnitIds: [...selection.stationUnitIds],
  selectionGround: selection.ground,
})
