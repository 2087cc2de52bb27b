import { ed25519Verify } from '@dual-random/beacon'
import { type LogEntry, type SignedTranscript, type Transcript, tipOf, transcriptDigest } from '@dual-random/draw'
import type { Json } from '@dual-random/kernel'
import type { KeysFile } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import { appender, genesisRecord } from '../tests/demo-log.ts'
import { demoBundle, drawing, type Extra, hashNamed, hex, registry, superior, unit } from '../tests/index.ts'
import { readDraw, told } from '../tests/read-draw.ts'
import { keysOf } from '../tests/witness-files.ts'
import { checkAuditors, checkRegionLog } from './check-region-log.ts'

const hash = hashNamed('sha256')
const crypto = { hash: hashNamed, verifyEd25519: ed25519Verify }
const genesis = genesisRecord('sha256', true)
const pinned: KeysFile = keysOf(hash, genesis)
const [drawId, otherId] = [hex('digest', 'one draw'), hex('digest', 'another')]
const [commitment, match] = [hex('digest', 'S'), hex('digest', 'match')]
const secret = hex('reveal', 'secret')

/** A log with the entries of a test, every link and signature right. */
function logWith(...entries: readonly Extra[]): readonly LogEntry[] {
  const { lines, append } = appender(hash, genesis, genesis.startedAt)
  for (const entry of entries) append(entry)
  return [{ ...(lines[0] as LogEntry), record: genesis }, ...lines.slice(1)]
}
const entry = (kind: Extra['kind'], of: Json, by: Extra['by'] = drawing, draw: string | null = drawId): Extra => ({
  kind,
  drawId: draw,
  of,
  by,
})
const keyRecord = (change: object = {}): Json => ({
  type: 'dual-random/key/v1',
  keyId: unit.keyId,
  role: 'unit',
  algorithm: 'ed25519',
  publicKey: unit.publicKey,
  unitId: unit.unitId,
  ...change,
})
const unitKey = entry('key', keyRecord(), superior, null)
const tipped = (change: object = {}, by: Extra['by'] = unit, draw = drawId): Extra => {
  const { unitId } = unit
  return entry('tip', { type: 'dual-random/tip/v1', drawId: draw, unitId, tip: tipOf(hash, draw, { unitId, secret }), ...change }, by, draw)
}
const revealed = (change: object = {}, by: Extra['by'] = unit): Extra =>
  entry('reveal', { type: 'dual-random/reveal/v1', drawId, unitId: unit.unitId, commitment, secret, ...change }, by)
const approved = (change: object = {}): Extra =>
  entry('approval', { type: 'dual-random/approval/v1', drawId, unitId: superior.unitId, reason: 'seen', order: null, ...change }, superior)
const audited = (change: object = {}, by: Extra['by'] = unit): Extra =>
  entry('audited', { type: 'dual-random/audited/v1', drawId, unitId: unit.unitId, match, findings: 0, ...change }, by)
const snapshot = entry('snapshot', hex('digest', 'snapshot'), registry)
const committed = entry('commitment', commitment)
const [transcribed, matched] = [entry('transcript', hex('digest', 'transcript')), entry('match', match)]

/** A transcript that asks nothing of the log but its genesis. */
const anyTranscript = { drawId: otherId, log: { genesis, entries: [] } } as unknown as Transcript
const signedOf = (transcript: Transcript) => ({ transcript }) as SignedTranscript
const own = '(whole file) transcript: differs'
/** What is wrong with a log beside the transcript that it does not hold. */
const judged = (lines: readonly LogEntry[], keys: KeysFile | undefined = pinned, by = crypto) => {
  const faults = told(checkRegionLog(by, lines, signedOf(anyTranscript), keys))
  expect(faults.at(-1)).toBe(own)
  return faults.slice(0, -1)
}
const life = [unitKey, tipped(), snapshot, committed, revealed(), transcribed, matched, audited(), entry('closed', match)]

