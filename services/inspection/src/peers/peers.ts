import { objectKinds, planTypes } from '@dual-random/contracts'
import { type DrawingServiceClient } from '@dual-random/contracts/drawing'
import type { PlanningServiceClient } from '@dual-random/contracts/planning'
import type { ObjectOpening, RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { type CallContext, type GrpcClient } from '@dual-random/grpc'
import type { InspectorId, ItemCode, LocalDate, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import type { PolicyReader } from '@dual-random/service'
import type { Assignment, InspectorIdentity, Peers, PlanLine } from '../app/ports.ts'
import type { CheckObject } from '../domain/task.ts'

export interface PeerClients {
  readonly registry: GrpcClient<RegistryServiceClient>
  readonly planning: GrpcClient<PlanningServiceClient>
  readonly drawing: GrpcClient<DrawingServiceClient>
  readonly policyOf: PolicyReader
  /** A context of the service's own, for that long. */
  readonly context: (timeoutMs: number) => Promise<CallContext>
}

const lookUpMs = 10_000
const streamMs = 60_000

const incomplete = (service: string, field: string) => appError('internal', 'peer-answer-incomplete', { meta: { service, field } })

/** What dispatching asks of the others, in the words of this service. */
export const peersOf = ({ registry, planning, drawing, policyOf, context }: PeerClients): Peers => ({
  planLine: async (planId, lineId) => {
    const line = await planning.unary('getPlanLine', { planId, lineId }, await context(lookUpMs))
    const planType = planTypes.toName(line.planType)
    if (planType === undefined) throw incomplete('planning', 'planType')
    const { taskName, year } = line
    const batches = line.batches.map(({ number, window, mergeWindowId }): PlanLine['batches'][number] => {
      if (window === undefined) throw incomplete('planning', `batches/${number}/window`)
      return { number, window: { start: window.start as LocalDate, end: window.end as LocalDate }, mergeWindowId }
    })
    return {
      regionCode: line.regionCode as RegionCode,
      unitId: line.unitId as UnitId,
      year,
      planType,
      taskName,
      initiatorUnitId: line.initiatorUnitId as UnitId,
      units: line.units.map(({ unitId, itemCodes, teamSize }) => ({
        unitId: unitId as UnitId,
        itemCodes: itemCodes as ItemCode[],
        teamSize,
      })),
      batches,
    }
  },
  itemNames: async (regionCode, at) => {
    const { items } = await registry.unary('listCheckItems', { regionCode, at }, await context(lookUpMs))
    return new Map(items.map(({ code, name }) => [code as ItemCode, name]))
  },
  assignments: async function* assignments(drawId) {
    for await (const part of drawing.stream('streamAssignments', { drawId }, await context(streamMs))) {
      yield part.assignments.map(
        ({ position, label, teams, leaderLabel }): Assignment => ({
          position,
          label,
          teams: teams.map(({ unitId, inspectorLabels }) => ({ unitId: unitId as UnitId, inspectorLabels })),
          leaderLabel,
        }),
      )
    }
  },
  openings: async (drawId, { objects: objectLabels, inspectors: inspectorLabels }) => {
    const objects = new Map<string, CheckObject>()
    const inspectors = new Map<string, InspectorIdentity>()
    const request = { drawId, objectLabels: [...objectLabels], inspectorLabels: [...inspectorLabels] }
    for await (const part of registry.stream('streamOpenings', request, await context(streamMs))) {
      for (const opening of part.objects) objects.set(opening.label, objectOf(opening))
      for (const { label, inspectorId, name, unitId, subject } of part.inspectors) {
        inspectors.set(label, { inspectorId: inspectorId as InspectorId, name, unitId: unitId as UnitId, subject })
      }
    }
    if (objectLabels.some((label) => !objects.has(label))) throw incomplete('registry', 'objects')
    if (inspectorLabels.some((label) => !inspectors.has(label))) throw incomplete('registry', 'inspectors')
    return { objects, inspectors }
  },
  policyAt: (regionCode, at) => policyOf(regionCode, at),
})

function objectOf({ objectId, objectCode, name, kind, address, industry, grade, tags }: ObjectOpening): CheckObject {
  const known = objectKinds.toName(kind)
  if (known === undefined) throw incomplete('registry', 'objects/kind')
  return {
    objectId: objectId as ObjectId,
    code: objectCode,
    name,
    kind: known,
    address,
    industry,
    ...(grade === undefined ? {} : { grade }),
    tags,
  }
}
