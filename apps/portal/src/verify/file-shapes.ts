import {
  algorithm,
  type Commitment,
  type LogEntry,
  type ObjectOpening,
  type PublicOpeningLine,
  type RosterEntry,
  type SignedTranscript,
} from '@dual-random/draw'
import type { CheckpointLine } from './check-witnesses.ts'
import { idText, recordShapes } from './log-records.ts'
import { either, hex, instant, integer, list, matching, nullOr, oneOf, record, type ShapeOf } from './shape.ts'

// The members of the public files, docs/draw-protocol.md §4 to §7, §10 and §12.

const hex32 = hex(32)
const words = matching(/^.+$/su, 'text')
const regionText = matching(/^[1-9]\d{5}$/, 'GB/T 2260')

const ratio = record({ numerator: integer(0), denominator: integer(1) })
const signatureMembers = { keyId: idText, signature: hex(64) }
const sizeMembers = { stratum: words, mapped: integer(0), eligible: integer(0) }

const rule = either('kind', {
  ratio: record({
    kind: words,
    ratio,
    batchShare: ratio,
    base: oneOf('mapped', 'eligible'),
    rounding: oneOf('up', 'half-up'),
  }),
  count: record({ kind: words, count: integer(0) }),
})

const snapshot = record({
  type: oneOf('dual-random/snapshot/v1'),
  hash: oneOf('sha256', 'sm3'),
  regionCode: regionText,
  drawId: hex32,
  asOf: instant,
  creditLoadDigest: hex32,
  registrationLoadDigest: hex32,
  root: hex32,
  rosterDigest: hex32,
  strata: list(record(sizeMembers)),
  exclusions: record({ counts: list(record({ ground: words, count: integer(1) })), privateFileDigest: hex32 }),
  privateFileDigest: hex32,
  keyDigest: hex32,
})

const beacon = record({
  source: words,
  kind: oneOf('drand', 'region', 'self'),
  scheme: oneOf('bls-unchained-g1-rfc9380'),
  publicKey: hex(96),
  genesisTime: integer(0),
  periodSeconds: integer(1),
  round: integer(1),
})

export const commitmentShape: ShapeOf<Commitment> = record({
  type: oneOf('dual-random/commitment/v1'),
  algorithm: oneOf(algorithm),
  hash: oneOf('sha256', 'sm3'),
  assurance: oneOf('public', 'federated', 'self'),
  regionCode: regionText,
  subject: either('kind', {
    'plan-line': record({ kind: words, planId: idText, lineId: idText }),
    'clue-task': record({ kind: words, taskId: idText, clueIds: list(idText) }),
  }),
  batch: integer(1),
  attempt: integer(1),
  drawId: hex32,
  organiserUnitId: idText,
  committedAt: instant,
  delaySeconds: integer(0),
  marginSeconds: integer(0),
  revealWindowSeconds: integer(0),
  snapshot,
  snapshotSignature: record(signatureMembers),
  policyDigest: hex32,
  subjectDigest: hex32,
  strata: list(record({ ...sizeMembers, rule, raw: ratio, n: integer(0) })),
  batchSizes: list(integer(0)),
  matchInputs: list(record({ unitId: idText, digest: hex32 })),
  beacons: list(beacon),
  tips: list(record({ unitId: idText, tip: hex32 })),
  witnesses: record({ count: integer(0), quorum: integer(0) }),
  publicOpening: oneOf('drawn-set', 'full'),
})

const genesis = record({
  type: oneOf('dual-random/region-log/v1'),
  regionCode: regionText,
  demo: oneOf(true, false),
  hash: oneOf('sha256', 'sm3'),
  startedAt: instant,
  keys: list(
    either('algorithm', {
      ed25519: record({ keyId: idText, role: oneOf('registry', 'drawing'), algorithm: words, publicKey: hex(32) }),
      'bls12381-g2': record({ keyId: idText, role: oneOf('beacon'), algorithm: words, publicKey: hex(96) }),
    }),
  ),
})

const entryMembers = { seq: integer(0), kind: matching(/^[a-z]+$/, 'kind'), digest: hex32, head: hex32, ...signatureMembers }

export const transcriptShape: ShapeOf<SignedTranscript> = record({
  ...signatureMembers,
  transcript: record({
    type: oneOf('dual-random/transcript/v1'),
    algorithm: oneOf(algorithm),
    hash: oneOf('sha256', 'sm3'),
    regionCode: regionText,
    drawId: hex32,
    commitment: hex32,
    beacons: list(record({ source: words, round: integer(1), randomness: hex32, signature: hex(48) })),
    reveals: list(record({ unitId: idText, secret: hex32 })),
    seed: hex32,
    strata: list(record({ stratum: words, drawn: list(record({ label: hex32, ticket: hex32 })), cutOff: nullOr(hex32) })),
    batches: list(list(hex32)),
    drawnSet: list(hex32),
    log: record({ genesis, entries: list(record({ ...entryMembers, kind: oneOf('snapshot', 'commitment'), previous: hex32 })) }),
  }),
})

export const rosterShape: ShapeOf<RosterEntry> = record({ excluded: oneOf(true, false), label: hex32, stratum: words })

export const openingsShape: ShapeOf<PublicOpeningLine> = record({ id: words, salt: hex32 })

export const checkpointShape: ShapeOf<CheckpointLine> = record({
  checkpoint: record({ type: oneOf('dual-random/checkpoint/v1'), regionCode: regionText, seq: integer(0), head: hex32 }),
  keyId: idText,
  signature: hex(64),
  cosignatures: list(record({ witnessId: idText, receivedAt: instant, signature: hex(64) })),
})

const logLine = { ...entryMembers, drawId: nullOr(hex32), receivedAt: instant }

/** A line of the region log; the genesis stands in the first, and some kinds carry their records. */
export const logShape: ShapeOf<LogEntry> = (value, at, fail) => {
  const kind = (value as { readonly kind?: unknown } | null)?.kind
  const carried = kind === 'genesis' ? genesis : typeof kind === 'string' ? recordShapes[kind as LogEntry['kind']] : undefined
  record(carried === undefined ? logLine : { ...logLine, record: carried })(value, at, fail)
}

export const ownOpeningShape: ShapeOf<ObjectOpening> = record({
  type: oneOf('dual-random/opening/v1'),
  drawId: hex32,
  id: words,
  salt: hex32,
  label: hex32,
  stratum: words,
  index: integer(0),
  size: integer(1),
  path: list(hex32),
})