describe('a region’s log', () => {
  it('DRW-31 holds from its genesis on, through a draw’s whole life', () => {
    expect(judged(logWith())).toEqual([])
    expect(judged(logWith(...life))).toEqual([])
  })

  it('DRW-31 begins with the genesis of the transcript, and has no second one', () => {
    expect(judged([])).toEqual(['line 1 /record: differs'])
    const [first, ...others] = logWith(...life) as [LogEntry, ...LogEntry[]]
    expect(judged([{ ...first, record: { ...genesis, demo: false } }, ...others])).toContain('line 1 /record: differs')
    expect(judged([{ ...first, kind: 'closed' }, ...others])).toContain('line 1 /kind: genesis-out-of-place')
    expect(judged([first, { ...(others[0] as LogEntry), kind: 'genesis' }])).toContain('line 2 /kind: genesis-out-of-place')
  })

  it('DRW-31 is a chain without gaps: every line numbered and linked to the one before', () => {
    const lines = logWith(...life)
    expect(judged(lines.toSpliced(2, 1))).toEqual(expect.arrayContaining(['line 3 /seq: differs', 'line 3 /head: differs']))
    const changed = lines.with(3, { ...(lines[3] as LogEntry), digest: otherId })
    expect(judged(changed)).toEqual(['line 4 /head: differs', 'line 4 /signature: bad-signature'])
    const head = lines.with(3, { ...(lines[3] as LogEntry), head: otherId })
    expect(judged(head)).toEqual(['line 4 /head: differs', 'line 5 /head: differs'])
  })

  it('DRW-31 has behind a digest the record that the line carries', () => {
    const lines = logWith(...life)
    const tip = lines[2] as LogEntry
    expect(judged(lines.with(2, { ...tip, record: { ...(tip.record as object), tip: otherId } }))).toEqual([
      'line 3 /digest: differs',
      'line 6 /record/secret: tip-not-opened',
    ])
  })

  it('DRW-31 is signed line by line, each by who answers for it', () => {
    expect(judged(logWith(entry('snapshot', otherId, drawing)))).toEqual(['line 2 /keyId: unknown-key'])
    expect(judged(logWith(entry('key', keyRecord(), drawing, null)))).toEqual(['line 2 /keyId: unknown-key'])
    expect(judged(logWith(tipped()))).toEqual(['line 2 /keyId: unknown-key'])
    expect(judged(logWith(...life.slice(0, 4)), pinned, { ...crypto, verifyEd25519: () => false })).toEqual(
      [1, 2, 3, 4, 5].map((line) => `line ${line} /signature: bad-signature`),
    )
  })

  it('DRW-31 is read without the superior’s key too: what units signed is then left to who has it', () => {
    expect(told(checkRegionLog(crypto, logWith(...life), signedOf(anyTranscript), undefined))).toEqual([own])
    const forged = told(
      checkRegionLog({ ...crypto, verifyEd25519: () => false }, logWith(...life), signedOf(anyTranscript), undefined),
    ).filter((one) => one.includes('signature'))
    expect(forged).toEqual([1, 4, 5, 7, 8, 10].map((line) => `line ${line} /signature: bad-signature`))
  })
})

describe('this draw in the log', () => {
  const bundle = readDraw(demoBundle({ witnessed: true, withReveal: true }))
  const files = demoBundle({ witnessed: true, withReveal: true })
  const keys = JSON.parse(files.keys ?? '') as KeysFile
  const { signed, transcript, log } = bundle
  const held = (t: Transcript = transcript, lines = log) => told(checkRegionLog(crypto, lines, { ...signed, transcript: t }, keys))

  it('DRW-31 has the entries that its transcript names', () => {
    expect(held()).toEqual([])
    for (const index of [0, 1])
      for (const name of ['head', 'keyId', 'signature'] as const) {
        const entries = transcript.log.entries.map((one, at) => (at === index ? { ...one, [name]: otherId } : one))
        const { seq } = entries[index] as (typeof entries)[number]
        expect(held({ ...transcript, log: { ...transcript.log, entries } })).toEqual([`line ${seq + 1} /${name}: differs`, own])
      }
  })

  it('DRW-31 has its own transcript in it, once', () => {
    const at = log.findIndex(({ kind, drawId: of }) => kind === 'transcript' && of === transcript.drawId)
    const line = log[at] as LogEntry
    expect(line.digest).toBe(transcriptDigest(hash, transcript))
    expect(held(transcript, log.slice(0, at))).toEqual([own])
    expect(held(transcript, [...log, line])).toContain(own)
    expect(held({ ...transcript, seed: otherId })).toEqual([own])
    expect(held(transcript, log.with(at, { ...line, drawId: otherId }))).toContain(own)
  })
})

describe('keys that the superior admits', () => {
  it('DRW-31 are new, by name and by key', () => {
    const again = (change: object) => judged(logWith(unitKey, entry('key', keyRecord(change), superior, null)))
    expect(again({ keyId: 'second' })).toEqual(['line 3 /record/publicKey: key-given-before'])
    expect(again({ publicKey: otherId })).toEqual(['line 3 /record/keyId: key-given-before'])
    expect(again({ keyId: 'second', publicKey: otherId })).toEqual([])
    expect(again({ keyId: drawing.keyId, publicKey: superior.publicKey })).toEqual([
      'line 3 /record/keyId: key-given-before',
      'line 3 /record/publicKey: key-given-before',
    ])
  })

  it('DRW-31 hold for the entries after their own', () => {
    expect(judged(logWith(tipped(), unitKey))).toEqual(['line 2 /keyId: unknown-key'])
    expect(judged(logWith(unitKey, tipped()))).toEqual([])
  })
})

