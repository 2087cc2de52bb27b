import { fromHex, toHex } from '@dual-random/kernel'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import type { BeaconChain, DrawChain } from './chain.ts'
import { messageOf, type Pulse } from './pulse.ts'
import { drawScheme, schemeTerms } from './scheme.ts'
import { sha256 } from './sha256.ts'

const bls = bls12_381.shortSignatures
const { domain } = schemeTerms(drawScheme)

/** The pulse of a round under a 32-byte secret scalar, by `drawScheme`. The same every time: a key has one signature per round. */
export function signPulse(secret: Uint8Array, round: number): Pulse {
  const signature = bls.sign(bls.hash(messageOf(round), domain), secret).toBytes(true)
  return { round, signature: toHex(signature), randomness: toHex(sha256(signature)) }
}

/** A new secret scalar of the curve, 32 bytes big-endian, from the system's randomness. */
export const newBeaconSecret = (): Uint8Array => bls12_381.utils.randomSecretKey()

/** Group hash of a chain that one key alone signs: the hash of that key. Throws when it is not hex. */
export function singleKeyGroupHash(publicKey: string): string {
  const bytes = fromHex(publicKey)
  if (bytes === undefined) throw new Error('the public key is not hex')
  return toHex(sha256(bytes))
}

/** A chain that one key alone signs. Throws when the secret is no scalar. */
export function singleKeyChain(
  secret: Uint8Array,
  given: Pick<BeaconChain, 'source' | 'genesisTime' | 'periodSeconds' | 'beaconId'> & { readonly kind: 'region' | 'self' },
): DrawChain {
  // noble reduces a larger number, and two secrets would then give one key.
  if (BigInt(`0x${toHex(secret)}`) >= bls12_381.fields.Fr.ORDER) throw new Error('the secret is not below the group order')
  const publicKey = toHex(bls.getPublicKey(secret).toBytes(true))
  return { ...given, scheme: drawScheme, publicKey, groupHash: singleKeyGroupHash(publicKey) }
}
