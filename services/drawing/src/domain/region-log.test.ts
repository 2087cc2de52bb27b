import { checkLog, type LogEntry, type LogGenesis, type LogKind } from '@dual-random/draw'
import type { DrawId, Instant } from '@dual-random/kernel'
import { given } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { hex, sha256Hash } from '../../tests/fixtures.ts'
import { valueOf } from '../../tests/policy.ts'
import {
  append,
  beaconKeysIn,
  definitionIn,
  definitionsIn,
  hasKeys,
  type LogRequest,
  logIdOf,
  openRegionLog,
  type RegionLog,
} from './region-log.ts'

const at = (text: string): Instant => text as Instant
const now = at('2026-03-02T01:11:00.000Z')
const deadline = at('2026-03-02T01:20:00.000Z')
const key = { keyId: 'drawing-230300', role: 'drawing', algorithm: 'ed25519', publicKey: hex('1') } as const
const genesis: LogGenesis = {
  type: 'dual-random/region-log/v1',
  regionCode: '230300',
  demo: true,
  hash: 'sha256',
  keys: [key],
  startedAt: at('2026-01-01T00:00:00.000Z'),
}
const opened = openRegionLog(sha256Hash, genesis, { keyId: key.keyId, sign: () => new Uint8Array(64) }, at('2026-01-01T00:00:00.000Z'))
const [drawA, drawB] = [hex('a') as DrawId, hex('b') as DrawId]

const record = (kind: LogKind, drawId: DrawId, change: Partial<LogRequest> = {}): LogRequest => ({
  kind,
  drawId,
  digest: hex(kind === 'void' ? '0' : '7'),
  signature: { keyId: key.keyId, signature: 'ab' },
  ...change,
})

interface Kept {
  readonly log: RegionLog
  readonly entries: readonly LogEntry[]
}
const empty: Kept = { log: opened, entries: [opened.last] }

const asking =
  (request: LogRequest, receivedAt = now) =>
  ({ log, entries }: Kept) =>
    append(
      sha256Hash,
      log,
      entries.filter(({ drawId }) => drawId === request.drawId),
      request,
      receivedAt,
    )

/** The log after records that it took. */
const keeping = (...requests: readonly LogRequest[]): Kept =>
  requests.reduce<Kept>((kept, request) => {
    const decision = valueOf(asking(request)(kept))
    return decision.outcome === 'known' ? kept : { log: decision.log, entries: [...kept.entries, decision.entry] }
  }, empty)

