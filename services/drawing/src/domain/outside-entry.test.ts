import { ed25519Key, ed25519Verify } from '@dual-random/beacon'
import { appendEntry, type EntryKind, type LogEntry, type Signer, signDigest, tipOf } from '@dual-random/draw'
import type { DrawId, Instant, Json, RegionCode } from '@dual-random/kernel'
import { recordDigest } from '@dual-random/witness'
import { describe, expect, it } from 'vitest'
import { hex, sha256Hash } from '../../tests/fixtures.ts'
import { appendOutside, auditIn, drawIdOf, failureIn, isApprovedIn, isEndedUnseen, type OutsideRequest, tipsIn } from './outside-entry.ts'
import { definitionIn, definitionsIn, openRegionLog, type RegionLog } from './region-log.ts'

const regionCode = '230300'
const at = '2026-03-02T01:00:00.000Z' as Instant
const drawId = hex('a') as DrawId
const keyOf = (name: string) => ed25519Key(sha256Hash.digest(new TextEncoder().encode(name)))
const signerOf = (name: string): Signer => ({ keyId: name, sign: keyOf(name).sign })
const superior = { keyId: 'superior', publicKey: keyOf('superior').publicKey, unitId: '230000-scj' }
const context = { hash: sha256Hash, verify: ed25519Verify, superior }

const opened: RegionLog = openRegionLog(
  sha256Hash,
  {
    type: 'dual-random/region-log/v1',
    regionCode,
    demo: false,
    hash: 'sha256',
    keys: [{ keyId: 'drawing', role: 'drawing', algorithm: 'ed25519', publicKey: keyOf('drawing').publicKey }],
    startedAt: at,
  },
  signerOf('drawing'),
  at,
)

const requestOf = (
  kind: OutsideRequest['kind'],
  record: { readonly [name: string]: Json },
  by: string,
  of: string | null = drawId,
): OutsideRequest => {
  const { keyId, signature } = signDigest(signerOf(by), kind, regionCode, of, recordDigest(sha256Hash, record))
  return { kind, record, keyId, signature }
}
const keyRecord = (keyId: string, change: Readonly<Record<string, string>> = {}) => ({
  type: 'dual-random/key/v1',
  role: 'unit',
  algorithm: 'ed25519',
  keyId,
  publicKey: keyOf(keyId).publicKey,
  unitId: `unit-of-${keyId}`,
  ...change,
})
const reveal = { unitId: 'unit-of-u1', secret: hex('5') }
const tip = { type: 'dual-random/tip/v1', drawId, unitId: reveal.unitId, tip: tipOf(sha256Hash, drawId, reveal) }
const revealRecord = { type: 'dual-random/reveal/v1', drawId, commitment: hex('c'), ...reveal }
const approval = { type: 'dual-random/approval/v1', drawId, reason: '前次已揭示', unitId: superior.unitId, order: null }

const audited = { type: 'dual-random/audited/v1', drawId, findings: 0, match: hex('8'), unitId: reveal.unitId }

/** An entry of the draw as drawing and registry enter them. */
const entryOf = (kind: EntryKind, digest = hex('d'), record?: Json): LogEntry =>
  appendEntry(
    sha256Hash,
    opened.last,
    { kind, drawId, digest, receivedAt: at, ...(record === undefined ? {} : { record }) },
    { keyId: 'drawing', signature: 'f'.repeat(128) },
  )

const admit = (log: RegionLog, ...keyIds: readonly string[]): RegionLog =>
  keyIds.reduce((state, keyId) => appended(state, [], requestOf('key', keyRecord(keyId), 'superior', null)).log, log)

function appended(log: RegionLog, ofDraw: readonly LogEntry[], request: OutsideRequest) {
  const decided = appendOutside(context, log, ofDraw, request, at)
  if (!decided.ok || decided.value.outcome !== 'appended') throw new Error(JSON.stringify(decided))
  return decided.value
}

const outcome = (log: RegionLog, ofDraw: readonly LogEntry[], request: OutsideRequest): string => {
  const decided = appendOutside(context, log, ofDraw, request, at)
  return decided.ok ? decided.value.outcome : decided.error.code
}

const admitted = admit(opened, 'u1', 'u2')

