#!/usr/bin/env node
// Verifier of the draw, protocol v1 (docs/draw-protocol.md), written from that document and sharing no code with the services.
// One file, Node 20 or later; its only dependency is @noble/curves (npm install @noble/curves) for the beacon's BLS signature.
//
//   node verify.mjs [--demo] [--keys keys-<regionCode>.json]… transcript-<drawId>.json [--opening opening.json]
//
// It reads commitment-<drawId>.json and rosters/<drawId>.ndjson beside the transcript, and openings/<drawId>.ndjson,
// region-log-<regionCode>.ndjson and checkpoints-<regionCode>.ndjson where they are there; for a redraw also transcript and commitment of
// every draw that it comes after, and the parent's roster; for a draw of several cities the same files of each other city. Exit code 0: MATCH. 1: a difference, the first one named by line or JSON
// pointer. 2: not verifiable as asked (usage, missing file or dependency, a demonstration log without --demo, a keys file that is none).
// 3: PENDING, and what is missing.
/* oxlint-disable max-lines -- one file, so that a stranger can read and run it alone (design rule 16) */
import { createHash, createHmac, createPublicKey, verify as verifyEd25519 } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const algorithm = 'dual-random/draw/v1'
const quicknet = {
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesisTime: 1692803367,
  periodSeconds: 3,
}

/** The first difference: in which file, at which line or JSON pointer, and what. */
export class Difference extends Error {
  constructor(file, where, reason) {
    super(`${file} ${where || '/'}: ${reason}`)
    this.file = file
    this.where = where
  }
}
/** What keeps the verifier from judging at all. */
export class Refusal extends Error {}

/** drand's schemes by the name that S gives: lengths in bytes, and whether a pulse is of the key. */
const schemes = {
  'bls-unchained-g1-rfc9380': {
    publicKey: 96,
    signature: 48,
    verify({ shortSignatures: bls }, publicKey, round, signature) {
      const message = bls.hash(hashOf('sha256').digest(u64(round)), 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_')
      return bls.verify(new Uint8Array(signature), message, new Uint8Array(publicKey))
    },
  },
}

const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value))
const inFile = (file) => {
  const fail = (where, reason) => {
    throw new Difference(file, where, reason)
  }
  /** Compares what stands in the file with what was recomputed. */
  const same = (where, found, expected) => {
    if (shown(found) !== shown(expected)) fail(where, `应为 ${shown(expected)}，实为 ${shown(found)} (expected, found)`)
  }
  const hold = (where, condition, reason) => condition || fail(where, reason)
  return { fail, same, hold }
}

// --- Bytes -------------------------------------------------------------------------------------------------------------------

const bytesOf = (hex) => Buffer.from(hex, 'hex')
const compareText = (a, b) => Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'))
const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0)
/** The same of numbers that nobody vouches for, exact above 2^53 too, as text. */
const exactTotal = (numbers) => `${numbers.reduce((sum, number) => sum + BigInt(number), 0n)}`

/** TLV: u32 big-endian length and bytes of every item; an array is one item, the TLV of its elements. */
function tlv(...items) {
  return Buffer.concat(
    items.flatMap((item) => {
      const bytes = Array.isArray(item) ? tlv(...item) : typeof item === 'number' ? u64(item) : Buffer.from(item)
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    }),
  )
}
function u64(number) {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(number))
  return bytes
}

/** H and HMAC of the hash that the commitment names. */
const hashOf = (name) => ({
  digest: (...parts) => parts.reduce((hash, part) => hash.update(part), createHash(name)).digest(),
  hex: (...parts) => parts.reduce((hash, part) => hash.update(part), createHash(name)).digest('hex'),
  hmac: (key, message) => createHmac(name, key).update(message).digest(),
})

// --- Canonical JSON (RFC 8785, integers and ASCII names only) ----------------------------------------------------------------

/** A member's name within a JSON pointer. */
const escaped = (name) => name.replace(/~/g, '~0').replace(/\//g, '~1')

function canonical(value, trace) {
  let text = ''
  const write = (one, pointer) => {
    trace?.push([text.length, pointer])
    if (Array.isArray(one)) {
      text += '['
      for (const [index, element] of one.entries()) {
        if (index > 0) text += ','
        write(element, `${pointer}/${index}`)
      }
      text += ']'
    } else if (typeof one === 'object' && one !== null) {
      text += '{'
      for (const [index, name] of Object.keys(one).sort().entries()) {
        if (!/^[\x20-\x7e]*$/.test(name)) throw new Error(`name is not ASCII: ${name}`)
        text += `${index > 0 ? ',' : ''}${JSON.stringify(name)}:`
        write(one[name], `${pointer}/${escaped(name)}`)
      }
      text += '}'
    } else if (typeof one === 'number' && (!Number.isSafeInteger(one) || Object.is(one, -0))) {
      throw new Error(`${pointer}: not an integer within ±(2^53−1)`)
    } else if (typeof one === 'string' && !one.isWellFormed()) {
      throw new Error(`${pointer}: lone surrogate`)
    } else text += JSON.stringify(one)
  }
  write(value, '')
  return text
}

const deepest = 32

/** §1, of JSON as it is written, so that what a second member of the same name overwrites counts too. */
function isTooDeep(text) {
  let depth = 0
  for (let at = 0, isInString = false; at < text.length; at++) {
    const mark = text[at]
    if (isInString) {
      if (mark === '\\') at++
      else isInString = mark !== '"'
    } else if (mark === '"') isInString = true
    else if (mark === '[' || mark === '{') depth++
    else if (mark === ']' || mark === '}') depth--
    if (depth > deepest) return true
  }
  return false
}

/** Parses text that must already be canonical; `at` turns a JSON pointer into the place to name. */
function parse({ fail }, text, at) {
  let value
  let again
  try {
    value = JSON.parse(text)
    if (isTooDeep(text)) throw new Error(`nested more than ${deepest} deep`)
    again = canonical(value)
  } catch (error) {
    return fail(at(''), `不是规范 JSON (not canonical JSON): ${error.message}`)
  }
  if (again === text) return value
  let offset = 0
  while (again[offset] === text[offset]) offset++
  const trace = []
  canonical(value, trace)
  return fail(
    at(trace.findLast(([start]) => start <= offset)[1]),
    `与 RFC 8785 形式不同，第 ${offset + 1} 个字符 (differs from its RFC 8785 form at this character)`,
  )
}

function decode({ fail }, bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return fail('', '不是 UTF-8 (not UTF-8)')
  }
}

function parseFile(file, bytes, shape) {
  const report = inFile(file)
  const value = parse(report, decode(report, bytes), (pointer) => pointer)
  shape(value, '', report.fail)
  return value
}

function parseLines(file, bytes, check) {
  const report = inFile(file)
  const lines = decode(report, bytes).split('\n')
  if (lines.pop() !== '') report.fail(`line ${lines.length + 1}`, '末尾缺少 LF (no LF at the end)')
  return lines.map((line, index) => {
    const at = (pointer) => `line ${index + 1}${pointer && ` ${pointer}`}`
    const value = parse(report, line, at)
    check(value, '', (pointer, reason) => report.fail(at(pointer), reason))
    return value
  })
}

// --- Shapes: every member is named, no other may stand there -----------------------------------------------------------------

const matching = (pattern, what) => (value, at, fail) =>
  (typeof value === 'string' && pattern.test(value)) || fail(at, `不是 ${what} (not ${what})`)
const hex = (length) => matching(new RegExp(`^[0-9a-f]{${2 * length}}$`), `${length} bytes of lower-case hex`)
const hex32 = hex(32)
const idText = matching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,95}$/, 'an id')
const anyText = matching(/^.*$/su, 'a text')
const words = matching(/^.+$/su, 'a text that is not empty')
const regionText = matching(/^[1-9]\d{5}$/, 'a region code')
const instant = (value, at, fail) => {
  const ok = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value))
  return (ok && new Date(value).toISOString() === value) || fail(at, '不是 UTC 时刻 (not a UTC instant)')
}
const integer = (least) => (value, at, fail) =>
  (Number.isSafeInteger(value) && value >= least) || fail(at, `不是 ≥ ${least} 的整数 (not an integer)`)
const oneOf =
  (...values) =>
  (value, at, fail) =>
    values.includes(value) || fail(at, `${shown(value)} 不是 ${values.map(shown).join(' | ')} 之一 (not one of these)`)
const nullOr = (shape) => (value, at, fail) => value === null || shape(value, at, fail)
const list = (shape) => (value, at, fail) =>
  Array.isArray(value) ? value.forEach((element, index) => shape(element, `${at}/${index}`, fail)) : fail(at, '不是数组 (not an array)')
const record =
  (members, optional = []) =>
  (value, at, fail) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(at, '不是对象 (not an object)')
    for (const name of Object.keys(value).sort())
      if (!Object.hasOwn(members, name)) fail(`${at}/${escaped(name)}`, '多余的成员 (unknown member)')
    for (const name of Object.keys(members).sort()) {
      if (Object.hasOwn(value, name)) members[name](value[name], `${at}/${name}`, fail)
      else if (!optional.includes(name)) fail(`${at}/${name}`, '缺少 (missing)')
    }
  }
/** A record whose other members depend on the one of this name. */
const either = (name, shapes) => (value, at, fail) => {
  oneOf(...Object.keys(shapes))(value?.[name], `${at}/${name}`, fail)
  shapes[value[name]](value, at, fail)
}

