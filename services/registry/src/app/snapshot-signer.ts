import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { Signer } from '@dual-random/draw'
import { concatBytes, fromHex, toHex } from '@dual-random/kernel'

/** PKCS #8 of an Ed25519 key (RFC 8410 §7) up to its 32-byte seed. */
const pkcs8Prefix = fromHex('302e020100300506032b657004220420') as Uint8Array

/** Signs snapshots with the Ed25519 key of a seed. */
export function snapshotSigner(keyId: string, seed: Uint8Array): Signer & { readonly publicKey: string } {
  const key = createPrivateKey({ key: Buffer.from(concatBytes([pkcs8Prefix, seed])), format: 'der', type: 'pkcs8' })
  const publicDer = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    keyId,
    publicKey: toHex(new Uint8Array(publicDer.subarray(publicDer.length - 32))),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  }
}