describe('keys that the superior admits', () => {
  it('DRW-32 enters one signed by the superior, links it, and finds it again', () => {
    const request = requestOf('key', keyRecord('u1'), 'superior', null)
    const { entry, log } = appended(opened, [], request)
    expect(entry).toMatchObject({ seq: 1, kind: 'key', drawId: null, keyId: 'superior', record: keyRecord('u1'), receivedAt: at })
    expect(log.last).toBe(entry)
    expect(log.keys).toEqual([{ record: keyRecord('u1'), entry }])
    expect(outcome(log, [], request)).toBe('known')
    expect(drawIdOf(request)).toBe(null)
  })

  it('DRW-32 takes none that another signs, nor a changed record', () => {
    expect(outcome(opened, [], requestOf('key', keyRecord('u1'), 'drawing', null))).toBe('entry-unknown-key')
    expect(outcome(admitted, [], requestOf('key', keyRecord('u3'), 'u1', null))).toBe('entry-unknown-key')
    const signed = requestOf('key', keyRecord('u1'), 'superior', null)
    expect(outcome(opened, [], { ...signed, record: keyRecord('u1', { unitId: 'another' }) })).toBe('entry-bad-signature')
    expect(outcome(opened, [], { ...signed, signature: 'not hex' })).toBe('entry-bad-signature')
    expect(outcome(opened, [], requestOf('key', keyRecord('u1'), 'superior'))).toBe('entry-bad-signature')
  })

  it('DRW-32 gives a name and a key once: the genesis’s, the superior’s and those admitted', () => {
    const other = { publicKey: keyOf('other').publicKey }
    for (const taken of ['drawing', 'superior', 'u1']) {
      expect(outcome(admitted, [], requestOf('key', keyRecord(taken, other), 'superior', null))).toBe('entry-key-taken')
      const same = keyRecord('new', { publicKey: keyOf(taken).publicKey })
      expect(outcome(admitted, [], requestOf('key', same, 'superior', null))).toBe('entry-key-taken')
    }
    expect(outcome(admitted, [], requestOf('key', keyRecord('new'), 'superior', null))).toBe('appended')
  })

  it('says where a record is malformed', () => {
    const decided = appendOutside(
      context,
      opened,
      [],
      { ...requestOf('key', keyRecord('u1'), 'superior', null), record: { type: 'x' } },
      at,
    )
    expect(decided).toMatchObject({ ok: false, error: { code: 'entry-malformed' } })
    const wrong = { ...requestOf('tip', tip, 'u1'), record: { ...tip, tip: 'zz' } }
    expect(appendOutside(context, admitted, [], wrong, at)).toMatchObject({ error: { code: 'entry-malformed', pointer: '/record/tip' } })
    expect(drawIdOf(wrong)).toBe(null)
  })
})

describe('tips of units', () => {
  it('DRW-32 enters one of the unit that signs, before the freeze', () => {
    const { entry } = appended(admitted, [], requestOf('tip', tip, 'u1'))
    expect(entry).toMatchObject({ seq: 3, kind: 'tip', drawId, record: tip })
    expect(appended(admitted, [], requestOf('tip', tip, 'u1')).log.keys).toBe(admitted.keys)
    expect(tipsIn([entryOf('snapshot'), entry])).toEqual([tip])
    expect(outcome(admitted, [entry], requestOf('tip', tip, 'u1'))).toBe('known')
    expect(drawIdOf(requestOf('tip', tip, 'u1'))).toBe(drawId)
  })

  it('DRW-32 takes none of another unit, of a beacon’s key, or from before the key was admitted', () => {
    expect(outcome(opened, [], requestOf('tip', tip, 'u1'))).toBe('entry-unknown-key')
    expect(outcome(admitted, [], requestOf('tip', tip, 'u2'))).toBe('entry-unknown-key')
    expect(outcome(admitted, [], requestOf('tip', tip, 'superior'))).toBe('entry-unknown-key')
    const beacon = { record: keyRecord('u1', { role: 'beacon' }), entry: entryOf('key') }
    const beacons = { ...opened, keys: [beacon] } as unknown as RegionLog
    expect(outcome(beacons, [], requestOf('tip', tip, 'u1'))).toBe('entry-unknown-key')
    const own = { ...tip, unitId: superior.unitId }
    expect(outcome(opened, [], requestOf('tip', own, 'superior'))).toBe('appended')
  })

  it('DRW-32 takes none after the freeze or a void, and one of a unit', () => {
    const request = requestOf('tip', tip, 'u1')
    expect(outcome(admitted, [entryOf('snapshot')], request)).toBe('tip-too-late')
    expect(outcome(admitted, [entryOf('void')], request)).toBe('tip-too-late')
    const other = { ...tip, tip: hex('9') }
    expect(outcome(admitted, [entryOf('tip', recordDigest(sha256Hash, other), other)], request)).toBe('tip-differs')
    const ofAnother = { ...other, unitId: 'unit-of-u2' }
    expect(outcome(admitted, [entryOf('tip', recordDigest(sha256Hash, ofAnother), ofAnother)], request)).toBe('appended')
  })
})

