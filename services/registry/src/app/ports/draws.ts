import type { Instant, LocalDate, RegionCode } from '@dual-random/kernel'
import type { RepeatGrounds } from '@dual-random/policy'
import type { CheckItem } from '../../domain/check-item.ts'
import type { DrawScope } from '../../domain/draw-scope.ts'
import type { SourceFreshness } from '../../domain/source.ts'
import type { ToldDraw } from '../../domain/told-draw.ts'

/** A frozen draw: what the snapshot was made of and where its files lie. Private files and the index are sealed. */
export interface FrozenDraw {
  readonly id: string
  /** Of a redraw: the draw whose K and id its labels are formed with. */
  readonly labelsOf?: string
  /** Of a redraw after a draw of several cities, in another than the organiser's: what the parent's freeze, its K with it, is kept under. */
  readonly parentId?: string
  /** Of a draw of several cities: its id, which every city's freeze has. The organiser's is kept under it, the others' under one of their own. */
  readonly jointDrawId?: string
  readonly regionCode: RegionCode
  readonly asOf: Instant
  readonly requestDigest: string
  readonly items: readonly CheckItem[]
  /** What its mapped set is narrowed to beside its items. */
  readonly scope?: DrawScope
  /** Of a joint check; absent where it is none, and in draws frozen before that was told. */
  readonly joint?: true
  /** What was put forward for drawing objects again; absent where nothing was. */
  readonly repeatGround?: RepeatGrounds
  readonly matchingUnitIds: readonly string[]
  readonly checkUntil: LocalDate
  readonly byGrade: boolean
  /** By policy, who was never trained is no candidate (REG-40). */
  readonly trainedOnly: boolean
  readonly policy: { readonly preset: string; readonly version: number; readonly digest: string }
  readonly snapshotJson: string
  /** Draws that its exclusions name, ascending; absent where they name none. */
  readonly namedDraws?: readonly string[]
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

/** K of a draw as it is kept: never in the clear. */
export interface KeptKey {
  readonly sealed: Uint8Array
  /** The file of K wrapped for the superior of its region; absent where none was configured when K was made. */
  readonly wrapped?: string
}

export interface FrozenDraws {
  /** By the id that it is kept under, as `frozenIdOf` forms it. */
  get(drawId: string): Promise<FrozenDraw | undefined>
  /** Keeps the first draw of an id; false when there was one. */
  insert(draw: FrozenDraw): Promise<boolean>
  /** The kept key of a draw: the one proposed, or the one that was there before, sealed and wrapped in one write. */
  keyOf(drawId: string, propose: () => Promise<KeptKey>): Promise<KeptKey>
  knownKey(drawId: string): Promise<KeptKey | undefined>
}

/** The blobs with the nodes of draws' trees, by what K is kept under: a redraw's tree is its parent's. */
export interface TreeNodes {
  /** The digest; undefined until one is kept. */
  get(id: string): Promise<string | undefined>
  keep(id: string, digest: string): Promise<void>
}

/** Draws as drawing told of them. */
export interface ToldDraws {
  get(drawId: string): Promise<ToldDraw | undefined>
  getMany(drawIds: readonly string[]): Promise<ReadonlyMap<string, ToldDraw>>
  redrawsOf(drawId: string): Promise<readonly ToldDraw[]>
  /** Of each draw matched in a year what its parts in a region and below are kept under (`frozenIdOf`). */
  inYear(regionCode: RegionCode, year: number): Promise<readonly (readonly string[])[]>
}
