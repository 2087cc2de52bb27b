import { fromHex, isSoundEd25519Point } from '@dual-random/kernel'
import { type EntryKind, type SignatureKind, type SignatureRecord, signatureInput } from '../signature.ts'

/** Cofactorless Ed25519 with S < L (RFC 8032 §5.1.7); the public key is 32 bytes in hex. False for what is no key or signature. */
export type VerifyEd25519 = (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean

/** A key that held when something was signed: of the genesis, of the log, or pinned. */
export interface HeldKey {
  readonly keyId: string
  readonly role: 'registry' | 'drawing' | 'beacon' | 'unit' | 'superior' | 'witness'
  readonly publicKey: string
  readonly unitId?: string
}

/** Kinds of entries that units outside sign, with keys that enter the log after its genesis; their superior admits them (§8, §16). */
const byUnits: readonly EntryKind[] = ['tip', 'reveal', 'approval', 'audited', 'failed']

/** Whose key signs an entry: registry answers for snapshots, the superior for keys, units for what is theirs, drawing for the rest. */
export const rolesFor = (kind: EntryKind): readonly HeldKey['role'][] => {
  if (kind === 'snapshot') return ['registry']
  if (kind === 'key') return ['superior']
  return byUnits.includes(kind) ? ['unit', 'superior'] : ['drawing']
}

export interface Signed {
  readonly kind: SignatureKind
  readonly regionCode: string
  readonly drawId: string | null
  readonly digest: string
}

/** §8: whether the record is by the key of that id, in one of the roles. Points must be sound, so that no signature has a second text and no library another opinion. */
export function signedBy(
  verify: VerifyEd25519,
  keys: readonly HeldKey[],
  roles: readonly HeldKey['role'][],
  { keyId, signature }: SignatureRecord,
  { kind, regionCode, drawId, digest }: Signed,
): boolean {
  const key = keys.find((one) => one.keyId === keyId && roles.includes(one.role))
  const bytes = fromHex(signature)
  if (key === undefined || bytes?.length !== 64) return false
  if (!isSoundEd25519Point(fromHex(key.publicKey)) || !isSoundEd25519Point(bytes.subarray(0, 32))) return false
  return verify(key.publicKey, signatureInput(kind, regionCode, drawId, digest), bytes)
}
