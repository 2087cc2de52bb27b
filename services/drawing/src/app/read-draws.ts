import { type Principal, requireRegion } from '@dual-random/auth'
import type { MatchRecord, RedrawOrderRecord } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { assertNever, type RegionCode, regionPrefix } from '@dual-random/kernel'
import { otherRegionsOf, regionsOf } from '../domain/cities.ts'
import { type Draw, type FileRecord, isDrawn } from '../domain/draw.ts'
import { type Assignment, assignmentsInOrder } from '../domain/matching.ts'
import { orderRecordOf } from '../domain/redraw.ts'
import type { RegionLog } from '../domain/region-log.ts'
import { actorOf } from './actor.ts'
import { requireApproved } from './approved-order.ts'
import { readText, readTranscript } from './draw-files.ts'
import { type Deps, organiserRegionOf, requireDraw } from './require.ts'

export interface ListQuery {
  readonly regionCode?: RegionCode | undefined
  readonly year?: number | undefined
  /** Only draws of which an audit is due and missing. */
  readonly auditMissing?: boolean | undefined
  readonly limit: number
  readonly after?: string | undefined
}

/** One draw more than the page holds, so that the edge knows whether there is a next page. */
export function listDraws({ draws, clock }: Deps<'draws' | 'clock'>, query: ListQuery): Promise<readonly Draw[]> {
  const { regionCode, year, auditMissing, limit, after } = query
  const filter = {
    regionPrefix: regionCode === undefined ? '' : regionPrefix(regionCode),
    ...(year === undefined ? {} : { year }),
    ...(auditMissing === true ? { auditMissingAt: clock() } : {}),
  }
  return draws.page(filter, { limit: limit + 1, after })
}

export function listOwnDraws(deps: Deps<'draws' | 'clock'>, query: ListQuery, principal: Principal): Promise<readonly Draw[]> {
  const regionCode = query.regionCode ?? (principal.roles.includes('SERVICE') ? undefined : principal.regionCode)
  if (regionCode !== undefined) requireRegion(principal, regionCode)
  return listDraws(deps, { ...query, regionCode })
}

/** A draw for anyone: that it is there, and what its body shows, is public from the freeze on. */
export const publicDraw = ({ draws }: Deps<'draws'>, drawId: string): Promise<Draw> => requireDraw(draws, drawId)

/** The redraws of a draw as far as they were frozen, in the order of their numbers and attempts; public as the draw is. */
export const redrawsOfDraw = async ({ draws }: Deps<'draws'>, draw: Draw): Promise<readonly Draw[]> =>
  (draw.status === 'MATCHED' || draw.status === 'CLOSED') && draw.redraws !== undefined ? draws.redrawsOf(draw.drawId) : []

export async function readDraw({ draws }: Deps<'draws'>, drawId: string, principal: Principal): Promise<Draw> {
  const draw = await requireDraw(draws, drawId)
  const regions = [...regionsOf(draw.line), organiserRegionOf(draw)]
  if (!regions.some((regionCode) => principal.regionCode === regionCode)) requireRegion(principal, draw.regionCode)
  return draw
}

/** What the superior signs to approve a redraw in the log, once the order has its number (docs/draw-protocol.md §18). */
export async function readRedrawOrder(
  deps: PrivateReadDeps,
  drawId: string,
  order: number,
  principal: Principal,
): Promise<RedrawOrderRecord> {
  const { matched, approved } = requireApproved(await readDraw(deps, drawId, principal), order)
  await deps.reads.add({ drawId, at: deps.clock(), by: actorOf(principal), what: 'redraw-order' })
  return orderRecordOf(matched, approved)
}

const notPublic = (drawId: string) => appError('not-found', 'file-not-public', { meta: { drawId } })

export type PublicFile = 'commitment' | 'roster' | 'transcript' | 'openings'

/** A public file, from the state on that makes it public; a void or failed draw keeps what was published before. */
export async function publicFile(
  { draws }: Deps<'draws'>,
  drawId: string,
  name: PublicFile,
  /** Of a draw of several cities, whose roster or openings; the organiser's where absent. */
  regionCode?: RegionCode,
): Promise<FileRecord> {
  const draw = await requireDraw(draws, drawId)
  const file = regionCode === undefined || regionCode === draw.regionCode ? fileOf(draw, name) : otherFileOf(draw, name, regionCode)
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
      return isDrawn(draw) || draw.status === 'FAILED' ? draw.transcript : undefined
    case 'openings':
      return draw.status === 'CLOSED' ? draw.closing.openings : undefined
    default:
      return assertNever(name)
  }
}

