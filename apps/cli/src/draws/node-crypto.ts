import { drawScheme, ed25519Verify, quicknet, verifyPulse } from '@dual-random/beacon'
import type { DrawHash, HashName, VerifyOptions } from '@dual-random/draw'
import { digest } from '@dual-random/kernel/hash'

/** The hash of this machine's OpenSSL. */
export const nodeHash = (name: HashName): DrawHash => ({ name, digest: (bytes) => digest(name, bytes) })

/** What the library injects a verification with here: OpenSSL, the BLS of libs/beacon, and the drand chain that protocol v1 pins. */
export const nodeVerification = {
  hash: nodeHash,
  verifyEd25519: ed25519Verify,
  verifyPulse: (publicKey, pulse) => verifyPulse({ publicKey, scheme: drawScheme }, pulse).ok,
  drandChains: [quicknet],
} as const satisfies Partial<VerifyOptions>
