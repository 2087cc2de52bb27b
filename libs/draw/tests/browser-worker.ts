import { type BundleFiles, type Verdict, verifyBundle } from '@dual-random/draw'
import { ed25519Verify, plainHash } from '@dual-random/draw/browser'
import { fromHex, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { bls12_381 } from '@noble/curves/bls12-381.js'

// The worker of a page as the bundler meets it: everything it imports must come without Node.

interface Replay {
  readonly files: BundleFiles
  readonly demo: boolean
}

const bls = bls12_381.shortSignatures
const tag = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'

export const replay = ({ files, demo }: Replay): Verdict =>
  verifyBundle(files, {
    demo,
    hash: plainHash,
    verifyEd25519: ed25519Verify,
    verifyPulse: (publicKey, { round, randomness, signature }) => {
      const [key, bytes] = [fromHex(publicKey), fromHex(signature)]
      const number = new Uint8Array(8)
      new DataView(number.buffer).setBigUint64(0, BigInt(round))
      if (key === undefined || bytes === undefined || toHex(sha256(bytes)) !== randomness) return false
      return bls.verify(bytes, bls.hash(sha256(number), tag), key)
    },
    drandChains: [],
  })
