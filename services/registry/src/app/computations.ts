import type { ExclusionDisclosure, PrivateExclusion, RedrawPurpose, RosterError, Snapshot, SnapshotInput } from '@dual-random/draw'
import type { Result } from '@dual-random/kernel'

/**
 * Work over a whole mapped set: pure, and long enough to hold the event loop for seconds. Byte arrays change hands, whoever gives them must not
 * read them afterwards. It may fail with `computation-lost` or `computation-queue-full`, both retryable: nothing has happened then.
 */
export interface Computations {
  /** The snapshot of a mapped set and its files (rules 2 and 3). The order of the members changes nothing; equal labels are refused. */
  freezeFiles(input: FreezeFilesInput): Promise<Result<FreezeFiles, RosterError>>
  /** The same of a redraw, from the files of its parent (docs/draw-protocol.md §18). */
  redrawFiles(input: RedrawFilesInput): Promise<Result<RedrawFiles, RosterError>>
  /** The nodes of the tree over a roster file, as `pathPlaces` finds them. */
  rosterNodes(roster: Uint8Array): Promise<Result<Uint8Array, RosterError>>
}

/** A member of the mapped set as the files of a freeze need it. */
export interface FrozenMember {
  readonly label: string
  readonly stratum: string
  readonly objectId: string
  /** Its line of the private file. */
  readonly line: string
  /** Why it may not be drawn. */
  readonly exclusion?: Ground
  /** Why it may, although it was drawn before (CRD-07). */
  readonly repeatKept?: Ground
}

export type Ground = Omit<PrivateExclusion, 'label'>

export interface FreezeFilesInput
  extends Pick<SnapshotInput, 'regionCode' | 'drawId' | 'asOf' | 'creditLoadDigest' | 'registrationLoadDigest' | 'key'> {
  /** JSON texts of arrays of `FrozenMember`. */
  readonly members: readonly Uint8Array[]
  /** 32 bytes in hex, first in the files of exclusions and repeats. */
  readonly nonce: string
  readonly disclosure: ExclusionDisclosure
}

export interface FreezeFiles {
  readonly snapshot: Snapshot
  readonly roster: Uint8Array
  readonly rosterMarks: readonly number[]
  readonly index: Uint8Array
  readonly objects: Uint8Array
  readonly exclusions: Uint8Array
  /** Draws that the exclusions name as their evidence, ascending. */
  readonly namedDraws: readonly string[]
  readonly repeats: Uint8Array
}

export interface RedrawFilesInput extends FreezeFilesInput {
  readonly labelsOf: string
  /** What holds of the objects as of the redraw: empty of a re-match, which asks no more of who stays. */
  readonly members: readonly Uint8Array[]
  /** The parent's files, opened. */
  readonly parent: { readonly roster: Uint8Array; readonly objects: Uint8Array; readonly exclusions: Uint8Array }
  readonly purpose: RedrawPurpose
  readonly labels: readonly string[]
  readonly drawnLabels: readonly string[]
}

/** The other files of a redraw are its parent's. */
export type RedrawFiles = Omit<FreezeFiles, 'index' | 'objects'>
