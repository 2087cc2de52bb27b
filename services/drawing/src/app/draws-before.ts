import { appError } from '@dual-random/errors'
import type { DrawId, RegionCode } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { type CityBefore, type Draw, drawnStatuses, type FreezeRequest, type RegionBefore } from '../domain/draw.ts'
import { levelsOf } from '../domain/levels.ts'
import type { RegionLog } from '../domain/region-log.ts'
import type { Deps } from './require.ts'

/**
 * What a freeze knows of the draws before it; refused while one stands between its commitment and its draw (rule 3). Where policy has the bar on
 * repeats span levels, the draws of the regions above and below that are served here count like its own (CRD-09). Regions that do not contain each
 * other share no objects here; what other deployments drew is shared by their results (XRG-08).
 */
export async function drawsBefore(
  deps: Deps<'logs' | 'draws' | 'keys'>,
  regionCode: RegionCode,
  year: number,
  policy: Policy,
): Promise<Pick<FreezeRequest, 'earlierDrawIds' | 'logSeq' | 'levels'>> {
  const own = await drawnIn(deps, regionCode, year)
  if (policy.find('repeat.lowRiskBar') === undefined || policy.find('repeat.scope')?.acrossLevels !== true) return own
  const regions = levelsOf(deps.keys.regions, regionCode)
  const levels = await Promise.all(regions.map(async (level) => ({ regionCode: level, ...(await drawnIn(deps, level, year)) })))
  return levels.length === 0 ? own : { ...own, levels }
}

async function drawnIn(
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
 * Refuses a commitment under the bar on repeats whose freeze missed a draw of another level. No log is asked to refuse it, as that of the region is for
 * its own draws: this service looks just before the entry, and two levels that commit at the same instant may each miss the other.
 */
export async function requireLevelsUnchanged({ logs, draws }: Deps<'logs' | 'draws'>, draw: Draw): Promise<void> {
  const known: readonly Pick<CityBefore, 'levels'>[] = [draw, ...(draw.others ?? [])]
  for (const { regionCode, logSeq } of known.flatMap(({ levels = [] }) => levels)) {
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
