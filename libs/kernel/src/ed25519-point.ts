const fieldPrime = 2n ** 255n - 19n

/** y of a point of order 8; the others of small order have ±y, 0 or ±1. */
const y8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n
const smallOrder = new Set([0n, 1n, fieldPrime - 1n, y8, fieldPrime - y8])

/**
 * Whether 32 bytes may be a point of an Ed25519 key or signature (docs/draw-protocol.md §8): y below p (RFC 8032 §5.1.3), and not of small order, on
 * which libraries differ. Whether it lies on the curve is the library's to check.
 */
export function isSoundEd25519Point(bytes: Uint8Array | undefined): boolean {
  if (bytes?.length !== 32) return false
  const encoded = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const y = encoded & (2n ** 255n - 1n)
  return y < fieldPrime && !smallOrder.has(y)
}
