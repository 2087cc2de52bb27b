import {
  type Commitment,
  type DrawHash,
  type EntryKind,
  genesisDigest,
  type LogEntry,
  type LogGenesis,
  type LogKey,
  logHead,
  type SignedTranscript,
  signatureInput,
  snapshotDigest,
  transcriptDigest,
} from '@dual-random/draw'
import { canonicalJson } from '@dual-random/kernel'
import type { Report } from './difference.ts'
import { browserHash } from './hash.ts'
import { type KeyRecord, recordDigest, recordOf } from './log-records.ts'
import type { PinnedKeys } from './pinned-keys.ts'
import { isEd25519Signature } from './signatures.ts'

export const badSignature = { zh: '签名无效', en: 'the signature is not valid' }

/** Entries signed by units, whose keys enter the log after its genesis. */
const byUnits: readonly EntryKind[] = ['key', 'tip', 'reveal', 'approval', 'audited', 'failed']

const roleOf = (kind: EntryKind): LogKey['role'] => (kind === 'snapshot' ? 'registry' : 'drawing')

function isSigned(
  { keys, regionCode }: LogGenesis,
  record: { readonly keyId: string; readonly signature: string },
  kind: EntryKind,
  drawId: string | null,
  digest: string,
): boolean {
  const key = keys.find(({ keyId, role }) => keyId === record.keyId && role === roleOf(kind))
  return key !== undefined && isEd25519Signature(key.publicKey, signatureInput(kind, regionCode, drawId, digest), record.signature)
}

/** Protocol §13.5: the log's part in the transcript, and the signatures of snapshot, commitment and transcript. */
export function checkLogProofs(report: Report, hash: DrawHash, file: SignedTranscript, s: Commitment): void {
  const { same, hold } = report
  const t = file.transcript
  const { genesis, entries } = t.log
  const at = (where: string): string => `/transcript/log${where}`
  for (const name of ['regionCode', 'hash'] as const) same(at(`/genesis/${name}`), genesis[name], s[name])
  for (const name of ['keyId', 'publicKey'] as const)
    same(at('/genesis/keys'), new Set(genesis.keys.map((key) => key[name])).size, genesis.keys.length)
  const logHash = browserHash(genesis.hash)
  let last = { seq: 0, head: logHead(logHash, null, 0, 'genesis', genesisDigest(logHash, genesis)) }
  same(
    at('/entries'),
    entries.map(({ kind }) => kind),
    ['snapshot', 'commitment'],
  )
  for (const [i, one] of entries.entries()) {
    hold(at(`/entries/${i}/seq`), one.seq > last.seq, { zh: '序号未增', en: 'does not ascend' })
    if (one.seq === last.seq + 1) same(at(`/entries/${i}/previous`), one.previous, last.head)
    same(at(`/entries/${i}/head`), one.head, logHead(logHash, one.previous, one.seq, one.kind, one.digest))
    same(at(`/entries/${i}/digest`), one.digest, i === 0 ? snapshotDigest(hash, s.snapshot) : t.commitment)
    hold(at(`/entries/${i}/signature`), isSigned(genesis, one, one.kind, s.drawId, one.digest), badSignature)
    last = one
  }
  for (const name of ['keyId', 'signature'] as const) same(at(`/entries/0/${name}`), entries[0]?.[name], s.snapshotSignature[name])
  hold('/signature', isSigned(genesis, file, 'transcript', s.drawId, transcriptDigest(hash, t)), badSignature)
  for (const { kind, publicKey } of s.beacons) {
    const known = genesis.keys.some((key) => key.role === 'beacon' && key.publicKey === publicKey)
    hold(at('/genesis/keys'), kind !== 'self' || known, {
      zh: '没有自办信标的公钥',
      en: 'the key of the self beacon is not among them',
    })
  }
}

