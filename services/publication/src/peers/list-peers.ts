import { objectKinds } from '@dual-random/contracts'
import type { DrawingServiceClient } from '@dual-random/contracts/drawing'
import type { LineCity, PlanningServiceClient } from '@dual-random/contracts/planning'
import type { ObjectOpening, RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import { type DrawId, type ObjectId, parseRegionCode, type UnitId } from '@dual-random/kernel'
import type { DescribeDrawn, DrawnByRegion, DrawnObjects, DrawnTask, ReplacedObjects } from '../app/ports.ts'
import type { SubjectObject } from '../domain/drawn-subject.ts'

export interface ListPeerClients {
  readonly registry: GrpcClient<RegistryServiceClient>
  readonly planning: GrpcClient<PlanningServiceClient>
  readonly drawing: GrpcClient<DrawingServiceClient>
  /** A context of the service's own, for that long. */
  readonly context: (timeoutMs: number) => Promise<CallContext>
}

const lookUpMs = 5000
const openingsMs = 60_000
/** Subjects are stored while the assignments stream. */
const assignmentsMs = 300_000

/** Labels opened and stored at once. */
const objectsAtOnce = 500

/** A draw; of one of several cities also whose labels. */
interface DrawPart {
  readonly drawId: string
  readonly regionCode?: string
}

const incomplete = (service: string, field: string) => appError('internal', 'peer-answer-incomplete', { meta: { service, field } })

/** What a list asks: planning its task, drawing the drawn and the replaced labels, registry who they are, which it tells services alone. */
export function listPeers({ registry, planning, drawing, context }: ListPeerClients): {
  readonly describeDrawn: DescribeDrawn
  readonly drawnObjects: DrawnObjects
  readonly drawnByRegion: DrawnByRegion
  readonly replacedObjects: ReplacedObjects
} {
  const open = async (part: DrawPart, objectLabels: string[]): Promise<readonly SubjectObject[]> => {
    const objects: SubjectObject[] = []
    const request = { ...part, objectLabels, inspectorLabels: [] }
    for await (const opened of registry.stream('streamOpenings', request, await context(openingsMs)))
      objects.push(...opened.objects.map(objectOf))
    if (objects.length !== objectLabels.length) throw incomplete('registry', 'objects')
    return objects
  }
  return {
    describeDrawn: async ({ planId = '', lineId = '', clueTask }) => {
      if (clueTask !== undefined) {
        const { taskName } = await planning.unary('getClueTask', { taskId: clueTask.taskId }, await context(lookUpMs))
        return { taskName, cities: [] }
      }
      const { taskName, joint } = await planning.unary('getPlanLine', { planId, lineId }, await context(lookUpMs))
      return { taskName, cities: joint?.cities.map(cityOf) ?? [] }
    },
    drawnObjects: async function* drawnObjects(drawId, regionCode) {
      for await (const { assignments } of drawing.stream('streamAssignments', { drawId }, await context(assignmentsMs))) {
        // A draw of one city leaves open which it is: all its objects are that one's.
        const there = assignments.filter((each) => each.regionCode === undefined || each.regionCode === regionCode)
        for (const [cityOfDraw, ofCity] of Map.groupBy(there, (each) => each.regionCode)) {
          const part = cityOfDraw === undefined ? { drawId } : { drawId, regionCode: cityOfDraw }
          const labels = ofCity.map(({ label }) => label)
          for (let start = 0; start < labels.length; start += objectsAtOnce)
            yield await open(part, labels.slice(start, start + objectsAtOnce))
        }
      }
    },
    drawnByRegion: async (drawId) => {
      const drawn = new Map<string, number>()
      for await (const { assignments } of drawing.stream('streamAssignments', { drawId }, await context(assignmentsMs))) {
        for (const { regionCode } of assignments) {
          if (regionCode === undefined) throw incomplete('drawing', 'assignments/regionCode')
          drawn.set(regionCode, (drawn.get(regionCode) ?? 0) + 1)
        }
      }
      return drawn
    },
    replacedObjects: async (redrawId) => {
      const { replaced, regionCode } = await drawing.unary('getDraw', { drawId: redrawId }, await context(lookUpMs))
      const byDraw = Map.groupBy(replaced, ({ drawId }) => drawId)
      const opened = await Promise.all(
        [...byDraw].map(async ([drawId, labels]) => {
          const objects = await open(
            { drawId, regionCode },
            labels.map(({ label }) => label),
          )
          return objects.map(({ objectId }) => ({ drawId: drawId as DrawId, objectId }))
        }),
      )
      return opened.flat()
    },
  }
}

function objectOf({ objectId, objectCode, name, kind }: ObjectOpening): SubjectObject {
  const objectKind = objectKinds.toName(kind)
  for (const [field, value] of Object.entries({ objectId, objectCode, name }))
    if (value === '') throw incomplete('registry', `objects/${field}`)
  if (objectKind === undefined) throw incomplete('registry', 'objects/kind')
  return { objectId: objectId as ObjectId, objectCode, objectName: name, objectKind }
}

function cityOf({ regionCode, initiatorUnitId }: LineCity): DrawnTask['cities'][number] {
  const parsed = parseRegionCode(regionCode)
  if (parsed === undefined) throw incomplete('planning', 'joint/cities/regionCode')
  if (initiatorUnitId === '') throw incomplete('planning', 'joint/cities/initiatorUnitId')
  return { regionCode: parsed, unitId: initiatorUnitId as UnitId }
}