const ratioShape = record({ numerator: integer(0), denominator: integer(1) })
const signatureMembers = { keyId: idText, signature: hex(64) }
const sizeMembers = { stratum: words, mapped: integer(0), eligible: integer(0) }
const ruleShape = either('kind', {
  ratio: record({
    kind: oneOf('ratio'),
    ratio: ratioShape,
    batchShare: ratioShape,
    base: oneOf('mapped', 'eligible'),
    rounding: oneOf('up', 'half-up'),
  }),
  count: record({ kind: oneOf('count'), count: integer(0) }),
})
const snapshotMembers = {
  type: oneOf('dual-random/snapshot/v1'),
  hash: oneOf('sha256', 'sm3'),
  regionCode: regionText,
  drawId: hex32,
  labelsOf: hex32,
  asOf: instant,
  creditLoadDigest: hex32,
  registrationLoadDigest: hex32,
  root: hex32,
  rosterDigest: hex32,
  strata: list(record(sizeMembers)),
  exclusions: record({ counts: list(record({ ground: words, count: integer(1) })), privateFileDigest: hex32 }),
  privateFileDigest: hex32,
  keyDigest: hex32,
}
const partMembers = {
  snapshot: record(snapshotMembers, ['labelsOf']),
  snapshotSignature: record(signatureMembers),
  witnesses: record({ count: integer(0), quorum: integer(0) }),
}
const roundShape = either(
  'scheme',
  Object.fromEntries(
    Object.entries(schemes).map(([scheme, { publicKey }]) => [
      scheme,
      record({
        source: words,
        kind: words,
        scheme: oneOf(scheme),
        publicKey: hex(publicKey),
        genesisTime: integer(0),
        periodSeconds: integer(1),
        round: integer(1),
      }),
    ]),
  ),
)
const beaconShape = either('kind', {
  drand: roundShape,
  region: roundShape,
  self: roundShape,
  'public-numbers': record({ source: words, kind: words, definition: hex32, notBefore: instant }),
})
const commitmentMembers = {
  type: oneOf('dual-random/commitment/v1'),
  algorithm: oneOf(algorithm),
  hash: oneOf('sha256', 'sm3'),
  assurance: oneOf('public', 'federated', 'self'),
  regionCode: regionText,
  subject: either('kind', {
    'plan-line': record({ kind: oneOf('plan-line'), planId: idText, lineId: idText }),
    'clue-task': record({ kind: oneOf('clue-task'), taskId: idText, clueIds: list(idText) }),
    redraw: record({
      kind: oneOf('redraw'),
      parentDrawId: hex32,
      purpose: oneOf('replacement', 'rematch', 'escalation'),
      labels: list(hex32),
      after: list(record({ drawId: hex32, transcript: hex32 })),
      approval: record({ approvedAt: instant, unitId: idText, reasons: list(record({ reason: words, count: integer(1) })) }),
    }),
  }),
  batch: integer(1),
  attempt: integer(1),
  drawId: hex32,
  organiserUnitId: idText,
  committedAt: instant,
  delaySeconds: integer(0),
  marginSeconds: integer(0),
  revealWindowSeconds: integer(0),
  ...partMembers,
  joint: record({ merged: oneOf(true, false), parts: list(record(partMembers)) }),
  policyDigest: hex32,
  subjectDigest: hex32,
  strata: list(record({ ...sizeMembers, rule: ruleShape, raw: ratioShape, n: integer(0) })),
  batchSizes: list(integer(0)),
  matchInputs: list(record({ unitId: idText, digest: hex32 })),
  beacons: list(beaconShape),
  tips: list(record({ unitId: idText, tip: hex32 })),
  publicOpening: oneOf('drawn-set', 'full'),
}
const commitmentShape = record(commitmentMembers, ['joint'])
const genesisShape = record({
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
const headingMembers = { issue: words, publishedAt: instant }
const publicationsShape = list(record({ ...headingMembers, numbers: list(list(integer(0))) }))
/** §16: the kinds that carry the record behind their digest, and its form. */
const recordShapes = {
  key: either('role', {
    unit: record({
      type: oneOf('dual-random/key/v1'),
      keyId: idText,
      role: words,
      algorithm: oneOf('ed25519'),
      publicKey: hex32,
      unitId: idText,
    }),
    beacon: record({
      type: oneOf('dual-random/key/v1'),
      keyId: idText,
      role: words,
      algorithm: oneOf('bls12381-g2'),
      publicKey: hex(96),
      unitId: idText,
    }),
  }),
  definition: record({
    type: oneOf('dual-random/public-numbers/v1'),
    source: words,
    series: list(
      record({
        name: words,
        publisher: words,
        page: words,
        publications: integer(1),
        groups: list(record({ name: words, kind: oneOf('set', 'sequence'), count: integer(1), from: integer(0), to: integer(0) })),
      }),
    ),
  }),
  numbers: record({
    type: oneOf('dual-random/numbers/v1'),
    drawId: hex32,
    unitId: idText,
    commitment: hex32,
    source: words,
    series: list(record({ pageDigest: hex32, before: record(headingMembers), publications: publicationsShape })),
  }),
  tip: record({ type: oneOf('dual-random/tip/v1'), drawId: hex32, unitId: idText, tip: hex32 }),
  reveal: record({ type: oneOf('dual-random/reveal/v1'), drawId: hex32, unitId: idText, commitment: hex32, secret: hex32 }),
  void: record({ type: oneOf('dual-random/void/v1'), drawId: hex32, reason: anyText }),
  approval: record({ type: oneOf('dual-random/approval/v1'), drawId: hex32, unitId: idText, reason: words, order: nullOr(hex32) }),
  audited: record({ type: oneOf('dual-random/audited/v1'), drawId: hex32, unitId: idText, match: hex32, findings: integer(0) }),
  failed: record({
    type: oneOf('dual-random/failed/v1'),
    drawId: hex32,
    unitId: idText,
    reason: oneOf('beacon-lost', 'key-lost', 'data-lost', 'void-undecided'),
  }),
}
const ofDraws = ['snapshot', 'commitment', 'transcript', 'match', 'closed']
const entryMembers = { seq: integer(0), kind: words, digest: hex32, head: hex32, ...signatureMembers }
const lineMembers = { ...entryMembers, receivedAt: instant }
const lineShape = either('kind', {
  genesis: record({ ...lineMembers, drawId: oneOf(null), record: genesisShape }),
  ...Object.fromEntries(
    ['key', 'definition'].map((kind) => [kind, record({ ...lineMembers, drawId: oneOf(null), record: recordShapes[kind] })]),
  ),
  ...Object.fromEntries(
    ['tip', 'reveal', 'numbers', 'void', 'approval', 'audited', 'failed'].map((kind) => [
      kind,
      record({ ...lineMembers, drawId: hex32, record: recordShapes[kind] }),
    ]),
  ),
  ...Object.fromEntries(ofDraws.map((kind) => [kind, record({ ...lineMembers, drawId: hex32 })])),
})
const checkpointShape = record({
  ...signatureMembers,
  checkpoint: record({ type: oneOf('dual-random/checkpoint/v1'), regionCode: regionText, seq: integer(0), head: hex32 }),
  cosignatures: list(record({ witnessId: idText, receivedAt: instant, signature: hex(64) })),
})
const keysMembers = {
  type: oneOf('dual-random/keys/v1'),
  regionCode: regionText,
  hash: oneOf('sha256', 'sm3'),
  genesis: hex32,
  superior: record({ keyId: idText, publicKey: hex32, unitId: idText }),
  witnesses: list(record({ witnessId: idText, publicKey: hex32 })),
  quorum: integer(1),
  tolerated: integer(1),
}
const keysShape = (value, at, fail) =>
  record({ ...keysMembers, beaconKeyAgeSeconds: integer(0), leastMarginSeconds: integer(0) }, [
    'beaconKeyAgeSeconds',
    'leastMarginSeconds',
  ])(value, at, fail)
const pulseShape = record({ source: words, round: integer(1), randomness: hex32, signature: hex(48) })
const numbersShape = record({ source: words, randomness: hex32, series: list(record({ publications: publicationsShape })) })
/** An output with a `series` is of public numbers. */
const isNumbers = (value) => typeof value === 'object' && value !== null && Object.hasOwn(value, 'series')
const outputShape = (value, at, fail) => (isNumbers(value) ? numbersShape : pulseShape)(value, at, fail)
const transcriptLogShape = record({
  genesis: genesisShape,
  entries: list(record({ ...entryMembers, kind: oneOf('snapshot', 'commitment'), previous: hex32 })),
})
const transcriptMembers = {
  type: oneOf('dual-random/transcript/v1'),
  algorithm: oneOf(algorithm),
  hash: oneOf('sha256', 'sm3'),
  regionCode: regionText,
  drawId: hex32,
  commitment: hex32,
  beacons: list(outputShape),
  reveals: list(record({ unitId: idText, secret: hex32 })),
  seed: hex32,
  strata: list(record({ stratum: words, drawn: list(record({ label: hex32, ticket: hex32 })), cutOff: nullOr(hex32) })),
  batches: list(list(hex32)),
  drawnSet: list(hex32),
  log: transcriptLogShape,
  joint: list(transcriptLogShape),
}
const transcriptShape = record({ ...signatureMembers, transcript: record(transcriptMembers, ['joint']) })
const rosterShape = record({ excluded: oneOf(true, false), label: hex32, stratum: words })

// --- The rules ---------------------------------------------------------------------------------------------------------------

function ascends({ hold }, where, texts, compare = compareText) {
  for (let i = 1; i < texts.length; i++)
    hold(`${where}/${i}`, compare(texts[i - 1], texts[i]) < 0, '次序有误或重复 (out of order or repeated)')
}

/** §3: the drawId of these parts. */
const drawIdOf = (hash, regionCode, named, batch, attempt) => hash.hex(tlv('draw', regionCode, named, batch, attempt))
/** What of a subject enters the drawId. */
const nameOf = ({ kind, planId, lineId, taskId, parentDrawId }) => {
  if (kind === 'plan-line') return [kind, planId, lineId]
  return kind === 'clue-task' ? [kind, taskId] : [kind, bytesOf(parentDrawId)]
}

/** §23: what S holds of every city that takes part, the organiser's first, and where. */
const partsOf = (s) => [{ at: '', part: s }, ...(s.joint?.parts ?? []).map((part, i) => ({ at: `/joint/parts/${i}`, part }))]
/** The name of a city's stratum in S. */
const stratumIn = ({ joint }, regionCode, stratum) => (joint === undefined || joint.merged ? stratum : `${regionCode}/${stratum}`)
/** `[stratum, mapped, eligible]` of every stratum of S, by what the registries signed. */
function strataIn(s) {
  const sizes = new Map()
  for (const { part } of partsOf(s)) {
    for (const { stratum, mapped, eligible } of part.snapshot.strata) {
      const name = stratumIn(s, part.snapshot.regionCode, stratum)
      const [, m, e] = sizes.get(name) ?? [name, 0, 0]
      sizes.set(name, [name, m + mapped, e + eligible])
    }
  }
  return [...sizes.values()].sort((a, b) => compareText(a[0], b[0]))
}

/** What a registry froze is of this draw, before S, and its exclusions are all counted. */
function checkPart(report, at, { snapshot }, s) {
  const { same, hold } = report
  same(`${at}/snapshot/drawId`, snapshot.drawId, s.drawId)
  same(`${at}/snapshot/labelsOf`, snapshot.labelsOf ?? null, s.subject.kind === 'redraw' ? s.subject.parentDrawId : null)
  hold(`${at}/snapshot/asOf`, snapshot.asOf < s.committedAt, '晚于承诺 (not before the commitment)')
  const where = `${at}/snapshot/exclusions/counts`
  ascends(
    report,
    where,
    snapshot.exclusions.counts.map(({ ground }) => ground),
  )
  const excluded = exactTotal(snapshot.strata.map(({ mapped, eligible }) => mapped - eligible))
  same(where, exactTotal(snapshot.exclusions.counts.map(({ count }) => count)), excluded)
}

/** §23: the other cities' parts. */
function checkJoint(report, s) {
  const { same, hold } = report
  hold('/joint', s.subject.kind !== 'redraw', '补抽由一地进行，不得有其他地区 (a redraw is of one city)')
  const [, ...others] = partsOf(s)
  hold('/joint/parts', others.length > 0, '没有其他地区 (no other city)')
  ascends(
    report,
    '/joint/parts',
    others.map(({ part }) => part.snapshot.regionCode),
  )
  for (const { at, part } of others) {
    same(`${at}/snapshot/hash`, part.snapshot.hash, s.hash)
    hold(
      `${at}/snapshot/regionCode`,
      part.snapshot.regionCode !== s.regionCode,
      '组织地区已在承诺之中 (the organiser’s city stands in S itself)',
    )
    checkPart(report, at, part, s)
  }
}

/** Rules 1, 4, 6, 7, 12 and 14: what a commitment's own members say of each other. */
function checkCommitment(report, s, demo) {
  const { same, hold } = report
  const { subject, snapshot } = s
  const isRedraw = subject.kind === 'redraw'
  same('/drawId', s.drawId, drawIdOf(hashOf(s.hash), s.regionCode, nameOf(subject), s.batch, s.attempt))
  if (subject.kind === 'clue-task') {
    hold('/subject/clueIds', subject.clueIds.length > 0, '没有线索 (no clue)')
    ascends(report, '/subject/clueIds', subject.clueIds)
  }
  if (isRedraw) checkRedrawSubject(report, s)
  for (const name of ['hash', 'regionCode']) same(`/snapshot/${name}`, snapshot[name], s[name])
  checkPart(report, '', s, s)
  if (s.joint !== undefined) checkJoint(report, s)
  same(
    '/strata',
    s.strata.map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible]),
    strataIn(s),
  )
  for (const [index, stratum] of s.strata.entries()) {
    if (isRedraw) same(`/strata/${index}/rule/kind`, stratum.rule.kind, 'count')
    checkCount(report, `/strata/${index}`, stratum)
  }
  if (isRedraw) {
    hold('/strata', total(s.strata.map(({ n }) => n)) > 0, '无人可抽 (nothing to draw)')
    same('/batchSizes', s.batchSizes.length, 1)
  }
  same('/batchSizes', exactTotal(s.batchSizes), exactTotal(s.strata.map(({ n }) => n)))
  hold(
    '/delaySeconds',
    s.delaySeconds >= s.revealWindowSeconds + 2 * s.marginSeconds,
    '短于揭示窗口加两个余量 (shorter than reveal window and two margins)',
  )
  ascends(
    report,
    '/matchInputs',
    s.matchInputs.map(({ unitId }) => unitId),
  )
  ascends(
    report,
    '/tips',
    s.tips.map(({ unitId }) => unitId),
  )
  ascends(
    report,
    '/beacons',
    s.beacons.map(({ source }) => source),
  )
  hold('/beacons', s.beacons.length > 0, '没有信标 (no beacon)')
  for (const [index, beacon] of s.beacons.entries()) {
    if (beacon.kind === 'public-numbers') {
      hold(`/beacons/${index}/source`, /^numbers\/[a-z0-9-]{1,64}$/.test(beacon.source), '不是公开数字的名称 (no name of public numbers)')
      const earliest = BigInt(Date.parse(s.committedAt)) + 1000n * BigInt(s.delaySeconds)
      same(`/beacons/${index}/notBefore`, `${Date.parse(beacon.notBefore)}`, `${earliest}`)
      continue
    }
    same(`/beacons/${index}/round`, beacon.round, firstRound(s, beacon))
    hold(`/beacons/${index}/kind`, beacon.kind !== 'self' || demo, '自办信标只用于演示 (a self beacon is for demonstrations only)')
    if (beacon.kind === 'region') {
      hold(`/beacons/${index}/source`, /^region\/[1-9]\d{5}$/.test(beacon.source) && !isOfCity(beacon, s), notOfAnother)
      const twin = s.beacons.slice(0, index).some((one) => one.kind === 'region' && one.publicKey === beacon.publicKey)
      hold(`/beacons/${index}/publicKey`, !twin, '两个信标同一密钥 (the key of another beacon too)')
    }
    if (beacon.kind !== 'drand') continue
    same(`/beacons/${index}/source`, beacon.source, 'drand/quicknet')
    for (const name of Object.keys(quicknet)) same(`/beacons/${index}/${name}`, beacon[name], quicknet[name])
  }
  holdRegions(report, s, hasOutsideTip(s))
  same('/assurance', s.assurance, assuranceOf(s))
}

