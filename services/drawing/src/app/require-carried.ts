import { tooFewRegions } from '@dual-random/beacon'
import { appError } from '@dual-random/errors'
import type { DrawId, RegionCode } from '@dual-random/kernel'
import { tipsIn } from '../domain/outside-entry.ts'
import { beaconsFor } from './beacons-for.ts'
import type { Insiders } from './insiders.ts'
import type { Deps } from './require.ts'

/**
 * Rule 6 before the freeze: beacons of regions that carry the draw only with a secret from outside the organiser need its tip in the log by now, for none is taken
 * after the snapshot, and the draw could never be committed. The log of `regionCode` has the tips.
 */
export async function requireCarried(
  deps: Deps<'beacons' | 'numbers' | 'keys' | 'logs'>,
  { drawId, regionCode }: { readonly drawId: DrawId; readonly regionCode: RegionCode },
  { regions, unitIds }: Insiders,
): Promise<void> {
  // Public numbers carry a draw alone.
  if (deps.numbers.length > 0) return
  const named = beaconsFor(deps, ...regions).map(({ chain }) => chain)
  const tippedBy = tipsIn(await deps.logs.ofDraw(regionCode, drawId)).map((tip) => tip.unitId)
  const few = tooFewRegions(named, { tippedBy, insideUnitIds: unitIds })
  if (few === undefined) return
  throw appError('failed-precondition', 'beacons-not-allowed', { meta: { reason: 'too-few-regions', detail: JSON.stringify({ ...few }) } })
}
