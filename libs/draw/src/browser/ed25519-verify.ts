import { concatBytes, fromHex } from '@dual-random/kernel'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'

const { Point } = ed25519

/**
 * Whether an Ed25519 signature is of the holder of `publicKey` (hex): RFC 8032 §5.1.7 without the cofactor and with S < L, as OpenSSL checks
 * it; noble's own `verify` multiplies by the cofactor. False, never thrown, for malformed keys and signatures.
 */
export function ed25519Verify(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean {
  // What is no hex is no point either.
  const key = fromHex(publicKey) ?? new Uint8Array(0)
  if (signature.length !== 64) return false
  const s = numberOf(signature.subarray(32))
  if (s >= Point.Fn.ORDER) return false
  let point: typeof Point.BASE
  try {
    point = Point.fromBytes(key)
  } catch {
    // Bytes that are no point of the curve, or not 32.
    return false
  }
  const k = Point.Fn.create(numberOf(sha512(concatBytes([signature.subarray(0, 32), key, message]))))
  const r = Point.BASE.multiplyUnsafe(s).subtract(point.multiplyUnsafe(k)).toBytes()
  return r.every((byte, index) => byte === signature[index])
}

const numberOf = (littleEndian: Uint8Array): bigint => littleEndian.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
