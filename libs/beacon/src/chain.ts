import { concatBytes, epochMsOf, fromHex, type Instant, instantOf, toHex, utf8 } from '@dual-random/kernel'
import { drawScheme, type Scheme } from './scheme.ts'
import { sha256 } from './sha256.ts'

/** What a pulse is checked against. The key is compressed, in lower-case hex: 48 bytes of G1 or 96 of G2, as the scheme asks. */
export interface ChainKey {
  readonly scheme: Scheme
  readonly publicKey: string
}

/**
 * A chain of public randomness. `drand` is run by many parties, `region` by one city, `self` by the organiser and so only for
 * demonstrations and tests. `genesisTime` is Unix seconds of round 1; keys and hashes are lower-case hex.
 */
export interface BeaconChain extends ChainKey {
  readonly source: string
  readonly kind: 'drand' | 'region' | 'self'
  readonly genesisTime: number
  readonly periodSeconds: number
  readonly beaconId: string
  readonly groupHash: string
}

/** A chain whose rounds a commitment may name. */
export interface DrawChain extends BeaconChain {
  readonly scheme: typeof drawScheme
}

/** A chain as a commitment names it, with the round it will wait for. */
export interface CommittedBeacon extends Pick<DrawChain, 'source' | 'kind' | 'scheme' | 'publicKey' | 'genesisTime' | 'periodSeconds'> {
  readonly round: number
}

/** The League of Entropy's quicknet, from drand's /info of chain 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971. */
export const quicknet: DrawChain = {
  source: 'drand/quicknet',
  kind: 'drand',
  scheme: drawScheme,
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451' +
    '0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesisTime: 1692803367,
  periodSeconds: 3,
  beaconId: 'quicknet',
  groupHash: 'f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e',
}

/** The League of Entropy's first chain, from drand's /info of chain 8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce. */
export const defaultChain: BeaconChain = {
  source: 'drand/default',
  kind: 'drand',
  scheme: 'pedersen-bls-chained',
  publicKey: '868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31',
  genesisTime: 1595431050,
  periodSeconds: 30,
  beaconId: 'default',
  groupHash: '176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a',
}

/** The chains whose pins are built in, by the name drand gives them. */
export const builtInChains: Readonly<Record<'default' | 'quicknet', BeaconChain>> = { default: defaultChain, quicknet }

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
export function committedBeacon(chain: DrawChain, committedAt: Instant, delaySeconds: number): CommittedBeacon {
  const { source, kind, scheme, publicKey, genesisTime, periodSeconds } = chain
  const round = firstRoundAt(chain, instantOf(epochMsOf(committedAt) + 1000 * delaySeconds))
  return { source, kind, scheme, publicKey, genesisTime, periodSeconds, round }
}

/**
 * drand's chain hash (common/chain/info.go): SHA-256 of period (u32), genesis (i64), public key, group hash and the beacon's id, which the
 * chain `default` leaves out because it had none. The scheme is not in it. Throws where key or group hash is not hex.
 */
export function chainHash(chain: Pick<BeaconChain, 'publicKey' | 'genesisTime' | 'periodSeconds' | 'beaconId' | 'groupHash'>): string {
  const publicKey = fromHex(chain.publicKey)
  const groupHash = fromHex(chain.groupHash)
  if (publicKey === undefined || groupHash === undefined) throw new Error(`keys of ${chain.beaconId} are not hex`)
  const times = new DataView(new ArrayBuffer(12))
  times.setUint32(0, chain.periodSeconds)
  times.setBigInt64(4, BigInt(chain.genesisTime))
  const id = utf8(chain.beaconId === 'default' ? '' : chain.beaconId)
  return toHex(sha256(concatBytes([new Uint8Array(times.buffer), publicKey, groupHash, id])))
}
