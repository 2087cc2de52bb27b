#!/usr/bin/env node
// Verifier of the draw, protocol v1 (docs/draw-protocol.md), written from that document and sharing no code with the services.
// One file, Node 20 or later; its only dependency is @noble/curves (npm install @noble/curves) for the beacon's BLS signature.
//
//   node verify.mjs [--demo] transcript-<drawId>.json [--opening opening.json]
//
// It reads commitment-<drawId>.json and rosters/<drawId>.ndjson beside the transcript, and openings/<drawId>.ndjson and
// region-log-<regionCode>.ndjson where they are there. Exit code 0: MATCH. 1: a difference, the first one named by line or JSON
// pointer. 2: not verifiable as asked (usage, missing file or dependency, a demonstration log without --demo). 3: PENDING.
/* oxlint-disable max-lines -- one file, so that a stranger can read and run it alone (design rule 16) */
import { createHash, createHmac, createPublicKey, verify as verifyEd25519 } from 'node:crypto'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const algorithm = 'dual-random/draw/v1'
const scheme = 'bls-unchained-g1-rfc9380'
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
    this.where = where
  }
}
/** What keeps the verifier from judging at all. */
export class Refusal extends Error {}

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
        write(one[name], `${pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`)
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

/** Parses text that must already be canonical; `at` turns a JSON pointer into the place to name. */
function parse({ fail }, text, at) {
  let value
  let again
  try {
    value = JSON.parse(text)
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

const parseFile = (file, bytes) => parse(inFile(file), decode(inFile(file), bytes), (pointer) => pointer)

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
const words = matching(/^.+$/su, 'a text')
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
    values.includes(value) || fail(at, `不是 ${values.map(shown).join(' | ')} 之一 (not one of these)`)
const nullOr = (shape) => (value, at, fail) => value === null || shape(value, at, fail)
const list = (shape) => (value, at, fail) =>
  Array.isArray(value) ? value.forEach((element, index) => shape(element, `${at}/${index}`, fail)) : fail(at, '不是数组 (not an array)')
const record = (members) => (value, at, fail) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(at, '不是对象 (not an object)')
  for (const name of Object.keys(value)) if (!Object.hasOwn(members, name)) fail(`${at}/${name}`, '多余的成员 (unknown member)')
  for (const [name, shape] of Object.entries(members)) {
    if (!Object.hasOwn(value, name)) fail(`${at}/${name}`, '缺少 (missing)')
    shape(value[name], `${at}/${name}`, fail)
  }
}
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
const snapshotShape = record({
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
const beaconShape = record({
  source: words,
  kind: oneOf('drand', 'region', 'self'),
  scheme: oneOf(scheme),
  publicKey: hex(96),
  genesisTime: integer(0),
  periodSeconds: integer(1),
  round: integer(1),
})
const commitmentShape = record({
  type: oneOf('dual-random/commitment/v1'),
  algorithm: oneOf(algorithm),
  hash: oneOf('sha256', 'sm3'),
  assurance: oneOf('public', 'federated', 'self'),
  regionCode: regionText,
  subject: either('kind', {
    'plan-line': record({ kind: oneOf('plan-line'), planId: idText, lineId: idText }),
    'clue-task': record({ kind: oneOf('clue-task'), taskId: idText, clueIds: list(idText) }),
  }),
  batch: integer(1),
  attempt: integer(1),
  drawId: hex32,
  organiserUnitId: idText,
  committedAt: instant,
  delaySeconds: integer(0),
  marginSeconds: integer(0),
  revealWindowSeconds: integer(0),
  snapshot: snapshotShape,
  snapshotSignature: record(signatureMembers),
  policyDigest: hex32,
  subjectDigest: hex32,
  strata: list(record({ ...sizeMembers, rule: ruleShape, raw: ratioShape, n: integer(0) })),
  batchSizes: list(integer(0)),
  matchInputs: list(record({ unitId: idText, digest: hex32 })),
  beacons: list(beaconShape),
  tips: list(record({ unitId: idText, tip: hex32 })),
  witnesses: record({ count: integer(0), quorum: integer(0) }),
  publicOpening: oneOf('drawn-set', 'full'),
})
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
const entryMembers = { seq: integer(0), kind: matching(/^[a-z]+$/, 'a kind of entry'), digest: hex32, head: hex32, ...signatureMembers }
const transcriptShape = record({
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
    log: record({ genesis: genesisShape, entries: list(record({ ...entryMembers, previous: hex32 })) }),
  }),
})
const rosterShape = record({ excluded: oneOf(true, false), label: hex32, stratum: words })

// --- The rules ---------------------------------------------------------------------------------------------------------------

function ascends({ hold }, where, texts, compare = compareText) {
  for (let i = 1; i < texts.length; i++)
    hold(`${where}/${i}`, compare(texts[i - 1], texts[i]) < 0, '次序有误或重复 (out of order or repeated)')
}

/** Rules 1, 4, 6, 7 and 14: what a commitment's own members say of each other. */
function checkCommitment(report, s, demo) {
  const { same, hold } = report
  const { digest: h } = hashOf(s.hash)
  const { subject, snapshot } = s
  const named = subject.kind === 'plan-line' ? ['plan-line', subject.planId, subject.lineId] : ['clue-task', subject.taskId]
  same('/drawId', s.drawId, h(tlv('draw', s.regionCode, named, s.batch, s.attempt)).toString('hex'))
  if (subject.kind === 'clue-task') {
    hold('/subject/clueIds', subject.clueIds.length > 0, '没有线索 (no clue)')
    ascends(report, '/subject/clueIds', subject.clueIds)
  }
  for (const name of ['hash', 'regionCode', 'drawId']) same(`/snapshot/${name}`, snapshot[name], s[name])
  hold('/snapshot/asOf', snapshot.asOf < s.committedAt, '晚于承诺 (not before the commitment)')
  ascends(
    report,
    '/snapshot/exclusions/counts',
    snapshot.exclusions.counts.map(({ ground }) => ground),
  )
  const excluded = total(snapshot.strata.map(({ mapped, eligible }) => mapped - eligible))
  same('/snapshot/exclusions/counts', total(snapshot.exclusions.counts.map(({ count }) => count)), excluded)
  same(
    '/strata',
    s.strata.map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible]),
    snapshot.strata.map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible]),
  )
  for (const [index, stratum] of s.strata.entries()) checkCount(report, `/strata/${index}`, stratum)
  same('/batchSizes', total(s.batchSizes), total(s.strata.map(({ n }) => n)))
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
    const sinceGenesisMs = Date.parse(s.committedAt) + 1000 * (s.delaySeconds - beacon.genesisTime)
    same(`/beacons/${index}/round`, beacon.round, sinceGenesisMs <= 0 ? 1 : Math.ceil(sinceGenesisMs / (1000 * beacon.periodSeconds)) + 1)
    hold(`/beacons/${index}/kind`, beacon.kind !== 'self' || demo, '自办信标只用于演示 (a self beacon is for demonstrations only)')
    if (beacon.kind !== 'drand') continue
    same(`/beacons/${index}/source`, beacon.source, 'drand/quicknet')
    for (const name of Object.keys(quicknet)) same(`/beacons/${index}/${name}`, beacon[name], quicknet[name])
  }
  same('/assurance', s.assurance, s.beacons.some(({ kind }) => kind === 'self') ? 'self' : s.tips.length > 0 ? 'federated' : 'public')
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
  same(`${where}/raw`, canonical(raw), canonical({ numerator: Number(numerator / a), denominator: Number(denominator / a) }))
  const halves = rule.rounding === 'half-up' ? 2n * numerator + denominator : 2n * (numerator + denominator - 1n)
  same(`${where}/n`, n, Math.min(Number(halves / (2n * denominator)), eligible))
}

