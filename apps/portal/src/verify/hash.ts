import type { DrawHash, HashName } from '@dual-random/draw'
import { plainHash } from '@dual-random/draw/browser'
import { toHex, utf8 } from '@dual-random/kernel'

/** H in plain JavaScript: `crypto.subtle` is missing over plain HTTP, and has no SM3. `onDigest` counts the work. */
export function browserHash(name: HashName, onDigest: () => void = () => undefined): DrawHash {
  const { digest } = plainHash(name)
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
