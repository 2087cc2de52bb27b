import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { fromHex, isSoundEd25519Point, toHex } from '@dual-random/kernel'

/** An Ed25519 key pair (RFC 8032). `publicKey` is 32 bytes in lower-case hex, signatures are 64 bytes. */
export interface Ed25519Key {
  readonly publicKey: string
  readonly sign: (message: Uint8Array) => Uint8Array
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** PKCS #8 of RFC 8410 around a 32-byte seed. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key pair of a 32-byte seed; throws on any other length. */
export function ed25519Key(seed: Uint8Array): Ed25519Key {
  if (seed.length !== 32) throw new Error('an Ed25519 seed has 32 bytes')
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  return {
    publicKey: toHex(new Uint8Array(Buffer.from(x ?? '', 'base64url'))),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  }
}

/**
 * Whether a signature is of the holder of `publicKey` (hex). False, never thrown, for malformed keys and signatures. Points of small order
 * are refused: versions of OpenSSL differ on them (docs/draw-protocol.md §8).
 */
export function ed25519Verify(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean {
  const x = fromHex(publicKey)
  if (x?.length !== 32 || signature.length !== 64) return false
  if (!isSoundEd25519Point(x) || !isSoundEd25519Point(signature.subarray(0, 32))) return false
  let key: KeyObject
  try {
    key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: base64url(x) }, format: 'jwk' })
  } catch {
    return false
  }
  return verify(null, message, key, signature)
}