/** Rules 2 and 3: sizes, root and digest of the mapped set must be what the registry signed. */
function checkRoster(report, signedBy, roster, bytes, snapshot) {
  for (let i = 1; i < roster.length; i++)
    report.hold(`line ${i + 1} /label`, roster[i - 1].label < roster[i].label, '标签未升序或重复 (labels do not ascend)')
  const sizes = new Map()
  for (const { stratum, excluded } of roster) {
    const counts = sizes.get(stratum) ?? [stratum, 0, 0]
    sizes.set(stratum, [stratum, counts[1] + 1, counts[2] + (excluded ? 0 : 1)])
  }
  const found = [...sizes.values()].sort((a, b) => compareText(a[0], b[0]))
  signedBy.same(
    '/snapshot/strata',
    snapshot.strata.map(({ stratum, mapped, eligible }) => [stratum, mapped, eligible]),
    found,
  )
  const hash = hashOf(snapshot.hash)
  let level = roster.map(({ label, stratum }) => hash.digest(Buffer.of(0), tlv(bytesOf(label), stratum)))
  while (level.length > 1) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) =>
      2 * i + 1 < level.length ? hash.digest(Buffer.of(1), level[2 * i], level[2 * i + 1]) : level[2 * i],
    )
  }
  signedBy.same('/snapshot/root', snapshot.root, (level[0] ?? hash.digest()).toString('hex'))
  signedBy.same('/snapshot/rosterDigest', snapshot.rosterDigest, hash.hex(bytes))
}

