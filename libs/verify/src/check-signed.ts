import { type KeyRole, type SignatureKind, type SignatureRecord, signatureInput } from '@dual-random/draw'
import { fromHex, isSoundEd25519Point } from '@dual-random/kernel'
import type { VerifySignature } from '@dual-random/witness'
import type { Check } from './difference.ts'

/** A key that held when something was signed: of the genesis, of the log, or pinned. */
export interface HeldKey {
  readonly keyId: string
  readonly role: KeyRole
  readonly publicKey: string
  readonly unitId?: string
}

export interface Signed {
  readonly kind: SignatureKind
  readonly regionCode: string
  readonly drawId: string | null
  readonly digest: string
}

/** §8: points must be sound, so that no signature has a second text and no library another opinion. */
export function isSigned(verify: VerifySignature, publicKey: string, signature: string, signed: Signed): boolean {
  const bytes = fromHex(signature)
  if (bytes?.length !== 64 || !isSoundEd25519Point(fromHex(publicKey)) || !isSoundEd25519Point(bytes.subarray(0, 32))) return false
  return verify(publicKey, signatureInput(signed.kind, signed.regionCode, signed.drawId, signed.digest), bytes)
}

/** §8: the record is by the key of that name, in one of the roles; gives the key. `at` names the place of the signature's members. */
export function* checkSigned(
  verify: VerifySignature,
  at: (member: string) => string,
  keys: readonly HeldKey[],
  roles: readonly KeyRole[],
  { keyId, signature }: SignatureRecord,
  signed: Signed,
): Check<HeldKey | undefined> {
  const key = keys.find((one) => one.keyId === keyId && roles.includes(one.role))
  if (key === undefined) yield { where: at('/keyId'), code: 'unknown-key', roles }
  else if (!isSigned(verify, key.publicKey, signature, signed)) yield { where: at('/signature'), code: 'bad-signature' }
  return key
}
