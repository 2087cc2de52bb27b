import {
  buildTranscript,
  type DrawError,
  type DrawHash,
  type Drawn,
  drawnDigest,
  type HashName,
  type MatchRecord,
  matchInputText,
  matchInspectors,
  matchRecordText,
  objectsWithoutTeam,
  parseRoster,
  type RosterEntry,
  rootOfTree,
  rosterText,
  rosterTree,
  runDraw,
  type SignedTranscript,
  sortRoster,
} from '@dual-random/draw'
import { canonicalJson, err, ok, type Result, toHex, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import type {
  MatchedTeams,
  MatchFiles,
  MatchFilesInput,
  MatchTeamsInput,
  RosterDrawInput,
  RosterFileInput,
  TranscribeInput,
  WrittenFile,
} from '../app/computations.ts'
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

export function matchFiles({ hash: name, units, labels }: Under<MatchFilesInput>): Result<MatchFiles, MatchFileError> {
  const hash = hashOf(name)
  const inputs = []
  for (const unit of units) {
    const input = matchInputOf({ ...unit, needs: membersOf(unit.needs) as readonly Needs[] })
    if (!input.ok) return input
    inputs.push(input.value)
  }
  const files = inputs.map((input) => written(hash, matchInputText(input)))
  return ok({ files, withoutTeam: objectsWithoutTeam(inputs, membersOf(labels) as readonly string[]).length })
}

export function draw({ hash, roster, ...input }: Under<RosterDrawInput>): Result<Drawn, DrawError> {
  const parsed = parseRoster(textOf(roster))
  return parsed.ok ? runDraw(hashOf(hash), { ...input, roster: parsed.value }) : err(parsed.error)
}

export function transcribe({ hash: name, openings, ...input }: Under<TranscribeInput>): WrittenFile {
  const hash = hashOf(name)
  const drawnSet = openings.map(({ drawnSalt, id }) => drawnDigest(hash, input.commitment.drawId, drawnSalt, id))
  return written(hash, canonicalJson(buildTranscript(hash, { ...input, drawnSet })))
}

export function matchTeams({ hash: name, transcript, inputs: files, ...named }: Under<MatchTeamsInput>): MatchedTeams {
  const hash = hashOf(name)
  const { transcript: read } = JSON.parse(textOf(transcript)) as SignedTranscript
  const inputs = files.map((file) => parseMatchInput(textOf(file)))
  const matches = matchInspectors(hash, read.seed, read.strata, inputs)
  const record: MatchRecord = { type: 'dual-random/match/v1', ...named, matches }
  return { ...written(hash, matchRecordText(record)), loads: loadsOf(inputs, matches), shortOfTeam: shortOfTeam(matches) }
}
