import { ed25519Verify } from '@dual-random/beacon'
import type { DrawHash, HashName } from '@dual-random/draw'
import { digest } from '@dual-random/kernel/hash'
import type { VerifyOptions } from '@dual-random/verify'

/** The hash of this machine's OpenSSL. */
export const nodeHash = (name: HashName): DrawHash => ({ name, digest: (bytes) => digest(name, bytes) })

/** What the library injects a verification with here: OpenSSL. */
export const nodeVerification = { hash: nodeHash, verifyEd25519: ed25519Verify } as const satisfies VerifyOptions
