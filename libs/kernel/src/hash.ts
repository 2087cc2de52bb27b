import { createHmac, hash } from 'node:crypto'

/** The hash functions a commitment may name. Node's OpenSSL has both; SM3 is GB/T 32905. */
export type HashName = 'sha256' | 'sm3'

const digestLength = 32

/** One-shot digest, 32 bytes. */
export function digest(name: HashName, bytes: Uint8Array): Uint8Array {
  // As text of one character a byte: Node takes three times as long to make a Buffer of its own for 32 bytes.
  const text = hash(name, bytes, 'binary')
  const found = new Uint8Array(digestLength)
  for (let i = 0; i < digestLength; i++) found[i] = text.charCodeAt(i)
  return found
}

export const sha256 = (bytes: Uint8Array): Uint8Array => digest('sha256', bytes)

/** HMAC (RFC 2104), 32 bytes. For long runs under one key use the two one-shot digests of `@dual-random/draw`. */
export const hmac = (name: HashName, key: Uint8Array, bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHmac(name, key).update(bytes).digest())
