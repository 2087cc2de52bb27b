import { createVerifier } from '@dual-random/auth'
import { fieldClasses, itemClasses, selectionModes } from '@dual-random/contracts'
import { type GetPlanLineResponse, PlanningServiceService } from '@dual-random/contracts/planning'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { startPeer, type TokenIssuer } from '@dual-random/testkit'
import type { PublishedLine } from '../../src/domain/plan-line.ts'

/** Planning as drawing sees it: the lines of published plans. */
export class PlanningPeer {
  readonly lines = new Map<string, PublishedLine>()
  readonly callers: string[] = []
  /** Thrown instead of an answer. */
  refusal: Error | undefined
  #close: () => Promise<void> = async () => undefined

  publish(...lines: readonly PublishedLine[]): void {
    for (const line of lines) this.lines.set(`${line.planId}/${line.lineId}`, line)
  }

  async start(issuer: TokenIssuer): Promise<string> {
    const implementation = implement(PlanningServiceService, {
      getPlanLine: {
        roles: ['SERVICE', 'DRAW_ORGANISER'],
        handle: async ({ planId, lineId }, { principal }) => {
          this.callers.push(principal.subject)
          if (this.refusal !== undefined) throw this.refusal
          const line = this.lines.get(`${planId}/${lineId}`)
          if (line === undefined) throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
          return message(line)
        },
      },
    })
    const server = await startPeer({ createGrpcServer, createVerifier }, 'planning', issuer, [implementation])
    this.#close = server.close
    return server.address
  }

  close(): Promise<void> {
    return this.#close()
  }
}

const message = (line: PublishedLine): GetPlanLineResponse => ({
  planId: line.planId,
  lineId: line.lineId,
  planVersion: line.planVersion,
  regionCode: line.regionCode,
  unitId: line.initiatorUnitId,
  year: line.year,
  planType: 'PLAN_TYPE_INTERNAL',
  taskName: line.taskName,
  itemCodes: [...line.itemCodes],
  itemClass: itemClasses.toWire(line.itemClass),
  fieldClass: fieldClasses.toWire(line.fieldClass),
  ratios: line.quantity.kind === 'ratios' ? line.quantity.ratios.map(({ stratum, ratio }) => ({ stratum, ratio })) : [],
  ...(line.quantity.kind === 'count' ? { count: line.quantity.count } : {}),
  batches: line.batches.map((batch) => ({ ...batch, mergeWindowId: `${line.regionCode}-${line.year}-W0${batch.number}` })),
  initiatorUnitId: line.initiatorUnitId,
  units: line.units.map(({ unitId, itemCodes, teamSize, mode, ground, stationUnitIds }) => ({
    unitId,
    itemCodes: [...itemCodes],
    teamSize,
    selectionMode: selectionModes.toWire(mode),
    stationUnitIds: [...stationUnitIds],
    selectionGround: ground,
  })),
  policy: { preset: 'local/four-coal-cities', version: '1' },
  policyDigest: 'f'.repeat(64),
  lineDigest: line.lineDigest,
})
