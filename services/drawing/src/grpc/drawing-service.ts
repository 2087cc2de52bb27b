import type { Role } from '@dual-random/auth'
import { drawnForFields } from '@dual-random/contracts'
import { DrawingServiceService } from '@dual-random/contracts/drawing'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import type { AppDeps } from '../app/ports.ts'
import { assignmentsOf, readDraw, transcriptOf } from '../app/read-draws.ts'
import { type Draw, isDrawn } from '../domain/draw.ts'
import type { Assignment } from '../domain/matching.ts'
import { redrawRef } from '../redraw-ref.ts'

const readers: readonly Role[] = ['SERVICE', 'DRAW_ORGANISER', 'PLANNER', 'DISPATCHER', 'JOINT_COORDINATOR', 'AUDITOR', 'EVALUATOR']
const perMessage = 500

export const drawingService = (deps: Pick<AppDeps, 'draws' | 'blobs' | 'reads' | 'clock'>): GrpcImplementation =>
  implement(DrawingServiceService, {
    getDraw: {
      roles: readers,
      handle: async ({ drawId }, { principal }) => drawMessage(await readDraw(deps, drawId, principal)),
    },
    getTranscript: {
      roles: readers,
      handle: async ({ drawId }, { principal }) => {
        await readDraw(deps, drawId, principal)
        return { transcriptJson: await transcriptOf(deps, drawId) }
      },
    },
    streamAssignments: {
      roles: ['SERVICE'],
      handle: async function* assignments({ drawId }, { principal }) {
        const all = await assignmentsOf(deps, drawId, principal)
        for (let start = 0; start < all.length; start += perMessage)
          yield { assignments: all.slice(start, start + perMessage).map(assignmentMessage) }
      },
    },
  })

const drawMessage = (draw: Draw) => ({
  drawId: draw.drawId,
  regionCode: draw.regionCode,
  unitId: draw.unitId,
  ...drawnForFields(draw.line),
  batch: draw.line.batch.number,
  status: draw.status,
  drawn: isDrawn(draw) ? draw.transcript.drawn : 0,
  ...redrawRef(draw),
  replaced: draw.redraw?.purpose === 'replacement' ? draw.redraw.places.map(({ label, drawId }) => ({ label, drawId })) : [],
})

/** Without a complete team of the initiator there is no leader: the empty text. */
const assignmentMessage = ({ position, label, stratum, teams, leader, taskDrawId, regionCode, checkBatch }: Assignment) => ({
  position,
  label,
  stratum,
  teams: teams.map(({ unitId, members }) => ({ unitId, inspectorLabels: [...members] })),
  leaderLabel: leader ?? '',
  taskDrawId,
  regionCode,
  checkBatch,
})
