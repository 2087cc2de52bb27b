import { checkDefinition, checkEntered, publishedOf } from '@dual-random/beacon/verify'
import type { Commitment, CommittedPublicNumbers, LogEntry, Transcript } from '@dual-random/draw'
import { canonicalJson } from '@dual-random/kernel'
import type { DefinitionRecord, NumbersRecord } from '@dual-random/witness'
import { recordOf } from './check-region-log.ts'
import type { IsWitnessed } from './check-witnesses.ts'
import { broken, type Check, hold, same } from './difference.ts'

/** Public numbers that S waits for, and where it names them. */
interface Named {
  readonly at: string
  readonly index: number
  readonly source: string
  readonly beacon: CommittedPublicNumbers
}

const namedBy = ({ beacons }: Commitment): readonly Named[] =>
  beacons.flatMap((beacon, index) =>
    beacon.kind === 'public-numbers' ? [{ at: `/beacons/${index}`, index, source: beacon.source, beacon }] : [],
  )

/** Whether the log is needed to judge a draw: only there stands what its numbers are. */
export const waitsForNumbers = (s: Commitment): boolean => namedBy(s).length > 0

interface DefinitionLine {
  readonly line: LogEntry
  readonly definition: DefinitionRecord
}

/** The definition behind a digest, where it stands in the log before S. */
function definitionOf(t: Transcript, { beacon }: Named, log: readonly LogEntry[]): DefinitionLine | undefined {
  const committed = t.log.entries.find(({ kind }) => kind === 'commitment')?.seq
  const line = log.slice(0, committed).find(({ kind, digest }) => kind === 'definition' && digest === beacon.definition)
  const definition = line && recordOf(line, 'definition')
  return line === undefined || definition === undefined ? undefined : { line, definition }
}

/** §9a: the superior admitted the definitions that S names long enough before. Places are those of S. */
export function* checkDefinitionsInLog(
  isWitnessed: IsWitnessed,
  ageSeconds: number,
  t: Transcript,
  s: Commitment,
  log: readonly LogEntry[],
): Check {
  const sinceMs = BigInt(Date.parse(s.committedAt)) - 1000n * BigInt(ageSeconds)
  for (const named of namedBy(s)) {
    const found = definitionOf(t, named, log)
    if (found === undefined) {
      yield broken(`${named.at}/definition`, 'definition-not-in-log')
      continue
    }
    yield* same(`${named.at}/source`, named.source, found.definition.source)
    yield* hold(`${named.at}/definition`, isWitnessed(found.line, sinceMs), 'definition-too-young')
  }
}

const place = ({ seq }: LogEntry, pointer: string): string => `line ${seq + 1} ${pointer}`

/** §9a: the definitions hold, and what was typed is of their first publications. Places are lines of the log. */
export function* checkTyped(t: Transcript, s: Commitment, log: readonly LogEntry[]): Check {
  const all = namedBy(s)
  for (const named of all) {
    const found = definitionOf(t, named, log)
    if (found !== undefined) yield* hold(place(found.line, '/record'), checkDefinition(found.definition).ok, 'definition-invalid')
  }
  for (const line of log) {
    const typed = line.drawId === s.drawId ? recordOf(line, 'numbers') : undefined
    if (typed === undefined) continue
    const named = all.find(({ source }) => source === typed.source)
    if (named === undefined) {
      yield broken(place(line, '/record/source'), 'source-not-of-commitment')
      continue
    }
    const definition = definitionOf(t, named, log)?.definition
    const fault = definition && checkEntered(definition, named.beacon.notBefore, typed.series)
    if (fault !== undefined) yield broken(place(line, `/record${fault.path}`), `numbers-${fault.code}`)
  }
}

const typedOf = (s: Commitment, { source }: Named, log: readonly LogEntry[]): readonly NumbersRecord[] =>
  log.flatMap((line) => {
    const typed = line.drawId === s.drawId ? recordOf(line, 'numbers') : undefined
    return typed?.source === source ? [typed] : []
  })

/** §9a: two units typed each of them; that they are equal is a rule of the log. Places are those of S. */
export function* checkTwoTyped(s: Commitment, log: readonly LogEntry[]): Check {
  for (const named of namedBy(s)) yield* hold(named.at, typedOf(s, named, log).length === 2, 'numbers-not-typed')
}

/** §10: the transcript has what they typed. Places are those of the transcript. */
export function* checkTranscribed(t: Transcript, s: Commitment, log: readonly LogEntry[]): Check {
  for (const named of namedBy(s)) {
    const [typed] = typedOf(s, named, log)
    const output = t.beacons[named.index]
    if (typed === undefined || output === undefined || !('series' in output)) continue
    yield* same(`/transcript/beacons/${named.index}/series`, canonicalJson(output.series), canonicalJson(publishedOf(typed.series)))
  }
}
