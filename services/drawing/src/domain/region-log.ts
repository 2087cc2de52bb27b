import {
  appendEntry,
  type DrawHash,
  type LogEntry,
  type LogGenesis,
  type LogKey,
  type LogKind,
  openLog,
  type SignatureRecord,
  type Signer,
} from '@dual-random/draw'
import { type DrawId, err, type Instant, type Json, ok, type RegionCode, type Result } from '@dual-random/kernel'
import type { DefinitionRecord, KeyRecord } from '@dual-random/witness'

/** Head of a region's log (rule 5). The entries before `last` are stored one by one; together they are the log. */
export interface RegionLog {
  readonly regionCode: RegionCode
  readonly genesis: LogGenesis
  readonly last: LogEntry
  /** Draws whose commitment is in, and neither their transcript nor a void nor their failure. */
  readonly open: readonly DrawId[]
  /** Keys that the superior admitted, with their entries. */
  readonly keys: readonly { readonly record: KeyRecord; readonly entry: LogEntry }[]
  /** Definitions of public numbers that it admitted; absent in a log that has none. */
  readonly definitions?: readonly { readonly record: DefinitionRecord; readonly entry: LogEntry }[]
  /** Number of the last transcript's entry; 0 while there is none. */
  readonly lastTranscriptSeq: number
}

export const logIdOf = (regionCode: RegionCode): string => `log-${regionCode}`

export interface LogRequest {
  readonly kind: LogKind
  readonly drawId: DrawId
  readonly digest: string
  readonly signature: SignatureRecord
  /** Of the kinds that carry it (docs/draw-protocol.md §16). */
  readonly record?: Json
  /** A void that the protocol itself brings about: its instant does not matter. */
  readonly byRule?: true
  /** A void of this draw that stands in the log was not witnessed in time and has no effect. */
  readonly despiteVoid?: true
  /** No later than this may a commitment, or a void after one, enter. */
  readonly notAfter?: Instant
  /** Draws of several cities that the organiser's log says failed: this one, which cannot say so, no longer waits for them. */
  readonly given?: readonly DrawId[]
  /** For a commitment under the bar on repeats: the last entry that its freeze knew. */
  readonly frozenAtSeq?: number
}

export type LogRefusal =
  | { readonly code: 'draw-void' }
  | { readonly code: 'draw-failed' }
  | { readonly code: 'freeze-outdated' }
  | { readonly code: 'entry-too-late'; readonly at: Instant }

export type LogDecision =
  | { readonly outcome: 'known'; readonly entry: LogEntry }
  | { readonly outcome: 'appended'; readonly entry: LogEntry; readonly log: RegionLog }

export function openRegionLog(hash: DrawHash, genesis: LogGenesis, signer: Signer, receivedAt: Instant): RegionLog {
  const regionCode = genesis.regionCode as RegionCode
  return { regionCode, genesis, last: openLog(hash, genesis, signer, receivedAt), open: [], keys: [], lastTranscriptSeq: 0 }
}

/** Records whose content depends on when they are made: whichever entered first counts. */
const firstCounts: readonly LogKind[] = ['void', 'closed']

/** Appends a record of a draw, or finds it: one entry per draw and kind. `ofDraw` holds the draw's entries so far. */
export function append(
  hash: DrawHash,
  log: RegionLog,
  ofDraw: readonly LogEntry[],
  request: LogRequest,
  receivedAt: Instant,
): Result<LogDecision, LogRefusal> {
  const { kind, drawId, digest, signature, record } = request
  const known = ofDraw.find((entry) => entry.kind === kind)
  if (known !== undefined) {
    if (known.digest !== digest && !firstCounts.includes(kind)) throw new Error(`draw ${drawId} has another ${kind} entry`)
    return ok({ outcome: 'known', entry: known })
  }
  if (isFailed(ofDraw)) return err({ code: 'draw-failed' })
  if (request.despiteVoid !== true && isVoid(ofDraw)) return err({ code: 'draw-void' })
  const refusal = refusalOf(log, ofDraw, request, receivedAt)
  if (refusal !== undefined) return err(refusal)
  const entry = appendEntry(hash, log.last, { kind, drawId, digest, receivedAt, ...(record === undefined ? {} : { record }) }, signature)
  return ok({ outcome: 'appended', entry, log: { ...log, last: entry, ...ledger(log, entry, drawId) } })
}

