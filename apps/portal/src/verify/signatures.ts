import { ed25519Verify } from '@dual-random/draw/browser'
import { fromHex, isSoundEd25519Point } from '@dual-random/kernel'

/** Ed25519 as protocol §8 asks: S < L, points canonical and not of small order, no cofactor. */
export function isEd25519Signature(publicKey: string, message: Uint8Array, signature: string): boolean {
  const bytes = fromHex(signature)
  if (bytes === undefined || !isSoundEd25519Point(fromHex(publicKey)) || !isSoundEd25519Point(bytes.subarray(0, 32))) return false
  return ed25519Verify(publicKey, message, bytes)
}
