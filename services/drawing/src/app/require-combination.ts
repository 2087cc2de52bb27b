import { type CommittedBeacon, checkCombination } from '@dual-random/beacon'
import { appError } from '@dual-random/errors'
import type { Instant } from '@dual-random/kernel'
import type { DrawIn } from '../domain/draw.ts'
import { beaconKeysIn } from '../domain/region-log.ts'
import { delaySeconds, revealWindow } from '../domain/schedule.ts'
import type { RegionLogs } from './ports.ts'

/** Rule 7: S names beacons that carry a draw, each with its own first round; keys of regions' beacons are those that the log vouches for. */
export async function requireCombination(
  logs: RegionLogs,
  { regionCode, unitId, terms }: DrawIn<'FROZEN'>,
  { committedAt, tips, beacons }: { readonly committedAt: Instant; readonly tips: number; readonly beacons: readonly CommittedBeacon[] },
): Promise<void> {
  const log = await logs.head(regionCode)
  if (log === undefined) throw new Error(`no log of region ${regionCode}`)
  const checked = checkCombination({
    organiserUnitId: unitId,
    regionCode,
    committedAt,
    delaySeconds: delaySeconds(terms, tips),
    marginSeconds: terms.marginSeconds,
    revealWindowSeconds: revealWindow(terms, tips),
    beacons,
    keysInLog: beaconKeysIn(log),
    demo: log.genesis.demo,
  })
  if (checked.ok) return
  const { code: reason, ...breach } = checked.error
  throw appError('failed-precondition', 'beacons-not-allowed', { meta: { reason, detail: JSON.stringify(breach) } })
}
