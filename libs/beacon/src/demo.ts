import { concatBytes, tlv, utf8 } from '@dual-random/kernel'
import { hmac, sha256 } from '@dual-random/kernel/hash'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import { type Ed25519Key, ed25519Key } from './keys.ts'

/** Every secret of a demonstration, derived from its one seed (rule 17): whoever knows the seed plays all parties. */
export interface DemoKeys {
  /** Signing key of a party, for example `registry/<region code>`. */
  readonly ed25519: (name: string) => Ed25519Key
  /** The 32-byte seed of that key, for a service that is started with it. */
  readonly ed25519Seed: (name: string) => Uint8Array
  /** Secret scalar of a beacon, 32 bytes big-endian. */
  readonly beaconSecret: (name: string) => Uint8Array
  /** Any other 32 bytes: K of a drawId, a nonce, a unit's secret. */
  readonly bytes: (purpose: string, name: string) => Uint8Array
}

/** The same text always gives the same keys. They are worth nothing outside a demonstration. */
export function demoKeys(seed: string): DemoKeys {
  const root = sha256(utf8(seed))
  const bytes = (purpose: string, name: string): Uint8Array => hmac('sha256', root, tlv('dual-random/demo/v1', purpose, name))
  const ed25519Seed = (name: string): Uint8Array => bytes('ed25519', name)
  return {
    bytes,
    ed25519Seed,
    ed25519: (name) => ed25519Key(ed25519Seed(name)),
    // 48 bytes, so that reducing them to a scalar leaves no bias (RFC 9380 §5).
    beaconSecret: (name) => bls12_381.utils.randomSecretKey(concatBytes([bytes('bls', name), bytes('bls-2', name)]).subarray(0, 48)),
  }
}
