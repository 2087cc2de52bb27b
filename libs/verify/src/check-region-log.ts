import {
  type Commitment,
  type DrawHash,
  type LogEntry,
  logHead,
  rolesFor,
  type SignedTranscript,
  type TranscriptLog,
  tipOf,
  transcriptDigest,
} from '@dual-random/draw'
import { canonicalJson } from '@dual-random/kernel'
import {
  type ApprovalRecord,
  type AuditedRecord,
  type DefinitionRecord,
  type FailedRecord,
  failureFault,
  type KeyRecord,
  type KeysFile,
  type NumbersRecord,
  neededBefore,
  onlyOnce,
  type RevealRecord,
  recordDigest,
  type TipRecord,
  type VoidRecord,
} from '@dual-random/witness'
import type { LogCrypto } from './check-log.ts'
import { checkSigned, type HeldKey } from './check-signed.ts'
import { type Check, hold, same } from './difference.ts'

interface Records {
  readonly key: KeyRecord
  readonly definition: DefinitionRecord
  readonly numbers: NumbersRecord
  readonly tip: TipRecord
  readonly reveal: RevealRecord
  readonly void: VoidRecord
  readonly approval: ApprovalRecord
  readonly audited: AuditedRecord
  readonly failed: FailedRecord
}

/** The record of a line of that kind; the line's form has been checked. */
export const recordOf = <K extends keyof Records>(line: LogEntry, kind: K): Records[K] | undefined =>
  line.kind === kind ? (line.record as Records[K] | undefined) : undefined

/** What the lines so far say of one draw. */
interface DrawSoFar {
  readonly digests: Map<LogEntry['kind'], string>
  /** unitId → tip. */
  readonly tips: Map<string, string>
  readonly revealed: Set<string>
  readonly audited: Set<string>
  readonly numbers: NumbersRecord[]
}

/**
 * §13, item 7, of the region log: the whole chain with its records, and in it this draw's entries with the transcript's own. What units signed is
 * judged where their superior's key is pinned. Places are lines of the log's file.
 */
export function* checkRegionLog(
  { hash: hashOf, verifyEd25519 }: LogCrypto,
  lines: readonly LogEntry[],
  { transcript: t }: SignedTranscript,
  pinned: KeysFile | undefined,
  { genesis, entries }: TranscriptLog = t.log,
): Check {
  const hash = hashOf(genesis.hash)
  const { regionCode } = genesis
  yield* same('line 1 /record', canonicalJson(lines[0]?.record ?? null), canonicalJson(genesis))
  const keys: HeldKey[] = [...genesis.keys, ...(pinned === undefined ? [] : [{ ...pinned.superior, role: 'superior' as const }])]
  const definitions = new Set<string>()
  const draws = new Map<string, DrawSoFar>()
  for (const [index, line] of lines.entries()) {
    const at = (member: string): string => `line ${index + 1} ${member}`
    const { seq, kind, drawId, digest, record } = line
    yield* same(at('/seq'), seq, index)
    yield* hold(at('/kind'), (kind === 'genesis') === (index === 0), 'genesis-out-of-place')
    yield* same(at('/head'), line.head, logHead(hash, lines[index - 1]?.head ?? null, seq, kind, digest))
    if (record !== undefined) yield* same(at('/digest'), digest, recordDigest(hash, record))
    const roles = rolesFor(kind)
    // Units and superior cannot be told without the pinned key.
    const isJudged = pinned !== undefined || !roles.includes('superior')
    const key = isJudged ? yield* checkSigned(verifyEd25519, at, keys, roles, line, { kind, regionCode, drawId, digest }) : undefined
    const admitted = recordOf(line, 'key')
    if (admitted !== undefined) yield* enterKey(at, keys, admitted)
    else if (kind === 'definition') yield* enterDefinition(at, definitions, digest)
    else if (drawId !== null) yield* enterEntry(hash, at, draws, { ...line, drawId }, key)
  }
  for (const entry of entries)
    for (const name of ['head', 'keyId', 'signature'] as const)
      yield* same(`line ${entry.seq + 1} /${name}`, lines[entry.seq]?.[name], entry[name])
  const own = lines.filter(({ kind, drawId }) => kind === 'transcript' && drawId === t.drawId).map(({ digest }) => digest)
  yield* same('(whole file) transcript', own, [transcriptDigest(hash, t)])
}

/** A key that the superior admits; it holds for the entries after its own. */
function* enterKey(at: (member: string) => string, keys: HeldKey[], { keyId, publicKey, role, unitId }: KeyRecord): Check {
  yield* hold(at('/record/keyId'), !keys.some((key) => key.keyId === keyId), 'key-given-before')
  yield* hold(at('/record/publicKey'), !keys.some((key) => key.publicKey === publicKey), 'key-given-before')
  keys.push({ keyId, publicKey, role, unitId })
}

