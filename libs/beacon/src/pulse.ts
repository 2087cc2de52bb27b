import { concatBytes, err, fromHex, ok, type Result, toHex } from '@dual-random/kernel'
import { bls12_381 } from '@noble/curves/bls12-381.js'
import type { ChainKey } from './chain.ts'
import { type SchemeTerms, schemeTerms } from './scheme.ts'
import { sha256 } from './sha256.ts'

/** One round of a chain: a compressed signature (48 bytes of G1 or 96 of G2) and its SHA-256, in lower-case hex. */
export interface Pulse {
  readonly round: number
  readonly randomness: string
  readonly signature: string
  /** Signature of the round before, of a chained scheme; before round 1 the chain's group hash. */
  readonly previousSignature?: string
}

export type PulseError =
  | { readonly code: 'bad-encoding'; readonly field: 'round' | 'randomness' | 'signature' | 'previousSignature' | 'publicKey' }
  /** A chained scheme signs the previous signature too. */
  | { readonly code: 'no-previous-signature' }
  | { readonly code: 'wrong-randomness' }
  /** No canonical encoding of a point of the right subgroup, or the point at infinity. */
  | { readonly code: 'bad-point'; readonly field: 'signature' | 'publicKey' }
  | { readonly code: 'bad-signature' }

/** `genesisSeed` is what round 1 of a chained scheme must be chained to, where it is known. */
export interface CheckedAgainst extends ChainKey {
  readonly genesisSeed?: string
}

/**
 * Checks a pulse against a chain's key: encodings, randomness = SHA-256(signature), subgroup, BLS equation. No network, no Node.
 * Without the subgroup check every signature would have many siblings that pass the equation, and their SHA-256 could be chosen from.
 */
export function verifyPulse<P extends Pulse>(chain: CheckedAgainst, pulse: P): Result<P, PulseError> {
  const terms = schemeTerms(chain.scheme)
  if (!Number.isSafeInteger(pulse.round) || pulse.round < 1) return err({ code: 'bad-encoding', field: 'round' })
  const publicKey = fromHex(chain.publicKey)
  if (publicKey?.length !== terms.keyBytes) return err({ code: 'bad-encoding', field: 'publicKey' })
  const signature = fromHex(pulse.signature)
  if (signature?.length !== terms.signatureBytes) return err({ code: 'bad-encoding', field: 'signature' })
  if (fromHex(pulse.randomness)?.length !== 32) return err({ code: 'bad-encoding', field: 'randomness' })
  const previous = terms.chained ? previousOf(chain, pulse, terms) : ok(new Uint8Array(0))
  if (!previous.ok) return previous
  if (toHex(sha256(signature)) !== pulse.randomness) return err({ code: 'wrong-randomness' })
  return checkEquation(terms, publicKey, signature, messageOf(pulse.round, previous.value), pulse)
}

/** SHA-256 of a signature, both in hex; of what is no hex, that of nothing. */
export const randomnessOf = (signature: string): string => toHex(sha256(fromHex(signature) ?? new Uint8Array(0)))

/** What a chained round was signed with: 96 bytes, of round 1 the 32 of the group hash. */
function previousOf(
  { genesisSeed }: CheckedAgainst,
  { round, previousSignature }: Pulse,
  { signatureBytes }: SchemeTerms,
): Result<Uint8Array, PulseError> {
  if (previousSignature === undefined || previousSignature === '') return err({ code: 'no-previous-signature' })
  const bytes = fromHex(previousSignature)
  if (bytes?.length !== (round === 1 ? 32 : signatureBytes)) return err({ code: 'bad-encoding', field: 'previousSignature' })
  return round === 1 && genesisSeed !== undefined && genesisSeed !== previousSignature ? err({ code: 'bad-signature' }) : ok(bytes)
}

/** drand's message: SHA-256(previous signature, where chained ‖ u64 big-endian round). */
export function messageOf(round: number, previous: Uint8Array = new Uint8Array(0)): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round))
  return sha256(concatBytes([previous, bytes]))
}

const { G1, G2, shortSignatures, longSignatures } = bls12_381

function checkEquation<P extends Pulse>(
  { signatureGroup, domain }: SchemeTerms,
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
  pulse: P,
): Result<P, PulseError> {
  const isValid =
    signatureGroup === 'G1'
      ? checkPoints(pointOf(G2.Point, publicKey), pointOf(G1.Point, signature), (key, signed) =>
          shortSignatures.verify(signed, shortSignatures.hash(message, domain), key),
        )
      : checkPoints(pointOf(G1.Point, publicKey), pointOf(G2.Point, signature), (key, signed) =>
          longSignatures.verify(signed, longSignatures.hash(message, domain), key),
        )
  return isValid.ok ? ok(pulse) : isValid
}

function checkPoints<K, S>(
  key: K | undefined,
  signed: S | undefined,
  equationHolds: (key: K, signed: S) => boolean,
): Result<true, PulseError> {
  if (key === undefined) return err({ code: 'bad-point', field: 'publicKey' })
  if (signed === undefined) return err({ code: 'bad-point', field: 'signature' })
  return equationHolds(key, signed) ? ok(true) : err({ code: 'bad-signature' })
}

interface Point {
  is0(): boolean
}

/** A point of the subgroup of order r other than infinity; undefined for any other bytes. */
function pointOf<T extends Point>(curve: { fromBytes(bytes: Uint8Array): T }, bytes: Uint8Array): T | undefined {
  try {
    // noble throws where a coordinate is not below p, the point is not on the curve or not in the subgroup.
    const point = curve.fromBytes(bytes)
    return point.is0() ? undefined : point
  } catch {
    return undefined
  }
}
