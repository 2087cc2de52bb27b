import type { DrawHash, HashName } from '@dual-random/draw'
import { toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@noble/hashes/sha2.js'
import { sm3 } from './sm3.ts'

const digests: Readonly<Record<HashName, (bytes: Uint8Array) => Uint8Array>> = { sha256, sm3 }

/** H in plain JavaScript: `crypto.subtle` is missing over plain HTTP, and has no SM3. `onDigest` counts the work. */
export function browserHash(name: HashName, onDigest: () => void = () => undefined): DrawHash {
  const digest = digests[name]
  return {
    name,
    digest: (bytes) => {
      onDigest()
      return digest(bytes)
    },
  }
}

export const digestHex = (hash: DrawHash, bytes: Uint8Array): string => toHex(hash.digest(bytes))

export const digestOfText = (hash: DrawHash, text: string): string => digestHex(hash, utf8(text))
