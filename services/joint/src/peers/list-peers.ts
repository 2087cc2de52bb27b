import type { DrawingServiceClient } from '@dual-random/contracts/drawing'
import type { PlanningServiceClient } from '@dual-random/contracts/planning'
import type { ObjectOpening, RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import type { ComparisonPorts } from '../app/compare-lists.ts'
import { type DrawnObject, listIdOf } from '../domain/list-comparison.ts'
import { citiesBeside, drawnLine } from './drawn-line.ts'

export interface ListPeerClients {
  readonly registry: GrpcClient<RegistryServiceClient>
  readonly planning: GrpcClient<PlanningServiceClient>
  readonly drawing: GrpcClient<DrawingServiceClient>
  /** A context of the service's own, for that long. */
  readonly context: (timeoutMs: number) => Promise<CallContext>
}

const lookUpMs = 5000
const openingsMs = 60_000
/** The comparison goes on while the assignments stream. */
const assignmentsMs = 300_000

/** Labels opened, stored and compared at once. */
const objectsAtOnce = 500

/** A draw; of one of several cities also whose labels. */
interface DrawPart {
  readonly drawId: string
  readonly regionCode?: string
}

const incomplete = (service: string, field: string) => appError('internal', 'peer-answer-incomplete', { meta: { service, field } })

/** What the comparison asks: planning whose list it is, drawing its labels, registry who they are, which it tells services alone. */
export function listPeers(clients: ListPeerClients): Pick<ComparisonPorts, 'describeLists' | 'drawnObjects'> {
  const { registry, planning, drawing, context } = clients
  const open = async (part: DrawPart, objectLabels: string[]): Promise<readonly DrawnObject[]> => {
    const objects: DrawnObject[] = []
    const request = { ...part, objectLabels, inspectorLabels: [] }
    for await (const opened of registry.stream('streamOpenings', request, await context(openingsMs))) {
      objects.push(...opened.objects.map(objectOf))
    }
    if (objects.length !== objectLabels.length) throw incomplete('registry', 'objects')
    return objects
  }
  return {
    describeLists: async ({ drawId, regionCode: organiserRegionCode, batch, isRedraw, ...draw }) => {
      const subject = draw.clueTask === undefined ? { planId: draw.planId, lineId: draw.lineId } : { clueTask: draw.clueTask }
      const line = await drawnLine(planning, subject, await context(lookUpMs))
      const { year, taskName, initiatorUnitId, batches } = line
      const window = batches.find(({ number }) => number === batch)?.window
      if (window === undefined) throw incomplete('planning', `batches/${batch}`)
      const own = { regionCode: organiserRegionCode, initiatorUnitId }
      const beside = citiesBeside(line)
      // What several cities drew is redrawn by one of them alone, for the unit that initiates there.
      const cities = isRedraw ? [beside.find(({ regionCode }) => regionCode === organiserRegionCode) ?? own] : [own, ...beside]
      return cities.map((city) => ({
        listId: listIdOf({ drawId, organiserRegionCode, regionCode: city.regionCode }),
        drawId,
        regionCode: city.regionCode,
        unitId: city.initiatorUnitId,
        year,
        ...subject,
        taskName,
        window: { start: window.start, end: window.end },
      }))
    },
    drawnObjects: async function* drawnObjects(drawId, regionCode) {
      for await (const { assignments } of drawing.stream('streamAssignments', { drawId }, await context(assignmentsMs))) {
        // A draw of one city leaves open which it is: all its objects are that one's.
        const there = assignments.filter((each) => each.regionCode === undefined || each.regionCode === regionCode)
        for (const [cityOfDraw, ofCity] of Map.groupBy(there, (each) => each.regionCode)) {
          const part = cityOfDraw === undefined ? { drawId } : { drawId, regionCode: cityOfDraw }
          const labels = ofCity.map(({ label }) => label)
          for (let start = 0; start < labels.length; start += objectsAtOnce) {
            yield await open(part, labels.slice(start, start + objectsAtOnce))
          }
        }
      }
    },
  }
}

function objectOf({ label, objectId, objectCode, name }: ObjectOpening): DrawnObject {
  for (const [field, value] of Object.entries({ label, objectId, objectCode, name })) {
    if (value === '') throw incomplete('registry', `objects/${field}`)
  }
  return { label, objectId, code: objectCode, name }
}
