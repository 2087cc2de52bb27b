import { algorithm } from '@dual-random/draw'
import {
  either,
  hex32,
  hex48,
  hex64,
  hex96,
  idText,
  instant,
  integer,
  list,
  nullOr,
  oneOf,
  record,
  regionText,
  type Shape,
  words,
} from '@dual-random/draw/forms'
import { entryMembers, genesisShape, publicationShape, subjectShape } from '@dual-random/witness'

// The files of docs/draw-protocol.md, §4 to §12, member by member; those of the log and its witnesses are in libs/witness.

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

const snapshotMembers = {
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
  labelsOf: hex32,
}

const part = {
  snapshot: record(snapshotMembers, ['labelsOf']),
  snapshotSignature: record(signature),
  witnesses: record({ count: integer(0), quorum: integer(0) }),
}

const round = either('scheme', {
  'bls-unchained-g1-rfc9380': record({
    source: words,
    kind: words,
    scheme: words,
    publicKey: hex96,
    genesisTime: integer(0),
    periodSeconds: integer(1),
    round: integer(1),
  }),
})

const beacon = either('kind', {
  drand: round,
  region: round,
  self: round,
  'public-numbers': record({ source: words, kind: words, definition: hex32, notBefore: instant }),
})

const commitmentMembers = {
  type: oneOf('dual-random/commitment/v1'),
  algorithm: oneOf(algorithm),
  hash: hashName,
  assurance: oneOf('public', 'federated', 'self'),
  regionCode: regionText,
  subject: subjectShape,
  batch: integer(1),
  attempt: integer(1),
  drawId: hex32,
  organiserUnitId: idText,
  committedAt: instant,
  delaySeconds: integer(0),
  marginSeconds: integer(0),
  revealWindowSeconds: integer(0),
  ...part,
  joint: record({ merged: oneOf(true, false), parts: list(record(part)) }),
  policyDigest: hex32,
  subjectDigest: hex32,
  strata: list(record({ ...size, rule, raw: ratio, n: integer(0) })),
  batchSizes: list(integer(0)),
  matchInputs: list(record({ unitId: idText, digest: hex32 })),
  beacons: list(beacon),
  tips: list(record({ unitId: idText, tip: hex32 })),
  publicOpening: oneOf('drawn-set', 'full'),
}
export const commitmentShape = record(commitmentMembers, ['joint'])

const transcriptLog = record({
  genesis: genesisShape,
  entries: list(record({ ...entryMembers, kind: oneOf('snapshot', 'commitment'), previous: hex32 })),
})

const pulse = record({ source: words, round: integer(1), randomness: hex32, signature: hex48 })
const publicNumbers = record({ source: words, randomness: hex32, series: list(record({ publications: list(publicationShape) })) })

/** An output with a `series` is of public numbers. */
const output: Shape = (value, where) =>
  (typeof value === 'object' && value !== null && 'series' in value ? publicNumbers : pulse)(value, where)

const transcriptMembers = {
  type: oneOf('dual-random/transcript/v1'),
  algorithm: oneOf(algorithm),
  hash: hashName,
  regionCode: regionText,
  drawId: hex32,
  commitment: hex32,
  beacons: list(output),
  reveals: list(record({ unitId: idText, secret: hex32 })),
  seed: hex32,
  strata: list(record({ stratum: words, drawn: list(record({ label: hex32, ticket: hex32 })), cutOff: nullOr(hex32) })),
  batches: list(list(hex32)),
  drawnSet: list(hex32),
  log: transcriptLog,
  joint: list(transcriptLog),
}

export const transcriptFileShape = record({ ...signature, transcript: record(transcriptMembers, ['joint']) })

export const rosterLineShape = record({ excluded: oneOf(true, false), label: hex32, stratum: words })

export const publicOpeningShape = record({ id: words, salt: hex32 })

const openingMembers = {
  type: oneOf('dual-random/opening/v1'),
  drawId: hex32,
  regionCode: regionText,
  id: words,
  salt: hex32,
  label: hex32,
  stratum: words,
  index: integer(0),
  size: integer(1),
  path: list(hex32),
}
export const openingShape = record(openingMembers, ['regionCode'])
