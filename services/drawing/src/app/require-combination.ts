import { checkCombination, type NamedBeacon } from '@dual-random/beacon'
import type { Tip } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Instant, RegionCode } from '@dual-random/kernel'
import { beaconKeyAgeOf, type KeysFile, leastMarginOf } from '@dual-random/witness'
import type { DrawIn } from '../domain/draw.ts'
import { beaconKeysIn, definitionsIn } from '../domain/region-log.ts'
import { delaySeconds, revealWindow } from '../domain/schedule.ts'
import type { Insiders } from './insiders.ts'
import type { RegionLogs } from './ports.ts'

/** Rule 7: S names beacons that carry a draw, each with its own first round; keys of regions' beacons are those that the log vouches for. */
export async function requireCombination(
  logs: RegionLogs,
  { unitId, terms }: DrawIn<'FROZEN'>,
  /** Of a draw of several cities, asked for each: each log vouches for the keys. */
  regionCode: RegionCode,
  {
    committedAt,
    tips,
    beacons,
    insiders,
    pinned,
  }: {
    readonly committedAt: Instant
    readonly tips: readonly Pick<Tip, 'unitId'>[]
    readonly beacons: readonly NamedBeacon[]
    readonly insiders: Insiders
    readonly pinned: KeysFile | undefined
  },
): Promise<void> {
  const leastSeconds = leastMarginOf(pinned)
  if (pinned !== undefined && terms.marginSeconds < leastSeconds)
    throw appError('failed-precondition', 'margin-too-short', { meta: { seconds: terms.marginSeconds, leastSeconds } })
  const log = await logs.head(regionCode)
  if (log === undefined) throw new Error(`no log of region ${regionCode}`)
  const checked = checkCombination({
    organiserUnitId: unitId,
    insideUnitIds: insiders.unitIds,
    regionCodes: insiders.regions,
    committedAt,
    delaySeconds: delaySeconds(terms, tips.length),
    marginSeconds: terms.marginSeconds,
    revealWindowSeconds: revealWindow(terms, tips.length),
    beacons,
    keysInLog: beaconKeysIn(log),
    definitionsInLog: definitionsIn(log),
    keyAgeSeconds: beaconKeyAgeOf(pinned),
    tippedBy: tips.map(({ unitId: by }) => by),
    demo: log.genesis.demo,
  })
  if (checked.ok) return
  const { code: reason, ...breach } = checked.error
  throw appError('failed-precondition', 'beacons-not-allowed', { meta: { reason, detail: JSON.stringify(breach) } })
}