describe('reveals of units', () => {
  const ofDraw = [entryOf('tip', hex('1'), tip), entryOf('snapshot'), entryOf('commitment', hex('c'))]

  it('DRW-32 enters the secret behind the unit’s tip, for the S that stands', () => {
    expect(outcome(admitted, ofDraw, requestOf('reveal', revealRecord, 'u1'))).toBe('appended')
  })

  it('DRW-30 leaves the draw among those that are open, and what the superior admitted as it is', () => {
    const { log } = appended({ ...admitted, open: [drawId] }, ofDraw, requestOf('reveal', revealRecord, 'u1'))
    expect([log.open, log.keys, log.definitions]).toEqual([[drawId], admitted.keys, undefined])
  })

  it('DRW-32 takes none before S, for another S, without a tip, or that opens nothing', () => {
    const request = requestOf('reveal', revealRecord, 'u1')
    expect(outcome(admitted, ofDraw.slice(0, 2), request)).toBe('reveal-no-commitment')
    expect(outcome(admitted, [...ofDraw.slice(0, 2), entryOf('commitment', hex('e'))], request)).toBe('reveal-no-commitment')
    expect(outcome(admitted, ofDraw.slice(1), request)).toBe('reveal-wrong')
    expect(outcome(admitted, ofDraw, requestOf('reveal', { ...revealRecord, secret: hex('6') }, 'u1'))).toBe('reveal-wrong')
  })
})

describe('approvals of the superior', () => {
  const request = requestOf('approval', approval, 'superior')

  it('DRW-31 enters one before the commitment, of the superior alone', () => {
    expect(outcome(admitted, [entryOf('snapshot')], request)).toBe('appended')
    expect(outcome(admitted, [entryOf('approval', recordDigest(sha256Hash, approval), approval)], request)).toBe('known')
    expect(outcome(admitted, [], requestOf('approval', { ...approval, unitId: 'unit-of-u1' }, 'u1'))).toBe('entry-unknown-key')
    expect(outcome(admitted, [], requestOf('approval', { ...approval, unitId: 'unit-of-u1' }, 'superior'))).toBe('entry-unknown-key')
  })

  it('DRW-31 takes none after S or a void, and another beside one that may name another order', () => {
    expect(outcome(admitted, [entryOf('snapshot'), entryOf('commitment')], request)).toBe('approval-too-late')
    expect(outcome(admitted, [entryOf('void')], request)).toBe('approval-too-late')
    expect(outcome(admitted, [entryOf('snapshot'), entryOf('approval', hex('2'))], request)).toBe('appended')
  })

  it('DRW-31 is needed after one that was committed, unless it was void before, or void with no secrets in it', () => {
    const [tipped, committed, ended] = [entryOf('tip'), entryOf('commitment'), entryOf('void')]
    expect(
      [[], [entryOf('snapshot')], [ended], [committed, ended], [ended, committed], [tipped, ended, committed]].map(isEndedUnseen),
    ).toEqual(Array.from({ length: 6 }, () => true))
    expect(
      [[committed], [tipped, committed], [tipped, committed, ended], [committed, ended, entryOf('failed')]].map(isEndedUnseen),
    ).toEqual(Array.from({ length: 4 }, () => false))
  })

  it('DRW-31 is there once the superior entered it, of a redraw by its own order', () => {
    const of = (order: string | null) => entryOf('approval', hex('2'), { ...approval, order })
    const isIn = (...ofDraw: readonly LogEntry[]) => [null, hex('3')].map((order) => isApprovedIn(ofDraw, order))
    expect([isIn(), isIn(entryOf('snapshot'))]).toEqual([
      [false, false],
      [false, false],
    ])
    expect([isIn(of(null)), isIn(entryOf('snapshot'), of(hex('3'))), isIn(of(hex('4')), of(hex('3')))]).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ])
  })
})

