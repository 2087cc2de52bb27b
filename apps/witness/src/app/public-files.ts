import { ed25519Verify } from '@dual-random/beacon'
import {
  type Commitment,
  type DrawHash,
  hexDigest,
  type LogEntry,
  type LogGenesis,
  parseNdjson,
  publicOpeningsText,
  signatureInput,
  type Transcript,
  transcriptDigest,
} from '@dual-random/draw'
import { assertNever, fromHex, utf8 } from '@dual-random/kernel'
import { openedElement, readCommitment, readTranscript } from '@dual-random/verify'

/** Files that the log names beside S, in the order in which each rests on the one before. */
export const publicFiles = ['roster', 'transcript', 'openings'] as const
export type PublicFile = (typeof publicFiles)[number]

/** The entry after which a file is public: its digest, or what is behind it, names the file. */
const entryKind = { roster: 'commitment', transcript: 'transcript', openings: 'closed' } as const

export interface NamedFile {
  readonly drawId: string
  readonly file: PublicFile
}

/** Every public file that the lines of a log name, ascending by line. */
export const filesNamedIn = (lines: readonly LogEntry[]): readonly NamedFile[] =>
  lines.flatMap(({ kind, drawId }) =>
    drawId === null ? [] : publicFiles.filter((file) => entryKind[file] === kind).map((file) => ({ drawId, file })),
  )

/** What a file is held against: lines of the own copy, S behind its digest there, and the transcript that was kept. */
export interface Evidence {
  readonly hash: DrawHash
  readonly genesis: LogGenesis
  readonly lines: readonly LogEntry[]
  readonly commitment: string | undefined
  readonly transcript: Uint8Array | undefined
}

/** Why a file is not the one that the log names; undefined where it is. */
export function faultOf({ drawId, file }: NamedFile, bytes: Uint8Array, evidence: Evidence): string | undefined {
  const s = readCommitment({ name: 'commitment', bytes: utf8(evidence.commitment ?? '') })
  if (!s.ok) return 'the S of this draw cannot be read'
  switch (file) {
    case 'roster':
      return hexDigest(evidence.hash, bytes) === s.value.snapshot.rosterDigest ? undefined : 'its digest is not the one in S'
    case 'transcript':
      return transcriptFault(drawId, bytes, evidence)
    case 'openings':
      return openingsFault(bytes, s.value, evidence)
    default:
      return assertNever(file)
  }
}

/** The whole text is RFC 8785, its digest is that of the entry, and the log's key signed it. */
function transcriptFault(drawId: string, bytes: Uint8Array, { hash, genesis, lines }: Evidence): string | undefined {
  const read = readTranscript({ name: 'transcript', bytes })
  if (!read.ok) return `it is no transcript: ${read.error.where} ${read.error.code}`
  const digest = transcriptDigest(hash, read.value)
  const entry = lines.find((line) => line.kind === 'transcript' && line.drawId === drawId)
  if (entry?.digest !== digest) return 'its digest is not the one in the log'
  const { keyId, signature } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly keyId: string; readonly signature: string }
  const key = genesis.keys.find((one) => one.keyId === keyId && one.role === 'drawing')
  const message = signatureInput('transcript', genesis.regionCode, drawId, digest)
  const isSigned = key !== undefined && ed25519Verify(key.publicKey, message, fromHex(signature) ?? new Uint8Array(0))
  return isSigned ? undefined : 'the key of the log did not sign it'
}

/** Every line opens one of the drawn, each once, ascending. What is behind `closed` is private, so this is what the log says of them. */
function openingsFault(bytes: Uint8Array, s: Commitment, { hash, transcript }: Evidence): string | undefined {
  const drawn = transcript === undefined ? undefined : drawnIn(transcript, s)
  if (drawn === undefined) return 'the transcript is not here yet'
  const text = Buffer.from(bytes).toString('utf8')
  const parsed = parseNdjson(text)
  if (!parsed.ok) return `line ${parsed.error.line} is none`
  const openings = parsed.value.filter(isOpening)
  if (openings.length < parsed.value.length || publicOpeningsText(openings) !== text) return 'it is no file of openings'
  return openings.every((line) => drawn.delete(openedElement(hash, s, line))) ? undefined : 'it opens what was not drawn, or one twice'
}

function drawnIn(bytes: Uint8Array, s: Commitment): Set<string> | undefined {
  const read = readTranscript({ name: 'transcript', bytes })
  const elements = ({ batches, drawnSet }: Transcript): readonly string[] => (s.publicOpening === 'full' ? batches.flat() : drawnSet)
  return read.ok ? new Set(elements(read.value)) : undefined
}

const isOpening = (value: unknown): value is { readonly id: string; readonly salt: string } =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'salt' in value &&
  typeof value.salt === 'string' &&
  /^[0-9a-f]{64}$/.test(value.salt)
