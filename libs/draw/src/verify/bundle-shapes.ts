import { algorithm } from '../identity.ts'
import { recordShapes } from './log-records.ts'
import {
  either,
  hex32,
  hex48,
  hex64,
  hex96,
  idText,
  instant,
  integer,
  kindText,
  list,
  type Members,
  nullOr,
  oneOf,
  record,
  regionText,
  type Shape,
  words,
} from './shape.ts'

// The files of docs/draw-protocol.md, §4 to §12, member by member.

const hashName = oneOf('sha256', 'sm3')
const ratio = record({ numerator: integer(0), denominator: integer(1) })
const signature = { keyId: idText, signature: hex64 }
const size = { stratum: words, mapped: integer(0), eligible: integer(0) }

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
  hash: hashName,
  regionCode: regionText,
  drawId: hex32,
  asOf: instant,
  creditLoadDigest: hex32,
  registrationLoadDigest: hex32,
  root: hex32,
  rosterDigest: hex32,
  strata: list(record(size)),
  exclusions: record({ counts: list(record({ ground: words, count: integer(1) })), privateFileDigest: hex32 }),
  privateFileDigest: hex32,
  keyDigest: hex32,
})

export const commitmentShape = record({
  type: oneOf('dual-random/commitment/v1'),
  algorithm: oneOf(algorithm),
  hash: hashName,
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
  snapshotSignature: record(signature),
  policyDigest: hex32,
  subjectDigest: hex32,
  strata: list(record({ ...size, rule, raw: ratio, n: integer(0) })),
  batchSizes: list(integer(0)),
  matchInputs: list(record({ unitId: idText, digest: hex32 })),
  beacons: list(
    record({
      source: words,
      kind: oneOf('drand', 'region', 'self'),
      scheme: oneOf('bls-unchained-g1-rfc9380'),
      publicKey: hex96,
      genesisTime: integer(0),
      periodSeconds: integer(1),
      round: integer(1),
    }),
  ),
  tips: list(record({ unitId: idText, tip: hex32 })),
  witnesses: record({ count: integer(0), quorum: integer(0) }),
  publicOpening: oneOf('drawn-set', 'full'),
})

const key = either('algorithm', {
  ed25519: record({ keyId: idText, role: oneOf('registry', 'drawing'), algorithm: words, publicKey: hex32 }),
  'bls12381-g2': record({ keyId: idText, role: oneOf('beacon'), algorithm: words, publicKey: hex96 }),
})

const genesis = record({
  type: oneOf('dual-random/region-log/v1'),
  regionCode: regionText,
  demo: oneOf(true, false),
  hash: hashName,
  startedAt: instant,
  keys: list(key),
})

const entry = { seq: integer(0), kind: kindText, digest: hex32, head: hex32, ...signature }

export const transcriptFileShape = record({
  ...signature,
  transcript: record({
    type: oneOf('dual-random/transcript/v1'),
    algorithm: oneOf(algorithm),
    hash: hashName,
    regionCode: regionText,
    drawId: hex32,
    commitment: hex32,
    beacons: list(record({ source: words, round: integer(1), randomness: hex32, signature: hex48 })),
    reveals: list(record({ unitId: idText, secret: hex32 })),
    seed: hex32,
    strata: list(record({ stratum: words, drawn: list(record({ label: hex32, ticket: hex32 })), cutOff: nullOr(hex32) })),
    batches: list(list(hex32)),
    drawnSet: list(hex32),
    log: record({ genesis, entries: list(record({ ...entry, previous: hex32 })) }),
  }),
})

export const rosterLineShape = record({ excluded: oneOf(true, false), label: hex32, stratum: words })

const logLine = { ...entry, drawId: nullOr(hex32), receivedAt: instant }
const plainLogLine = record(logLine)
const recordLines: Members = Object.fromEntries(
  Object.entries({ ...recordShapes, genesis }).map(([kind, shape]) => [kind, record({ ...logLine, record: shape })]),
)

/** A line of the region log; some kinds have the record behind their digest in it, the others must not. */
export const logLineShape: Shape = (value, where) => {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value['kind'] : undefined
  const withRecord = typeof kind === 'string' && Object.hasOwn(recordLines, kind) ? recordLines[kind] : undefined
  return (withRecord ?? plainLogLine)(value, where)
}

export const publicOpeningShape = record({ id: words, salt: hex32 })

export const openingShape = record({
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