describe('region log', () => {
  it('DRW-31 chains every entry to the one before', () => {
    const { log, entries } = keeping(
      record('snapshot', drawA),
      record('commitment', drawA),
      record('transcript', drawA),
      record('match', drawA),
    )
    expect(checkLog(sha256Hash, genesis, entries)).toEqual({ ok: true, value: { seq: 4, head: log.last.head } })
    expect(logIdOf(log.regionCode)).toBe('log-230300')
  })

  it('takes a record once: the same again is found, another of its kind is a bug', () => {
    const kept = keeping(record('snapshot', drawA))
    given(kept)
      .when(asking(record('snapshot', drawA)))
      .outcome({ outcome: 'known', entry: { seq: 1 } })
    expect(() => asking(record('snapshot', drawA, { digest: hex('8') }))(kept)).toThrow('another snapshot entry')
    given(keeping(record('closed', drawA)))
      .when(asking(record('closed', drawA, { digest: hex('8') })))
      .outcome({ outcome: 'known' })
  })

  it('knows which draws are committed and not yet drawn', () => {
    const committed = keeping(record('commitment', drawA), record('commitment', drawB))
    expect(committed.log.open).toEqual([drawA, drawB])
    const matched = keeping(record('commitment', drawA), record('transcript', drawA), record('commitment', drawB), record('match', drawA))
    expect(matched.log).toMatchObject({ open: [drawB], lastTranscriptSeq: 2 })
    const drawn = keeping(record('commitment', drawA), record('commitment', drawB), record('transcript', drawA))
    expect(drawn.log).toMatchObject({ open: [drawB], lastTranscriptSeq: 3 })
    expect(keeping(record('commitment', drawA), record('void', drawA, { notAfter: deadline })).log).toMatchObject({
      open: [],
      lastTranscriptSeq: 0,
    })
  })

  it('DRW-31 takes nothing more of a draw that failed, and finds what stands', () => {
    const failed = keeping(record('commitment', drawA), record('failed', drawA))
    for (const kind of ['transcript', 'void', 'match'] as const)
      given(failed)
        .when(asking(record(kind, drawA, { despiteVoid: true, byRule: true })))
        .refusal({ code: 'draw-failed' })
    given(failed)
      .when(asking(record('commitment', drawA)))
      .outcome({ outcome: 'known' })
    given(failed)
      .when(asking(record('commitment', drawB)))
      .outcome({ outcome: 'appended' })
  })

  it('DRW-32 takes a commitment until the margin before its round and not after', () => {
    const request = record('commitment', drawA, { notAfter: deadline })
    given(empty).when(asking(request, deadline)).outcome({ outcome: 'appended' })
    given(empty)
      .when(asking(request, at('2026-03-02T01:20:00.001Z')))
      .refusal({ code: 'entry-too-late', at: deadline })
  })

  it('CRD-09 refuses a commitment whose freeze did not know another draw of the region', () => {
    const request = record('commitment', drawB, { frozenAtSeq: 0 })
    given(empty).when(asking(request)).outcome({ outcome: 'appended' })
    given(keeping(record('snapshot', drawA)))
      .when(asking(request))
      .outcome({ outcome: 'appended' })
    given(keeping(record('commitment', drawA)))
      .when(asking(request))
      .refusal({ code: 'freeze-outdated' })
    const drawn = keeping(record('commitment', drawA), record('transcript', drawA))
    given(drawn).when(asking(request)).refusal({ code: 'freeze-outdated' })
    given(drawn)
      .when(asking({ ...request, frozenAtSeq: 2 }))
      .outcome({ outcome: 'appended' })
    given(drawn)
      .when(asking(record('commitment', drawB)))
      .outcome({ outcome: 'appended' })
    given(keeping(record('commitment', drawA), record('void', drawA, { notAfter: deadline })))
      .when(asking(request))
      .outcome({ outcome: 'appended' })
  })

  it('CRD-09 takes one whose freeze was given what another draw still open asks for', () => {
    const frozenWith = (drawId: DrawId) => asking(record('commitment', drawB, { frozenAtSeq: 1, given: [drawId] }))
    const open = keeping(record('commitment', drawA))
    given(open).when(frozenWith(drawA)).outcome({ outcome: 'appended' })
    given(open).when(frozenWith(drawB)).refusal({ code: 'freeze-outdated' })
  })

  it('DRW-32 knows no definition of public numbers that the superior did not admit', () => {
    expect([definitionIn({}, hex('1')), definitionIn({ definitions: [] }, hex('1')), definitionsIn({})]).toEqual([undefined, undefined, []])
  })

  it('DRW-30 holds a committed draw open until its transcript or void, whatever else enters', () => {
    expect(keeping(record('commitment', drawA), record('failed', drawA)).log.open).toEqual([drawA])
    expect(keeping(record('commitment', drawA), record('transcript', drawA)).log.open).toEqual([])
  })

  it('voids a frozen draw at any time and a committed one until the margin before its round', () => {
    const late = at('2026-03-02T01:20:00.001Z')
    const voiding = record('void', drawA, { notAfter: deadline })
    given(keeping(record('snapshot', drawA)))
      .when(asking(voiding, late))
      .outcome({ outcome: 'appended' })
    given(keeping(record('commitment', drawA)))
      .when(asking(voiding, deadline))
      .outcome({ outcome: 'appended' })
    given(keeping(record('commitment', drawA)))
      .when(asking(voiding, late))
      .refusal({ code: 'entry-too-late' })
    expect(() => asking(record('void', drawA))(keeping(record('commitment', drawA)))).toThrow('without the margin')
  })

  it('begins with its genesis alone: no draw is open, no key admitted', () => {
    expect(opened).toMatchObject({ open: [], keys: [], lastTranscriptSeq: 0, last: { seq: 0, kind: 'genesis' } })
  })

  it('DRW-31 keeps the record of an entry that carries one, and gives the others none', () => {
    const reason = { drawId: drawA, reason: '', type: 'dual-random/void/v1' }
    const entryOf = (request: LogRequest) => valueOf(asking(request)(empty)).entry
    expect(entryOf(record('void', drawA, { record: reason })).record).toEqual(reason)
    expect(entryOf(record('snapshot', drawA))).not.toHaveProperty('record')
  })

  it('DRW-31 a void that was not witnessed in time holds nothing up, nor does one that a transcript follows', () => {
    const late = keeping(record('snapshot', drawA), record('commitment', drawA), record('void', drawA, { byRule: true }))
    given(late)
      .when(asking(record('transcript', drawA)))
      .refusal({ code: 'draw-void' })
    given(late)
      .when(asking(record('transcript', drawA, { despiteVoid: true })))
      .outcome({ outcome: 'appended' })
    const drawn = keeping(
      record('snapshot', drawA),
      record('commitment', drawA),
      record('void', drawA, { byRule: true }),
      record('transcript', drawA, { despiteVoid: true }),
    )
    given(drawn)
      .when(asking(record('match', drawA)))
      .outcome({ outcome: 'appended' })
    expect(drawn.log).toMatchObject({ open: [], lastTranscriptSeq: 4 })
  })

  it('DRW-32 a void by rule needs no instant, and a void before S none', () => {
    const late = at('2026-03-02T01:20:00.001Z')
    given(keeping(record('commitment', drawA)))
      .when(asking(record('void', drawA, { byRule: true }), late))
      .outcome({ outcome: 'appended' })
    given(keeping(record('snapshot', drawA)))
      .when(asking(record('void', drawA), late))
      .outcome({ outcome: 'appended' })
    given(keeping(record('snapshot', drawA), record('commitment', drawA)))
      .when(asking(record('transcript', drawA, { notAfter: deadline }), late))
      .outcome({ outcome: 'appended' })
  })

  it('CRD-09 looks at other draws for a commitment alone', () => {
    const drawn = keeping(record('commitment', drawA), record('transcript', drawA))
    given(drawn)
      .when(asking(record('snapshot', drawB, { frozenAtSeq: 0 })))
      .outcome({ outcome: 'appended' })
    expect(keeping(record('commitment', drawA), record('snapshot', drawB)).log).toMatchObject({ open: [drawA], lastTranscriptSeq: 0 })
  })

  it('takes nothing more of a void draw, and one void', () => {
    const kept = keeping(record('snapshot', drawA), record('void', drawA))
    given(kept)
      .when(asking(record('commitment', drawA)))
      .refusal({ code: 'draw-void' })
    given(kept)
      .when(asking(record('void', drawA, { digest: hex('8') })))
      .outcome({ outcome: 'known', entry: { digest: hex('0') } })
  })

  it('holds a log to the keys of its genesis', () => {
    expect(hasKeys(genesis, [key])).toBe(true)
    expect(hasKeys(genesis, [{ ...key, publicKey: hex('2') }])).toBe(false)
    expect(hasKeys(genesis, [])).toBe(false)
    const registry = { keyId: 'registry', role: 'registry', algorithm: 'ed25519', publicKey: hex('9') } as const
    const both = { ...genesis, keys: [key, registry] }
    expect(hasKeys(both, [registry, key])).toBe(true)
    expect(hasKeys(both, [key, { ...registry, keyId: 'another' }])).toBe(false)
    expect(hasKeys(both, [key, { ...registry, role: 'drawing' }])).toBe(false)
    expect(hasKeys(both, [key, { ...registry, publicKey: hex('8') }])).toBe(false)
    const beacon = { ...key, keyId: 'beacon-of-230400', role: 'beacon', publicKey: hex('3') } as const
    expect(hasKeys(genesis, [key, beacon])).toBe(true)
    expect(hasKeys({ ...genesis, keys: [key, beacon] }, [key])).toBe(true)
    expect(hasKeys({ ...genesis, keys: [key, beacon] }, [beacon])).toBe(false)
  })

  it('DRW-32 vouches for the beacons of its genesis since it began, and for those admitted since their entry', () => {
    const first = { ...key, keyId: 'beacon-of-230400', role: 'beacon', algorithm: 'bls12381-g2', publicKey: hex('3') } as const
    const admitted = (role: 'beacon' | 'unit', publicKey: string): RegionLog['keys'][number] => ({
      record: { type: 'dual-random/key/v1', keyId: `key-${publicKey}`, role, algorithm: 'bls12381-g2', publicKey, unitId: '230500-scj' },
      entry: { receivedAt: at('2026-02-01T00:00:00.000Z') } as LogEntry,
    })
    expect(
      beaconKeysIn({ genesis: { ...genesis, keys: [key, first] }, keys: [admitted('beacon', hex('4')), admitted('unit', hex('5'))] }),
    ).toEqual([
      { keyId: 'beacon-of-230400', publicKey: hex('3'), enteredAt: genesis.startedAt },
      { keyId: `key-${hex('4')}`, publicKey: hex('4'), unitId: '230500-scj', enteredAt: '2026-02-01T00:00:00.000Z' },
    ])
  })
})
