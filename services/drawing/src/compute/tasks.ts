import {
  buildTranscript,
  type DrawError,
  type DrawHash,
  drawnDigest,
  forecastCapacity,
  type HashName,
  type MatchInput,
  type MatchRecord,
  matchInputText,
  matchInspectors,
  matchRecordText,
  objectsWithoutTeam,
  parseRoster,
  type RegionOf,
  type RosterEntry,
  rootOfTree,
  rosterText,
  rosterTree,
  runDraw,
  type SignedTranscript,
  sortRoster,
  type UnitForecast,
} from '@dual-random/draw'
import { canonicalJson, err, ok, type Result, toHex, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import type {
  CapacityForecast,
  DrawnOfCities,
  ForecastInput,
  ForecastStratum,
  MatchedTeams,
  MatchFiles,
  MatchFilesInput,
  MatchTeamsInput,
  RosterDrawInput,
  RosterFileInput,
  TranscribeInput,
  WrittenFile,
} from '../app/computations.ts'
import { expectedObjects } from '../domain/expected-objects.ts'
import { textOf } from '../domain/file-text.ts'
import { type MatchFileError, matchInputOf, type Needs, parseMatchInput } from '../domain/match-files.ts'
import { loadsOf, shortOfTeam } from '../domain/matching.ts'

// What threads run. A thread loads this module and what it imports: nothing with a socket, a client or a key belongs here.

/** A hash travels by its name. */
type Under<Input> = Input & { readonly hash: HashName }

const hashOf = (name: HashName): DrawHash => ({ name, digest: (bytes) => digest(name, bytes) })

const written = (hash: DrawHash, text: string): WrittenFile => {
  const bytes = utf8(text)
  return { digest: toHex(hash.digest(bytes)), bytes }
}

/** The members of lists that come in parts, each a JSON text. */
const membersOf = (parts: readonly Uint8Array[]): readonly unknown[] => parts.flatMap((part) => JSON.parse(textOf(part)) as unknown[])

export function rosterFile({ hash: name, parts, signed }: Under<RosterFileInput>): Uint8Array | undefined {
  const hash = hashOf(name)
  const sorted = sortRoster(membersOf(parts) as readonly RosterEntry[])
  if (!sorted.ok) return undefined
  const { digest: rosterDigest, bytes } = written(hash, rosterText(sorted.value))
  const isAsSigned = rosterDigest === signed.rosterDigest && toHex(rootOfTree(rosterTree(hash, sorted.value))) === signed.root
  return isAsSigned ? bytes : undefined
}

export function matchFiles({ hash: name, units, labels, labelsOf }: Under<MatchFilesInput>): Result<MatchFiles, MatchFileError> {
  const hash = hashOf(name)
  const inputs = []
  for (const unit of units) {
    const input = matchInputOf({ ...unit, needs: membersOf(unit.needs) as readonly Needs[] })
    if (!input.ok) return input
    inputs.push(input.value)
  }
  const files = inputs.map((input) => written(hash, matchInputText(input)))
  const parts = labels.map((part) => membersOf([part]) as readonly string[])
  const regions = labelsOf && regionsByLabel(parts.map((part, index) => ({ regionCode: labelsOf[index] ?? '', labels: part })))
  return ok({ files, withoutTeam: objectsWithoutTeam(inputs, parts.flat(), regions).length })
}

export function forecast({ units, strata }: Under<ForecastInput>): Result<CapacityForecast, MatchFileError> {
  const read = strata.map(({ labels, ...stratum }) => ({ ...stratum, parts: labels.map((part) => membersOf([part]) as readonly string[]) }))
  const forecasts: UnitForecast[] = []
  for (const unit of units) {
    const input = matchInputOf({ ...unit, needs: membersOf(unit.needs) as readonly Needs[] })
    if (!input.ok) return input
    forecasts.push(
      ...forecastCapacity(
        [input.value],
        expectedObjects(
          input.value,
          read.map((stratum) => expectedOf(stratum, input.value)),
        ),
      ),
    )
  }
  return ok({ drawn: strata.reduce((sum, { drawn }) => sum + drawn, 0), units: forecasts })
}

type ReadStratum = Omit<ForecastStratum, 'labels'> & { readonly parts: readonly (readonly string[])[] }

/** A stratum as one unit sees it: of a draw of several cities, the part of its city, which holds its share of those drawn. */
function expectedOf({ drawn, parts, labelsOf }: ReadStratum, { cities }: MatchInput): { drawn: number; labels: readonly string[] } {
  const labels = parts.filter((_, index) => cities === undefined || cities.of.includes(labelsOf?.[index] ?? '')).flat()
  const total = parts.reduce((sum, { length }) => sum + length, 0)
  return { drawn: total === 0 ? 0 : (drawn * labels.length) / total, labels }
}

export function draw({ hash, roster, otherRosters, ...input }: Under<RosterDrawInput>): Result<DrawnOfCities, DrawError> {
  const parsed = parseRoster(textOf(roster))
  if (!parsed.ok) return err(parsed.error)
  if (otherRosters === undefined) return runDraw(hashOf(hash), { ...input, roster: parsed.value })
  const others = new Map<string, readonly RosterEntry[]>()
  for (const { regionCode, roster: file } of otherRosters) {
    const other = parseRoster(textOf(file))
    if (!other.ok) return err(other.error)
    others.set(regionCode, other.value)
  }
  const drawn = runDraw(hashOf(hash), { ...input, roster: parsed.value, others })
  if (!drawn.ok) return drawn
  const labels = drawn.value.batches.flat()
  const ofCities = [[input.commitment.regionCode, parsed.value] as const, ...others].map(([regionCode, entries]) => {
    const own = new Set(entries.map(({ label }) => label))
    return { regionCode, labels: labels.filter((label) => own.has(label)) }
  })
  return ok({ ...drawn.value, ofCities })
}

/** Whose a label is, where several cities draw together. */
function regionsByLabel(cities: NonNullable<DrawnOfCities['ofCities']>): RegionOf {
  const regions = new Map(cities.flatMap(({ regionCode, labels }) => labels.map((label) => [label, regionCode] as const)))
  return (label) => regions.get(label)
}

export function transcribe({ hash: name, openings, ...input }: Under<TranscribeInput>): WrittenFile {
  const hash = hashOf(name)
  const drawnSet = openings.map(({ drawnSalt, id }) => drawnDigest(hash, input.commitment.drawId, drawnSalt, id))
  return written(hash, canonicalJson(buildTranscript(hash, { ...input, drawnSet })))
}

export function matchTeams({ hash: name, transcript, inputs: files, ofCities, ...named }: Under<MatchTeamsInput>): MatchedTeams {
  const hash = hashOf(name)
  const { transcript: read } = JSON.parse(textOf(transcript)) as SignedTranscript
  const inputs = files.map((file) => parseMatchInput(textOf(file)))
  const matches = matchInspectors(hash, read.seed, read.strata, inputs, ofCities && regionsByLabel(ofCities))
  const record: MatchRecord = { type: 'dual-random/match/v1', ...named, matches }
  return { ...written(hash, matchRecordText(record)), loads: loadsOf(inputs, matches), shortOfTeam: shortOfTeam(matches) }
}