/** §18: what the subject of a redraw says of itself. */
function checkRedrawSubject(report, { subject: { after, approval, labels, parentDrawId, purpose }, committedAt }) {
  const { hold } = report
  const ids = after.map(({ drawId }) => drawId)
  ascends(report, '/subject/after', ids)
  hold('/subject/after', ids.includes(parentDrawId), '没有原抽取 (the parent is not among them)')
  hold('/subject/labels', (labels.length === 0) === (purpose === 'escalation'), '与用途不符 (does not fit the purpose)')
  ascends(report, '/subject/labels', labels)
  hold('/subject/approval/reasons', approval.reasons.length > 0, '没有原因 (no reason)')
  ascends(
    report,
    '/subject/approval/reasons',
    approval.reasons.map(({ reason }) => reason),
  )
  hold('/subject/approval/approvedAt', approval.approvedAt <= committedAt, '晚于承诺 (after the commitment)')
}

const notOfAnother = '不是其他地区的信标 (not of another region)'
/** Whether a region's beacon is, by its name, that of a city that takes part in the draw of S. */
const isOfCity = ({ source }, s) => partsOf(s).some(({ part }) => source === `region/${part.snapshot.regionCode}`)

/** Rules 6 and 7: regions' beacons alone are three, or two with a tip of a unit from outside. */
function holdRegions(report, { beacons }, isTippedFromOutside) {
  const regions = beacons.filter(({ kind }) => kind === 'region').length
  const isCarried = regions < beacons.length || regions >= (isTippedFromOutside ? 2 : 3)
  report.hold('/beacons', isCarried, '只有少数地区的信标，它们合谋即可预知 (of too few regions, which could foresee it together)')
}

const hasOutsideTip = ({ tips, organiserUnitId }) => tips.some(({ unitId }) => unitId !== organiserUnitId)

/** A secret of the organiser's own units adds nothing against the organiser; three regions' beacons do as well as an outsider's secret. */
function assuranceOf({ beacons, tips, organiserUnitId }) {
  if (beacons.some(({ kind }) => kind === 'self')) return 'self'
  return hasOutsideTip({ tips, organiserUnitId }) || beacons.filter(({ kind }) => kind === 'region').length >= 3 ? 'federated' : 'public'
}

/** Rule 7: the first round due at or after committedAt + delay. */
function firstRound({ committedAt, delaySeconds }, { genesisTime, periodSeconds }) {
  const sinceGenesisMs = BigInt(Date.parse(committedAt)) + 1000n * (BigInt(delaySeconds) - BigInt(genesisTime))
  const periodMs = 1000n * BigInt(periodSeconds)
  return sinceGenesisMs <= 0n ? 1 : Number((sinceGenesisMs + periodMs - 1n) / periodMs) + 1
}

/** Rule 4: the raw number as an exact fraction in lowest terms, and n. */
function checkCount({ same }, where, { mapped, eligible, rule, raw, n }) {
  let [numerator, denominator] = [1n, 1n]
  if (rule.kind === 'count') numerator = BigInt(rule.count)
  else {
    const share = [rule.ratio, rule.batchShare]
    numerator = share.reduce((product, part) => product * BigInt(part.numerator), BigInt(rule.base === 'mapped' ? mapped : eligible))
    denominator = share.reduce((product, part) => product * BigInt(part.denominator), 1n)
  }
  let [a, b] = [numerator, denominator]
  while (b > 0n) [a, b] = [b, a % b]
  same(`${where}/raw`, `${raw.numerator}/${raw.denominator}`, `${numerator / a}/${denominator / a}`)
  const halves = rule.rounding === 'half-up' ? 2n * numerator + denominator : 2n * (numerator + denominator - 1n)
  same(`${where}/n`, n, Math.min(Number(halves / (2n * denominator)), eligible))
}

/** Rules 2 and 3: sizes, root and digest of the mapped set must be what the registry signed. */
function checkRoster(report, signedBy, roster, bytes, snapshot, part = '') {
  for (let i = 1; i < roster.length; i++)
    report.hold(`line ${i + 1} /label`, roster[i - 1].label < roster[i].label, '标签未升序或重复 (labels do not ascend)')
  const sizes = new Map()
  for (const { stratum, excluded } of roster) {
    const counts = sizes.get(stratum) ?? [stratum, 0, 0]
    sizes.set(stratum, [stratum, counts[1] + 1, counts[2] + (excluded ? 0 : 1)])
  }
  const found = [...sizes.values()].sort((a, b) => compareText(a[0], b[0]))
  signedBy.same(
    `${part}/snapshot/strata`,
    snapshot.strata.map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible]),
    found,
  )
  const hash = hashOf(snapshot.hash)
  let level = roster.map((member) => leafOf(hash, member))
  while (level.length > 1) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) =>
      2 * i + 1 < level.length ? hash.digest(Buffer.of(1), level[2 * i], level[2 * i + 1]) : level[2 * i],
    )
  }
  signedBy.same(`${part}/snapshot/root`, snapshot.root, (level[0] ?? hash.digest()).toString('hex'))
  signedBy.same(`${part}/snapshot/rosterDigest`, snapshot.rosterDigest, hash.hex(bytes))
}

/** §23: the rosters by region code, the other cities' read beside the organiser's; no label stands in two. */
function readRosters(signedBy, s, own, beside) {
  const rosters = new Map([[s.regionCode, own]])
  const before = new Set(own.map(({ label }) => label))
  for (const { at, part } of partsOf(s).slice(1)) {
    const { regionCode } = part.snapshot
    const name = `rosters/${s.drawId}-${regionCode}.ndjson`
    const bytes = beside?.(name)
    if (bytes === undefined) throw new Refusal(`缺少参加地区的名录 (the roster of a city that takes part is missing): ${name}`)
    const roster = parseLines(name, bytes, rosterShape)
    checkRoster(inFile(name), signedBy, roster, bytes, part.snapshot, at)
    for (const [i, { label }] of roster.entries())
      inFile(name).hold(`line ${i + 1} /label`, !before.has(label), '另一地区的名录中已有 (stands in another city’s roster)')
    for (const { label } of roster) before.add(label)
    rosters.set(regionCode, roster)
  }
  return rosters
}

/** A file of the family beside the redraw's; the verifier cannot judge without it. */
function familyFile(family, name) {
  const bytes = family?.(name)
  if (bytes === undefined) throw new Refusal(`缺少原抽取或此前补抽的文件 (a file of the redraw's family is missing): ${name}`)
  return { name, bytes }
}

/** Transcript and S of every draw that a redraw comes after, as far as the redraw rests on them; each has a verdict of its own. */
function readFamily(report, s, family) {
  const { same, hold } = report
  const hash = hashOf(s.hash)
  return s.subject.after.map(({ drawId, transcript }, i) => {
    const at = `/subject/after/${i}`
    const transcriptFile = familyFile(family, `transcript-${drawId}.json`)
    const inTranscript = inFile(transcriptFile.name)
    const { transcript: t } = parseFile(transcriptFile.name, transcriptFile.bytes, transcriptShape)
    same(`${at}/transcript`, transcript, hash.hex(canonical(t)))
    const commitmentFile = familyFile(family, `commitment-${drawId}.json`)
    const of = parseFile(commitmentFile.name, commitmentFile.bytes, commitmentShape)
    inTranscript.same('/transcript/commitment', t.commitment, hash.hex(commitmentFile.bytes))
    const isParent = drawId === s.subject.parentDrawId
    const isSibling = of.subject.parentDrawId === s.subject.parentDrawId && of.regionCode === s.regionCode
    const isKin = isParent ? of.subject.kind !== 'redraw' : isSibling
    hold(`${at}/drawId`, t.drawId === drawId && of.drawId === drawId && isKin, '不是原抽取或其补抽 (neither the parent nor a redraw of it)')
    hold('/committedAt', lastRound(of) <= BigInt(Date.parse(s.committedAt)), `早于 ${drawId} 的轮次 (before a round of this draw)`)
    return { isParent, t, s: of, file: commitmentFile.name }
  })
}

/** When the last of the beacons of S is due; milliseconds since 1970. */
const lastRound = ({ beacons }) => beacons.map(dueOf).reduce((a, b) => (a > b ? a : b), 0n)
/** When a beacon of S is due: its round, or the earliest instant of a publication; milliseconds since 1970. */
const dueOf = ({ genesisTime, round, periodSeconds, notBefore }) =>
  notBefore === undefined ? 1000n * (BigInt(genesisTime) + BigInt(round - 1) * BigInt(periodSeconds)) : BigInt(Date.parse(notBefore))

const drawnIn = ({ strata }) => strata.flatMap(({ drawn }) => drawn.map(({ label }) => label))

/** §23: what the parent's S has of the city that a redraw is of, and where its roster lies. */
function parentPart(report, parent, regionCode) {
  const { drawId } = parent
  if (parent.regionCode === regionCode) return { at: '', before: parent.snapshot, rosterName: `rosters/${drawId}.ndjson` }
  const found = partsOf(parent)
    .slice(1)
    .find(({ part }) => part.snapshot.regionCode === regionCode)
  report.hold('/regionCode', found, '原抽取没有本地区参加 (the parent is no draw of this city)')
  return { at: found.at, before: found.part.snapshot, rosterName: `rosters/${drawId}-${regionCode}.ndjson` }
}

/** §23: beacons of a redraw in another city than the organiser's, beside its parent: of none of the parent's cities, and no unit that checks there is an outsider. */
function checkRedrawBeacons(report, s, parent) {
  if (s.regionCode === parent.regionCode) return
  for (const [index, beacon] of s.beacons.entries())
    report.hold(`/beacons/${index}/source`, beacon.kind !== 'region' || !isOfCity(beacon, parent), notOfAnother)
  const inside = new Set([parent.organiserUnitId, ...parent.matchInputs.map(({ unitId }) => unitId)])
  const isTippedFromOutside = s.tips.some(({ unitId }) => !inside.has(unitId))
  holdRegions(report, s, isTippedFromOutside)
}

/** §18: a redraw against its family: the parent's labels, whom it names, how many it draws, whom it must not draw. */
function checkRedraw(report, rosterName, s, roster, family) {
  const { same, hold } = report
  const { subject, snapshot } = s
  const draws = readFamily(report, s, family)
  const parent = draws.find(({ isParent }) => isParent)
  const { at: ofPart, before, rosterName: parentsRoster } = parentPart(report, parent.s, s.regionCode)
  checkRedrawBeacons(report, s, parent.s)
  for (const name of ['subjectDigest', 'organiserUnitId']) same(`/${name}`, s[name], parent.s[name])
  for (const name of ['root', 'keyDigest', 'privateFileDigest']) same(`/snapshot/${name}`, snapshot[name], before[name])
  same('/snapshot/strata', ...[snapshot, before].map(({ strata }) => strata.map(({ stratum, mapped }) => [stratum, mapped])))
  hold('/snapshot/asOf', snapshot.asOf > before.asOf, '不晚于原抽取 (not later than the parent’s)')
  const drawn = new Set(draws.flatMap(({ t }) => drawnIn(t)))
  const standing = new Set(draws.flatMap((one) => (one.s.subject.purpose === 'rematch' ? [] : drawnIn(one.t))))
  for (const { s: of } of draws) if (of.subject.purpose === 'replacement') for (const label of of.subject.labels) standing.delete(label)
  // What several cities drew stands in the rosters of all of them.
  const ofCity = new Set(roster.map(({ label }) => label))
  for (const [i, label] of subject.labels.entries())
    hold(`/subject/labels/${i}`, standing.has(label) && ofCity.has(label), '未抽中或已被替换 (not drawn, or replaced since)')
  const named = new Set(subject.labels)
  if (subject.purpose !== 'escalation') {
    for (const [i, { stratum, rule }] of s.strata.entries())
      same(`/strata/${i}/rule/count`, rule.count, roster.filter((one) => one.stratum === stratum && named.has(one.label)).length)
  }
  const rosterFile = familyFile(family, parentsRoster)
  const ofParent = parseLines(rosterFile.name, rosterFile.bytes, rosterShape)
  inFile(parent.file).same(`${ofPart}/snapshot/rosterDigest`, before.rosterDigest, hashOf(s.hash).hex(rosterFile.bytes))
  const barred = new Set(ofParent.flatMap(({ label, excluded }) => (excluded ? [label] : [])))
  for (const [i, { label, excluded }] of roster.entries()) {
    const at = `line ${i + 1} /excluded`
    if (subject.purpose === 'rematch') inFile(rosterName).same(at, excluded, !named.has(label))
    else inFile(rosterName).hold(at, excluded || !(barred.has(label) || drawn.has(label)), '不得再抽 (may not be drawn any more)')
  }
}

