import { type BeaconChain, ed25519Key, ed25519Verify, operatorOf } from '@dual-random/beacon'
import type { LogKey } from '@dual-random/draw'
import { type RegionCode, tlv, toHex } from '@dual-random/kernel'
import { hmac } from '@dual-random/kernel/hash'
import type { RegionKeys } from '../app/ports.ts'

export interface KeyMaterial {
  /** Ed25519 seed of each region's log key, 32 bytes. */
  readonly logSeeds: ReadonlyMap<RegionCode, Uint8Array>
  /** The key of the registry that signs the snapshots; public key in hex. */
  readonly registry: { readonly keyId: string; readonly publicKey: string }
  readonly nonceKey: Uint8Array
  readonly beacons: readonly BeaconChain[]
}

/** Keys by region. A beacon that drand does not run stands in the genesis, because nothing else vouches for its key (rule 7). */
export function regionKeys({ logSeeds, registry, nonceKey, beacons }: KeyMaterial): RegionKeys {
  const keys = new Map([...logSeeds].map(([regionCode, seed]) => [regionCode, ed25519Key(seed)]))
  const logKeys = (regionCode: RegionCode): readonly LogKey[] => [
    { ...registry, role: 'registry', algorithm: 'ed25519' },
    { keyId: `drawing-${regionCode}`, role: 'drawing', algorithm: 'ed25519', publicKey: keys.get(regionCode)?.publicKey ?? '' },
    ...beacons.flatMap(({ kind, source, publicKey }): readonly LogKey[] => {
      if (kind === 'drand') return []
      const operator = operatorOf(source)
      // Regions that are served together share a list of beacons, of which each leaves out its own.
      if (operator === regionCode && keys.size > 1) return []
      const keyId = operator === undefined ? `beacon-${regionCode}` : `beacon-of-${operator}`
      return [{ keyId, role: 'beacon', algorithm: 'bls12381-g2', publicKey }]
    }),
  ]
  return {
    regions: [...keys.keys()],
    logKeys,
    signer: (regionCode) => {
      const key = keys.get(regionCode)
      return key && { keyId: `drawing-${regionCode}`, sign: key.sign }
    },
    verify: ed25519Verify,
    nonce: (purpose, drawId, unitId = '' as never) => toHex(hmac('sha256', nonceKey, tlv('nonce', purpose, drawId, unitId))),
  }
}
