import { fromHex } from '@dual-random/kernel'
import type { LogKey } from '../log.ts'
import { type SignatureKind, type SignatureRecord, signatureInput } from '../signature.ts'

/** Cofactorless Ed25519 with S < L (RFC 8032 §5.1.7); the public key is 32 bytes in hex. False for what is no key or signature. */
export type VerifyEd25519 = (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean

/** Whose word an entry is: registry answers for snapshots, drawing for the rest that is signed by a key of the genesis. */
export const roleOf = (kind: SignatureKind): LogKey['role'] => (kind === 'snapshot' ? 'registry' : 'drawing')

export interface Signed {
  readonly kind: SignatureKind
  readonly regionCode: string
  readonly drawId: string | null
  readonly digest: string
}

/** §8: whether the record is by the key of that id and role. Points must be canonical, so that no signature has a second text. */
export function signedBy(
  verify: VerifyEd25519,
  keys: readonly LogKey[],
  role: LogKey['role'],
  { keyId, signature }: SignatureRecord,
  { kind, regionCode, drawId, digest }: Signed,
): boolean {
  const key = keys.find((one) => one.keyId === keyId && one.role === role)
  const bytes = fromHex(signature)
  if (key === undefined || bytes?.length !== 64) return false
  if (!isCanonicalPoint(fromHex(key.publicKey)) || !isCanonicalPoint(bytes.subarray(0, 32))) return false
  return verify(key.publicKey, signatureInput(kind, regionCode, drawId, digest), bytes)
}

const fieldPrime = 2n ** 255n - 19n

/** RFC 8032 §5.1.3: y below p, and no sign on x = 0, which is where y = ±1. */
function isCanonicalPoint(bytes: Uint8Array | undefined): boolean {
  if (bytes?.length !== 32) return false
  const encoded = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const y = encoded & (2n ** 255n - 1n)
  const hasSign = encoded >> 255n === 1n
  return y < fieldPrime && !(hasSign && (y === 1n || y === fieldPrime - 1n))
}
