import { objectKinds, planTypes } from '@dual-random/contracts'
import type { DrawingServiceClient } from '@dual-random/contracts/drawing'
import type {
  Delegation as DelegationMessage,
  GetClueTaskResponse,
  GetPlanLineResponse,
  LineCity,
  PlanningServiceClient,
} from '@dual-random/contracts/planning'
import type { InspectorOpening, ObjectOpening, RegistryServiceClient } from '@dual-random/contracts/registry'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import { type DrawId, type InspectorId, type ItemCode, type ObjectId, parseRegionCode, type UnitId } from '@dual-random/kernel'
import type { PolicyReader } from '@dual-random/service'
import type { Assignment, InspectorIdentity, Peers, PlanLine } from '../app/ports.ts'
import type { City } from '../domain/cities.ts'
import { type Delegation, delegationKinds } from '../domain/delegation.ts'
import type { CheckObject } from '../domain/task.ts'
import { incomplete, required, windowOf } from './answers.ts'
import { knownClueOf } from './known-clue.ts'
import { undrawnLineOf } from './undrawn-line.ts'

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

/** What dispatching asks of the others, in the words of this service. */
export const peersOf = ({ registry, planning, drawing, policyOf, context }: PeerClients): Peers => ({
  drawnLine: async ({ planId, lineId, clueTask }) =>
    clueTask === undefined
      ? planLineOf(await planning.unary('getPlanLine', { planId, lineId }, await context(lookUpMs)))
      : clueTaskOf(await planning.unary('getClueTask', { taskId: clueTask.taskId }, await context(lookUpMs))),
  undrawnLine: async ({ planId, lineId }) =>
    undrawnLineOf(await planning.unary('getUndrawnLine', { planId, lineId }, await context(lookUpMs))),
  clues: async (clueIds) => (await planning.unary('getClues', { clueIds: [...clueIds] }, await context(lookUpMs))).clues.map(knownClueOf),
  itemNames: async (regionCode, at) => {
    const { items } = await registry.unary('listCheckItems', { regionCode, at }, await context(lookUpMs))
    return new Map(items.map(({ code, name }) => [code as ItemCode, name]))
  },
  assignments: async function* assignments(drawId) {
    for await (const part of drawing.stream('streamAssignments', { drawId }, await context(assignmentsMs))) {
      yield part.assignments.map(
        ({ position, label, teams, leaderLabel, taskDrawId, regionCode, checkBatch }): Assignment => ({
          position,
          label,
          teams: teams.map(({ unitId, inspectorLabels }) => ({ unitId: unitId as UnitId, inspectorLabels })),
          leaderLabel,
          taskDrawId: taskDrawId as DrawId,
          ...(checkBatch === undefined ? {} : { checkBatch }),
          ...(regionCode === undefined ? {} : { regionCode: required(parseRegionCode(regionCode), 'drawing', 'assignments/regionCode') }),
        }),
      )
    }
  },
  replacedBy: async (drawId) => {
    const { replaced } = await drawing.unary('getDraw', { drawId }, await context(lookUpMs))
    return replaced.map(({ label, drawId: taskDrawId }) => ({ label, drawId: taskDrawId as DrawId }))
  },
  openings: async (part, { objects: objectLabels, inspectors: inspectorLabels }) => {
    const objects = new Map<string, CheckObject>()
    const itemCodes = new Map<string, ReadonlySet<ItemCode>>()
    const inspectors = new Map<string, InspectorIdentity>()
    const request = { ...part, objectLabels: [...objectLabels], inspectorLabels: [...inspectorLabels] }
    for await (const opened of registry.stream('streamOpenings', request, await context(openingsMs))) {
      for (const opening of opened.objects) {
        objects.set(opening.label, objectOf(opening))
        itemCodes.set(opening.label, itemCodesOf(opening))
      }
      for (const opening of opened.inspectors) inspectors.set(opening.label, inspectorOf(opening))
    }
    if (objectLabels.some((label) => !objects.has(label))) throw incomplete('registry', 'objects')
    if (inspectorLabels.some((label) => !inspectors.has(label))) throw incomplete('registry', 'inspectors')
    return { objects, itemCodes, inspectors }
  },
  policyAt: (regionCode, at) => policyOf(regionCode, at),
})

/** What both have that dispatching asks for. */
type DrawnLine = Pick<
  GetPlanLineResponse,
  'regionCode' | 'unitId' | 'year' | 'planType' | 'taskName' | 'initiatorUnitId' | 'units' | 'batches'
> &
  Pick<Partial<GetPlanLineResponse>, 'joint'>

const clueTaskOf = (task: GetClueTaskResponse): PlanLine => ({
  ...planLineOf(task),
  trigger: required(task.trigger, 'planning', 'trigger'),
})

const planLineOf = (line: DrawnLine): PlanLine => ({
  regionCode: required(parseRegionCode(line.regionCode), 'planning', 'regionCode'),
  unitId: required(line.unitId, 'planning', 'unitId') as UnitId,
  year: line.year,
  planType: required(planTypes.toName(line.planType), 'planning', 'planType'),
  taskName: required(line.taskName, 'planning', 'taskName'),
  initiatorUnitId: required(line.initiatorUnitId, 'planning', 'initiatorUnitId') as UnitId,
  units: line.units.map(({ unitId, itemCodes, teamSize, delegation }) => ({
    unitId: unitId as UnitId,
    itemCodes: itemCodes as ItemCode[],
    teamSize,
    ...(delegation === undefined ? {} : { delegation: delegationOf(delegation) }),
  })),
  batches: line.batches.map(({ number, window, mergeWindowId }) => ({
    number,
    window: windowOf(window, 'planning', 'batches/window'),
    mergeWindowId: required(mergeWindowId, 'planning', 'batches/mergeWindowId'),
  })),
  ...(line.joint === undefined ? {} : { joint: { cities: line.joint.cities.map(cityOf) } }),
})

const cityOf = ({ regionCode, initiatorUnitId, unitIds }: LineCity): City => ({
  regionCode: required(parseRegionCode(regionCode), 'planning', 'joint/cities/regionCode'),
  initiatorUnitId: required(initiatorUnitId, 'planning', 'joint/cities/initiatorUnitId') as UnitId,
  unitIds: unitIds as UnitId[],
})

function delegationOf({ toUnitId, toRegionCode, kind, agreementDigest }: DelegationMessage): Delegation {
  const known = delegationKinds.find((each) => each === kind)
  return {
    toUnitId: required(toUnitId, 'planning', 'units/delegation/toUnitId') as UnitId,
    toRegionCode: required(parseRegionCode(toRegionCode), 'planning', 'units/delegation/toRegionCode'),
    kind: required(known, 'planning', 'units/delegation/kind'),
    ...(agreementDigest === undefined ? {} : { agreementDigest }),
  }
}

const inspectorOf = ({ label, inspectorId, name, unitId, subject }: InspectorOpening): InspectorIdentity => ({
  label,
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

function objectOf({ objectId, objectCode, name, kind, address, industry, grade, tags, alliance }: ObjectOpening): CheckObject {
  return {
    objectId: required(objectId, 'registry', 'objects/objectId') as ObjectId,
    code: required(objectCode, 'registry', 'objects/objectCode'),
    name: required(name, 'registry', 'objects/name'),
    kind: required(objectKinds.toName(kind), 'registry', 'objects/kind'),
    address,
    industry,
    ...(grade === undefined ? {} : { grade }),
    tags,
    ...(alliance === undefined ? {} : { alliance }),
  }
}
