import {
  type Commitment,
  type DrawHash,
  type HashName,
  type LogEntry,
  type MatchInput,
  type MatchRecord,
  type ObjectOpening,
  type PrivateObject,
  type PublicOpeningLine,
  parseNdjson,
  type RosterEntry,
  type SignedTranscript,
  type StratumRule,
} from '@dual-random/draw'
import { auditedBy, type DemoFiles, demoBundle, hashNamed, openingOf, openingText, partNames } from '@dual-random/verify/testing'
import { type CosignedCheckpoint, type KeysFile, parseKeysFile } from '@dual-random/witness'
import { exampleMatchInput } from './staff.ts'

/** The example's draw as its files say it, and what registry alone knows of it. */
export interface PlayedExample {
  readonly hash: DrawHash
  readonly drawId: string
  /** The files by their names beside the transcript. */
  readonly files: Readonly<Record<string, string>>
  readonly rosterText: string
  readonly commitmentText: string
  readonly transcript: SignedTranscript
  readonly commitment: Commitment
  readonly roster: readonly RosterEntry[]
  readonly openings: readonly PublicOpeningLine[]
  readonly opening: ObjectOpening
  readonly log: readonly LogEntry[]
  readonly checkpoints: readonly CosignedCheckpoint[]
  readonly keys: KeysFile
  /** The key K, and the private objects in the order of their labels. */
  readonly key: Uint8Array
  readonly objects: readonly PrivateObject[]
  /** What the bureau's matching rests on, and what came of it. */
  readonly matchInput: MatchInput
  readonly match: MatchRecord
}

const rules: Readonly<Record<string, StratumRule>> = {
  A: {
    kind: 'ratio',
    ratio: { numerator: 3, denominator: 10 },
    batchShare: { numerator: 1, denominator: 1 },
    base: 'mapped',
    rounding: 'up',
  },
  B: { kind: 'count', count: 1 },
}

/** Seven objects in two strata, one of them excluded; three are drawn, in two batches. Nothing of it depends on when or where it runs. */
export function playExample(name: HashName): PlayedExample {
  const demo = demoBundle({
    hash: name,
    objects: 7,
    demo: false,
    witnessed: true,
    withReveal: true,
    rules,
    onMembers: (members) =>
      members.map((one, index) => {
        const stratum = index < 4 ? 'A' : 'B'
        const needs = stratum === 'A' ? ['food'] : one.needs
        return { ...one, stratum, needs, grade: { value: stratum, source: 'GENERAL_RESULT', asOf: '2026-02-01' } }
      }),
    onMatchInput: exampleMatchInput,
    extra: { match: auditedBy() },
  })
  const keys = parseKeysFile(demo.keys ?? '')
  if (!keys.ok) throw new Error(keys.error.code)
  return {
    hash: hashNamed(name),
    drawId: demo.drawId,
    files: filesOf(demo),
    rosterText: demo.roster,
    commitmentText: demo.commitment,
    transcript: JSON.parse(demo.transcript) as SignedTranscript,
    commitment: JSON.parse(demo.commitment) as Commitment,
    roster: linesOf(demo.roster) as readonly RosterEntry[],
    openings: linesOf(demo.openings) as readonly PublicOpeningLine[],
    opening: ownOpening(demo),
    log: linesOf(demo.log) as readonly LogEntry[],
    checkpoints: linesOf(demo.checkpoints ?? '') as readonly CosignedCheckpoint[],
    keys: keys.value,
    key: demo.private.key,
    objects: linesOf(textOf(demo.private.objects.bytes)) as readonly PrivateObject[],
    matchInput: matchInputOf(textOf(demo.private.matchInput.bytes)),
    match: JSON.parse(textOf(demo.private.match.bytes)) as MatchRecord,
  }
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const ownOpening = (demo: DemoFiles): ObjectOpening => openingOf(demo, demo.drawnIds[0] ?? '')

function filesOf(demo: DemoFiles): Readonly<Record<string, string>> {
  const names = partNames(demo)
  const { objects, exclusions, matchInput, match } = demo.private
  return {
    [names.transcript]: demo.transcript,
    [names.commitment]: demo.commitment,
    [names.roster]: demo.roster,
    [names.openings]: demo.openings,
    [names.log]: demo.log,
    [names.checkpoints]: demo.checkpoints ?? '',
    [names.keys]: demo.keys ?? '',
    [names.opening]: openingText(ownOpening(demo)),
    ...Object.fromEntries([objects, exclusions, matchInput, match].map(({ name, bytes }) => [`private/${name}`, textOf(bytes)])),
  }
}

type Line = { readonly inspector: MatchInput['inspectors'][number] } | { readonly object: MatchInput['objects'][number] }

function matchInputOf(text: string): MatchInput {
  const [header, ...lines] = linesOf(text) as readonly [Omit<MatchInput, 'inspectors' | 'objects'>, ...(readonly Line[])]
  return {
    ...header,
    inspectors: lines.flatMap((line) => ('inspector' in line ? line.inspector : [])),
    objects: lines.flatMap((line) => ('object' in line ? line.object : [])),
  }
}

function linesOf(text: string): readonly unknown[] {
  const lines = parseNdjson(text)
  if (!lines.ok) throw new Error(JSON.stringify(lines.error))
  return lines.value
}
