import { type DrawHash, keyedHmac } from './hash.ts'

/** draft-thomson-elegy-vrs, "Entropy Extraction": PRK = HKDF-Extract(salt = one-time code, IKM = randomness), one HMAC. */
export const elegyKey = (hash: DrawHash, code: Uint8Array, randomness: Uint8Array): Uint8Array => keyedHmac(hash, code)(randomness)

/** draft-thomson-elegy-vrs, "Pseudorandom Function": HKDF-Expand(PRK, info = label, L = 32), which is HMAC(PRK, label ‖ 0x01). */
export function elegyTicket(hash: DrawHash, key: Uint8Array): (label: Uint8Array) => Uint8Array {
  const hmac = keyedHmac(hash, key)
  return (label) => {
    const message = new Uint8Array(label.length + 1)
    message.set(label)
    message[label.length] = 1
    return hmac(message)
  }
}
