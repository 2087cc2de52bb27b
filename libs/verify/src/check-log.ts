import {
  type Commitment,
  type DrawHash,
  type DrawPart,
  genesisDigest,
  type HashName,
  logHead,
  partsOf,
  rolesFor,
  type SignedTranscript,
  snapshotDigest,
  type TranscriptLog,
  transcriptDigest,
} from '@dual-random/draw'
import { type KeysFile, leastMarginOf, type VerifySignature } from '@dual-random/witness'
import { checkSigned } from './check-signed.ts'
import { broken, type Check, hold, same } from './difference.ts'

/** What the log and its signatures are checked with. */
export interface LogCrypto {
  readonly hash: (name: HashName) => DrawHash
  readonly verifyEd25519: VerifySignature
}

/** One city's log as a draw has it: its part in S and in the transcript, and where each stands there. */
export interface CityLog {
  readonly regionCode: string
  readonly part: DrawPart
  /** Before `/snapshot` and `/witnesses` of S; empty of the organiser's city. */
  readonly inCommitment: string
  readonly log: TranscriptLog
  readonly inTranscript: string
}

/** The logs of all cities that take part, the organiser's first. The transcript must have as many as S. */
export const cityLogsOf = ({ transcript: t }: SignedTranscript, s: Commitment): readonly CityLog[] =>
  partsOf(s).map((part, index): CityLog => {
    const { regionCode } = part.snapshot
    if (index === 0) return { regionCode, part, inCommitment: '', log: t.log, inTranscript: '/transcript/log' }
    const [inCommitment, inTranscript] = [`/joint/parts/${index - 1}`, `/transcript/joint/${index - 1}`]
    return { regionCode, part, inCommitment, log: t.joint?.[index - 1] ?? t.log, inTranscript }
  })

/** §13, item 5: the logs' parts in the transcript, and every signature. Places are those of the transcript file. */
export function* checkLogProofs(crypto: LogCrypto, file: SignedTranscript, s: Commitment): Check {
  const t = file.transcript
  const others = s.joint?.parts.map(({ snapshot }) => snapshot.regionCode)
  yield* same('/transcript/joint', t.joint?.map(({ genesis }) => genesis.regionCode) ?? null, others ?? null)
  const own = crypto.hash(s.hash)
  const signed = { kind: 'transcript', regionCode: s.regionCode, drawId: s.drawId, digest: transcriptDigest(own, t) } as const
  for (const city of cityLogsOf(file, s)) {
    yield* checkLogProof(crypto, city, t.commitment, s)
    if (city.inCommitment !== '') {
      yield* same(`${city.inTranscript}/genesis/demo`, city.log.genesis.demo, t.log.genesis.demo)
      continue
    }
    const { keys } = city.log.genesis
    yield* checkSigned(crypto.verifyEd25519, (member) => member, keys, ['drawing'], file, signed)
    for (const beacon of s.beacons) {
      const isKnown = beacon.kind !== 'self' || keys.some((key) => key.role === 'beacon' && key.publicKey === beacon.publicKey)
      yield* hold('/transcript/log/genesis/keys', isKnown, 'self-beacon-key-unknown')
    }
  }
}

function* checkLogProof({ hash, verifyEd25519 }: LogCrypto, city: CityLog, committed: string, s: Commitment): Check {
  const { regionCode, part, inTranscript: where } = city
  const { genesis, entries } = city.log
  yield* same(`${where}/genesis/regionCode`, genesis.regionCode, regionCode)
  yield* same(`${where}/genesis/hash`, genesis.hash, s.hash)
  for (const name of ['keyId', 'publicKey'] as const)
    yield* hold(`${where}/genesis/keys`, new Set(genesis.keys.map((key) => key[name])).size === genesis.keys.length, 'repeated-key')
  const own = hash(s.hash)
  let last = { seq: 0, head: logHead(own, null, 0, 'genesis', genesisDigest(own, genesis)) }
  yield* same(
    `${where}/entries`,
    entries.map(({ kind }) => kind),
    ['snapshot', 'commitment'],
  )
  const { drawId } = s
  for (const [index, entry] of entries.entries()) {
    const { kind, seq, previous, head, digest } = entry
    const at = (member: string): string => `${where}/entries/${index}${member}`
    yield* hold(at('/seq'), seq > last.seq, 'seq-not-ascending')
    if (seq === last.seq + 1) yield* same(at('/previous'), previous, last.head)
    yield* same(at('/head'), head, logHead(own, previous, seq, kind, digest))
    yield* same(at('/digest'), digest, kind === 'snapshot' ? snapshotDigest(own, part.snapshot) : committed)
    yield* checkSigned(verifyEd25519, at, genesis.keys, rolesFor(kind), entry, { kind, regionCode, drawId, digest })
    last = entry
  }
  for (const name of ['keyId', 'signature'] as const)
    yield* same(`${where}/entries/0/${name}`, entries[0]?.[name], part.snapshotSignature[name])
}

/** §13, item 1: the genesis is the pinned one, and no key of it the superior's or a witness's. Places are those of the transcript. */
export function* checkPinnedGenesis({ hash }: LogCrypto, { genesis }: TranscriptLog, keys: KeysFile, log = '/transcript/log'): Check {
  const where = `${log}/genesis`
  for (const name of ['regionCode', 'hash'] as const) yield* same(`${where}/${name}`, genesis[name], keys[name])
  yield* same(where, genesisDigest(hash(genesis.hash), genesis), keys.genesis)
  const others = new Set([keys.superior, ...keys.witnesses].map(({ publicKey }) => publicKey))
  for (const [index, { publicKey }] of genesis.keys.entries())
    if (others.has(publicKey)) yield broken(`${where}/keys/${index}`, 'key-of-others')
}

/** The quorum that S must name, and the margin that it must leave. Places are those of the commitment. */
export function* checkPinnedTerms(
  { part: { witnesses }, inCommitment: at }: CityLog,
  { marginSeconds }: Commitment,
  keys: KeysFile,
): Check {
  yield* same(`${at}/witnesses/count`, witnesses.count, keys.witnesses.length)
  yield* same(`${at}/witnesses/quorum`, witnesses.quorum, keys.quorum)
  yield* hold('/marginSeconds', marginSeconds >= leastMarginOf(keys), 'margin-too-short')
}
