import { err, fromHex, ok, type Result, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import { type BeaconChain, scheme } from './chain.ts'

/** One round of a chain: a 48-byte G1 signature and its SHA-256, both lower-case hex. */
export interface Pulse {
  readonly round: number
  readonly randomness: string
  readonly signature: string
}

export type PulseError =
  | { readonly code: 'bad-encoding'; readonly field: 'round' | 'randomness' | 'signature' | 'publicKey' }
  | { readonly code: 'wrong-randomness' }
  | { readonly code: 'bad-signature' }

/** Domain separation tag of the scheme (RFC 9380 suite name with the RFC's "BLS_SIG_" prefix, as drand uses it). */
const domain = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'
const bls = bls12_381.shortSignatures

function messageOf(round: number): ReturnType<typeof bls.hash> {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round))
  return bls.hash(sha256(bytes), domain)
}

/** Checks a pulse against a chain's key: encodings, randomness = SHA-256(signature), BLS equation, subgroup. No network. */
export function verifyPulse(chain: Pick<BeaconChain, 'publicKey'>, pulse: Pulse): Result<Pulse, PulseError> {
  const publicKey = fromHex(chain.publicKey)
  const signature = fromHex(pulse.signature)
  if (!Number.isSafeInteger(pulse.round) || pulse.round < 1) return err({ code: 'bad-encoding', field: 'round' })
  if (publicKey?.length !== 96) return err({ code: 'bad-encoding', field: 'publicKey' })
  if (signature?.length !== 48) return err({ code: 'bad-encoding', field: 'signature' })
  if (fromHex(pulse.randomness)?.length !== 32) return err({ code: 'bad-encoding', field: 'randomness' })
  if (toHex(sha256(signature)) !== pulse.randomness) return err({ code: 'wrong-randomness' })
  try {
    return bls.verify(signature, messageOf(pulse.round), publicKey) ? ok(pulse) : err({ code: 'bad-signature' })
  } catch {
    // noble throws where bytes are no point of the subgroup.
    return err({ code: 'bad-signature' })
  }
}

/** The pulse of a round under a 32-byte secret scalar. */
export function signPulse(secret: Uint8Array, round: number): Pulse {
  const signature = bls.sign(messageOf(round), secret).toBytes(true)
  return { round, signature: toHex(signature), randomness: toHex(sha256(signature)) }
}

/** A chain that one key alone signs; its group hash is the hash of that key. Throws when the secret is no scalar. */
export function singleKeyChain(
  secret: Uint8Array,
  given: Pick<BeaconChain, 'source' | 'genesisTime' | 'periodSeconds' | 'beaconId'> & { readonly kind: 'region' | 'self' },
): BeaconChain {
  // noble reduces a larger number, and two secrets would then give one key.
  if (BigInt(`0x${toHex(secret)}`) >= bls12_381.fields.Fr.ORDER) throw new Error('the secret is not below the group order')
  const publicKey = bls.getPublicKey(secret).toBytes(true)
  return { ...given, scheme, publicKey: toHex(publicKey), groupHash: toHex(sha256(publicKey)) }
}