describe('failures by the superior', () => {
  const failed = { type: 'dual-random/failed/v1', drawId, reason: 'key-lost', unitId: superior.unitId }
  const request = requestOf('failed', failed, 'superior')
  const [committed, drawn, matched] = [entryOf('commitment'), entryOf('transcript'), entryOf('match')]
  const lost = entryOf('failed', recordDigest(sha256Hash, failed), failed)

  it('DRW-31 enters one after S, of the superior alone, and takes the draw from those that are open', () => {
    const open = { ...admitted, open: [drawId, hex('7') as DrawId] }
    expect(appended(open, [committed], request).log.open).toEqual([hex('7')])
    expect(outcome(open, [committed, lost], request)).toBe('known')
    expect(outcome(admitted, [committed], requestOf('failed', { ...failed, unitId: 'unit-of-u1' }, 'u1'))).toBe('entry-unknown-key')
    expect(outcome(admitted, [committed], requestOf('failed', { ...failed, unitId: 'unit-of-u1' }, 'superior'))).toBe('entry-unknown-key')
    expect(outcome(admitted, [committed], requestOf('failed', failed, 'drawing'))).toBe('entry-unknown-key')
    expect(failureIn(request)).toEqual(failed)
    expect(failureIn(requestOf('approval', approval, 'superior'))).toBeUndefined()
  })

  it('DRW-31 takes none before S, of what the draw needs no more, nor a second one', () => {
    const beacon = requestOf('failed', { ...failed, reason: 'beacon-lost' }, 'superior')
    expect(outcome(admitted, [entryOf('snapshot')], request)).toBe('failed-no-commitment')
    expect(outcome(admitted, [committed, drawn], request)).toBe('appended')
    expect(outcome(admitted, [committed, drawn], beacon)).toBe('failed-too-late')
    const undecided = requestOf('failed', { ...failed, reason: 'void-undecided' }, 'superior')
    const voided = entryOf('void')
    expect(outcome(admitted, [committed], undecided)).toBe('failed-without-void')
    expect(outcome(admitted, [voided, committed], undecided)).toBe('failed-without-void')
    expect(outcome(admitted, [committed, voided], undecided)).toBe('appended')
    expect(outcome(admitted, [committed, voided, drawn], undecided)).toBe('failed-too-late')
    expect(outcome(admitted, [committed, drawn, matched], request)).toBe('failed-too-late')
    expect(outcome(admitted, [committed, lost], beacon)).toBe('failed-differs')
  })

  it('DRW-31 lets nothing of the draw enter after it', () => {
    const ofDraw = [entryOf('tip', hex('1'), tip), entryOf('commitment', hex('c')), lost]
    expect(outcome(admitted, ofDraw, requestOf('reveal', revealRecord, 'u1'))).toBe('draw-failed')
    expect(outcome(admitted, [...ofDraw, entryOf('match', hex('8'))], requestOf('audited', audited, 'u1'))).toBe('draw-failed')
  })
})

it('SEC-05 takes no void from outside', () => {
  const record = { type: 'dual-random/void/v1', drawId, reason: '' }
  const request = { ...requestOf('tip', record, 'superior'), kind: 'void' } as unknown as OutsideRequest
  expect(outcome(opened, [], request)).toBe('entry-unknown-key')
  expect(opened.regionCode satisfies RegionCode).toBe(regionCode)
})

