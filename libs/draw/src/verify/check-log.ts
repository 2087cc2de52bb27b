import type { Json } from '@dual-random/kernel'
import type { Commitment } from '../commitment.ts'
import type { DrawHash, HashName } from '../hash.ts'
import { genesisDigest, type LogEntry, logHead } from '../log.ts'
import { snapshotDigest } from '../snapshot.ts'
import { type SignedTranscript, type Transcript, transcriptDigest } from '../transcript.ts'
import { at, broken, type Check, same, sameTree } from './difference.ts'
import { recordDigest, recordOf } from './log-records.ts'
import type { PinnedKeys } from './pinned-keys.ts'
import { type HeldKey, rolesFor, signedBy, type VerifyEd25519 } from './signed-by.ts'

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
    if (!signedBy(verifyEd25519, genesis.keys, rolesFor(entry.kind), entry, signed))
      yield at(`${place}/signature`, { code: 'bad-signature' })
    last = entry
  }
  const { keyId, signature } = entries[0] ?? file
  yield* sameTree(`${where}/entries/0`, { keyId, signature }, s.snapshotSignature)
  const signed = { kind: 'transcript', regionCode: s.regionCode, drawId: s.drawId, digest: transcriptDigest(own, t) } as const
  if (!signedBy(verifyEd25519, genesis.keys, ['drawing'], file, signed)) yield at('/signature', { code: 'bad-signature' })
  for (const { kind, publicKey } of s.beacons) {
    const isKnown = genesis.keys.some((key) => key.role === 'beacon' && key.publicKey === publicKey)
    if (kind === 'self' && !isKnown) yield broken(`${where}/genesis/keys`, 'self-beacon-key-unknown')
  }
}

/** The pinned genesis, and the quorum that S must name. Places are those of the transcript and of the commitment. */
export function* checkPinnedGenesis({ hash }: LogCrypto, { log: { genesis } }: Transcript, keys: PinnedKeys): Check {
  yield* same('/transcript/log/genesis/regionCode', genesis.regionCode, keys.regionCode)
  yield* same('/transcript/log/genesis/hash', genesis.hash, keys.hash)
  yield* same('/transcript/log/genesis', genesisDigest(hash(genesis.hash), genesis), keys.genesis)
}

export function* checkPinnedQuorum({ witnesses }: Commitment, keys: PinnedKeys): Check {
  yield* sameTree('/witnesses', witnesses, { count: keys.witnesses.length, quorum: keys.quorum })
}

export type LogLine = LogEntry & { readonly record?: Json }

/**
 * §7, §16: the whole chain with its records, and in it this draw's entries with the transcript's own. What units signed is judged where their
 * superior's key is pinned. Places are lines of the log's file.
 */
export function* checkRegionLog(
  { hash, verifyEd25519 }: LogCrypto,
  lines: readonly LogLine[],
  { transcript: t }: SignedTranscript,
  pinned: PinnedKeys | undefined,
): Check {
  const { genesis } = t.log
  const ofLog = hash(genesis.hash)
  const held: HeldKey[] = [...genesis.keys, ...(pinned === undefined ? [] : [{ ...pinned.superior, role: 'superior' as const }])]
  yield* sameTree('line 1 /record', lines[0]?.record ?? null, genesis)
  for (const [index, line] of lines.entries()) {
    const place = `line ${index + 1}`
    yield* same(`${place} /seq`, line.seq, index)
    if ((line.kind === 'genesis') !== (index === 0)) yield broken(`${place} /kind`, 'genesis-out-of-place')
    if (line.record !== undefined) yield* same(`${place} /digest`, line.digest, recordDigest(ofLog, line.record))
    yield* checkRecord(place, line, held)
    yield* same(`${place} /head`, line.head, logHead(ofLog, lines[index - 1]?.head ?? null, line.seq, line.kind, line.digest))
    const roles = rolesFor(line.kind)
    const isJudged = pinned !== undefined || roles.some((role) => role === 'registry' || role === 'drawing')
    const signed = { kind: line.kind, regionCode: genesis.regionCode, drawId: line.drawId, digest: line.digest }
    if (isJudged && !signedBy(verifyEd25519, held, roles, line, signed)) yield at(`${place} /signature`, { code: 'bad-signature' })
    const key = recordOf(line, 'key')
    if (key !== undefined) held.push(key)
  }
  for (const { seq, head } of t.log.entries) yield* same(`line ${seq + 1} /head`, lines[seq]?.head, head)
  const own = lines.filter(({ kind, drawId }) => kind === 'transcript' && drawId === t.drawId).map(({ digest }) => digest)
  yield* same('', own, [transcriptDigest(hash(t.hash), t)])
}

/** A record is of its line's draw and unit, and a key's name is given once. */
function* checkRecord(place: string, line: LogLine, held: readonly HeldKey[]): Check {
  const key = recordOf(line, 'key')
  if (key !== undefined) {
    yield* same(`${place} /drawId`, line.drawId, null)
    const isTaken = held.some(({ keyId, publicKey }) => keyId === key.keyId || publicKey === key.publicKey)
    if (isTaken) yield broken(`${place} /record/keyId`, 'repeated-key')
    return
  }
  const ofDraw = recordOf(line, 'void') ?? recordOf(line, 'tip') ?? recordOf(line, 'reveal')
  if (ofDraw !== undefined) yield* same(`${place} /record/drawId`, ofDraw.drawId, line.drawId)
  const ofUnit = recordOf(line, 'tip') ?? recordOf(line, 'reveal')
  const unitId = held.find(({ keyId }) => keyId === line.keyId)?.unitId
  if (ofUnit !== undefined && unitId !== undefined) yield* same(`${place} /record/unitId`, ofUnit.unitId, unitId)
}
