import type { Instant, LocalDate, RegionCode } from '@dual-random/kernel'
import type { CheckItem } from '../../domain/check-item.ts'
import type { SourceFreshness } from '../../domain/source.ts'

/** A frozen draw: what the snapshot was made of and where its files lie. Private files and the index are sealed. */
export interface FrozenDraw {
  readonly id: string
  readonly regionCode: RegionCode
  readonly asOf: Instant
  readonly requestDigest: string
  readonly items: readonly CheckItem[]
  readonly matchingUnitIds: readonly string[]
  readonly checkUntil: LocalDate
  readonly byGrade: boolean
  /** By policy, who was never trained is no candidate (REG-40). */
  readonly trainedOnly: boolean
  readonly policy: { readonly preset: string; readonly version: number; readonly digest: string }
  readonly snapshotJson: string
  /** How fresh the sources were at the snapshot (DQ-07); absent in draws frozen before that was kept. */
  readonly sources?: readonly SourceFreshness[]
  readonly files: {
    readonly roster: string
    readonly index: string
    readonly objects: string
    readonly exclusions: string
    readonly repeats: string
  }
  /** Where in the roster file every thousandth line begins, so that a stream taken up again reads nothing it has sent. */
  readonly rosterMarks: readonly number[]
}

export interface FrozenDraws {
  get(drawId: string): Promise<FrozenDraw | undefined>
  /** Keeps the first draw of an id; false when there was one. */
  insert(draw: FrozenDraw): Promise<boolean>
  /** The sealed key of a draw: the one proposed, or the one that was there before. */
  keyOf(drawId: string, propose: () => Uint8Array): Promise<Uint8Array>
  knownKey(drawId: string): Promise<Uint8Array | undefined>
}