describe('audits by units', () => {
  const request = requestOf('audited', audited, 'u1')
  const matched = entryOf('match', hex('8'))
  const given = (record: typeof audited) => entryOf('audited', recordDigest(sha256Hash, record), record)

  it('DRW-31 enters one after the match, by the unit that it names or the superior', () => {
    expect(outcome(admitted, [matched], request)).toBe('appended')
    expect(outcome(admitted, [matched], requestOf('audited', { ...audited, unitId: superior.unitId }, 'superior'))).toBe('appended')
    expect(outcome(admitted, [matched, given(audited)], request)).toBe('known')
    expect(outcome(admitted, [matched], requestOf('audited', audited, 'u2'))).toBe('entry-unknown-key')
    expect(outcome(admitted, [matched], requestOf('audited', audited, 'superior'))).toBe('entry-unknown-key')
    expect(outcome(admitted, [matched], requestOf('audited', audited, 'drawing'))).toBe('entry-unknown-key')
  })

  it('DRW-31 takes none of another match, nor a second one of the unit', () => {
    expect(outcome(admitted, [], request)).toBe('audit-no-match')
    expect(outcome(admitted, [entryOf('transcript', hex('7')), matched], request)).toBe('appended')
    expect(outcome(admitted, [entryOf('transcript', hex('8'))], request)).toBe('audit-no-match')
    expect(outcome(admitted, [entryOf('match', hex('7'))], request)).toBe('audit-no-match')
    expect(outcome(admitted, [matched, given({ ...audited, findings: 1 })], request)).toBe('audit-differs')
    expect(outcome(admitted, [matched, given({ ...audited, unitId: 'unit-of-u2' })], request)).toBe('appended')
  })

  it('reads an audit as far as it is one', () => {
    expect(auditIn(request)).toEqual(audited)
    expect(auditIn(requestOf('audited', { ...audited, findings: -1 }, 'u1'))).toBeUndefined()
    expect(auditIn(requestOf('approval', approval, 'superior'))).toBeUndefined()
  })
})

describe('public numbers from outside', () => {
  const definition = {
    type: 'dual-random/public-numbers/v1',
    source: 'numbers/x',
    series: [{ name: 'a', publisher: 'b', page: 'c', publications: 1, groups: [{ name: 'd', kind: 'set', count: 1, from: 0, to: 9 }] }],
  }
  const numbers = (unitId: string, change: Readonly<Record<string, Json>> = {}) => ({
    type: 'dual-random/numbers/v1',
    drawId,
    unitId,
    commitment: hex('c'),
    source: 'numbers/x',
    series: [],
    ...change,
  })
  const typed = (change: Readonly<Record<string, Json>> = {}) => requestOf('numbers', numbers(superior.unitId, change), 'superior')
  const committed = [entryOf('commitment', hex('c'))]

  it('DRW-32 are under a definition that the superior admits, found again when it is sent again', () => {
    const request = requestOf('definition', definition, 'superior', null)
    const entered = appendOutside(context, opened, [], request, at)
    if (!entered.ok || entered.value.outcome !== 'appended') throw new Error('not entered')
    const { log, entry } = entered.value
    expect(definitionsIn(log)).toEqual([{ digest: entry.digest, source: 'numbers/x', enteredAt: at }])
    expect(definitionIn(log, entry.digest)).toEqual(definition)
    expect(definitionIn(log, hex('1'))).toBeUndefined()
    expect(appendOutside(context, log, [], request, at)).toMatchObject({ value: { outcome: 'known', entry } })
    const byAnother = requestOf('definition', definition, 'u1', null)
    expect(appendOutside(context, opened, [], byAnother, at)).toMatchObject({ error: { code: 'entry-unknown-key' } })
    expect([drawIdOf(request), drawIdOf(typed())]).toEqual([null, drawId])
  })

  it('DRW-32 enter for the S that stands, before the draw, one of a unit', () => {
    const code = (ofDraw: readonly LogEntry[], request = typed()) => {
      const entered = appendOutside(context, opened, ofDraw, request, at)
      return entered.ok ? entered.value.outcome : entered.error.code
    }
    expect(code(committed)).toBe('appended')
    expect(code([])).toBe('reveal-no-commitment')
    expect(code([entryOf('snapshot'), ...committed])).toBe('appended')
    expect(code(committed, typed({ commitment: hex('e') }))).toBe('reveal-no-commitment')
    expect(code([...committed, entryOf('transcript')])).toBe('numbers-too-late')
    const given = (unitId: string, source = 'numbers/x') => entryOf('numbers', hex('9'), numbers(unitId, { source }))
    expect(code([...committed, given(superior.unitId)])).toBe('numbers-entered')
    expect(code([...committed, given('another')])).toBe('appended')
    expect(code([...committed, given('another'), given('third')])).toBe('numbers-entered')
    expect(code([...committed, given(superior.unitId, 'numbers/y')])).toBe('appended')
    expect(code(committed, typed({ series: 'x' }))).toBe('entry-malformed')
  })
})
