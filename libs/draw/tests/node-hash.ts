import { digest } from '@dual-random/kernel/hash'
import type { DrawHash, HashName } from '../src/index.ts'

/** The injected hash as services have it. */
export const nodeHash = (name: HashName): DrawHash => ({ name, digest: (bytes) => digest(name, bytes) })

export const sha256Hash = nodeHash('sha256')
