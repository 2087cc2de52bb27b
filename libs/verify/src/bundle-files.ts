import type { DrawHash, HashName } from '@dual-random/draw'
import type { NamedFile } from '@dual-random/draw/forms'
import type { KeysFile, VerifySignature } from '@dual-random/witness'

/** The files of a draw as the public has them; those that may be absent are checked where they are there (§13). */
export interface BundleFiles {
  readonly transcript: NamedFile
  readonly commitment: NamedFile
  readonly roster: NamedFile
  readonly openings?: NamedFile | undefined
  readonly log?: NamedFile | undefined
  /** What witnesses say of the log (§15). */
  readonly checkpoints?: NamedFile | undefined
  /** One object's own opening. */
  readonly opening?: NamedFile | undefined
  /** The bytes of a file beside these by its name: a redraw stands on those of its family (§18), a draw of several cities on the others' (§23). */
  readonly family?: ((name: string) => Uint8Array | undefined) | undefined
}

/** What a verification takes from outside: hashes and signatures, and whom its owner trusts. */
export interface VerifyOptions {
  readonly hash: (name: HashName) => DrawHash
  readonly verifyEd25519: VerifySignature
  /** Whether a demonstration is asked for; a demonstration log needs it and no other log may have it. Undefined judges either, which its reader is then told. */
  readonly demo?: boolean | undefined
  /** The keys file of the region: without it nobody's word for the time is checked. */
  readonly pinnedKeys?: KeysFile | undefined
  /** Those of the other cities, where several draw together. */
  readonly jointKeys?: readonly KeysFile[] | undefined
  /** The draw that is asked about; a bundle of another one is a difference. */
  readonly drawId?: string | undefined
  /** Told the share of the work that is done, ascending to 1, at most once a hundredth. */
  readonly onProgress?: ((share: number) => void) | undefined
}
