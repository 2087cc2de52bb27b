import { type Principal, requireRegion } from '@dual-random/auth'
import type { MatchRecord } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { assertNever, type RegionCode, regionPrefix } from '@dual-random/kernel'
import { type Draw, type FileRecord, isDrawn } from '../domain/draw.ts'
import { type Assignment, assignmentsInOrder } from '../domain/matching.ts'
import type { RegionLog } from '../domain/region-log.ts'
import { readText, readTranscript } from './draw-files.ts'
import { type Deps, requireDraw } from './require.ts'

export interface ListQuery {
  readonly regionCode?: RegionCode | undefined
  readonly year?: number | undefined
  readonly limit: number
  readonly after?: string | undefined
}

/** One draw more than the page holds, so that the edge knows whether there is a next page. */
export function listDraws({ draws }: Deps<'draws'>, { regionCode, year, limit, after }: ListQuery): Promise<readonly Draw[]> {
  const regionCodePrefix = regionCode === undefined ? '' : regionPrefix(regionCode)
  return draws.page({ regionPrefix: regionCodePrefix, ...(year === undefined ? {} : { year }) }, { limit: limit + 1, after })
}

export function listOwnDraws(deps: Deps<'draws'>, query: ListQuery, principal: Principal): Promise<readonly Draw[]> {
  const regionCode = query.regionCode ?? (principal.roles.includes('SERVICE') ? undefined : principal.regionCode)
  if (regionCode !== undefined) requireRegion(principal, regionCode)
  return listDraws(deps, { ...query, regionCode })
}

export async function readDraw({ draws }: Deps<'draws'>, drawId: string, principal: Principal): Promise<Draw> {
  const draw = await requireDraw(draws, drawId)
  requireRegion(principal, draw.regionCode)
  return draw
}

const notPublic = (drawId: string) => appError('not-found', 'file-not-public', { meta: { drawId } })

export type PublicFile = 'commitment' | 'roster' | 'transcript' | 'openings'

/** A public file, from the state on that makes it public; a void draw keeps what was published before. */
export async function publicFile({ draws }: Deps<'draws'>, drawId: string, name: PublicFile): Promise<FileRecord> {
  const draw = await requireDraw(draws, drawId)
  const file = fileOf(draw, name)
  if (file === undefined) throw notPublic(drawId)
  return file
}

function fileOf(draw: Draw, name: PublicFile): FileRecord | undefined {
  if (draw.status === 'FROZEN' || draw.commitment === undefined) return undefined
  const { commitment } = draw
  switch (name) {
    case 'commitment':
      return commitment
    case 'roster':
      return commitment.roster
    case 'transcript':
      return isDrawn(draw) ? draw.transcript : undefined
    case 'openings':
      return draw.status === 'CLOSED' ? draw.closing.openings : undefined
    default:
      return assertNever(name)
  }
}

/** The private match record, for whoever recomputes the matching (rule 10). */
export async function matchFile(deps: Deps<'draws'>, drawId: string, principal: Principal): Promise<FileRecord> {
  const draw = await readDraw(deps, drawId, principal)
  if (draw.status !== 'MATCHED' && draw.status !== 'CLOSED')
    throw appError('failed-precondition', 'draw-not-matched', { meta: { status: draw.status } })
  return draw.matching
}

export async function matchInputFile(deps: Deps<'draws'>, drawId: string, unitId: string, principal: Principal): Promise<FileRecord> {
  const draw = await readDraw(deps, drawId, principal)
  const input = draw.status === 'FROZEN' ? undefined : draw.commitment?.matchInputs.find((one) => one.unitId === unitId)
  if (input === undefined) throw notPublic(drawId)
  return input
}

/** The teams of a matched draw in the order of the draw, for the services that dispatch. */
export async function assignmentsOf({ draws, blobs }: Deps<'draws' | 'blobs'>, drawId: string): Promise<readonly Assignment[]> {
  const draw = await requireDraw(draws, drawId)
  if (draw.status !== 'MATCHED' && draw.status !== 'CLOSED')
    throw appError('failed-precondition', 'draw-not-matched', { meta: { status: draw.status } })
  const { transcript } = await readTranscript(blobs, draw.transcript.blob)
  const { matches } = JSON.parse(await readText(blobs, draw.matching.blob)) as MatchRecord
  return assignmentsInOrder(transcript.batches.flat(), matches)
}

export async function transcriptOf(deps: Deps<'draws' | 'blobs'>, drawId: string): Promise<string> {
  return readText(deps.blobs, (await publicFile(deps, drawId, 'transcript')).blob)
}

export async function regionLog({ logs }: Deps<'logs'>, regionCode: RegionCode): Promise<RegionLog> {
  const log = await logs.head(regionCode)
  if (log === undefined) throw appError('not-found', 'region-not-served', { meta: { regionCode } })
  return log
}