const leafOf = (hash, { label, stratum }) => hash.digest(Buffer.of(0), tlv(bytesOf(label), stratum))

/** Rule 9: labels with tickets, smallest first. */
function rank(hash, seed, context, labels) {
  const key = hash.hmac(hash.hmac(bytesOf(seed), canonical(context)), algorithm)
  const tickets = labels.map((label) => ({ label, ticket: hash.hmac(key, `${label}\u0001`).toString('hex') }))
  return tickets.sort((a, b) => (a.ticket + a.label < b.ticket + b.label ? -1 : 1))
}

const sha256Of = (signature) => hashOf('sha256').hex(bytesOf(signature))
/** §9a: what was published, under the definition that S names. */
function randomnessOfNumbers(hash, definition, series) {
  const published = series.map(({ publications }) => publications.map(({ issue, publishedAt, numbers }) => [issue, publishedAt, numbers]))
  return hash.hex(tlv('dual-random/public-numbers/v1', bytesOf(definition), published))
}

/** Rules 6, 8, 9 and 11: the draw itself, repeated. */
function checkDraw(report, t, s, rosters, commitmentBytes) {
  const roster = [...rosters].flatMap(([regionCode, lines]) =>
    lines.map((one) => ({ ...one, stratum: stratumIn(s, regionCode, one.stratum) })),
  )
  const { same, hold } = report
  const at = (where) => `/transcript${where}`
  const hash = hashOf(s.hash)
  for (const name of ['hash', 'regionCode', 'drawId']) same(at(`/${name}`), t[name], s[name])
  same(at('/commitment'), t.commitment, hash.hex(commitmentBytes))
  same(
    at('/beacons'),
    t.beacons.map((one) => [one.source, isNumbers(one) ? 0 : one.round]),
    s.beacons.map((one) => [one.source, one.kind === 'public-numbers' ? 0 : one.round]),
  )
  for (const [i, one] of t.beacons.entries()) {
    const expected = isNumbers(one) ? randomnessOfNumbers(hash, s.beacons[i].definition, one.series) : sha256Of(one.signature)
    same(at(`/beacons/${i}/randomness`), one.randomness, expected)
  }
  same(
    at('/reveals'),
    t.reveals.map(({ unitId }) => unitId),
    s.tips.map(({ unitId }) => unitId),
  )
  for (const [i, { unitId, secret }] of t.reveals.entries()) {
    hold(
      at(`/reveals/${i}/secret`),
      hash.hex(tlv('tip', bytesOf(s.drawId), unitId, bytesOf(secret))) === s.tips[i].tip,
      '与承诺的 tip 不符 (does not open the tip)',
    )
  }
  const beacons = t.beacons.map((one) => [one.source, one.round ?? 0, bytesOf(one.randomness)])
  const reveals = t.reveals.map(({ unitId, secret }) => [unitId, bytesOf(secret)])
  same(at('/seed'), t.seed, hash.hex(tlv(algorithm, s.hash, bytesOf(t.commitment), beacons, reveals)))
  same(
    at('/strata'),
    t.strata.map(({ stratum }) => stratum),
    s.strata.map(({ stratum }) => stratum),
  )
  for (const [i, { stratum, n }] of s.strata.entries()) {
    const members = roster.filter((one) => one.stratum === stratum && !one.excluded).map(({ label }) => label)
    const expected = rank(hash, t.seed, ['object', stratum], members).slice(0, n)
    const found = t.strata[i]
    same(at(`/strata/${i}/drawn`), found.drawn.length, n)
    for (const [j, { label, ticket }] of expected.entries()) {
      same(at(`/strata/${i}/drawn/${j}/label`), found.drawn[j].label, label)
      same(at(`/strata/${i}/drawn/${j}/ticket`), found.drawn[j].ticket, ticket)
    }
    same(at(`/strata/${i}/cutOff`), found.cutOff, expected.at(-1)?.ticket ?? null)
  }
  const order = rank(
    hash,
    t.seed,
    ['order'],
    t.strata.flatMap(({ drawn }) => drawn.map(({ label }) => label)),
  ).map(({ label }) => label)
  same(
    at('/batches'),
    t.batches.map((batch) => batch.length),
    s.batchSizes,
  )
  let next = 0
  for (const [i, batch] of t.batches.entries())
    for (const [j, label] of batch.entries()) same(at(`/batches/${i}/${j}`), label, order[next++])
  same(at('/drawnSet'), t.drawnSet.length, s.publicOpening === 'drawn-set' ? total(s.batchSizes) : 0)
  ascends(report, at('/drawnSet'), t.drawnSet)
}

/** Rule 15: Ed25519; Node's OpenSSL checks S < L and recomputes R, and only in some versions looks at the points. */
export function verifySignature(publicKey, message, signature) {
  const point = bytesOf(publicKey)
  const signed = bytesOf(signature)
  if (![point, signed.subarray(0, 32)].every(isStrictPoint)) return false
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') }, format: 'jwk' })
  return verifyEd25519(null, message, key, signed)
}
/** The y of the points of order 1, 2, 4 and 8. */
const smallOrderY = (() => {
  const p = 2n ** 255n - 19n
  const ofOrder8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n
  return { p, ys: [1n, p - 1n, 0n, ofOrder8, p - ofOrder8] }
})()
/** Canonical (y below p) and not of small order, so that the sign of x = 0 needs no look. */
function isStrictPoint(point) {
  const y = BigInt(`0x${Buffer.from(point.toReversed()).toString('hex')}`) & (2n ** 255n - 1n)
  return y < smallOrderY.p && !smallOrderY.ys.includes(y)
}

/** Checks a signature by one of the keys, which says what it may sign by its role; `at` names the place of the signature's members. */
function checkSigned({ hold, fail }, at, keys, roles, { keyId, signature }, { kind, regionCode, drawId, digest }) {
  const key = keys.find((one) => one.keyId === keyId && roles.includes(one.role))
  if (key === undefined) return fail(at('/keyId'), `没有这把 ${roles.join(' | ')} 密钥 (no such key of this role)`)
  const message = tlv('dual-random/sig/v1', kind, regionCode, bytesOf(drawId ?? ''), bytesOf(digest))
  hold(at('/signature'), verifySignature(key.publicKey, message, signature), badSignature)
  return key
}

const headOf = (hash, previous, { seq, kind, digest }) => hash.hex(tlv('log', bytesOf(previous), seq, kind, bytesOf(digest)))
/** Who may sign an entry (§8, §16). */
const rolesOf = (kind) => {
  if (kind === 'snapshot') return ['registry']
  if (['key', 'definition', 'approval', 'failed'].includes(kind)) return ['superior']
  return ['tip', 'reveal', 'numbers', 'audited'].includes(kind) ? ['unit', 'superior'] : ['drawing']
}
const badSignature = '签名无效 (signature is not valid)'

/** §23: the log of every city that takes part, the organiser's first: its part in S and in the transcript, and where. */
const cityLogsOf = (t, s) =>
  partsOf(s).map(({ at, part }, i) =>
    i === 0
      ? { at, part, log: t.log, where: '/transcript/log', isOwn: true }
      : { at, part, log: t.joint[i - 1], where: `/transcript/joint/${i - 1}`, isOwn: false },
  )

/** Rules 2, 5 and 15: the logs' parts in the transcript, and every signature. */
function checkLogsAndSignatures(report, file, s) {
  const { same, hold } = report
  const t = file.transcript
  same(
    '/transcript/joint',
    t.joint?.map(({ genesis }) => genesis.regionCode) ?? null,
    s.joint?.parts.map(({ snapshot }) => snapshot.regionCode) ?? null,
  )
  for (const city of cityLogsOf(t, s)) {
    checkLogProof(report, city, t.commitment, s)
    const { keys, demo } = city.log.genesis
    if (!city.isOwn) {
      same(`${city.where}/genesis/demo`, demo, t.log.genesis.demo)
      continue
    }
    const digest = hashOf(s.hash).hex(canonical(t))
    checkSigned(report, (member) => member, keys, ['drawing'], file, {
      kind: 'transcript',
      regionCode: s.regionCode,
      drawId: s.drawId,
      digest,
    })
    for (const { kind, publicKey } of s.beacons) {
      const known = keys.some((key) => key.role === 'beacon' && key.publicKey === publicKey)
      hold('/transcript/log/genesis/keys', kind !== 'self' || known, '没有自办信标的公钥 (the self beacon key is not among them)')
    }
  }
}

function checkLogProof(report, { part, log, where: prefix }, committed, s) {
  const { same, hold } = report
  const { genesis, entries } = log
  const { regionCode } = part.snapshot
  const at = (where) => `${prefix}${where}`
  same(at('/genesis/regionCode'), genesis.regionCode, regionCode)
  same(at('/genesis/hash'), genesis.hash, s.hash)
  for (const name of ['keyId', 'publicKey'])
    same(at('/genesis/keys'), new Set(genesis.keys.map((key) => key[name])).size, genesis.keys.length)
  const hash = hashOf(genesis.hash)
  const first = { seq: 0, kind: 'genesis', digest: hash.hex(canonical(genesis)) }
  let last = { seq: 0, head: headOf(hash, '', first) }
  same(
    at('/entries'),
    entries.map(({ kind }) => kind),
    ['snapshot', 'commitment'],
  )
  const signedOf = (kind, digest) => ({ kind, regionCode, drawId: s.drawId, digest })
  for (const [i, one] of entries.entries()) {
    hold(at(`/entries/${i}/seq`), one.seq > last.seq, '序号未增 (does not ascend)')
    if (one.seq === last.seq + 1) same(at(`/entries/${i}/previous`), one.previous, last.head)
    same(at(`/entries/${i}/head`), one.head, headOf(hash, one.previous, one))
    same(at(`/entries/${i}/digest`), one.digest, i === 0 ? hash.hex(canonical(part.snapshot)) : committed)
    checkSigned(report, (member) => at(`/entries/${i}${member}`), genesis.keys, rolesOf(one.kind), one, signedOf(one.kind, one.digest))
    last = one
  }
  for (const name of Object.keys(signatureMembers)) same(at(`/entries/0/${name}`), entries[0][name], part.snapshotSignature[name])
}

/** Rule 7: every pulse by its scheme. */
function checkBeacons({ hold }, bls, t, s) {
  for (const [i, one] of t.beacons.entries()) {
    if (isNumbers(one)) continue
    const { round, signature } = one
    const { scheme, publicKey } = s.beacons[i]
    let valid = false
    try {
      valid = schemes[scheme].verify(bls, bytesOf(publicKey), round, bytesOf(signature))
    } catch {
      // Bytes that are no point of the subgroup.
    }
    hold(`/transcript/beacons/${i}/signature`, valid, badSignature)
  }
}

/** The draw whose id the labels are formed with: a redraw has its parent's (§18). */
const labelsOf = ({ drawId, snapshot }) => snapshot.labelsOf ?? drawId

/** Rule 11: what has been opened belongs to the drawn, each once in all files; `drawn` are those left. */
function checkOpenings(file, bytes, drawn, s) {
  const hash = hashOf(s.hash)
  const ids = parseLines(file, bytes, record({ id: words, salt: hex32 }))
  for (const [i, { id, salt }] of ids.entries()) {
    inFile(file).hold(`line ${i + 1}`, i === 0 || compareText(ids[i - 1].id, id) < 0, '次序有误或重复 (out of order or repeated)')
    const head = s.publicOpening === 'full' ? ['leaf', 'object', bytesOf(labelsOf(s))] : ['drawn', bytesOf(s.drawId)]
    const opened = hash.hex(tlv(...head, bytesOf(salt), id))
    inFile(file).hold(`line ${i + 1}`, drawn.delete(opened), '不属于抽中名单或重复 (not among the drawn, or repeated)')
  }
  return ids.length
}

