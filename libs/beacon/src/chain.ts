import { epochMsOf, fromHex, type Instant, instantOf, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'

/** drand's scheme of unchained rounds signed on G1 with the RFC 9380 suite; the only one this package knows. */
export const scheme = 'bls-unchained-g1-rfc9380'

/**
 * A chain of public randomness. `drand` is run by many parties, `region` by one city, `self` by the organiser and so only for
 * demonstrations and tests. `genesisTime` is Unix seconds of round 1; keys and hashes are lower-case hex.
 */
export interface BeaconChain {
  readonly source: string
  readonly kind: 'drand' | 'region' | 'self'
  readonly scheme: typeof scheme
  readonly publicKey: string
  readonly genesisTime: number
  readonly periodSeconds: number
  readonly beaconId: string
  readonly groupHash: string
}

/** A chain as a commitment names it, with the round it will wait for. */
export interface CommittedBeacon extends Pick<BeaconChain, 'source' | 'kind' | 'scheme' | 'publicKey' | 'genesisTime' | 'periodSeconds'> {
  readonly round: number
}

/** The League of Entropy's quicknet, from drand's /info of chain 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971. */
export const quicknet: BeaconChain = {
  source: 'drand/quicknet',
  kind: 'drand',
  scheme,
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451' +
    '0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesisTime: 1692803367,
  periodSeconds: 3,
  beaconId: 'quicknet',
  groupHash: 'f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e',
}

/** When a round is due. */
export const timeOfRound = (chain: Pick<BeaconChain, 'genesisTime' | 'periodSeconds'>, round: number): Instant =>
  instantOf(1000 * (chain.genesisTime + (round - 1) * chain.periodSeconds))

/** The first round due at or after an instant; 1 before the genesis. */
export function firstRoundAt(chain: Pick<BeaconChain, 'genesisTime' | 'periodSeconds'>, instant: Instant): number {
  const sinceGenesisMs = epochMsOf(instant) - 1000 * chain.genesisTime
  return sinceGenesisMs <= 0 ? 1 : Math.ceil(sinceGenesisMs / (1000 * chain.periodSeconds)) + 1
}

/** The last round due at an instant; 0 before the genesis. */
export function latestRoundAt(chain: Pick<BeaconChain, 'genesisTime' | 'periodSeconds'>, instant: Instant): number {
  const sinceGenesisMs = epochMsOf(instant) - 1000 * chain.genesisTime
  return sinceGenesisMs < 0 ? 0 : Math.floor(sinceGenesisMs / (1000 * chain.periodSeconds)) + 1
}

/** What a commitment made at `committedAt` names: the first round at or after committedAt + delay. */
export function committedBeacon(chain: BeaconChain, committedAt: Instant, delaySeconds: number): CommittedBeacon {
  const { source, kind, publicKey, genesisTime, periodSeconds } = chain
  const round = firstRoundAt(chain, instantOf(epochMsOf(committedAt) + 1000 * delaySeconds))
  return { source, kind, scheme, publicKey, genesisTime, periodSeconds, round }
}

/** drand's chain hash: SHA-256 of period (u32), genesis (i64), public key, group hash and the beacon's id. */
export function chainHash(chain: BeaconChain): string {
  const publicKey = fromHex(chain.publicKey)
  const groupHash = fromHex(chain.groupHash)
  if (publicKey === undefined || groupHash === undefined) throw new Error(`keys of ${chain.source} are not hex`)
  const id = utf8(chain.beaconId)
  const bytes = new Uint8Array(12 + publicKey.length + groupHash.length + id.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, chain.periodSeconds)
  view.setBigInt64(4, BigInt(chain.genesisTime))
  bytes.set(publicKey, 12)
  bytes.set(groupHash, 12 + publicKey.length)
  bytes.set(id, 12 + publicKey.length + groupHash.length)
  return toHex(sha256(bytes))
}
