import { digest } from '@dual-random/kernel/hash/plain'
import type { DrawHash, HashName } from '../hash.ts'

/** SHA-256 or SM3 without Node. */
export const plainHash = (name: HashName): DrawHash => ({ name, digest: (bytes) => digest(name, bytes) })
