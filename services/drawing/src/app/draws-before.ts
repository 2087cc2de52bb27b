import { appError } from '@dual-random/errors'
import type { DrawId, RegionCode } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { regionsOf } from '../domain/cities.ts'
import { type CityBefore, type Draw, drawnStatuses, type FreezeRequest, type RegionBefore } from '../domain/draw.ts'
import type { RegionLog } from '../domain/region-log.ts'
import { sharingPool } from '../domain/sharing-pool.ts'
import type { Deps } from './require.ts'

/**
 * What a freeze knows of the draws before it; refused while one stands between its commitment and its draw (rule 3). Where policy has the bar on
 * repeats span levels or regions, the draws of those that are served here and share objects with its own count like its own (CRD-09): an object is its
 * city's, and may have moved between its counties. What other deployments drew is shared by their results (XRG-08).
 */
export async function drawsBefore(
  deps: Deps<'logs' | 'draws' | 'keys'>,
  regionCode: RegionCode,
  year: number,
  policy: Policy,
): Promise<Pick<FreezeRequest, 'earlierDrawIds' | 'logSeq' | 'beside'>> {
  const own = await drawsOfRegion(deps, regionCode, year)
  const scope = policy.find('repeat.lowRiskBar') === undefined ? undefined : policy.find('repeat.scope')
  const regions = scope === undefined ? [] : sharingPool(deps.keys.regions, regionCode, scope)
  const beside = await Promise.all(regions.map(async (other) => ({ regionCode: other, ...(await drawsOfRegion(deps, other, year)) })))
  return beside.length === 0 ? own : { ...own, beside }
}

/** What the freeze of a city knew, and whether the bar on repeats holds there. */
export function barOf(draw: Draw, regionCode: RegionCode): Pick<CityBefore, 'beside' | 'logSeq'> & { readonly repeatBar: boolean } {
  const other = draw.others?.find((city) => city.regionCode === regionCode)
  const { repeatBar } = draw.terms
  return other === undefined ? { ...draw, repeatBar } : { ...other, repeatBar: other.repeatBar ?? repeatBar }
}

/** What a freeze knows of the draws of its own region alone: a re-match draws nobody, so it waits for no other. */
export async function drawsOfRegion(
  { logs, draws }: Deps<'logs' | 'draws'>,
  regionCode: RegionCode,
  year: number,
): Promise<Omit<RegionBefore, 'regionCode'>> {
  // The head is read before the draws, so that whatever is drawn in between makes the freeze outdated instead of being missed.
  const log = await requireLog(logs, regionCode)
  const pending = await draws.ofYear({ regionCode, year }, ['COMMITTED'])
  const blocking = (await openIn({ draws }, log))[0] ?? pending[0]?.drawId
  if (blocking !== undefined) throw appError('failed-precondition', 'earlier-draw-pending', { meta: { drawId: blocking } })
  const earlier = await draws.ofYear({ regionCode, year }, drawnStatuses)
  return { earlierDrawIds: earlier.map((draw) => draw.drawId).sort(), logSeq: log.last.seq }
}

/**
 * Refuses a commitment under the bar on repeats whose freeze missed a draw of another region. No log is asked to refuse it, as that of the region is for
 * its own draws: this service looks just before the entry, and two regions that commit at the same instant may each miss the other.
 */
export async function requireBesideUnchanged({ logs, draws }: Deps<'logs' | 'draws'>, draw: Draw): Promise<void> {
  const known = regionsOf(draw.line).map((regionCode) => barOf(draw, regionCode))
  for (const { regionCode, logSeq } of known.flatMap(({ repeatBar, beside = [] }) => (repeatBar ? beside : []))) {
    const log = await requireLog(logs, regionCode)
    const open = (await openIn({ draws }, log)).filter((drawId) => drawId !== draw.drawId)
    if (open.length > 0 || log.lastTranscriptSeq > logSeq) throw appError('failed-precondition', 'freeze-outdated')
  }
}

async function openIn(deps: Pick<Deps<'draws'>, 'draws'>, log: RegionLog): Promise<readonly DrawId[]> {
  const given = await givenUp(deps, log)
  return log.open.filter((one) => !given.includes(one))
}

/** Open draws of a log that failed by the log of another city, their organiser's (docs/draw-protocol.md §24). */
export async function givenUp({ draws }: Pick<Deps<'draws'>, 'draws'>, { open }: Pick<RegionLog, 'open'>): Promise<readonly DrawId[]> {
  const found = await Promise.all(open.map((drawId) => draws.load(drawId)))
  return found.flatMap((draw) => (draw?.status === 'FAILED' ? [draw.drawId] : []))
}

async function requireLog(logs: Deps<'logs'>['logs'], regionCode: RegionCode): Promise<RegionLog> {
  const log = await logs.head(regionCode)
  if (log === undefined) throw new Error(`no log of region ${regionCode}`)
  return log
}