/** Of these a draw has one; what must stand before an entry in the life of its draw (§7). */
const onlyOnce = ['snapshot', 'commitment', 'transcript', 'match', 'void', 'closed', 'failed']
const neededBefore = {
  commitment: 'snapshot',
  reveal: 'commitment',
  numbers: 'commitment',
  transcript: 'commitment',
  match: 'transcript',
  audited: 'match',
  closed: 'match',
  failed: 'commitment',
}

/** Rules 5 and 6: links, records, order of every draw's life and, with pinned keys, every signature; gives the entries. */
function checkRegionLog(file, bytes, { transcript: t }, { genesis, entries: proofs }, pinned) {
  const report = inFile(file)
  const { same, hold } = report
  const entries = parseLines(file, bytes, lineShape)
  const hash = hashOf(genesis.hash)
  same('line 1 /record', canonical(entries[0]?.record ?? null), canonical(genesis))
  const keys = [...genesis.keys, ...(pinned ? [{ ...pinned.superior, role: 'superior' }] : [])]
  const definitions = new Set()
  const draws = new Map()
  for (const [i, one] of entries.entries()) {
    const at = (member) => `line ${i + 1} ${member}`
    same(at('/seq'), one.seq, i)
    hold(at('/kind'), (one.kind === 'genesis') === (i === 0), '创世条目有误 (genesis out of place)')
    same(at('/head'), one.head, headOf(hash, entries[i - 1]?.head ?? '', one))
    if (one.record !== undefined) same(at('/digest'), one.digest, hash.hex(canonical(one.record)))
    // Units and superior cannot be told without the pinned key.
    const roles = rolesOf(one.kind)
    const key =
      pinned || !roles.includes('superior')
        ? checkSigned(report, at, keys, roles, one, { ...one, regionCode: genesis.regionCode })
        : undefined
    if (one.kind === 'key') enterKey(report, at, keys, one.record)
    if (one.kind === 'definition') {
      hold(at('/record'), !definitions.has(one.digest), '已有这一定义 (given before)')
      definitions.add(one.digest)
    }
    if (one.drawId !== null) enterEntry(report, at, hash, draws, one, key)
  }
  for (const one of proofs) {
    const line = entries[one.seq]
    same(`line ${one.seq + 1} /head`, line?.head, one.head)
    for (const name of ['keyId', 'signature']) same(`line ${one.seq + 1} /${name}`, line[name], one[name])
  }
  const own = entries.filter(({ kind, drawId }) => kind === 'transcript' && drawId === t.drawId)
  same(
    '(whole file) transcript',
    own.map(({ digest }) => digest),
    [hash.hex(canonical(t))],
  )
  return entries
}

/** A key that the superior admits; it holds for the entries after its own. */
function enterKey({ hold }, at, keys, { keyId, publicKey, role, unitId }) {
  for (const [name, value] of Object.entries({ keyId, publicKey }))
    hold(at(`/record/${name}`), !keys.some((key) => key[name] === value), '已有这把密钥 (given before)')
  keys.push({ keyId, publicKey, role, unitId })
}

/** An entry of a draw: in the order of its life, its record of this draw, a tip or reveal by the unit it names. */
function enterEntry({ same, hold }, at, hash, draws, { kind, drawId, digest, record: said }, key) {
  const draw = draws.get(drawId) ?? { digests: new Map(), tips: new Map(), revealed: new Set(), audited: new Set(), numbers: [] }
  draws.set(drawId, draw)
  hold(at('/kind'), !onlyOnce.includes(kind) || !draw.digests.has(kind), '同一抽取的第二条 (second of this draw)')
  const needed = neededBefore[kind]
  hold(at('/kind'), needed === undefined || draw.digests.has(needed), `此前没有 ${needed} (nothing of this kind before)`)
  hold(at('/kind'), !draw.digests.has('failed'), '该抽取已宣布失败 (the draw failed before)')
  draw.digests.set(kind, digest)
  if (said === undefined) return
  same(at('/record/drawId'), said.drawId, drawId)
  if (kind === 'void') return
  const { unitId } = said
  if (key) same(at('/record/unitId'), unitId, key.unitId)
  if (kind === 'failed') {
    const isOfVoid = said.reason === 'void-undecided'
    const before = [...draw.digests.keys()]
    const isVoided = before.indexOf('void') > before.indexOf('commitment')
    hold(at('/kind'), !isOfVoid || isVoided, '承诺之后没有作废条目 (no void after S)')
    const isLate = draw.digests.has(isOfVoid || said.reason === 'beacon-lost' ? 'transcript' : 'match')
    hold(at('/kind'), !isLate, '该抽取此时已不会因所称事由失败 (the draw could no longer fail for this reason)')
    return
  }
  if (kind === 'approval') {
    hold(at('/kind'), !draw.digests.has('commitment'), '晚于承诺 (after S)')
    return
  }
  if (kind === 'audited') {
    same(at('/record/match'), said.match, draw.digests.get('match'))
    hold(at('/kind'), !draw.audited.has(unitId), '该单位的第二次复核 (second of this unit)')
    draw.audited.add(unitId)
    return
  }
  if (kind === 'tip') {
    hold(at('/kind'), !draw.tips.has(unitId) && !draw.digests.has('commitment'), '第二个，或晚于承诺 (second of this unit, or after S)')
    draw.tips.set(unitId, said.tip)
    return
  }
  same(at('/record/commitment'), said.commitment, draw.digests.get('commitment'))
  if (kind === 'numbers') {
    hold(at('/kind'), !draw.digests.has('transcript'), '晚于抽取记录 (after the transcript)')
    const [first, second] = draw.numbers.filter(({ source }) => source === said.source)
    hold(at('/kind'), second === undefined && first?.unitId !== unitId, '该单位的第二次，或第三次录入 (second of this unit, or a third)')
    if (first) same(at('/record/series'), said.series, first.series)
    draw.numbers.push(said)
    return
  }
  const tip = hash.hex(tlv('tip', bytesOf(drawId), unitId, bytesOf(said.secret)))
  hold(at('/record/secret'), tip === draw.tips.get(unitId), '与日志中的 tip 不符 (does not open the tip in the log)')
  hold(at('/kind'), !draw.revealed.has(unitId), '第二次揭示 (second of this unit)')
  draw.revealed.add(unitId)
}

/** §22: the organiser does not audit its own draw. */
function checkAuditors(names, s, entries) {
  for (const [i, { kind, drawId, record: said }] of entries.entries())
    if (kind === 'audited' && drawId === s.drawId)
      inFile(names.log).hold(`line ${i + 1} /record/unitId`, said.unitId !== s.organiserUnitId, '组织单位不得自行复核 (by the organiser)')
}

/** The transcript of a draw; of one that failed before entry `seq` none counts (§24), nor one that came after entry `drawn`. */
function drawnBefore(find, drawId, seq, drawn = seq) {
  const transcript = find('transcript', drawId)
  return find('failed', drawId)?.seq < seq || !(transcript?.seq < drawn) ? undefined : transcript
}

/** §19: the lines with an S of another draw that stood before this one was drawn and that no transcript followed. */
function undrawnBefore(entries, own) {
  const find = finderIn(entries)
  const drawn = find('transcript', own).seq
  const isLeft = ({ kind, drawId, seq }) =>
    kind === 'commitment' && seq < drawn && drawId !== own && find('transcript', drawId) === undefined
  return entries.filter(isLeft).map(({ seq }) => seq + 1)
}

const attemptOf = (s, attempt) => drawIdOf(hashOf(s.hash), s.regionCode, nameOf(s.subject), s.batch, attempt)
const firstLines = new WeakMap()
/** The first line of a kind of a draw; a log is gone through once, however many draws are asked for. */
function finderIn(entries) {
  if (!firstLines.has(entries)) {
    const first = new Map()
    for (const one of entries) if (!first.has(`${one.kind} ${one.drawId}`)) first.set(`${one.kind} ${one.drawId}`, one)
    firstLines.set(entries, first)
  }
  return (kind, drawId) => firstLines.get(entries).get(`${kind} ${drawId}`)
}
const notApproved = 'not-approved: 补抽，或此前某次未在结果可知之前作废，须有上级批准 (needs the superior’s approval)'

/** §18: H of what the superior approves of a redraw, null where a draw is none. */
function orderOf({ hash, regionCode, batch, subject, strata }) {
  if (subject.kind !== 'redraw') return null
  const { approval, labels, parentDrawId, purpose } = subject
  const drawn = strata.map(({ stratum, rule }) => ({ count: rule.count ?? 0, stratum })).filter(({ count }) => count > 0)
  const counts = purpose === 'escalation' ? drawn : []
  const type = 'dual-random/redraw-order/v1'
  return hashOf(hash).hex(canonical({ approval, counts, labels, number: batch, parentDrawId, purpose, regionCode, type }))
}

/** §19: the superior approved this attempt, and of a redraw this order. */
function isApproved(s, entries) {
  const order = orderOf(s)
  return entries.some(({ kind, drawId, record: said }) => kind === 'approval' && drawId === s.drawId && said.order === order)
}

/** §3, §19: every attempt before came to nothing; a redraw, or one after an attempt that was not void before its secrets, was approved. */
function checkAttempt(names, t, s, entries) {
  const inCommitment = inFile(names.commitment)
  const find = finderIn(entries)
  const [snapshot, commitment] = t.log.entries
  const drawn = find('transcript', s.drawId)
  for (let attempt = 1; attempt < s.attempt; attempt++) {
    const before = attemptOf(s, attempt)
    const committed = find('commitment', before)?.seq ?? 0
    const isOver = find('snapshot', before)?.seq < snapshot.seq && drawnBefore(find, before, snapshot.seq) === undefined
    inCommitment.hold(
      '/attempt',
      isOver && (committed < snapshot.seq || committed > drawn.seq),
      '此前某次未冻结，或已抽出且未失败，或其承诺晚于本次冻结 (one before was not frozen, or was drawn and did not fail, or was committed later)',
    )
  }
  const next = find('snapshot', attemptOf(s, s.attempt + 1))
  inCommitment.hold('/attempt', !(next?.seq < drawn.seq), '抽取记录晚于下一次的冻结 (drawn after the next attempt was frozen)')
  let isNeeded = s.subject.kind === 'redraw' && s.witnesses.count > 0
  for (let attempt = 1; attempt < s.attempt; attempt++) {
    const before = attemptOf(s, attempt)
    const [committed, voided] = [find('commitment', before), find('void', before)]
    const isEnded = voided?.seq < committed?.seq || (voided?.seq < commitment.seq && find('tip', before) === undefined)
    isNeeded ||= find('failed', before)?.seq < commitment.seq || (committed?.seq < commitment.seq && !isEnded)
  }
  inFile(names.log).hold(`line ${commitment.seq + 1}`, !isNeeded || isApproved(s, entries), notApproved)
}

/** §19: by S of every attempt before, that it does not stand, and that a void which came too late was followed by an approval. */
function checkEarlier(names, t, s, entries, isInTime, family) {
  const find = finderIn(entries)
  const [snapshot, own] = t.log.entries
  for (let attempt = 1; attempt < s.attempt; attempt++) {
    const drawId = attemptOf(s, attempt)
    const commitment = find('commitment', drawId)
    if (!(commitment?.seq < snapshot.seq) || find('failed', drawId)?.seq < snapshot.seq) continue
    const name = `commitment-${drawId}.json`
    const bytes = family?.(name)
    if (bytes === undefined) throw new Refusal(`缺少此前一次的承诺 (S of an attempt before is missing): ${name}`)
    inFile(names.log).same(`line ${commitment.seq + 1} /digest`, commitment.digest, hashOf(s.hash).hex(bytes))
    const of = parseFile(name, bytes, commitmentShape)
    inFile(name).same('/drawId', of.drawId, drawId)
    inFile(name).hold('/beacons', of.beacons.length > 0, '没有信标 (no beacon)')
    const deadline = deadlineOf(of)
    const lines = entries.filter((one) => one.drawId === drawId)
    const isRevealed = ({ unitId }) => lines.some((one) => one.kind === 'reveal' && one.record.unitId === unitId && isInTime(one, deadline))
    const voided = find('void', drawId)
    const isVoid = voided !== undefined && (voided.seq < commitment.seq || isInTime(voided, deadline))
    const isAlone = of.joint === undefined || of.joint.parts.length === 0
    const stands = isAlone && isInTime(commitment, deadline) && of.tips.every(isRevealed) && !isVoid
    inFile(names.commitment).hold('/attempt', !stands, '此前某次仍然有效 (an attempt before stands)')
    inFile(names.log).hold(`line ${own.seq + 1}`, isVoid || isApproved(s, entries), notApproved)
  }
}

