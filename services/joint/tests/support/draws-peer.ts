import { createVerifier } from '@dual-random/auth'
import { DrawingServiceService } from '@dual-random/contracts/drawing'
import { RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { createGrpcServer, type GrpcImplementation, implement } from '@dual-random/grpc'
import { type PeerServer, startPeer, type TokenIssuer } from '@dual-random/testkit'

export interface DrawnPeerObject {
  readonly code: string
  readonly name: string
  /** Registry's id, which is the region's own; by the code where absent. */
  readonly objectId?: string
  /** Of a draw of several cities: whose it is. */
  readonly regionCode?: string
}

export interface DrawsPeer extends PeerServer {
  /** Registry's openings, for whoever serves as registry. */
  readonly openings: GrpcImplementation
  /** What a draw drew; an empty list of a draw nobody told about. */
  drew(drawId: string, objects: readonly DrawnPeerObject[]): void
  /** How many labels have been opened. */
  readonly opened: () => number
}

const { streamOpenings } = RegistryServiceService
const { streamAssignments } = DrawingServiceService

export const labelOf = (drawId: string, code: string): string => `label-${drawId}-${code}`

/** Drawing's assignments on a real socket, and registry's openings of the same labels; both answer services alone. */
export async function drawsPeer(issuer: TokenIssuer): Promise<DrawsPeer> {
  const draws = new Map<string, readonly DrawnPeerObject[]>()
  let opened = 0
  const assignments = implement(
    { streamAssignments },
    {
      streamAssignments: {
        roles: ['SERVICE'],
        handle: async function* assignmentsOf({ drawId }) {
          const all = (draws.get(drawId) ?? []).map(({ code, regionCode }, index) => ({
            position: index + 1,
            label: labelOf(drawId, code),
            stratum: 'ALL',
            teams: [],
            leaderLabel: '',
            taskDrawId: drawId,
            ...(regionCode === undefined ? {} : { regionCode }),
          }))
          yield { assignments: all }
        },
      },
    },
  )
  const openings = implement(
    { streamOpenings },
    {
      streamOpenings: {
        roles: ['SERVICE'],
        optional: ['objectLabels', 'inspectorLabels', 'regionCode'],
        handle: async function* openingsOf({ drawId, regionCode: of, objectLabels }) {
          opened += objectLabels.length
          // As registry does: a city's key opens the labels of that city alone.
          const objects = (draws.get(drawId) ?? []).filter(
            ({ code, regionCode }) => regionCode === of && objectLabels.includes(labelOf(drawId, code)),
          )
          if (objects.length !== objectLabels.length) throw appError('not-found', 'not-found', { meta: { what: 'label', id: drawId } })
          yield {
            inspectors: [],
            objects: objects.map(({ code, name, objectId = code }) => ({
              label: labelOf(drawId, code),
              objectId,
              objectCode: code,
              name,
              kind: 'OBJECT_KIND_ENTERPRISE' as const,
              address: '',
              industry: 'F5211',
              tags: [],
              salt: 's',
              drawnSalt: 's',
              itemCodes: ['Y1'],
            })),
          }
        },
      },
    },
  )
  const server = await startPeer({ createGrpcServer, createVerifier }, 'drawing', issuer, [assignments])
  return { ...server, openings, drew: (drawId, objects) => void draws.set(drawId, objects), opened: () => opened }
}
