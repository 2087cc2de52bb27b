import { createVerifier } from '@dual-random/auth'
import { planTypes } from '@dual-random/contracts'
import { PlanningServiceService } from '@dual-random/contracts/planning'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { type PeerServer, startPeer, type TokenIssuer } from '@dual-random/testkit'
import type { LineOfDraw } from '../../src/domain/joint-task.ts'

export interface PlanningPeer extends PeerServer {
  /** What a published line says from now on. */
  publish(planId: string, lineId: string, line: LineOfDraw): void
}

/** Planning's published lines on a real socket. */
export async function planningPeer(issuer: TokenIssuer): Promise<PlanningPeer> {
  const lines = new Map<string, LineOfDraw>()
  const implementation = implement(PlanningServiceService, {
    getPlanLine: {
      roles: ['SERVICE'],
      handle: async ({ planId, lineId }) => {
        const line = lines.get(`${planId}/${lineId}`)
        if (line === undefined) throw appError('unavailable', 'service-unavailable', { meta: { service: 'planning' } })
        return {
          planId,
          lineId,
          planVersion: 1,
          regionCode: '230300',
          unitId: line.initiatorUnitId,
          year: 2026,
          planType: planTypes.toWire(line.planType),
          taskName: line.taskName,
          itemCodes: line.units.flatMap(({ itemCodes }) => itemCodes),
          itemClass: 'ITEM_CLASS_GENERAL',
          fieldClass: 'FIELD_CLASS_GENERAL',
          ratios: [],
          batches: [],
          initiatorUnitId: line.initiatorUnitId,
          units: line.units.map(({ unitId, itemCodes }) => ({
            unitId,
            itemCodes: [...itemCodes],
            teamSize: 2,
            selectionMode: 'SELECTION_MODE_BUREAU_WIDE',
            stationUnitIds: [],
            selectionGround: 'STAFFING',
          })),
          policy: { preset: 'local/four-coal-cities', version: '1' },
          policyDigest: 'f'.repeat(64),
          lineDigest: 'e'.repeat(64),
        }
      },
    },
  })
  const server = await startPeer({ createGrpcServer, createVerifier }, 'planning', issuer, [implementation])
  return { ...server, publish: (planId, lineId, line) => void lines.set(`${planId}/${lineId}`, line) }
}
