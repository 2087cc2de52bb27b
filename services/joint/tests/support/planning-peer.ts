import { createVerifier } from '@dual-random/auth'
import { planTypes } from '@dual-random/contracts'
import { type LineCity, PlanningServiceService } from '@dual-random/contracts/planning'
import { appError } from '@dual-random/errors'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { type PeerServer, startPeer, type TokenIssuer } from '@dual-random/testkit'
import type { LineOfDraw } from '../../src/domain/joint-task.ts'

/** A line of one batch, checked in spring where nothing else is said. */
export interface PublishedLine extends Omit<LineOfDraw, 'cities'> {
  readonly year?: number
  readonly window?: { readonly start: string; readonly end: string }
  /** The cities that draw beside the line's own. */
  readonly cities?: readonly LineCity[]
}

export interface PlanningPeer extends PeerServer {
  /** What a published line says from now on. */
  publish(planId: string, lineId: string, line: PublishedLine): void
  /** What an accepted task on clues says from now on. */
  accept(taskId: string, task: PublishedLine): void
}

const { getPlanLine, getClueTask } = PlanningServiceService

/** Planning's published lines on a real socket. */
export async function planningPeer(issuer: TokenIssuer): Promise<PlanningPeer> {
  const lines = new Map<string, PublishedLine>()
  const found = (key: string): PublishedLine => {
    const line = lines.get(key)
    if (line === undefined) throw appError('unavailable', 'service-unavailable', { meta: { service: 'planning' } })
    return line
  }
  const implementation = implement(
    { getPlanLine, getClueTask },
    {
      getClueTask: {
        roles: ['SERVICE'],
        handle: async ({ taskId }) => ({
          clueTask: { taskId, clueIds: ['clue-1', 'clue-2'] },
          trigger: 'MANY_COMPLAINTS',
          form: 'TARGETED_DRAW',
          ...contentOf(found(taskId)),
          subjectDigest: 'e'.repeat(64),
          industryPrefixes: [],
          scopeRegionCodes: [],
        }),
      },
      getPlanLine: {
        roles: ['SERVICE'],
        handle: async ({ planId, lineId }) => {
          const line = found(`${planId}/${lineId}`)
          return {
            planId,
            lineId,
            planVersion: 1,
            ...contentOf(line),
            lineDigest: 'e'.repeat(64),
            ...(line.cities === undefined ? {} : { joint: { merged: false, cities: [...line.cities] } }),
          }
        },
      },
    },
  )
  const server = await startPeer({ createGrpcServer, createVerifier }, 'planning', issuer, [implementation])
  return {
    ...server,
    publish: (planId, lineId, line) => void lines.set(`${planId}/${lineId}`, line),
    accept: (taskId, task) => void lines.set(taskId, task),
  }
}

const contentOf = (line: PublishedLine) => ({
  regionCode: '230300',
  unitId: line.initiatorUnitId,
  year: line.year ?? 2026,
  planType: planTypes.toWire(line.planType),
  taskName: line.taskName,
  itemCodes: line.units.flatMap(({ itemCodes }) => itemCodes),
  itemClass: 'ITEM_CLASS_GENERAL' as const,
  fieldClass: 'FIELD_CLASS_GENERAL' as const,
  ratios: [],
  batches: [
    {
      number: 1,
      window: line.window ?? { start: '2026-03-01', end: '2026-06-30' },
      mergeWindowId: 'w',
      freezeAt: '2026-02-01T00:00:00.000Z',
      commitAt: '2026-02-02T00:00:00.000Z',
      share: { numerator: 1, denominator: 1 },
    },
  ],
  initiatorUnitId: line.initiatorUnitId,
  units: line.units.map(({ unitId, itemCodes }) => ({
    unitId,
    itemCodes: [...itemCodes],
    teamSize: 2,
    selectionMode: 'SELECTION_MODE_BUREAU_WIDE' as const,
    stationUnitIds: [],
    selectionGround: 'STAFFING',
  })),
  policy: { preset: 'local/four-coal-cities', version: '1' },
  policyDigest: 'f'.repeat(64),
})
