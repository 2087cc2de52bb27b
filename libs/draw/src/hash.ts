import { fromHex, toHex } from '@dual-random/kernel'

/** H of protocol v1, section "Bytes": the commitment names it, a region log's is fixed at its genesis. */
export type HashName = 'sha256' | 'sm3'

/** An injected hash of 32 bytes; `digest` is one-shot and must not keep the bytes it is given. */
export interface DrawHash {
  readonly name: HashName
  readonly digest: (bytes: Uint8Array) => Uint8Array
}

/** Block length of SHA-256 (FIPS 180-4) and SM3 (GB/T 32905) alike. */
const blockLength = 64

/** The two padded keys of an HMAC, each with room for what is hashed behind it. */
function paddedKeys(hash: DrawHash, key: Uint8Array, messageLength: number): { readonly inner: Uint8Array; readonly outer: Uint8Array } {
  const inner = new Uint8Array(blockLength + messageLength).fill(0x36, 0, blockLength)
  const outer = new Uint8Array(blockLength + 32).fill(0x5c, 0, blockLength)
  const block = key.length > blockLength ? hash.digest(key) : key
  for (const [index, byte] of block.entries()) {
    inner[index] = byte ^ 0x36
    outer[index] = byte ^ 0x5c
  }
  return { inner, outer }
}

/** HMAC (RFC 2104) under one key, as two one-shot digests; the padded keys are made once. */
export function keyedHmac(hash: DrawHash, key: Uint8Array): (message: Uint8Array) => Uint8Array {
  const { inner: pad, outer } = paddedKeys(hash, key, 0)
  return (message) => {
    const inner = new Uint8Array(blockLength + message.length)
    inner.set(pad)
    inner.set(message, blockLength)
    outer.set(hash.digest(inner), blockLength)
    return hash.digest(outer)
  }
}

/** The same for many messages of one length, each written into `message` before it is hashed. */
export interface FixedHmac {
  readonly message: Uint8Array
  readonly digest: () => Uint8Array
}

export function fixedHmac(hash: DrawHash, key: Uint8Array, messageLength: number): FixedHmac {
  const { inner, outer } = paddedKeys(hash, key, messageLength)
  return {
    message: inner.subarray(blockLength),
    digest: () => {
      outer.set(hash.digest(inner), blockLength)
      return hash.digest(outer)
    },
  }
}

export const hexDigest = (hash: DrawHash, bytes: Uint8Array): string => toHex(hash.digest(bytes))

/** The bytes of a digest in lower-case hex; throws on any other text, which no caller may let through. */
export function digestBytes(hex: string): Uint8Array {
  const bytes = fromHex(hex)
  if (bytes?.length !== 32) throw new Error(`not a 32-byte digest in lower-case hex: ${hex}`)
  return bytes
}