/** The superior said that the draw cannot be ended (docs/draw-protocol.md §24): nothing of it enters any more. */
export const isFailed = (ofDraw: readonly LogEntry[]): boolean => ofDraw.some(({ kind }) => kind === 'failed')

/** A void that a transcript follows had come too late. */
const isVoid = (ofDraw: readonly LogEntry[]): boolean =>
  ofDraw.some(({ kind }) => kind === 'void') && !ofDraw.some(({ kind }) => kind === 'transcript')

function refusalOf(log: RegionLog, ofDraw: readonly LogEntry[], request: LogRequest, receivedAt: Instant): LogRefusal | undefined {
  const { kind, drawId, notAfter, frozenAtSeq, byRule } = request
  const isCommitted = ofDraw.some((entry) => entry.kind === 'commitment')
  if (kind === 'void' && isCommitted && notAfter === undefined && byRule === undefined)
    throw new Error(`draw ${drawId} is voided without the margin of its round`)
  if ((kind === 'commitment' || (kind === 'void' && isCommitted)) && notAfter !== undefined && receivedAt > notAfter)
    return { code: 'entry-too-late', at: notAfter }
  if (
    kind === 'commitment' &&
    frozenAtSeq !== undefined &&
    (log.open.some((one) => request.given?.includes(one) !== true) || log.lastTranscriptSeq > frozenAtSeq)
  )
    return { code: 'freeze-outdated' }
  return undefined
}

function ledger(log: RegionLog, { kind, seq }: LogEntry, drawId: DrawId): Partial<RegionLog> {
  if (kind === 'commitment') return { open: [...log.open, drawId] }
  if (kind !== 'transcript' && kind !== 'void') return {}
  return { open: log.open.filter((one) => one !== drawId), ...(kind === 'transcript' ? { lastTranscriptSeq: seq } : {}) }
}

/**
 * Whether a stored genesis vouches for the keys that are configured: another key needs an entry of its own, not a new genesis. Beacons are left
 * out: they come and go, and every commitment asks whether the log vouches for those it names.
 */
export function hasKeys(genesis: LogGenesis, configured: readonly LogKey[]): boolean {
  const signing = (keys: readonly LogKey[]): readonly LogKey[] => keys.filter(({ role }) => role !== 'beacon')
  const there = signing(genesis.keys)
  const wanted = signing(configured)
  return (
    there.length === wanted.length &&
    wanted.every(({ keyId, publicKey, role }) =>
      there.some((key) => key.keyId === keyId && key.publicKey === publicKey && key.role === role),
    )
  )
}

/** Keys of beacons that the log vouches for: those of its genesis, and those that the superior admitted since. */
export const beaconKeysIn = ({
  genesis,
  keys,
}: Pick<RegionLog, 'genesis' | 'keys'>): readonly {
  readonly keyId: string
  readonly publicKey: string
  readonly unitId?: string
  readonly enteredAt: Instant
}[] => [
  ...genesis.keys.flatMap(({ keyId, role, publicKey }) => (role === 'beacon' ? [{ keyId, publicKey, enteredAt: genesis.startedAt }] : [])),
  ...keys.flatMap(({ record: { keyId, role, publicKey, unitId }, entry }) =>
    role === 'beacon' ? [{ keyId, publicKey, unitId, enteredAt: entry.receivedAt }] : [],
  ),
]

/** The definition of public numbers behind a digest. */
export const definitionIn = ({ definitions = [] }: Pick<RegionLog, 'definitions'>, digest: string): DefinitionRecord | undefined =>
  definitions.find(({ entry }) => entry.digest === digest)?.record

/** The definitions that the superior admitted, by digest and source. */
export const definitionsIn = ({
  definitions = [],
}: Pick<RegionLog, 'definitions'>): readonly { readonly digest: string; readonly source: string; readonly enteredAt: Instant }[] =>
  definitions.map(({ record: { source }, entry }) => ({ digest: entry.digest, source, enteredAt: entry.receivedAt }))
