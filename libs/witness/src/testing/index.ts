import { type Ed25519Key, ed25519Key, ed25519Verify } from '@dual-random/beacon'
import {
  appendEntry,
  type DrawHash,
  deriveDrawId,
  type EntryKind,
  genesisDigest,
  hexDigest,
  type LogEntry,
  type LogGenesis,
  openLog,
  signDigest,
  tipOf,
} from '@dual-random/draw'
import { canonicalJson, type Instant, type Json, utf8 } from '@dual-random/kernel'
import { digest as digestWith } from '@dual-random/kernel/hash'
import { checkpointOf, type SignedCheckpoint, signCheckpoint } from '../checkpoint.ts'
import type { KeysFile } from '../keys-file.ts'
import { LogCopy, type Submission } from '../log-copy.ts'
import { recordDigest } from '../records.ts'

export const hash: DrawHash = { name: 'sha256', digest: (bytes) => digestWith('sha256', bytes) }
export const regionCode = '110101'
export const keyOf = (name: string): Ed25519Key => ed25519Key(hash.digest(utf8(name)))
export const at = (time: string): Instant => `2026-03-02T${time}.000Z` as Instant

/** Round 1 of the beacon is due at 01:00:00, with a margin of 600 s: what counts must be witnessed by 00:50:00. */
export const genesisTime = Date.parse(at('01:00:00')) / 1000
export const deadline = at('00:50:00')

const drawing = { keyId: `drawing-${regionCode}`, sign: keyOf('drawing').sign }
const registry = { keyId: 'registry', sign: keyOf('registry').sign }
const superior = { keyId: 'superior-110000', sign: keyOf('superior').sign }
export const unit = { keyId: 'unit-110000-fzb', sign: keyOf('unit').sign }

const genesis: LogGenesis = {
  type: 'dual-random/region-log/v1',
  regionCode,
  demo: false,
  hash: 'sha256',
  keys: [
    { keyId: 'registry', role: 'registry', algorithm: 'ed25519', publicKey: keyOf('registry').publicKey },
    { keyId: drawing.keyId, role: 'drawing', algorithm: 'ed25519', publicKey: keyOf('drawing').publicKey },
  ],
  startedAt: at('00:00:00'),
}

export const witnessIds = ['w1', 'w2', 'w3', 'w4'] as const

export const keysFile: KeysFile = {
  type: 'dual-random/keys/v1',
  regionCode,
  hash: 'sha256',
  genesis: genesisDigest(hash, genesis),
  superior: { keyId: superior.keyId, publicKey: keyOf('superior').publicKey, unitId: '110000-scj' },
  witnesses: witnessIds.map((witnessId) => ({ witnessId, publicKey: keyOf(witnessId).publicKey })),
  quorum: 3,
  tolerated: 1,
}

export const drawIdOf = (attempt: number): string =>
  deriveDrawId(hash, { regionCode, subject: { kind: 'plan-line', planId: 'plan-1', lineId: 'L01' }, batch: 1, attempt })

export const drawId = drawIdOf(1)
export const secret = hexDigest(hash, utf8('secret'))
export const unitId = '110000-fzb'
export const tip = tipOf(hash, drawId, { unitId, secret })

export const snapshotOf = (of: string): Json => ({ type: 'dual-random/snapshot/v1', drawId: of, root: hexDigest(hash, utf8(of)) })

/** A beacon whose round 1 lies in the year 2100: for witnesses that go by the system's clock. */
export const farBeacons: Json = [{ genesisTime: 4_102_444_800, periodSeconds: 30, round: 1, source: 'drand/quicknet' }]

/** As much of S as a witness reads, with whatever a test wants otherwise. */
export const commitmentText = (changes: Readonly<Record<string, Json>> = {}): string =>
  canonicalJson({
    type: 'dual-random/commitment/v1',
    hash: 'sha256',
    regionCode,
    subject: { kind: 'plan-line', planId: 'plan-1', lineId: 'L01' },
    batch: 1,
    attempt: 1,
    drawId,
    strata: [{ stratum: 'A', rule: { kind: 'count', count: 2 } }],
    organiserUnitId: `${regionCode}-scj`,
    marginSeconds: 600,
    beacons: [{ genesisTime, periodSeconds: 30, round: 1, source: 'drand/quicknet' }],
    tips: [],
    witnesses: { count: 4, quorum: 3 },
    snapshot: snapshotOf(drawId),
    ...changes,
  })

