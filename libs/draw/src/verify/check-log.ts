import type { Commitment } from '../commitment.ts'
import type { DrawHash, HashName } from '../hash.ts'
import { genesisDigest, type LogEntry, type LogGenesis, type LogKey, logHead } from '../log.ts'
import type { SignatureKind } from '../signature.ts'
import { snapshotDigest } from '../snapshot.ts'
import { type SignedTranscript, transcriptDigest } from '../transcript.ts'
import { at, broken, type Check, same, sameTree } from './difference.ts'
import { roleOf, signedBy, type VerifyEd25519 } from './signed-by.ts'

/** What the log and its signatures are checked with. */
export interface LogCrypto {
  readonly hash: (name: HashName) => DrawHash
  readonly verifyEd25519: VerifyEd25519
}

/** §7, §8: the log's part in the transcript, and every signature. Places are those of the transcript file. */
export function* checkLogProof({ hash, verifyEd25519 }: LogCrypto, file: SignedTranscript, s: Commitment): Check {
  const t = file.transcript
  const { genesis, entries } = t.log
  const where = '/transcript/log'
  yield* same(`${where}/genesis/regionCode`, genesis.regionCode, s.regionCode)
  for (const name of ['keyId', 'publicKey'] as const)
    if (new Set(genesis.keys.map((key) => key[name])).size < genesis.keys.length) yield broken(`${where}/genesis/keys`, 'repeated-key')
  const own = hash(s.hash)
  const ofLog = hash(genesis.hash)
  let last = { seq: 0, head: logHead(ofLog, null, 0, 'genesis', genesisDigest(ofLog, genesis)) }
  yield* same(
    `${where}/entries`,
    entries.map(({ kind }) => kind),
    ['snapshot', 'commitment'],
  )
  for (const [index, entry] of entries.entries()) {
    const place = `${where}/entries/${index}`
    if (entry.seq <= last.seq) yield broken(`${place}/seq`, 'seq-not-ascending')
    if (entry.seq === last.seq + 1) yield* same(`${place}/previous`, entry.previous, last.head)
    yield* same(`${place}/head`, entry.head, logHead(ofLog, entry.previous, entry.seq, entry.kind, entry.digest))
    yield* same(`${place}/digest`, entry.digest, entry.kind === 'snapshot' ? snapshotDigest(own, s.snapshot) : t.commitment)
    const signed = { kind: entry.kind, regionCode: s.regionCode, drawId: s.drawId, digest: entry.digest }
    if (!signedBy(verifyEd25519, genesis.keys, roleOf(entry.kind), entry, signed)) yield at(`${place}/signature`, { code: 'bad-signature' })
    last = entry
  }
  const { keyId, signature } = entries[0] ?? file
  yield* sameTree(`${where}/entries/0`, { keyId, signature }, s.snapshotSignature)
  const signed = { kind: 'transcript', regionCode: s.regionCode, drawId: s.drawId, digest: transcriptDigest(own, t) } as const
  if (!signedBy(verifyEd25519, genesis.keys, 'drawing', file, signed)) yield at('/signature', { code: 'bad-signature' })
  for (const { kind, publicKey } of s.beacons) {
    const isKnown = genesis.keys.some((key) => key.role === 'beacon' && key.publicKey === publicKey)
    if (kind === 'self' && !isKnown) yield broken(`${where}/genesis/keys`, 'self-beacon-key-unknown')
  }
}

/** The log's keys against those that the verifier's owner pinned. */
export function* checkPinnedKeys({ keys }: LogGenesis, pinned: readonly LogKey[]): Check {
  for (const [index, key] of keys.entries()) {
    const own = pinned.find(({ keyId }) => keyId === key.keyId)
    if (own === undefined) yield broken(`/transcript/log/genesis/keys/${index}`, 'key-not-pinned')
    else yield* sameTree(`/transcript/log/genesis/keys/${index}`, key, own)
  }
}

/** Entries signed by units, whose keys enter the log after its genesis (§8). */
const byUnits: readonly SignatureKind[] = ['key', 'tip', 'reveal', 'approval', 'audited', 'failed']

export type LogLine = LogEntry & { readonly record?: LogGenesis }

/** §7: the whole chain, and in it this draw's entries with the transcript's own. Places are lines of the log's file. */
export function* checkRegionLog({ hash, verifyEd25519 }: LogCrypto, lines: readonly LogLine[], { transcript: t }: SignedTranscript): Check {
  const { genesis } = t.log
  const ofLog = hash(genesis.hash)
  yield* sameTree('line 1 /record', lines[0]?.record ?? null, genesis)
  yield* same('line 1 /digest', lines[0]?.digest, genesisDigest(ofLog, genesis))
  for (const [index, line] of lines.entries()) {
    const place = `line ${index + 1}`
    yield* same(`${place} /seq`, line.seq, index)
    if ((line.kind === 'genesis') !== (index === 0)) yield broken(`${place} /kind`, 'genesis-out-of-place')
    yield* same(`${place} /head`, line.head, logHead(ofLog, lines[index - 1]?.head ?? null, line.seq, line.kind, line.digest))
    const signed = { kind: line.kind, regionCode: genesis.regionCode, drawId: line.drawId, digest: line.digest }
    const isSigned = byUnits.includes(line.kind) || signedBy(verifyEd25519, genesis.keys, roleOf(line.kind), line, signed)
    if (!isSigned) yield at(`${place} /signature`, { code: 'bad-signature' })
  }
  for (const { seq, head } of t.log.entries) yield* same(`line ${seq + 1} /head`, lines[seq]?.head, head)
  const own = lines.filter(({ kind, drawId }) => kind === 'transcript' && drawId === t.drawId).map(({ digest }) => digest)
  yield* same('', own, [transcriptDigest(hash(t.hash), t)])
}