/** A file of one of the other cities; S and transcript are the same for all. */
function otherFileOf(draw: Draw, name: PublicFile, regionCode: RegionCode): FileRecord | undefined {
  if (!otherRegionsOf(draw.line).includes(regionCode)) return undefined
  if (name === 'commitment' || name === 'transcript') return fileOf(draw, name)
  if (draw.status === 'FROZEN' || draw.commitment === undefined) return undefined
  const files = name === 'roster' ? draw.commitment.otherRosters : draw.status === 'CLOSED' ? draw.closing.otherOpenings : undefined
  return files?.find((file) => file.regionCode === regionCode)
}

/** Whoever reads what is not public is on record before it is given (ACC-07). */
type PrivateReadDeps = Deps<'draws' | 'reads' | 'clock'>

/** The private match record, for whoever recomputes the matching (rule 10). */
export async function matchFile(deps: PrivateReadDeps, drawId: string, principal: Principal): Promise<FileRecord> {
  const draw = await readDraw(deps, drawId, principal)
  if (draw.status !== 'MATCHED' && draw.status !== 'CLOSED')
    throw appError('failed-precondition', 'draw-not-matched', { meta: { status: draw.status } })
  await deps.reads.add({ drawId, at: deps.clock(), by: actorOf(principal), what: 'match' })
  return draw.matching
}

export async function matchInputFile(deps: PrivateReadDeps, drawId: string, unitId: string, principal: Principal): Promise<FileRecord> {
  const draw = await readDraw(deps, drawId, principal)
  const input = draw.status === 'FROZEN' ? undefined : draw.commitment?.matchInputs.find((one) => one.unitId === unitId)
  if (input === undefined) throw notPublic(drawId)
  await deps.reads.add({ drawId, at: deps.clock(), by: actorOf(principal), what: 'match-input' })
  return input
}

/** What became of every drawn label, the record behind the log's `closed` (rule 14). */
export async function closedFile(deps: PrivateReadDeps & Deps<'records'>, drawId: string, principal: Principal): Promise<FileRecord> {
  const draw = await readDraw(deps, drawId, principal)
  if (draw.status !== 'CLOSED') throw appError('failed-precondition', 'draw-not-closed', { meta: { status: draw.status } })
  const { digest } = draw.closing
  const blob = await deps.records.blobOf(digest)
  if (blob === undefined) throw new Error(`no file behind log digest ${digest}`)
  await deps.reads.add({ drawId, at: deps.clock(), by: actorOf(principal), what: 'closed' })
  return { digest, blob }
}

/** The orders for redraws of a draw, in which labels stand. */
export async function redrawOrdersOf(deps: PrivateReadDeps, drawId: string, principal: Principal): Promise<Draw> {
  const draw = await readDraw(deps, drawId, principal)
  await deps.reads.add({ drawId, at: deps.clock(), by: actorOf(principal), what: 'redraws' })
  return draw
}

/** The teams of a matched draw in the order of the draw, for the services that dispatch. */
export async function assignmentsOf(
  deps: PrivateReadDeps & Deps<'blobs'>,
  drawId: string,
  principal: Principal,
): Promise<readonly Assignment[]> {
  const { blobs } = deps
  const draw = await requireDraw(deps.draws, drawId)
  if (draw.status !== 'MATCHED' && draw.status !== 'CLOSED')
    throw appError('failed-precondition', 'draw-not-matched', { meta: { status: draw.status } })
  await deps.reads.add({ drawId, at: deps.clock(), by: actorOf(principal), what: 'assignments' })
  const { transcript } = await readTranscript(blobs, draw.transcript.blob)
  const { matches } = JSON.parse(await readText(blobs, draw.matching.blob)) as MatchRecord
  const regions = new Map(
    draw.transcript.ofCities?.flatMap(({ regionCode, labels }) => labels.map((label) => [label, regionCode] as const)),
  )
  return assignmentsInOrder(draw, transcript.batches, matches, (label) => regions.get(label))
}

export async function transcriptOf(deps: Deps<'draws' | 'blobs'>, drawId: string): Promise<string> {
  return readText(deps.blobs, (await publicFile(deps, drawId, 'transcript')).blob)
}

export async function regionLog({ logs }: Deps<'logs'>, regionCode: RegionCode): Promise<RegionLog> {
  const log = await logs.head(regionCode)
  if (log === undefined) throw appError('not-found', 'region-not-served', { meta: { regionCode } })
  return log
}
