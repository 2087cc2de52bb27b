import { concatBytes, tlv, toHex } from '@dual-random/kernel'
import { type DrawHash, digestBytes, hexDigest, keyedHmac } from './hash.ts'

/** What a blinded label stands for. */
export type LabelKind = 'object' | 'inspector'

/** A label with what opens it. Label and salts are lower-case hex of 32 bytes; id and salts are private until opened. */
export interface BlindedEntity {
  readonly id: string
  readonly label: string
  readonly salt: string
}

/** The length that stands before a digest in a TLV. */
const digestItemHead = Uint8Array.of(0, 0, 0, 32)

/** Rule 2: ℓ = H(TLV("leaf", kind, drawId, s, id)). */
export const labelOf = (hash: DrawHash, kind: LabelKind, drawId: string, salt: string, id: string): string =>
  hexDigest(hash, tlv('leaf', kind, digestBytes(drawId), digestBytes(salt), id))

/** Rule 2 under the key K of one drawId: id → salt s = HMAC(K, TLV("salt", kind, drawId, id)) and label. */
export function labelBlinder(hash: DrawHash, key: Uint8Array, kind: LabelKind, drawId: string): (id: string) => BlindedEntity {
  const hmac = keyedHmac(hash, key)
  const draw = digestBytes(drawId)
  // TLV(a, b) is TLV(a) ‖ TLV(b), so what is the same for every id is encoded once.
  const saltPrefix = tlv('salt', kind, draw)
  const leafPrefix = tlv('leaf', kind, draw)
  return (id) => {
    const item = tlv(id)
    const salt = hmac(concatBytes([saltPrefix, item]))
    return { id, salt: toHex(salt), label: hexDigest(hash, concatBytes([leafPrefix, digestItemHead, salt, item])) }
  }
}

/** Rule 2: H(TLV("key", drawId, K)), which pins K without showing it. */
export const keyDigest = (hash: DrawHash, drawId: string, key: Uint8Array): string => hexDigest(hash, tlv('key', digestBytes(drawId), key))

/** Rule 11: s′ = HMAC(K, TLV("drawn", drawId, id)), a second salt so that a public opening shows no label and so no grade. */
export const drawnSalt = (hash: DrawHash, key: Uint8Array, drawId: string, id: string): string =>
  toHex(keyedHmac(hash, key)(tlv('drawn', digestBytes(drawId), id)))

/** Rule 11: the element H(TLV("drawn", drawId, s′, id)) of the drawn set. */
export const drawnDigest = (hash: DrawHash, drawId: string, salt: string, id: string): string =>
  hexDigest(hash, tlv('drawn', digestBytes(drawId), digestBytes(salt), id))