/** A definition of public numbers that the superior admits; one is given once. */
function* enterDefinition(at: (member: string) => string, definitions: Set<string>, digest: string): Check {
  yield* hold(at('/record'), !definitions.has(digest), 'definition-given-before')
  definitions.add(digest)
}

/** §22: the organiser does not audit its own draw. */
export function* checkAuditors({ drawId, organiserUnitId }: Commitment, lines: readonly LogEntry[]): Check {
  for (const [index, line] of lines.entries()) {
    const audited = line.drawId === drawId ? recordOf(line, 'audited') : undefined
    yield* hold(`line ${index + 1} /record/unitId`, audited?.unitId !== organiserUnitId, 'audited-by-organiser')
  }
}

/** An audit of this draw by its entry in the log (§22). */
export interface AuditEntry {
  readonly unitId: string
  /** How many; 0 where everything was recomputed the same. */
  readonly findings: number
  /** Not without a keys file. */
  readonly isSignatureChecked: boolean
}

/** Those that stand in the organiser's log, in its order. */
export const auditsIn = ({ drawId }: Commitment, log: readonly LogEntry[], pinned: KeysFile | undefined): readonly AuditEntry[] =>
  log.flatMap((line) => {
    const audited = line.drawId === drawId ? recordOf(line, 'audited') : undefined
    return audited === undefined ? [] : [{ unitId: audited.unitId, findings: audited.findings, isSignatureChecked: pinned !== undefined }]
  })

/** An entry of a draw: in the order of its life, its record of this draw, a tip or reveal by the unit that it names. */
function* enterEntry(
  hash: DrawHash,
  at: (member: string) => string,
  draws: Map<string, DrawSoFar>,
  line: LogEntry & { readonly drawId: string },
  key: HeldKey | undefined,
): Check {
  const { kind, drawId, digest } = line
  const draw = draws.get(drawId) ?? { digests: new Map(), tips: new Map(), revealed: new Set(), audited: new Set(), numbers: [] }
  draws.set(drawId, draw)
  const needed = neededBefore[kind]
  yield* hold(at('/kind'), !onlyOnce.has(kind) || !draw.digests.has(kind), 'second-entry')
  yield* hold(at('/kind'), needed === undefined || draw.digests.has(needed), 'nothing-before')
  yield* hold(at('/kind'), !draw.digests.has('failed'), 'after-failed')
  draw.digests.set(kind, digest)
  const record =
    recordOf(line, 'tip') ??
    recordOf(line, 'reveal') ??
    recordOf(line, 'numbers') ??
    recordOf(line, 'approval') ??
    recordOf(line, 'audited') ??
    recordOf(line, 'failed') ??
    recordOf(line, 'void')
  if (record === undefined) return
  yield* same(at('/record/drawId'), record.drawId, drawId)
  if (!('unitId' in record)) return
  const { unitId } = record
  if (key !== undefined) yield* same(at('/record/unitId'), unitId, key.unitId)
  if (record.type === 'dual-random/failed/v1') {
    const fault = failureFault(record.reason, draw.digests.keys())
    yield* hold(at('/kind'), fault !== 'no-void', 'nothing-before')
    yield* hold(at('/kind'), fault !== 'too-late', 'failed-too-late')
    return
  }
  if ('reason' in record) {
    yield* hold(at('/kind'), !draw.digests.has('commitment'), 'approval-after-commitment')
    return
  }
  if ('findings' in record) {
    yield* same(at('/record/match'), record.match, draw.digests.get('match'))
    yield* hold(at('/kind'), !draw.audited.has(unitId), 'second-audit')
    draw.audited.add(unitId)
    return
  }
  if ('tip' in record) {
    yield* hold(at('/kind'), !draw.tips.has(unitId) && !draw.digests.has('commitment'), 'second-entry')
    draw.tips.set(unitId, record.tip)
    return
  }
  yield* same(at('/record/commitment'), record.commitment, draw.digests.get('commitment'))
  if ('series' in record) {
    yield* enterNumbers(at, draw, record)
    return
  }
  yield* hold(at('/record/secret'), tipOf(hash, drawId, record) === draw.tips.get(unitId), 'tip-not-opened')
  yield* hold(at('/kind'), !draw.revealed.has(unitId), 'second-entry')
  draw.revealed.add(unitId)
}

/** §9a: of each source two entries, of two units, before the draw, and equal. */
function* enterNumbers(at: (member: string) => string, draw: DrawSoFar, typed: NumbersRecord): Check {
  yield* hold(at('/kind'), !draw.digests.has('transcript'), 'numbers-after-transcript')
  const [first, second] = draw.numbers.filter(({ source }) => source === typed.source)
  yield* hold(at('/kind'), second === undefined && first?.unitId !== typed.unitId, 'second-entry')
  if (first !== undefined) yield* same(at('/record/series'), typed.series, first.series)
  draw.numbers.push(typed)
}
