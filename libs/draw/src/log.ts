import { canonicalJson, err, type Instant, type Json, ok, type Result, tlv, utf8 } from '@dual-random/kernel'
import { type DrawHash, digestBytes, type HashName, hexDigest } from './hash.ts'
import { ndjson } from './ndjson.ts'
import { type EntryKind, type SignatureRecord, type Signer, signDigest } from './signature.ts'

/** A key that the log vouches for. Public keys are lower-case hex: 32 bytes Ed25519, 96 bytes BLS12-381 G2. */
export type LogKey = {
  readonly keyId: string
  readonly role: 'registry' | 'drawing' | 'beacon'
  readonly algorithm: 'ed25519' | 'bls12381-g2'
  readonly publicKey: string
}

/** The first record of a region's log: it fixes the hash and says whether everything after it is a demonstration (rule 17). */
export type LogGenesis = {
  readonly type: 'dual-random/region-log/v1'
  readonly regionCode: string
  readonly demo: boolean
  readonly hash: HashName
  readonly keys: readonly LogKey[]
  readonly startedAt: Instant
}

/** One line of the region log. `receivedAt` is the log keeper's word: no digest covers it until a witness cosigns. */
export type LogEntry = {
  readonly seq: number
  readonly kind: EntryKind
  readonly drawId: string | null
  readonly digest: string
  readonly head: string
  readonly keyId: string
  readonly signature: string
  readonly receivedAt: Instant
  /** The record behind the digest, of the kinds that carry it (docs/draw-protocol.md §16); that of the genesis stands with the log. */
  readonly record?: Json
}

/** What the next entry is chained to. */
export type LogTip = Pick<LogEntry, 'seq' | 'head'>

export interface LogRecord {
  readonly kind: EntryKind
  readonly drawId: string | null
  readonly digest: string
  readonly receivedAt: Instant
  readonly record?: Json
}

/** Rule 5: head = H(TLV("log", previous head, seq, kind, digest)); before the genesis, seq 0, the previous head is empty. */
export const logHead = (hash: DrawHash, previous: string | null, seq: number, kind: EntryKind, digest: string): string =>
  hexDigest(hash, tlv('log', previous === null ? new Uint8Array(0) : digestBytes(previous), seq, kind, digestBytes(digest)))

export const genesisDigest = (hash: DrawHash, genesis: LogGenesis): string => hexDigest(hash, utf8(canonicalJson(genesis)))

/** The entry of seq 0, signed by the log's keeper. */
export function openLog(hash: DrawHash, genesis: LogGenesis, signer: Signer, receivedAt: Instant): LogEntry {
  const digest = genesisDigest(hash, genesis)
  const signature = signDigest(signer, 'genesis', genesis.regionCode, null, digest)
  return { seq: 0, kind: 'genesis', drawId: null, digest, head: logHead(hash, null, 0, 'genesis', digest), ...signature, receivedAt }
}

/** The entry after `tip`. The signature is of whoever answers for the record: registry signs snapshots, drawing the rest. */
export function appendEntry(hash: DrawHash, tip: LogTip, record: LogRecord, signature: SignatureRecord): LogEntry {
  const seq = tip.seq + 1
  return { seq, head: logHead(hash, tip.head, seq, record.kind, record.digest), ...signature, ...record }
}

export type LogError = { readonly code: 'broken-log'; readonly seq: number; readonly reason: 'seq' | 'head' | 'genesis' }

/** Recomputes every head from the genesis; gives the tip. Signatures are the caller's to check. */
export function checkLog(hash: DrawHash, genesis: LogGenesis, entries: readonly LogEntry[]): Result<LogTip, LogError> {
  let tip: LogTip | null = null
  for (const [seq, entry] of entries.entries()) {
    if (entry.seq !== seq) return err({ code: 'broken-log', seq, reason: 'seq' })
    const isGenesis = entry.kind === 'genesis' && entry.digest === genesisDigest(hash, genesis)
    if (isGenesis !== (seq === 0)) return err({ code: 'broken-log', seq, reason: 'genesis' })
    if (entry.head !== logHead(hash, tip?.head ?? null, seq, entry.kind, entry.digest))
      return err({ code: 'broken-log', seq, reason: 'head' })
    tip = { seq: entry.seq, head: entry.head }
  }
  return tip === null ? err({ code: 'broken-log', seq: 0, reason: 'genesis' }) : ok(tip)
}

/** The log file: one entry a line, the first with the genesis record in it. */
export const logText = (genesis: LogGenesis, entries: readonly LogEntry[]): string =>
  ndjson(entries.map((entry): Json => (entry.seq === 0 ? { ...entry, record: genesis } : entry)))

/** An entry as a transcript carries it, with the head before it so that the link can be recomputed alone. */
export type LogProof = Omit<LogEntry, 'drawId' | 'receivedAt' | 'record'> & { readonly previous: string }

export const logProof = (entry: LogEntry, previous: string): LogProof => {
  const { seq, kind, digest, head, keyId, signature } = entry
  return { seq, kind, digest, head, keyId, signature, previous }
}