/** §23: in another city's log the attempt before may never have come, but it was not drawn, or failed. */
function checkNotDrawnBefore(names, s, entries) {
  const before = attemptOf(s, s.attempt - 1)
  const find = finderIn(entries)
  const drawn = s.attempt > 1 && drawnBefore(find, before, find('snapshot', s.drawId)?.seq) !== undefined
  inFile(names.commitment).hold('/attempt', !drawn, '前一次已抽出 (the attempt before was drawn)')
}

/** §18: the redraws of the parent that were frozen before this one, found in the log by their drawIds. */
function checkFamilyInLog(names, t, { hash, regionCode, subject, batch }, entries) {
  const { same, hold } = inFile(names.commitment)
  const [snapshot] = t.log.entries
  const find = finderIn(entries)
  const family = [subject.parentDrawId]
  for (let number = 1, isThere = true; isThere; number++) {
    for (let attempt = 1; ; attempt++) {
      const drawId = drawIdOf(hashOf(hash), regionCode, nameOf(subject), number, attempt)
      const frozen = find('snapshot', drawId)
      if (attempt === 1) {
        isThere = frozen !== undefined
        hold('/batch', number >= batch || frozen?.seq < snapshot.seq, '此前缺号 (a number before it is missing)')
      }
      if (frozen === undefined) break
      if (frozen.seq < snapshot.seq) family.push(drawId)
    }
  }
  const last = find('transcript', t.drawId).seq
  const drawn = family
    .flatMap((drawId) => drawnBefore(find, drawId, snapshot.seq, last) ?? [])
    .sort((a, b) => compareText(a.drawId, b.drawId))
  same(
    '/subject/after',
    subject.after.map(({ drawId, transcript }) => [drawId, transcript]),
    drawn.map(({ drawId, digest }) => [drawId, digest]),
  )
  for (const { seq } of drawn.toSorted((a, b) => a.seq - b.seq))
    inFile(names.log).hold(`line ${seq + 1}`, seq < snapshot.seq, '晚于补抽的冻结 (after the freeze of the redraw)')
}

const thirtyDays = 30 * 86_400
const tenYears = 3650 * 86_400
const tenMinutes = 600

/** The pinned keys: who must have seen the log. A broken file is no difference of the draw's, but leaves nothing to judge by. */
function parseKeys(file, bytes) {
  try {
    const { hold } = inFile(file)
    const text = decode(inFile(file), bytes)
    const keys = parse(inFile(file), text.endsWith('\n') ? text.slice(0, -1) : text, (pointer) => pointer)
    keysShape(keys, '', inFile(file).fail)
    ascends(
      inFile(file),
      '/witnesses',
      keys.witnesses.map(({ witnessId }) => witnessId),
    )
    const publicKeys = [keys.superior, ...keys.witnesses].map(({ publicKey }) => publicKey)
    hold('/witnesses', new Set(publicKeys).size === publicKeys.length, '密钥重复 (a key stands there twice)')
    const [n, q, f] = [keys.witnesses.length, keys.quorum, keys.tolerated]
    hold('/quorum', q <= n && 2 * q > n + f, `须 2q > n + f 且 q ≤ n (must hold; n = ${n}, f = ${f})`)
    const { beaconKeyAgeSeconds = thirtyDays, leastMarginSeconds = tenMinutes } = keys
    hold('/beaconKeyAgeSeconds', beaconKeyAgeSeconds <= tenYears, `超过 ${tenYears} (more than this)`)
    hold('/leastMarginSeconds', leastMarginSeconds <= 86_400, '超过 86400 (more than this)')
    return { ...keys, beaconKeyAgeSeconds, leastMarginSeconds }
  } catch (error) {
    if (error instanceof Difference) throw new Refusal(error.message)
    throw error
  }
}

/** What is pinned, and stands in transcript and S. */
function checkPinned(inTranscript, { genesis }, keys, at = '/transcript/log') {
  for (const name of ['regionCode', 'hash']) inTranscript.same(`${at}/genesis/${name}`, genesis[name], keys[name])
  inTranscript.same(`${at}/genesis`, hashOf(genesis.hash).hex(canonical(genesis)), keys.genesis)
  const others = [keys.superior, ...keys.witnesses].map(({ publicKey }) => publicKey)
  const own = genesis.keys.findIndex(({ publicKey }) => others.includes(publicKey))
  inTranscript.hold(`${at}/genesis/keys/${own}`, own < 0, '本地区的密钥不得为上级或见证人所有 (is the superior’s or a witness’s)')
}

/** Every checkpoint against the log, and every cosignature of a pinned witness; gives `[witnessId, seq, milliseconds]` of each. */
function checkCheckpoints(file, bytes, entries, genesis, pinned) {
  const report = inFile(file)
  const { same, hold } = report
  const hash = hashOf(genesis.hash)
  const { regionCode } = genesis
  const seen = []
  let last = -1
  for (const [i, { checkpoint, cosignatures, ...signed }] of parseLines(file, bytes, checkpointShape).entries()) {
    const at = (member) => `line ${i + 1} ${member}`
    same(at('/checkpoint/regionCode'), checkpoint.regionCode, regionCode)
    hold(at('/checkpoint/seq'), checkpoint.seq > last, '序号未增 (does not ascend)')
    hold(at('/checkpoint/seq'), checkpoint.seq < entries.length, '日志在此之前结束 (the log ends before it)')
    same(at('/checkpoint/head'), checkpoint.head, entries[checkpoint.seq].head)
    const digest = hash.hex(canonical(checkpoint))
    checkSigned(report, at, genesis.keys, ['drawing'], signed, { kind: 'checkpoint', regionCode, drawId: null, digest })
    for (const [j, { witnessId, receivedAt, signature }] of cosignatures.entries()) {
      const where = `/cosignatures/${j}`
      hold(at(where), j === 0 || compareText(cosignatures[j - 1].witnessId, witnessId) < 0, '次序有误或重复 (out of order or repeated)')
      const witness = pinned.witnesses.find((one) => one.witnessId === witnessId)
      if (witness === undefined) continue
      const saw = hash.hex(canonical({ type: 'dual-random/cosignature/v1', checkpoint: digest, receivedAt, witnessId }))
      const message = tlv('dual-random/sig/v1', 'cosignature', regionCode, '', bytesOf(saw))
      hold(at(`${where}/signature`), verifySignature(witness.publicKey, message, signature), badSignature)
      seen.push([witnessId, checkpoint.seq, Date.parse(receivedAt)])
    }
    last = checkpoint.seq
  }
  return seen
}

/** How many witnesses saw an entry, by an instant or at all. */
const witnessesOf = (seen, seq, by) =>
  new Set(seen.filter(([, upTo, at]) => upTo >= seq && (by === undefined || at <= by)).map(([witnessId]) => witnessId)).size

/** time(round), or `notBefore`, − margin, the earliest over the beacons; milliseconds since 1970. */
function deadlineOf({ beacons, marginSeconds }) {
  return beacons.map(dueOf).reduce((a, b) => (a < b ? a : b)) - 1000n * BigInt(marginSeconds)
}

/** Rules 5, 6 and 14: what counts by what q witnesses had seen by the deadline. `seen` is undefined where S names no witnesses. */
function checkWitnessed(names, { log, isOwn }, t, s, entries, { quorum, beaconKeyAgeSeconds }, seen, family) {
  const inLog = inFile(names.log)
  const inCommitment = inFile(names.commitment)
  const deadline = deadlineOf(s)
  const isInTime = ({ seq }, by = deadline) => seen === undefined || witnessesOf(seen, seq, by) >= quorum
  const commitment = entries[log.entries[1].seq]
  const inTime = `期限前见证不足 ${quorum} 个 (not witnessed by a quorum by the deadline, ${deadline} ms after 1970)`
  inLog.hold(`line ${commitment.seq + 1}`, isInTime(commitment), `not-witnessed: ${inTime}`)
  const own = entries.filter(({ drawId }) => drawId === s.drawId)
  for (const one of own.filter(({ kind }) => kind === 'void'))
    inLog.hold(`line ${one.seq + 1}`, one.seq > commitment.seq && !isInTime(one), '本次抽取已作废 (the draw is void)')
  if (isOwn) checkEarlier(names, t, s, entries, isInTime, family)
  if (isOwn) checkTips(inCommitment, s, own, isInTime, inTime)
  checkRegionBeacons(inCommitment, log, s, entries, commitment, { quorum, beaconKeyAgeSeconds }, seen)
}

/** §17: tips and reveals stand in the organiser's log. */
function checkTips(inCommitment, s, own, isInTime, inTime) {
  const tips = own.filter(({ kind }) => kind === 'tip').map(({ record: { unitId, tip } }) => [unitId, tip])
  inCommitment.same(
    '/tips',
    s.tips.map(({ unitId, tip }) => [unitId, tip]),
    tips.sort((a, b) => compareText(a[0], b[0])),
  )
  for (const [i, { unitId }] of s.tips.entries()) {
    const reveal = own.find((one) => one.kind === 'reveal' && one.record.unitId === unitId)
    inCommitment.hold(`/tips/${i}`, reveal !== undefined && isInTime(reveal), `reveal-missing: ${inTime}`)
  }
}

/** §9: the key of a region's beacon stands in the log for the pinned time when S is made, admitted for a unit of its own that neither organises the draw nor gives a tip. */
function checkRegionBeacons({ hold }, { genesis }, s, entries, commitment, { quorum, beaconKeyAgeSeconds }, seen) {
  const since = Date.parse(s.committedAt) - 1000 * beaconKeyAgeSeconds
  const units = new Set([s.organiserUnitId])
  for (const [i, { kind, publicKey, source }] of s.beacons.entries()) {
    if (kind !== 'region') continue
    const at = `/beacons/${i}/publicKey`
    const inGenesis = genesis.keys.find((key) => key.role === 'beacon' && key.publicKey === publicKey)
    const entry = entries.find((one) => one.seq < commitment.seq && one.record?.role === 'beacon' && one.record.publicKey === publicKey)
    hold(at, inGenesis || entry !== undefined, '承诺之前日志中没有 (not in the log before S)')
    const [, region] = /^beacon-of-(\d{6})(?:-.+)?$/.exec((inGenesis ?? entry.record).keyId) ?? []
    hold(`/beacons/${i}/source`, source === `region/${region}`, '日志中这把公钥不是该地区信标的 (the log has this key as another region’s)')
    const isOld = inGenesis ? Date.parse(genesis.startedAt) <= since : seen === undefined || witnessesOf(seen, entry.seq, since) >= quorum
    const age = beaconKeyAgeSeconds / 86_400
    hold(
      at,
      isOld,
      Number.isInteger(age)
        ? `入日志不足 ${age} 天 (not in the log for ${age} days)`
        : `入日志不足 ${beaconKeyAgeSeconds} 秒 (not in the log for so many seconds)`,
    )
    if (inGenesis) continue
    hold(at, !units.has(entry.record.unitId), '由组织单位或另一信标的单位运行 (run by the organiser or by who runs another)')
    units.add(entry.record.unitId)
    const tip = s.tips.findIndex(({ unitId }) => unitId === entry.record.unitId)
    hold(`/tips/${tip}`, tip < 0, '运行信标的单位不得给出 tip (a unit that runs a beacon of this draw gives no tip)')
  }
}

