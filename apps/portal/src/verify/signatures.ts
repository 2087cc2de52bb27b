import { compareBytes, concatBytes, fromHex } from '@dual-random/kernel'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'

const { Point } = ed25519
const groupOrder = Point.Fn.ORDER

const littleEndian = (bytes: Uint8Array): bigint => bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n)

/** Ed25519 as protocol §8 asks: S < L, points canonical and not of small order, no cofactor. `ed25519.verify` multiplies by the cofactor. */
export function isEd25519Signature(publicKey: string, message: Uint8Array, signature: string): boolean {
  const key = fromHex(publicKey)
  const bytes = fromHex(signature)
  if (key?.length !== 32 || bytes?.length !== 64) return false
  const s = littleEndian(bytes.subarray(32))
  if (s >= groupOrder) return false
  try {
    const k = littleEndian(sha512(concatBytes([bytes.subarray(0, 32), key, message]))) % groupOrder
    const [a, given] = [Point.fromBytes(key), Point.fromBytes(bytes.subarray(0, 32))]
    if (a.isSmallOrder() || given.isSmallOrder()) return false
    const r = Point.BASE.multiplyUnsafe(s).subtract(a.multiplyUnsafe(k))
    return compareBytes(r.toBytes(), bytes.subarray(0, 32)) === 0
  } catch {
    // Bytes that are no point of the curve.
    return false
  }
}