/** Rule 9: labels with tickets, smallest first. */
function rank(hash, seed, context, labels) {
  const key = hash.hmac(hash.hmac(bytesOf(seed), canonical(context)), algorithm)
  const tickets = labels.map((label) => ({ label, ticket: hash.hmac(key, `${label}\u0001`).toString('hex') }))
  return tickets.sort((a, b) => (a.ticket + a.label < b.ticket + b.label ? -1 : 1))
}

/** Rules 6, 8, 9 and 11: the draw itself, repeated. */
function checkDraw(report, t, s, roster, commitmentBytes) {
  const { same, hold } = report
  const at = (where) => `/transcript${where}`
  const hash = hashOf(s.hash)
  for (const name of ['hash', 'regionCode', 'drawId']) same(at(`/${name}`), t[name], s[name])
  same(
    at('/beacons'),
    t.beacons.map(({ source, round }) => [source, round]),
    s.beacons.map(({ source, round }) => [source, round]),
  )
  for (const [i, { randomness, signature }] of t.beacons.entries())
    same(at(`/beacons/${i}/randomness`), randomness, hashOf('sha256').hex(bytesOf(signature)))
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
  same(at('/commitment'), t.commitment, hash.hex(commitmentBytes))
  const beacons = t.beacons.map(({ source, round, randomness }) => [source, round, bytesOf(randomness)])
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

/** Rule 15: Ed25519 with canonical points; Node's OpenSSL checks S < L and recomputes R. */
function signed(keys, role, { keyId, signature }, kind, regionCode, drawId, entryDigest) {
  const key = keys.find((one) => one.keyId === keyId && one.role === role)
  if (key === undefined) return false
  const littleEndian = (point) => BigInt(`0x${Buffer.from(point.toReversed()).toString('hex')}`) & (2n ** 255n - 1n)
  const point = bytesOf(key.publicKey)
  const bytes = bytesOf(signature)
  if ([point, bytes.subarray(0, 32)].some((one) => littleEndian(one) >= 2n ** 255n - 19n)) return false
  const message = tlv('dual-random/sig/v1', kind, regionCode, bytesOf(drawId ?? ''), bytesOf(entryDigest))
  return verifyEd25519(
    null,
    message,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') }, format: 'jwk' }),
    bytes,
  )
}

const headOf = (hash, previous, { seq, kind, digest }) => hash.hex(tlv('log', bytesOf(previous), seq, kind, bytesOf(digest)))
const roleOf = (kind) => (kind === 'snapshot' ? 'registry' : 'drawing')
/** Entries signed by units, whose keys enter the log later than its genesis. */
const byUnits = ['key', 'tip', 'reveal', 'approval', 'audited', 'failed']
const badSignature = '签名无效 (signature is not valid)'

/** Rules 2, 5 and 15: the log's part in the transcript, and every signature. */
function checkLogAndSignatures(report, file, s) {
  const { same, hold } = report
  const t = file.transcript
  const { genesis, entries } = t.log
  const at = (where) => `/transcript/log${where}`
  same(at('/genesis/regionCode'), genesis.regionCode, s.regionCode)
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
  for (const [i, one] of entries.entries()) {
    hold(at(`/entries/${i}/seq`), one.seq > last.seq, '序号未增 (does not ascend)')
    if (one.seq === last.seq + 1) same(at(`/entries/${i}/previous`), one.previous, last.head)
    same(at(`/entries/${i}/head`), one.head, headOf(hash, one.previous, one))
    same(at(`/entries/${i}/digest`), one.digest, i === 0 ? hashOf(s.hash).hex(canonical(s.snapshot)) : t.commitment)
    hold(
      at(`/entries/${i}/signature`),
      signed(genesis.keys, roleOf(one.kind), one, one.kind, s.regionCode, s.drawId, one.digest),
      badSignature,
    )
    last = one
  }
  for (const name of Object.keys(signatureMembers)) same(at(`/entries/0/${name}`), entries[0][name], s.snapshotSignature[name])
  hold(
    '/signature',
    signed(genesis.keys, 'drawing', file, 'transcript', s.regionCode, s.drawId, hashOf(s.hash).hex(canonical(t))),
    badSignature,
  )
  for (const { kind, publicKey } of s.beacons) {
    const known = genesis.keys.some((key) => key.role === 'beacon' && key.publicKey === publicKey)
    hold(at('/genesis/keys'), kind !== 'self' || known, '没有自办信标的公钥 (the self beacon key is not among them)')
  }
}

/** Rule 7: drand's scheme, unchained BLS on G1. */
function checkBeacons({ hold }, bls, t, s) {
  for (const [i, { round, signature }] of t.beacons.entries()) {
    let valid = false
    try {
      const message = bls.hash(hashOf('sha256').digest(u64(round)), 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_')
      valid = bls.verify(new Uint8Array(bytesOf(signature)), message, new Uint8Array(bytesOf(s.beacons[i].publicKey)))
    } catch {
      // Bytes that are no point of the subgroup.
    }
    hold(`/transcript/beacons/${i}/signature`, valid, badSignature)
  }
}

/** Rule 11: what has been opened belongs to the drawn. */
function checkOpenings(file, bytes, t, s) {
  const hash = hashOf(s.hash)
  const ids = parseLines(file, bytes, record({ id: words, salt: hex32 }))
  const drawn = new Set(s.publicOpening === 'full' ? t.batches.flat() : t.drawnSet)
  for (const [i, { id, salt }] of ids.entries()) {
    const head = s.publicOpening === 'full' ? ['leaf', 'object'] : ['drawn']
    const opened = hash.hex(tlv(...head, bytesOf(s.drawId), bytesOf(salt), id))
    inFile(file).hold(`line ${i + 1}`, drawn.delete(opened), '不属于抽中名单或重复 (not among the drawn, or repeated)')
  }
  return ids.length
}

/** Rule 5: the whole chain, and in it this draw's entries with the transcript's own. */
function checkRegionLog(file, bytes, { transcript: t }) {
  const report = inFile(file)
  const members = { ...entryMembers, drawId: nullOr(hex32), receivedAt: instant }
  const shape = (value, at, fail) => record(value?.kind === 'genesis' ? { ...members, record: genesisShape } : members)(value, at, fail)
  const entries = parseLines(file, bytes, shape)
  const { genesis } = t.log
  const hash = hashOf(genesis.hash)
  report.same('line 1 /record', canonical(entries[0]?.record ?? null), canonical(genesis))
  report.same('line 1 /digest', entries[0].digest, hash.hex(canonical(genesis)))
  for (const [i, one] of entries.entries()) {
    report.same(`line ${i + 1} /seq`, one.seq, i)
    report.hold(`line ${i + 1} /kind`, (one.kind === 'genesis') === (i === 0), '创世条目有误 (genesis out of place)')
    report.same(`line ${i + 1} /head`, one.head, headOf(hash, entries[i - 1]?.head ?? '', one))
    const valid =
      byUnits.includes(one.kind) || signed(genesis.keys, roleOf(one.kind), one, one.kind, genesis.regionCode, one.drawId, one.digest)
    report.hold(`line ${i + 1} /signature`, valid, badSignature)
  }
  for (const one of t.log.entries) report.same(`line ${one.seq + 1} /head`, entries[one.seq]?.head, one.head)
  const own = entries.filter(({ kind, drawId }) => kind === 'transcript' && drawId === t.drawId)
  report.same(
    '(whole file) transcript',
    own.map(({ digest }) => digest),
    [hashOf(t.hash).hex(canonical(t))],
  )
}

/** An object's own opening: whether it is of the mapped set, and whether it was drawn. */
function checkOpening(file, bytes, t, s, roster) {
  const report = inFile(file)
  const opening = parseFile(file, bytes)
  const members = { type: oneOf('dual-random/opening/v1'), drawId: hex32, id: words, salt: hex32, label: hex32, stratum: words }
  record({ ...members, index: integer(0), size: integer(1), path: list(hex32) })(opening, '', report.fail)
  report.same('/drawId', opening.drawId, s.drawId)
  const label = hashOf(s.hash).hex(tlv('leaf', 'object', bytesOf(s.drawId), bytesOf(opening.salt), opening.id))
  report.same('/label', opening.label, label)
  report.same('/size', opening.size, roster.length)
  const member = roster[opening.index]
  report.same('/index', [member?.label, member?.stratum], [opening.label, opening.stratum])
  const batch = t.batches.findIndex((labels) => labels.includes(label))
  if (batch >= 0) return `抽中，第 ${batch + 1} 批 (drawn, batch ${batch + 1})`
  return member.excluded ? '未参加抽取 (excluded before the draw)' : '未抽中 (not drawn)'
}

/**
 * Verifies a bundle of { name, bytes } files: transcript, commitment, roster and, where there, openings, log, opening.
 * Gives { status: 'MATCH' | 'PENDING', lines }; throws Difference or Refusal.
 */
export async function verifyBundle(files, { demo = false } = {}) {
  const { transcript: transcriptFile, commitment: commitmentFile, roster: rosterFile } = files
  const bls = await blsLibrary()
  const inTranscript = inFile(transcriptFile.name)
  const inCommitment = inFile(commitmentFile.name)
  const inRoster = inFile(rosterFile.name)
  const file = parseFile(transcriptFile.name, transcriptFile.bytes)
  transcriptShape(file, '', inTranscript.fail)
  const t = file.transcript
  if (t.log.genesis.demo && !demo) throw new Refusal('这是演示日志，请加 --demo (this is a demonstration log: say --demo)')
  if (!t.log.genesis.demo && demo) throw new Refusal('这不是演示日志，请去掉 --demo (this is no demonstration log: leave --demo out)')
  const s = parseFile(commitmentFile.name, commitmentFile.bytes)
  commitmentShape(s, '', inCommitment.fail)
  checkCommitment(inCommitment, s, t.log.genesis.demo)
  const roster = parseLines(rosterFile.name, rosterFile.bytes, rosterShape)
  checkRoster(inRoster, inCommitment, roster, rosterFile.bytes, s.snapshot)
  checkDraw(inTranscript, t, s, roster, commitmentFile.bytes)
  checkLogAndSignatures(inTranscript, file, s)
  checkBeacons(inTranscript, bls, t, s)
  const drawn = total(s.batchSizes)
  const opened = files.openings && checkOpenings(files.openings.name, files.openings.bytes, t, s)
  if (files.log) checkRegionLog(files.log.name, files.log.bytes, file)
  const lines = [
    `抽取 (draw)      ${s.drawId}`,
    `地区 (region)    ${s.regionCode}，第 ${s.batch} 批次，第 ${s.attempt} 次 (batch, attempt)`,
    ...s.strata.map(
      ({ stratum, mapped, eligible, n }) =>
        `层 (stratum)     ${stratum}: 对应 ${mapped}，可抽 ${eligible}，抽中 ${n} (mapped, eligible, drawn)`,
    ),
    ...s.beacons.map(({ source, round }) => `信标 (beacon)    ${source}，第 ${round} 轮 (round)`),
    `保证 (assurance) ${s.assurance}`,
    `开示 (openings)  ${opened === undefined ? '无文件 (no file)' : `${opened} / ${drawn}`}`,
    `日志 (log)       ${files.log ? '自创世起全链核对 (whole chain checked)' : '仅核对本次条目 (only the entries of this draw)'}`,
  ]
  if (files.opening) lines.push(`本户 (own)       ${checkOpening(files.opening.name, files.opening.bytes, t, s, roster)}`)
  return { status: demo ? 'MATCH' : 'PENDING', lines }
}

async function blsLibrary() {
  try {
    return (await import('@noble/curves/bls12-381.js')).bls12_381.shortSignatures
  } catch {
    throw new Refusal('缺少依赖：请先运行 npm install @noble/curves (the BLS library is missing)')
  }
}

/** Reads the files beside the transcript; the drawId comes from its name, so that even a broken transcript is judged. */
function readBundle(path, openingPath) {
  const drawId = /^transcript-([0-9a-f]{64})\.json$/.exec(basename(path))?.[1]
  if (drawId === undefined) throw new Refusal('文件名应为 transcript-<drawId>.json (the file name must be this)')
  const read = (name) => ({ name, bytes: readFileSync(join(dirname(path), name)) })
  const readIfThere = (name) => (existsSync(join(dirname(path), name)) ? read(name) : undefined)
  try {
    const transcript = read(basename(path))
    const regionCode = /"regionCode":"([1-9]\d{5})"/.exec(transcript.bytes.toString('utf8'))?.[1]
    return {
      drawId,
      transcript,
      commitment: read(`commitment-${drawId}.json`),
      roster: read(`rosters/${drawId}.ndjson`),
      openings: readIfThere(`openings/${drawId}.ndjson`),
      log: readIfThere(`region-log-${regionCode}.ndjson`),
      opening: openingPath && { name: basename(openingPath), bytes: readFileSync(openingPath) },
    }
  } catch (error) {
    throw new Refusal(`读不到文件 (cannot read): ${error.message}`)
  }
}

/**
 * The program; returns the exit code.
 * @param {readonly string[]} args
 * @param {{ log: (line: string) => unknown, error: (line: string) => unknown }} print
 */
export async function main(args, print = console) {
  const demo = args.includes('--demo')
  const paths = args.filter((arg) => arg !== '--demo')
  const [path, option, openingPath] = paths
  try {
    if (
      path === undefined ||
      path.startsWith('-') ||
      (option !== undefined && (option !== '--opening' || openingPath === undefined)) ||
      paths.length > 3
    ) {
      throw new Refusal('用法 (usage): node verify.mjs [--demo] transcript-<drawId>.json [--opening opening.json]')
    }
    const bundle = readBundle(path, openingPath)
    const { status, lines } = await verifyBundle(bundle, { demo })
    inFile(bundle.transcript.name).same('(file name)', bundle.drawId, lines[0].split(' ').at(-1))
    print.log(status === 'MATCH' ? 'MATCH (demo keys)' : 'PENDING (recomputed alike; this version does not check witness cosignatures)')
    for (const line of lines) print.log(line)
    return status === 'MATCH' ? 0 : 3
  } catch (error) {
    if (error instanceof Difference) print.error(`不一致 (DIFFERENT): ${error.message}`)
    else if (error instanceof Refusal) print.error(`无法核验 (not verifiable): ${error.message}`)
    else throw error
    return error instanceof Difference ? 1 : 2
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2))