describe('the entries of a draw', () => {
  it('DRW-31 stand in the order of its life, each draw for itself', () => {
    expect(judged(logWith(committed))).toEqual(['line 2 /kind: nothing-before'])
    expect(judged(logWith({ ...snapshot, drawId: otherId }, committed))).toEqual(['line 3 /kind: nothing-before'])
    expect(judged(logWith(snapshot, committed, matched))).toEqual(['line 4 /kind: nothing-before'])
    expect(judged(logWith(snapshot, { ...snapshot, drawId: otherId }))).toEqual([])
  })

  it('DRW-31 stand there once, but for those of units and approvals', () => {
    for (const twice of [snapshot, committed]) expect(judged(logWith(snapshot, committed, twice))).toEqual(['line 4 /kind: second-entry'])
    expect(judged(logWith(approved(), approved({ reason: 'again' })))).toEqual([])
    const ofSuperior = { unitId: superior.unitId, tip: tipOf(hash, drawId, { unitId: superior.unitId, secret }) }
    expect(judged(logWith(unitKey, tipped(), tipped(ofSuperior, superior)))).toEqual([])
  })

  it('DRW-31 carry records of their own draw and by their own unit', () => {
    const kinds = [
      [tipped({ drawId: otherId }), 'line 3'],
      [approved({ drawId: otherId }), 'line 3'],
      [entry('void', { type: 'dual-random/void/v1', drawId: otherId, reason: '' }), 'line 3'],
    ] as const
    for (const [wrong, line] of kinds) expect(judged(logWith(unitKey, wrong))).toEqual([`${line} /record/drawId: differs`])
    expect(judged(logWith(...life.slice(0, 4), revealed({ drawId: otherId })))).toContain('line 6 /record/drawId: differs')
    expect(judged(logWith(...life.slice(0, 7), audited({ drawId: otherId })))).toEqual(['line 9 /record/drawId: differs'])
    expect(judged(logWith(unitKey, tipped({ unitId: superior.unitId })))).toEqual(['line 3 /record/unitId: differs'])
    expect(judged(logWith(approved({ unitId: unit.unitId })))).toEqual(['line 2 /record/unitId: differs'])
    // Whose key it is, nobody can say without the pinned one.
    expect(told(checkRegionLog(crypto, logWith(approved({ unitId: unit.unitId })), signedOf(anyTranscript), undefined))).toEqual([own])
  })

  it('DRW-32 have one tip a unit, before S', () => {
    expect(judged(logWith(unitKey, tipped(), tipped({ tip: otherId })))).toEqual(['line 4 /kind: second-entry'])
    expect(judged(logWith(unitKey, snapshot, committed, tipped()))).toEqual(['line 5 /kind: second-entry'])
    expect(judged(logWith(unitKey, tipped(), tipped({}, unit, otherId)))).toEqual([])
  })

  it('DRW-32 have one reveal a unit, of its tip and against this S', () => {
    const before = life.slice(0, 4)
    expect(judged(logWith(...before, revealed(), revealed()))).toEqual(['line 7 /kind: second-entry'])
    expect(judged(logWith(...before, revealed({ commitment: otherId })))).toEqual(['line 6 /record/commitment: differs'])
    expect(judged(logWith(...before, revealed({ secret: otherId })))).toEqual(['line 6 /record/secret: tip-not-opened'])
    expect(judged(logWith(unitKey, snapshot, committed, revealed()))).toEqual(['line 5 /record/secret: tip-not-opened'])
  })

  it('DRW-31 have the superior’s approval before S', () => {
    expect(judged(logWith(approved(), snapshot, committed))).toEqual([])
    expect(judged(logWith(snapshot, committed, approved()))).toEqual(['line 4 /kind: approval-after-commitment'])
  })

  it('DRW-31 have one audit a unit, of the match that stands there', () => {
    const before = life.slice(0, 7)
    expect(judged(logWith(...before, audited({ match: otherId })))).toEqual(['line 9 /record/match: differs'])
    expect(judged(logWith(...before, audited(), audited({ findings: 1 })))).toEqual(['line 10 /kind: second-audit'])
    expect(judged(logWith(...before, audited(), audited({ unitId: superior.unitId }, superior)))).toEqual([])
  })
})

describe('who audits a draw', () => {
  const lines = logWith(...life)
  const auditedBy = (organiserUnitId: string, of = drawId) =>
    told(checkAuditors({ drawId: of, organiserUnitId } as Parameters<typeof checkAuditors>[0], lines))

  it('DRW-31 is not who organises it', () => {
    expect(auditedBy('bureau-230300')).toEqual([])
    expect(auditedBy(unit.unitId)).toEqual(['line 9 /record/unitId: audited-by-organiser'])
    expect(auditedBy(unit.unitId, otherId)).toEqual([])
  })
})
