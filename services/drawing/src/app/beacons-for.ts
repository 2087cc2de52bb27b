import { operatorOf } from '@dual-random/beacon'
import type { RegionCode } from '@dual-random/kernel'
import type { Deps } from './require.ts'

/**
 * The beacons that a draw names. Where several regions are served they share one list, of which each leaves out its own, and those of whoever draws with it (rule 7:
 * none of the draw's regions). A region that is served alone and has its own in the list is configured wrongly, and refused as such.
 */
export const beaconsFor = <B extends { readonly chain: { readonly source: string } }>(
  { beacons, keys }: { readonly beacons: readonly B[]; readonly keys: Pick<Deps<'keys'>['keys'], 'regions'> },
  ...taking: readonly RegionCode[]
): readonly B[] =>
  keys.regions.length === 1 ? beacons : beacons.filter(({ chain }) => !taking.some((regionCode) => operatorOf(chain.source) === regionCode))
