import { ed25519Verify, plainHash } from '@dual-random/draw/browser'
import { type BundleFiles, type Verdict, verifyBundle } from '../src/index.ts'

// The worker of a page as the bundler meets it: everything it imports must come without Node.

interface Replay {
  readonly files: BundleFiles
  readonly demo: boolean
}

export const replay = ({ files, demo }: Replay): Verdict => verifyBundle(files, { demo, hash: plainHash, verifyEd25519: ed25519Verify })