/** As much of a definition as its form asks for: a witness leaves the rest to the verifiers. */
export const definitionOf = (source: string): Json => ({ type: 'dual-random/public-numbers/v1', source, series: [] })

const signers = { drawing, registry, superior, unit } as const

/** A log under construction; every method gives the builder again. */
export class LogBuilder {
  readonly lines: LogEntry[] = [{ ...openLog(hash, genesis, drawing, at('00:00:00')), record: genesis }]
  readonly commitments = new Map<string, string>()

  entry(kind: EntryKind, digest: string, options: { by?: keyof typeof signers; of?: string | null; record?: Json } = {}): this {
    const { by = 'drawing', of = drawId, record } = options
    const last = this.lines.at(-1) as LogEntry
    const entry = { kind, drawId: of, digest, receivedAt: at('00:10:00') }
    const signature = signDigest(signers[by], kind, regionCode, of, digest)
    this.lines.push(appendEntry(hash, last, record === undefined ? entry : { ...entry, record }, signature))
    return this
  }

  record(kind: EntryKind, record: Json, by: keyof typeof signers, of: string | null = drawId): this {
    return this.entry(kind, recordDigest(hash, record), { by, of, record })
  }

  snapshot(of = drawId): this {
    return this.entry('snapshot', recordDigest(hash, snapshotOf(of)), { by: 'registry', of })
  }

  commitment(text = commitmentText(), of = drawId): this {
    const digest = hexDigest(hash, utf8(text))
    this.commitments.set(digest, text)
    return this.entry('commitment', digest, { of })
  }

  unitKey(): this {
    return this.record(
      'key',
      { type: 'dual-random/key/v1', keyId: unit.keyId, role: 'unit', algorithm: 'ed25519', publicKey: keyOf('unit').publicKey, unitId },
      'superior',
      null,
    )
  }

  tip(value = tip, of = drawId): this {
    return this.record('tip', { type: 'dual-random/tip/v1', drawId: of, unitId, tip: value }, 'unit', of)
  }

  reveal(commitment: string, value = secret): this {
    return this.record('reveal', { type: 'dual-random/reveal/v1', drawId, unitId, commitment, secret: value }, 'unit')
  }

  /** The superior's approval of an attempt. */
  approval(of: string, changes: Readonly<Record<string, Json>> = {}, by: keyof typeof signers = 'superior'): this {
    const record = {
      type: 'dual-random/approval/v1',
      drawId: of,
      unitId: keysFile.superior.unitId,
      reason: 'a secret was seen',
      order: null,
      ...changes,
    }
    return this.record('approval', record, by, of)
  }

  /** A definition of public numbers. */
  definition(source = 'numbers/x', by: keyof typeof signers = 'superior'): this {
    return this.record('definition', definitionOf(source), by, null)
  }

  /** What a unit typed of public numbers. */
  numbers(commitment: string, changes: Readonly<Record<string, Json>> = {}, by: keyof typeof signers = 'unit'): this {
    const record = { type: 'dual-random/numbers/v1', drawId, unitId, commitment, source: 'numbers/x', series: [], ...changes }
    return this.record('numbers', record, by)
  }

  /** What a unit says that it found. */
  audited(match: string, changes: Readonly<Record<string, Json>> = {}, by: keyof typeof signers = 'unit'): this {
    return this.record('audited', { type: 'dual-random/audited/v1', drawId, unitId, match, findings: 0, ...changes }, by)
  }

  /** The superior's word that the draw cannot be ended. */
  failed(changes: Readonly<Record<string, Json>> = {}, by: keyof typeof signers = 'superior', of = drawId): this {
    const { unitId: byUnit } = keysFile.superior
    return this.record('failed', { type: 'dual-random/failed/v1', drawId: of, unitId: byUnit, reason: 'beacon-lost', ...changes }, by, of)
  }

  void(of = drawId): this {
    return this.record('void', { type: 'dual-random/void/v1', drawId: of, reason: 'not-witnessed' }, 'drawing', of)
  }

  get last(): LogEntry {
    return this.lines.at(-1) as LogEntry
  }

  checkpoint(): SignedCheckpoint {
    return signCheckpoint(hash, checkpointOf(regionCode, this.last), drawing)
  }

  submission(from = 0): Submission {
    return { lines: this.lines.slice(from), commitments: this.commitments, checkpoint: this.checkpoint() }
  }
}

export const newCopy = (keys: KeysFile = keysFile): LogCopy => new LogCopy({ hash, keys, verify: ed25519Verify })