/** §9a: the definitions that S names stand in the log for the pinned time, two units typed their first publications, the transcript has these. */
function checkNumbers(names, t, s, entries, commitment, { quorum, beaconKeyAgeSeconds }, seen) {
  const inCommitment = inFile(names.commitment)
  const inLog = inFile(names.log)
  const since = Date.parse(s.committedAt) - 1000 * beaconKeyAgeSeconds
  const named = new Map()
  for (const [i, { kind, source, definition, notBefore }] of s.beacons.entries()) {
    if (kind !== 'public-numbers') continue
    const line = entries.find((one) => one.seq < commitment.seq && one.kind === 'definition' && one.digest === definition)
    inCommitment.hold(`/beacons/${i}/definition`, line !== undefined, '承诺之前日志中没有 (not in the log before S)')
    inCommitment.same(`/beacons/${i}/source`, source, line.record.source)
    const isOld = seen === undefined || witnessesOf(seen, line.seq, since) >= quorum
    inCommitment.hold(`/beacons/${i}/definition`, isOld, `入日志不足 ${beaconKeyAgeSeconds} 秒 (not in the log for so many seconds)`)
    named.set(source, { i, line, notBefore, typed: [] })
  }
  for (const { line } of named.values())
    inLog.hold(
      `line ${line.seq + 1} /record`,
      isDefinition(line.record),
      '不合规定，或不足 128 比特 (no definition, or fewer than 128 bits)',
    )
  for (const { seq, kind, drawId, record: said } of entries) {
    if (kind !== 'numbers' || drawId !== s.drawId) continue
    const of = named.get(said.source)
    inLog.hold(`line ${seq + 1} /record/source`, of !== undefined, '承诺没有这一来源 (not of S)')
    checkTyped(inLog, `line ${seq + 1} /record/series`, of.line.record.series, Date.parse(of.notBefore), said.series)
    of.typed.push(said)
  }
  for (const { i, typed } of named.values())
    inCommitment.hold(`/beacons/${i}`, typed.length === 2, '须有两个单位录入 (not typed by two units)')
  for (const { i, typed } of named.values())
    inFile(names.transcript).same(
      `/transcript/beacons/${i}/series`,
      canonical(t.beacons[i].series),
      canonical(typed[0].series.map(({ publications }) => ({ publications }))),
    )
}

/** §9a: within its bounds, and at least 128 bits. */
function isDefinition({ source, series }) {
  const within = (value, most) => value >= 1 && value <= most
  const holds = ({ kind, count, from, to }) =>
    within(count, 100) && within(to - from + 1, 1_000_000_000) && (kind === 'sequence' || count <= to - from + 1)
  if (!/^numbers\/[a-z0-9-]{1,64}$/.test(source) || !within(series.length, 20)) return false
  if (new Set(series.map(({ name }) => name)).size !== series.length) return false
  if (!series.every(({ publications, groups }) => within(publications, 100) && within(groups.length, 20) && groups.every(holds)))
    return false
  const bitsOf = ({ kind, count, from, to }) => {
    let ways = 1n
    const range = BigInt(to - from + 1)
    for (let i = 0n; i < BigInt(count); i++) ways = kind === 'set' ? (ways * (range - i)) / (i + 1n) : ways * range
    return ways.toString(2).length - 1
  }
  return total(series.map(({ publications, groups }) => publications * total(groups.map(bitsOf)))) >= 128
}

/** §9a: of each series the first publications at or after `notBefore`, in the order of time, every number in its range. */
function checkTyped({ hold }, at, defined, notBefore, typed) {
  const misfit = '期数、个数或数值不合定义 (does not fit the definition)'
  hold(at, typed.length === defined.length, misfit)
  for (const [i, { before, publications }] of typed.entries()) {
    const { groups } = defined[i]
    hold(`${at}/${i}/publications`, publications.length === defined[i].publications, misfit)
    hold(`${at}/${i}/before/publishedAt`, Date.parse(before.publishedAt) < notBefore, '其后还有应取的一期 (not the one before the first)')
    const issues = [before.issue]
    let last = notBefore - 1
    for (const [j, { issue, publishedAt, numbers }] of publications.entries()) {
      const where = `${at}/${i}/publications/${j}`
      const instantOf = Date.parse(publishedAt)
      hold(`${where}/publishedAt`, instantOf >= notBefore && instantOf > last, '过早或先后有误 (too early, or out of order)')
      hold(`${where}/issue`, !issues.includes(issue), '期号重复 (a publication twice)')
      hold(`${where}/numbers`, numbers.length === groups.length, misfit)
      for (const [g, { kind, count, from, to }] of groups.entries()) {
        hold(`${where}/numbers/${g}`, numbers[g].length === count, misfit)
        for (const [k, number] of numbers[g].entries())
          hold(
            `${where}/numbers/${g}/${k}`,
            number >= from && number <= to && !(kind === 'set' && k > 0 && number <= numbers[g][k - 1]),
            misfit,
          )
      }
      issues.push(issue)
      last = instantOf
    }
  }
}

/** Log and checkpoints of another city, beside the organiser's. */
function filesOfCity(files, regionCode) {
  const found = (name) => {
    const bytes = files.family?.(name)
    return bytes && { name, bytes }
  }
  const [log, checkpoints] = [`region-log-${regionCode}.ndjson`, `checkpoints-${regionCode}.ndjson`].map(found)
  return { commitment: files.commitment, log, checkpoints }
}

/** §15: a void between S and transcript that no quorum of witnesses says it first held after the deadline; undefined where there is none. */
function voidNotLate(s, entries, seen, { quorum, witnesses }, drawn) {
  const deadline = deadlineOf(s)
  const voided = entries.find(({ kind, drawId }) => kind === 'void' && drawId === s.drawId)
  if (voided === undefined || voided.seq > drawn) return undefined
  const isLate = ({ witnessId }) => seen.some(([who, seq, at]) => who === witnessId && seq === voided.seq && BigInt(at) > deadline)
  const late = witnesses.filter(isLate)
  return late.length >= quorum ? undefined : voided.seq
}

/** §24: how many witnesses first held a failure before 7 days after the latest round, or `notBefore`, of S, and how many not before. */
function sawFailure(s, seen, { seq }) {
  const from = lastRound(s) + 7n * 86_400_000n
  const first = new Map()
  for (const [witnessId, upTo, at] of seen) if (upTo >= seq) first.set(witnessId, Math.min(at, first.get(witnessId) ?? at))
  const early = [...first.values()].filter((at) => BigInt(at) < from).length
  return { early, right: first.size - early }
}

/**
 * A city's region log, pinned keys and checkpoints, as far as they are there; gives what is missing for a MATCH and how many witnesses saw
 * the transcript's entry.
 */
function checkLogFiles(files, file, s, city, pinned) {
  const { transcript: t } = file
  const { genesis } = city.log
  const { witnesses, snapshot } = city.part
  const names = { transcript: files.transcript?.name, commitment: files.commitment.name, log: files.log?.name }
  const isUnwitnessedDemo = genesis.demo && pinned === undefined && witnesses.count === 0 && witnesses.quorum === 0
  const missing = []
  if (pinned !== undefined) {
    const inCommitment = inFile(names.commitment)
    inCommitment.same(`${city.at}/witnesses/count`, witnesses.count, pinned.witnesses.length)
    inCommitment.same(`${city.at}/witnesses/quorum`, witnesses.quorum, pinned.quorum)
    inCommitment.hold(
      '/marginSeconds',
      s.marginSeconds >= pinned.leastMarginSeconds,
      `短于 ${pinned.leastMarginSeconds} 秒 (shorter than pinned)`,
    )
  } else if (!isUnwitnessedDemo) missing.push(city.isOwn ? '--keys' : `--keys keys-${snapshot.regionCode}.json`)
  const entries = files.log && checkRegionLog(files.log.name, files.log.bytes, file, city.log, pinned)
  if (entries) checkAuditors(names, s, entries)
  if (entries && !city.isOwn) checkNotDrawnBefore(names, s, entries)
  if (entries && city.isOwn) checkAttempt(names, t, s, entries)
  if (entries && s.subject.kind === 'redraw') checkFamilyInLog(names, t, s, entries)
  const judge = (pins, seen) => {
    checkWitnessed(names, city, t, s, entries, pins, seen, files.family)
    // Definitions and what was typed stand in the organiser's log, as tips do.
    if (city.isOwn) checkNumbers(names, t, s, entries, entries[city.log.entries[1].seq], pins, seen)
  }
  const failed = entries?.find(({ kind, drawId }) => kind === 'failed' && drawId === t.drawId)
  const audits = entries?.filter(({ kind, drawId }) => kind === 'audited' && drawId === t.drawId)
  const undrawn = entries && undrawnBefore(entries, t.drawId)
  const isMatched = entries?.some(({ kind, drawId }) => kind === 'match' && drawId === t.drawId)
  if (isUnwitnessedDemo) {
    if (entries) judge({ quorum: 0, beaconKeyAgeSeconds: thirtyDays })
    else if (city.isOwn && s.beacons.some(({ kind }) => kind === 'public-numbers')) missing.push(`region-log-${s.regionCode}.ndjson`)
    return { missing, seen: 0, failed, audits, undrawn, isMatched }
  }
  if (!files.log) missing.push(`region-log-${snapshot.regionCode}.ndjson`)
  if (!files.checkpoints) missing.push(`checkpoints-${snapshot.regionCode}.ndjson`)
  if (missing.length > 0) return { missing, seen: 0, failed, audits, undrawn, isMatched }
  const seen = checkCheckpoints(files.checkpoints.name, files.checkpoints.bytes, entries, genesis, pinned)
  judge(pinned, seen)
  const { seq } = entries.find(({ kind, drawId }) => kind === 'transcript' && drawId === t.drawId)
  const sawTranscript = witnessesOf(seen, seq)
  if (sawTranscript < pinned.quorum)
    missing.push(`transcript 条目（${names.log} line ${seq + 1}）的见证 (witnesses of this entry): ${sawTranscript} / ${pinned.quorum}`)
  const late = failed ? undefined : voidNotLate(s, entries, seen, pinned, seq)
  if (late !== undefined) missing.push(`void 条目（${names.log} line ${late + 1}）过迟的见证 (witnesses that held it too late)`)
  if (failed) {
    const { early, right } = sawFailure(s, seen, failed)
    inFile(names.log).hold(
      `line ${failed.seq + 1}`,
      early <= pinned.witnesses.length - pinned.quorum,
      'failed-too-early: 最后一轮随机数未满 7 日 (held before 7 days after the last round)',
    )
    if (missing.length === 0 && right < pinned.quorum)
      missing.push(`failed 条目（${names.log} line ${failed.seq + 1}）的见证 (witnesses of this entry): ${right} / ${pinned.quorum}`)
  }
  return { missing, seen: sawTranscript, failed, audits, undrawn, isMatched }
}

/** RFC 9162 §2.1.3.2; null where the path is too short or too long. */
function rootOfPath(hash, { index, size, path }, leaf) {
  let node = leaf
  const siblings = path.map(bytesOf)
  for (let at = index, last = size - 1; last > 0; at = Math.floor(at / 2), last = Math.floor(last / 2)) {
    if (at === last && at % 2 === 0) continue
    const sibling = siblings.shift()
    if (sibling === undefined) return null
    node = at % 2 === 0 ? hash.digest(Buffer.of(1), node, sibling) : hash.digest(Buffer.of(1), sibling, node)
  }
  return siblings.length === 0 ? node.toString('hex') : null
}

/** An object's own opening: whether it is of the mapped set, and whether it was drawn. */
function checkOpening(file, bytes, t, s, rosters) {
  const report = inFile(file)
  const members = { type: oneOf('dual-random/opening/v1'), drawId: hex32, id: words, salt: hex32, label: hex32, stratum: words }
  const others = { regionCode: regionText, index: integer(0), size: integer(1), path: list(hex32) }
  const opening = parseFile(file, bytes, record({ ...members, ...others }, ['regionCode']))
  report.same('/drawId', opening.drawId, s.drawId)
  const { part } = partsOf(s).find((one) => one.part.snapshot.regionCode === (s.joint ? opening.regionCode : s.regionCode)) ?? {}
  report.hold('/regionCode', part && (s.joint || opening.regionCode === undefined), '不是参加抽取的地区 (of no city that takes part)')
  const roster = rosters.get(part.snapshot.regionCode)
  const label = hashOf(s.hash).hex(tlv('leaf', 'object', bytesOf(labelsOf(s)), bytesOf(opening.salt), opening.id))
  report.same('/label', opening.label, label)
  report.same('/size', opening.size, roster.length)
  const member = roster[opening.index]
  report.same('/index', [member?.label, member?.stratum], [opening.label, opening.stratum])
  report.same('/path', rootOfPath(hashOf(s.hash), opening, leafOf(hashOf(s.hash), member)), part.snapshot.root)
  const batch = t.batches.findIndex((labels) => labels.includes(label))
  if (batch >= 0) return `抽中，第 ${batch + 1} 批 (drawn, batch ${batch + 1})`
  return member.excluded ? '未参加抽取 (excluded before the draw)' : '未抽中 (not drawn)'
}

