import { objectKinds, planTypes } from '@dual-random/contracts'
import type { DrawingServiceClient } from '@dual-random/contracts/drawing'
import type { GetPlanLineResponse, PlanningServiceClient } from '@dual-random/contracts/planning'
import type { InspectorOpening, ObjectOpening, RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import {
  type InspectorId,
  type ItemCode,
  type LocalDate,
  type ObjectId,
  parseLocalDate,
  parseRegionCode,
  type UnitId,
} from '@dual-random/kernel'
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
const openingsMs = 60_000
/** The fan-out goes on while the assignments stream. */
const assignmentsMs = 300_000

const incomplete = (service: string, field: string) => appError('internal', 'peer-answer-incomplete', { meta: { service, field } })

/** What dispatching asks of the others, in the words of this service. */
export const peersOf = ({ registry, planning, drawing, policyOf, context }: PeerClients): Peers => ({
  planLine: async (planId, lineId) => planLineOf(await planning.unary('getPlanLine', { planId, lineId }, await context(lookUpMs))),
  itemNames: async (regionCode, at) => {
    const { items } = await registry.unary('listCheckItems', { regionCode, at }, await context(lookUpMs))
    return new Map(items.map(({ code, name }) => [code as ItemCode, name]))
  },
  assignments: async function* assignments(drawId) {
    for await (const part of drawing.stream('streamAssignments', { drawId }, await context(assignmentsMs))) {
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
    const itemCodes = new Map<string, ReadonlySet<ItemCode>>()
    const inspectors = new Map<string, InspectorIdentity>()
    const request = { drawId, objectLabels: [...objectLabels], inspectorLabels: [...inspectorLabels] }
    for await (const part of registry.stream('streamOpenings', request, await context(openingsMs))) {
      for (const opening of part.objects) {
        objects.set(opening.label, objectOf(opening))
        itemCodes.set(opening.label, itemCodesOf(opening))
      }
      for (const opening of part.inspectors) inspectors.set(opening.label, inspectorOf(opening))
    }
    if (objectLabels.some((label) => !objects.has(label))) throw incomplete('registry', 'objects')
    if (inspectorLabels.some((label) => !inspectors.has(label))) throw incomplete('registry', 'inspectors')
    return { objects, itemCodes, inspectors }
  },
  policyAt: (regionCode, at) => policyOf(regionCode, at),
})

/** An answer without what a task needs is of no use, whoever left it out. */
function required<T>(value: T | undefined, service: string, field: string): T {
  if (value === undefined || value === '') throw incomplete(service, field)
  return value
}

const planLineOf = (line: GetPlanLineResponse): PlanLine => ({
  regionCode: required(parseRegionCode(line.regionCode), 'planning', 'regionCode'),
  unitId: required(line.unitId, 'planning', 'unitId') as UnitId,
  year: line.year,
  planType: required(planTypes.toName(line.planType), 'planning', 'planType'),
  taskName: required(line.taskName, 'planning', 'taskName'),
  initiatorUnitId: required(line.initiatorUnitId, 'planning', 'initiatorUnitId') as UnitId,
  units: line.units.map(({ unitId, itemCodes, teamSize }) => ({ unitId: unitId as UnitId, itemCodes: itemCodes as ItemCode[], teamSize })),
  batches: line.batches.map(({ number, window, mergeWindowId }) => ({
    number,
    window: { start: dateOf(window?.start), end: dateOf(window?.end) },
    mergeWindowId: required(mergeWindowId, 'planning', 'batches/mergeWindowId'),
  })),
})

const dateOf = (text: string | undefined): LocalDate => required(parseLocalDate(text ?? ''), 'planning', 'batches/window')

const inspectorOf = ({ inspectorId, name, unitId, subject }: InspectorOpening): InspectorIdentity => ({
  inspectorId: required(inspectorId, 'registry', 'inspectors/inspectorId') as InspectorId,
  name,
  unitId: unitId as UnitId,
  subject: required(subject, 'registry', 'inspectors/subject'),
})

/** A draw holds only objects that one of its items applies to, so none is an answer without them. */
function itemCodesOf({ itemCodes }: ObjectOpening): ReadonlySet<ItemCode> {
  if (itemCodes.length === 0) throw incomplete('registry', 'objects/itemCodes')
  return new Set(itemCodes as ItemCode[])
}

function objectOf({ objectId, objectCode, name, kind, address, industry, grade, tags }: ObjectOpening): CheckObject {
  return {
    objectId: required(objectId, 'registry', 'objects/objectId') as ObjectId,
    code: required(objectCode, 'registry', 'objects/objectCode'),
    name: required(name, 'registry', 'objects/name'),
    kind: required(objectKinds.toName(kind), 'registry', 'objects/kind'),
    address,
    industry,
    ...(grade === undefined ? {} : { grade }),
    tags,
  }
}