/** Protocol §13.7 and §16: the whole chain with its records, and in it this draw's entries with the transcript's own. */
export function checkRegionLog(report: Report, entries: readonly LogEntry[], file: SignedTranscript, pinned?: PinnedKeys): void {
  const t = file.transcript
  const { genesis } = t.log
  const hash = browserHash(genesis.hash)
  report.same('line 1 /record', canonicalJson(entries[0]?.record ?? null), canonicalJson(genesis))
  report.same('line 1 /digest', entries[0]?.digest, genesisDigest(hash, genesis))
  const admitted = new Map<string, KeyRecord>()
  const known = new Set<string>()
  for (const [i, one] of entries.entries()) {
    const at = `line ${i + 1}`
    report.same(`${at} /seq`, one.seq, i)
    report.hold(`${at} /kind`, (one.kind === 'genesis') === (i === 0), { zh: '创世条目有误', en: 'genesis out of place' })
    report.same(`${at} /head`, one.head, logHead(hash, entries[i - 1]?.head ?? null, i, one.kind, one.digest))
    if (one.record !== undefined) report.same(`${at} /digest`, one.digest, recordDigest(hash, one.record))
    const valid = byUnits.includes(one.kind)
      ? pinned === undefined || isSignedOutside(genesis, one, admitted, pinned)
      : isSigned(genesis, one, one.kind, one.drawId, one.digest)
    report.hold(`${at} /signature`, valid, badSignature)
    checkLife(report, at, one, known)
    const key = recordOf(one, 'key')
    if (key === undefined) continue
    report.hold(`${at} /record/keyId`, !admitted.has(key.keyId), { zh: '该名称的密钥已有', en: 'a key of that name is there' })
    admitted.set(key.keyId, key)
  }
  for (const one of t.log.entries) report.same(`line ${one.seq + 1} /head`, entries[one.seq]?.head, one.head)
  const own = entries.filter(({ kind, drawId }) => kind === 'transcript' && drawId === t.drawId)
  report.same(
    '(whole file) transcript',
    own.map(({ digest }) => digest),
    [transcriptDigest(browserHash(t.hash), t)],
  )
}

/** What must stand in a log before an entry of its draw (protocol §7). */
const neededBefore: Readonly<Partial<Record<EntryKind, EntryKind>>> = {
  commitment: 'snapshot',
  reveal: 'commitment',
  transcript: 'commitment',
  match: 'transcript',
  closed: 'match',
}
const onlyOnce: readonly EntryKind[] = ['snapshot', 'commitment', 'transcript', 'match', 'void', 'closed', 'tip', 'reveal']

/** A draw's entries follow each other, one of each kind, tips and reveals one a unit and tips before the commitment. */
function checkLife({ hold, same }: Report, at: string, one: LogEntry, known: Set<string>): void {
  const { kind, drawId, record } = one
  if (kind === 'genesis' || kind === 'key') return same(`${at} /drawId`, drawId, null)
  hold(`${at} /drawId`, drawId !== null, { zh: '缺少抽取编号', en: 'has no draw' })
  const ofDraw = (record as { readonly drawId?: string } | undefined)?.drawId
  if (ofDraw !== undefined) same(`${at} /record/drawId`, ofDraw, drawId)
  const needed = neededBefore[kind]
  hold(`${at} /kind`, needed === undefined || known.has(`${needed} ${drawId}`), { zh: `此前没有 ${needed}`, en: `no ${needed} before` })
  hold(`${at} /kind`, kind !== 'tip' || !known.has(`commitment ${drawId}`), { zh: '晚于承诺', en: 'after the commitment' })
  const unitId = recordOf(one, 'tip')?.unitId ?? recordOf(one, 'reveal')?.unitId ?? ''
  const name = `${kind} ${drawId}${unitId === '' ? '' : ` ${unitId}`}`
  hold(`${at} /kind`, !onlyOnce.includes(kind) || !known.has(name), { zh: '重复的条目', en: 'a second one' })
  known.add(name)
}

/** By the pinned superior, or, unless it is a key, by a unit whose key the superior admitted before; a record names the signing unit. */
function isSignedOutside(
  { regionCode }: LogGenesis,
  one: LogEntry,
  admitted: ReadonlyMap<string, KeyRecord>,
  { superior }: PinnedKeys,
): boolean {
  const unit = one.kind === 'key' ? undefined : admitted.get(one.keyId)
  const key = one.keyId === superior.keyId ? superior : unit?.role === 'unit' ? unit : undefined
  const named = recordOf(one, 'tip')?.unitId ?? recordOf(one, 'reveal')?.unitId
  if (key === undefined || (named !== undefined && named !== key.unitId)) return false
  return isEd25519Signature(key.publicKey, signatureInput(one.kind, regionCode, one.drawId, one.digest), one.signature)
}