/**
 * Verifies a bundle of { name, bytes } files: transcript, commitment, roster and, where there, openings, log, checkpoints, own opening;
 * `keys` are the pinned ones, `jointKeys` those of other cities; `family` gives the bytes of a file beside these by its name, for a redraw and for
 * a draw of several cities. Gives { status: 'MATCH' | 'PENDING' | 'FAILED (<reason>)', missing, lines }; throws Difference or Refusal.
 */
export async function verifyBundle(files, { demo = false } = {}) {
  const { transcript: transcriptFile, commitment: commitmentFile, roster: rosterFile } = files
  const bls = await blsLibrary()
  const pinned = files.keys && parseKeys(files.keys.name, files.keys.bytes)
  const ofOthers = new Map((files.jointKeys ?? []).map((one) => parseKeys(one.name, one.bytes)).map((keys) => [keys.regionCode, keys]))
  const inTranscript = inFile(transcriptFile.name)
  const inCommitment = inFile(commitmentFile.name)
  const inRoster = inFile(rosterFile.name)
  const file = parseFile(transcriptFile.name, transcriptFile.bytes, transcriptShape)
  const t = file.transcript
  if (pinned) checkPinned(inTranscript, t.log, pinned)
  for (const [i, log] of (t.joint ?? []).entries()) {
    const keys = ofOthers.get(log.genesis.regionCode)
    if (keys) checkPinned(inTranscript, log, keys, `/transcript/joint/${i}`)
  }
  if (t.log.genesis.demo && !demo) throw new Refusal('这是演示日志，请加 --demo (this is a demonstration log: say --demo)')
  if (!t.log.genesis.demo && demo) throw new Refusal('这不是演示日志，请去掉 --demo (this is no demonstration log: leave --demo out)')
  const s = parseFile(commitmentFile.name, commitmentFile.bytes, commitmentShape)
  const roster = parseLines(rosterFile.name, rosterFile.bytes, rosterShape)
  checkCommitment(inCommitment, s, t.log.genesis.demo)
  checkRoster(inRoster, inCommitment, roster, rosterFile.bytes, s.snapshot)
  const rosters = readRosters(inCommitment, s, roster, files.family)
  if (s.subject.kind === 'redraw') checkRedraw(inCommitment, rosterFile.name, s, roster, files.family)
  checkDraw(inTranscript, t, s, rosters, commitmentFile.bytes)
  checkLogsAndSignatures(inTranscript, file, s)
  const drawn = total(s.batchSizes)
  const left = new Set(s.publicOpening === 'full' ? t.batches.flat() : t.drawnSet)
  const opened = openingsFiles(files, s).map(({ name, bytes }) => checkOpenings(name, bytes, left, s))
  const own = files.opening && checkOpening(files.opening.name, files.opening.bytes, t, s, rosters)
  const cities = cityLogsOf(t, s).map((city) => {
    const { regionCode } = city.part.snapshot
    const keys = city.isOwn ? pinned : ofOthers.get(regionCode)
    return { regionCode, keys, ...checkLogFiles(city.isOwn ? files : filesOfCity(files, regionCode), file, s, city, keys) }
  })
  const missing = cities.flatMap((city) => city.missing)
  // Another city's superior alone cannot undo what the organiser's log has matched, nor end it without the organiser's (§24).
  const [{ failed, isMatched }] = cities
  for (const city of cities.slice(1)) {
    if (city.failed && !failed && !isMatched)
      missing.push(
        `组织地区的 failed 条目 (the failed entry of the organiser's log, as region-log-${city.regionCode}.ndjson line ${city.failed.seq + 1})`,
      )
  }
  // Last, because it takes longest.
  checkBeacons(inTranscript, bls, t, s)
  const lines = [
    `抽取 (draw)      ${s.drawId}`,
    `地区 (region)    ${s.regionCode}，第 ${s.batch} 批次，第 ${s.attempt} 次 (batch, attempt)`,
    ...redrawLines(s.subject),
    ...jointLines(s),
    ...s.strata.map(
      ({ stratum, mapped, eligible, n }) =>
        `层 (stratum)     ${stratum}: 对应 ${mapped}，可抽 ${eligible}，抽中 ${n} (mapped, eligible, drawn)`,
    ),
    ...s.beacons.flatMap(({ kind, source, round }, i) =>
      kind === 'public-numbers' ? numbersLines(source, t.beacons[i].series) : [`信标 (beacon)    ${source}，第 ${round} 轮 (round)`],
    ),
    `保证 (assurance) ${s.assurance}`,
    `开示 (openings)  ${opened.length === 0 ? '无文件 (no file)' : `${total(opened)} / ${drawn}`}`,
    `日志 (log)       ${files.log ? '自创世起全链核对 (whole chain checked)' : '仅核对本次条目 (only the entries of this draw)'}`,
    ...cities.map(
      ({ regionCode, keys, seen }) =>
        `见证 (witnesses) ${s.joint ? `${regionCode}: ` : ''}${keys ? `${seen} / ${keys.witnesses.length}，须 ${keys.quorum} 个 (quorum)` : '未核对 (not checked)'}`,
    ),
  ]
  if (pinned && pinned.beaconKeyAgeSeconds < thirtyDays)
    lines.push(
      `信标密钥 (keys)  钉住的文件只要求入日志 ${pinned.beaconKeyAgeSeconds} 秒，短于 30 天 (the pinned file asks for so many seconds in the log, not 30 days)`,
    )
  if (pinned && pinned.leastMarginSeconds < tenMinutes)
    lines.push(
      `间隔 (margin)    钉住的文件只要求 ${pinned.leastMarginSeconds} 秒，短于 600 秒 (the pinned file asks for so many seconds, not 600)`,
    )
  if (cities[0].undrawn?.length > 0)
    lines.push(
      `未抽 (undrawn)   本次抽取之前，日志第 ${cities[0].undrawn.join('、')} 行的承诺没有抽取结果 (commitments at these lines of the log were never drawn)`,
    )
  // The organiser's log alone has them; of a failed draw none can follow.
  if (!failed) lines.push(...auditLines(cities[0].audits, pinned !== undefined))
  if (failed)
    lines.push(
      `失败 (failed)    ${failed.record.reason}，${failed.record.unitId} 宣布，本次抽取不作检查依据 (declared by; nobody is checked on this draw)`,
    )
  if (own) lines.push(`本户 (own)       ${own}`)
  const judged = failed ? `FAILED (${failed.record.reason})` : 'MATCH'
  return { status: missing.length === 0 ? judged : 'PENDING', missing, lines }
}

/** Who recomputed what nobody can without K (§22). */
function auditLines(audits, isChecked) {
  const what =
    '抽中者是谁、由谁检查，尚无他方重算 (this draw is not audited yet: who the drawn are, and who checks them, nobody else has recomputed)'
  if (audits?.length === 0) return [`复核 (audit)     本次抽取尚未复核：${what}`]
  const [zh, en] = isChecked ? ['', ''] : ['；没有密钥文件，签名未核对', '; without a keys file its signature was not checked']
  return (audits ?? []).map(
    ({ record: { unitId, findings } }) =>
      `复核 (audit)     ${unitId} 已复核本次抽取，异常 ${findings} 项${zh} (${unitId} audited this draw, findings: ${findings}${en})`,
  )
}

/** Whoever has the publisher's page before them can compare. */
const numbersLines = (source, series) =>
  series.flatMap(({ publications }) =>
    publications.map(
      ({ issue, publishedAt, numbers }) =>
        `公开数字 (numbers) ${source}，第 ${issue} 期 (issue)，${publishedAt}：${numbers.map((group) => group.join(' ')).join(' + ')}`,
    ),
  )

/** Who reads the verdict of a redraw sees at once why there is one. */
function redrawLines({ kind, purpose, parentDrawId, approval }) {
  if (kind !== 'redraw') return []
  const reasons = approval.reasons.map(({ reason, count }) => `${reason} × ${count}`).join('、')
  return [
    `补抽 (redraw)    ${purpose}，原抽取 ${parentDrawId}，${approval.unitId} 批准：${reasons} (purpose, parent, approved by, reasons)`,
  ]
}

/** Who reads the verdict of a draw of several cities sees which, and how many candidates each had. */
const jointLines = (s) =>
  s.joint === undefined
    ? []
    : partsOf(s).map(({ part: { snapshot } }) => {
        const [mapped, eligible] = ['mapped', 'eligible'].map((name) => total(snapshot.strata.map((one) => one[name])))
        return `参加 (city)      ${snapshot.regionCode}: 对应 ${mapped}，可抽 ${eligible} (mapped, eligible)${s.joint.merged ? '，合层 (strata merged)' : ''}`
      })

/** The openings of every city that are there. */
const openingsFiles = (files, s) =>
  [
    files.openings,
    ...partsOf(s)
      .slice(1)
      .map(({ part: { snapshot } }) => {
        const name = `openings/${s.drawId}-${snapshot.regionCode}.ndjson`
        const bytes = files.family?.(name)
        return bytes && { name, bytes }
      }),
  ].filter((file) => file !== undefined)

async function blsLibrary() {
  try {
    return (await import('@noble/curves/bls12-381.js')).bls12_381
  } catch {
    throw new Refusal('缺少依赖：请先运行 npm install @noble/curves (the BLS library is missing)')
  }
}

/** Reads the files beside the transcript; the drawId comes from its name, so that even a broken transcript is judged. */
function readBundle(path, keysPaths, openingPath) {
  const drawId = /^transcript-([0-9a-f]{64})\.json$/.exec(basename(path))?.[1]
  if (drawId === undefined) throw new Refusal('文件名应为 transcript-<drawId>.json (the file name must be this)')
  const read = (name) => ({ name, bytes: readFileSync(join(dirname(path), name)) })
  const readIfThere = (name) => (existsSync(join(dirname(path), name)) ? read(name) : undefined)
  const readFrom = (from) => from && { name: basename(from), bytes: readFileSync(from) }
  try {
    const transcript = read(basename(path))
    // The transcript's own stands behind those of the logs in it.
    const regionCode = [...transcript.bytes.toString('utf8').matchAll(/"regionCode":"([1-9]\d{5})"/g)].at(-1)?.[1]
    const keys = keysPaths.map(readFrom)
    const own = keys.findIndex(({ bytes }) => bytes.toString('utf8').includes(`"regionCode":"${regionCode}"`))
    return {
      drawId,
      transcript,
      commitment: read(`commitment-${drawId}.json`),
      roster: read(`rosters/${drawId}.ndjson`),
      openings: readIfThere(`openings/${drawId}.ndjson`),
      log: readIfThere(`region-log-${regionCode}.ndjson`),
      checkpoints: readIfThere(`checkpoints-${regionCode}.ndjson`),
      keys: keys[Math.max(own, 0)],
      jointKeys: keys.filter((_, i) => i !== Math.max(own, 0)),
      opening: readFrom(openingPath),
      family: (name) => tried(() => read(name).bytes),
    }
  } catch (error) {
    throw new Refusal(`读不到文件 (cannot read): ${error.message}`)
  }
}

function tried(reading) {
  try {
    return reading()
  } catch {
    return undefined
  }
}

function readArguments(args) {
  const usage = '用法 (usage): node verify.mjs [--demo] [--keys keys.json]… transcript-<drawId>.json [--opening opening.json]'
  try {
    const options = { demo: { type: 'boolean' }, keys: { type: 'string', multiple: true }, opening: { type: 'string' } }
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (positionals.length === 1) return { ...values, path: positionals[0] }
  } catch {
    // An option that is none, or without its file.
  }
  throw new Refusal(usage)
}

/**
 * The program; returns the exit code.
 * @param {readonly string[]} args
 * @param {{ log: (line: string) => unknown, error: (line: string) => unknown }} print
 */
export async function main(args, print = console) {
  try {
    const { demo = false, keys = [], opening, path } = readArguments(args)
    const bundle = readBundle(path, keys, opening)
    const { status, missing, lines } = await verifyBundle(bundle, { demo })
    inFile(bundle.transcript.name).same('(file name)', bundle.drawId, lines[0].split(' ').at(-1))
    if (status === 'PENDING') print.log(`PENDING 已有部分核对一致，尚缺 (recomputed alike; missing): ${missing.join(', ')}`)
    else print.log(demo ? `${status} (demo keys)` : status)
    for (const line of lines) print.log(line)
    if (status === 'MATCH') return 0
    return status === 'PENDING' ? 3 : 4
  } catch (error) {
    if (error instanceof Difference) print.error(`不一致 (DIFFERENT): ${error.message}`)
    else if (error instanceof Refusal) print.error(`无法核验 (not verifiable): ${error.message}`)
    else throw error
    return error instanceof Difference ? 1 : 2
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2))
