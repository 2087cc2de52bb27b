import type {
  Commitment,
  DrawError,
  DrawInput,
  Drawn,
  LogGenesis,
  LogProof,
  Snapshot,
  TranscriptLog,
  UnitForecast,
} from '@dual-random/draw'
import type { DrawId, Result } from '@dual-random/kernel'
import type { MatchFileError, UnitInput } from '../domain/match-files.ts'
import type { MatchLoad } from '../domain/matching.ts'

/**
 * Work over a whole roster: pure, and long enough to hold the event loop for seconds. Byte arrays change hands, whoever gives them must not
 * read them afterwards. Any of it may fail with `computation-lost` or `computation-queue-full`, both retryable: nothing has happened then.
 */
export interface Computations {
  /** The roster file of the mapped set, ascending by label; undefined where the set is not the one that the snapshot signs. */
  rosterFile(input: RosterFileInput): Promise<Uint8Array | undefined>
  /** The private file of every matching unit, and how many labels could not get a full team from them (rule 10). */
  matchFiles(input: MatchFilesInput): Promise<Result<MatchFiles, MatchFileError>>
  /** How many of the objects that a draw will bring every unit could staff, before it is committed. */
  forecast(input: ForecastInput): Promise<Result<CapacityForecast, MatchFileError>>
  /** The drawn of the roster files (rules 8 and 9). */
  draw(input: RosterDrawInput): Promise<Result<DrawnOfCities, DrawError>>
  /** The transcript, to be signed by its digest. */
  transcribe(input: TranscribeInput): Promise<WrittenFile>
  /** The teams of a transcript file from the files S names (rule 10). */
  matchTeams(input: MatchTeamsInput): Promise<MatchedTeams>
}

export interface RosterFileInput {
  /** Entries in any order: JSON texts of arrays of `RosterEntry`. */
  readonly parts: readonly Uint8Array[]
  readonly signed: Pick<Snapshot, 'root' | 'rosterDigest'>
}

/** A unit with its objects' needs as JSON texts of arrays of `Needs`. */
export interface UnitParts extends Omit<UnitInput, 'needs'> {
  readonly needs: readonly Uint8Array[]
}

export interface MatchFilesInput {
  readonly units: readonly UnitParts[]
  /** The labels that may be drawn: JSON texts of arrays of them. */
  readonly labels: readonly Uint8Array[]
  /** Of a draw of several cities: whose each of those arrays is. */
  readonly labelsOf?: readonly string[]
}

export interface ForecastInput {
  readonly units: readonly UnitParts[]
  /** The labels that may be drawn of each stratum, as JSON texts of arrays, and how many will be. */
  readonly strata: readonly ForecastStratum[]
}

export interface ForecastStratum {
  readonly drawn: number
  readonly labels: readonly Uint8Array[]
  /** Of a draw of several cities: whose each of those arrays is. */
  readonly labelsOf?: readonly string[]
}

export interface CapacityForecast {
  /** Objects that will be drawn. */
  readonly drawn: number
  readonly units: readonly UnitForecast[]
}

/** Canonical bytes with their digest under the draw's hash. */
export interface WrittenFile {
  readonly digest: string
  readonly bytes: Uint8Array
}

export interface MatchFiles {
  /** In the order of the units. */
  readonly files: readonly WrittenFile[]
  readonly withoutTeam: number
}

export interface RosterDrawInput extends Omit<DrawInput, 'roster' | 'others'> {
  /** The roster file. */
  readonly roster: Uint8Array
  /** The other cities'. */
  readonly otherRosters?: readonly { readonly regionCode: string; readonly roster: Uint8Array }[]
}

export interface DrawnOfCities extends Drawn {
  /** Of a draw of several cities: the labels drawn in each roster, in the order of the draw; the organiser's first. */
  readonly ofCities?: readonly { readonly regionCode: string; readonly labels: readonly string[] }[]
}

export interface TranscribeInput extends Omit<DrawInput, 'roster' | 'others'> {
  readonly commitment: Commitment
  readonly drawn: Drawn
  /** What the public set is made of (rule 11); empty where everything is opened. */
  readonly openings: readonly { readonly id: string; readonly drawnSalt: string }[]
  readonly genesis: LogGenesis
  readonly entries: readonly LogProof[]
  /** Of the other cities' logs. */
  readonly joint?: readonly TranscriptLog[]
}

export interface MatchTeamsInput {
  readonly drawId: DrawId
  readonly transcriptDigest: string
  readonly nonce: string
  /** The transcript file and the match inputs. */
  readonly transcript: Uint8Array
  readonly inputs: readonly Uint8Array[]
  /** Of a draw of several cities: the labels drawn in each. */
  readonly ofCities?: DrawnOfCities['ofCities']
}

export interface MatchedTeams extends WrittenFile {
  readonly loads: readonly MatchLoad[]
  readonly shortOfTeam: number
}
