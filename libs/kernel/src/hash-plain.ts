import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { concatBytes } from './bytes.ts'
import type { HashName } from './hash.ts'
import { sm3 } from './sm3.ts'

export type { HashName } from './hash.ts'

// The same functions as `hash.ts` without Node: bundlers for browsers take this file in its place.

const digests: Readonly<Record<HashName, (bytes: Uint8Array) => Uint8Array>> = { sha256: (bytes) => nobleSha256(bytes), sm3 }

/** Block length of SHA-256 (FIPS 180-4) and SM3 (GB/T 32905) alike. */
const blockLength = 64

/** One-shot digest, 32 bytes. */
export const digest = (name: HashName, bytes: Uint8Array): Uint8Array => digests[name](bytes)

export const sha256 = (bytes: Uint8Array): Uint8Array => digest('sha256', bytes)

/** HMAC (RFC 2104), 32 bytes. */
export function hmac(name: HashName, key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockLength)
  block.set(key.length > blockLength ? digest(name, key) : key)
  const inner = digest(name, concatBytes([block.map((byte) => byte ^ 0x36), bytes]))
  return digest(name, concatBytes([block.map((byte) => byte ^ 0x5c), inner]))
}
