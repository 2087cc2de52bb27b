import { canonicalJson, type Json } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { parseCosignature } from './checkpoint.ts'
import { parseSignedReveal, readRecord } from './records.ts'
import { drawId, secret, unitId } from './testing/index.ts'

const key = { type: 'dual-random/key/v1', keyId: 'k', role: 'unit', algorithm: 'ed25519', publicKey: '0'.repeat(64), unitId }
const records = {
  key,
  tip: { type: 'dual-random/tip/v1', drawId, unitId, tip: secret },
  reveal: { type: 'dual-random/reveal/v1', drawId, unitId, commitment: drawId, secret },
  void: { type: 'dual-random/void/v1', drawId, reason: '' },
  approval: { type: 'dual-random/approval/v1', drawId, unitId, reason: 'seen', order: null },
  audited: { type: 'dual-random/audited/v1', drawId, unitId, match: drawId, findings: 0 },
  failed: { type: 'dual-random/failed/v1', drawId, unitId, reason: 'key-lost' },
} as const
type Kind = keyof typeof records
const kinds = Object.keys(records) as readonly Kind[]
const fault = (kind: Kind, change: Readonly<Record<string, Json>>): unknown => {
  const read = readRecord(kind, { ...records[kind], ...change })
  return read.ok ? 'good' : read.error.pointer
}

describe('the record of an entry', () => {
  it('DRW-31 is read by its kind', () => {
    for (const kind of kinds) expect(readRecord(kind, records[kind])).toEqual({ ok: true, value: { kind, record: records[kind] } })
  })

  it('DRW-31 has its members in their forms, and no others', () => {
    for (const kind of kinds) {
      for (const name of Object.keys(records[kind])) expect(fault(kind, { [name]: -1 })).toMatch(new RegExp(`^/record/(${name}|role)$`))
      expect(fault(kind, { type: 'dual-random/other/v1' })).toBe('/record/type')
      expect(fault(kind, { more: 1 })).toBe('/record/more')
    }
  })

  it('DRW-31 may give no reason for a void, must for an approval, and one of three for a failure', () => {
    expect([fault('void', { reason: '' }), fault('approval', { reason: '' })]).toEqual(['good', '/record/reason'])
    for (const reason of ['beacon-lost', 'key-lost', 'data-lost', 'void-undecided']) expect(fault('failed', { reason })).toBe('good')
    for (const reason of ['', 'lost']) expect(fault('failed', { reason })).toBe('/record/reason')
  })

  it('DRW-32 is of a unit’s Ed25519 key, or of a beacon’s BLS key', () => {
    const beacon = { role: 'beacon', algorithm: 'bls12381-g2', publicKey: '0'.repeat(192) }
    expect(fault('key', beacon)).toBe('good')
    expect(fault('key', { ...beacon, publicKey: '0'.repeat(64) })).toBe('/record/publicKey')
    expect(fault('key', { ...beacon, algorithm: 'ed25519' })).toBe('/record/algorithm')
    expect(fault('key', { algorithm: 'bls12381-g2' })).toBe('/record/algorithm')
    expect(fault('key', { role: 'superior' })).toBe('/record/role')
  })

  it('DRW-31 is missing where its kind has one, superfluous where it has none', () => {
    for (const kind of kinds)
      expect(readRecord(kind, undefined)).toMatchObject({ ok: false, error: { pointer: expect.stringMatching(/^\/record/) as string } })
    expect(readRecord('snapshot', undefined)).toEqual({ ok: true, value: undefined })
    expect(readRecord('snapshot', {})).toEqual({ ok: false, error: { pointer: '/record', reason: 'snapshot carries no record' } })
  })
})

describe('a reveal on its way to the log', () => {
  const signed = { keyId: 'k', record: records.reveal, signature: '0'.repeat(128) }

  it('DRW-32 is read with key and signature', () => {
    expect(parseSignedReveal(canonicalJson(signed))).toEqual({ ok: true, value: signed })
    for (const [pointer, change] of [
      ['/keyId', { keyId: '' }],
      ['/signature', { signature: '0' }],
      ['/record/secret', { record: { ...records.reveal, secret: '' } }],
      ['/more', { more: 1 }],
    ] as const)
      expect(parseSignedReveal(canonicalJson({ ...signed, ...change }))).toMatchObject({ ok: false, error: { pointer } })
  })
})

describe('what is wrong with a text', () => {
  const good = { witnessId: 'w', receivedAt: '2026-03-02T00:00:00.000Z', signature: '0'.repeat(128) }
  const reasonOf = (text: string): unknown => {
    const read = parseCosignature(text)
    return read.ok ? 'good' : read.error
  }

  it('is told with the place and the reason', () => {
    expect(reasonOf(canonicalJson(good))).toBe('good')
    const { witnessId: _, ...others } = good
    expect(reasonOf(canonicalJson(others))).toEqual({ pointer: '/witnessId', reason: 'missing-member' })
    expect(reasonOf(canonicalJson({ ...good, more: 1 }))).toEqual({ pointer: '/more', reason: 'unknown-member' })
    expect(reasonOf(canonicalJson({ ...good, receivedAt: 'now' }))).toEqual({ pointer: '/receivedAt', reason: 'not a UTC instant' })
    expect(reasonOf(`${canonicalJson(good)} `)).toEqual({
      pointer: '/witnessId',
      reason: `differs from its RFC 8785 form at character ${canonicalJson(good).length + 1}`,
    })
    expect(reasonOf('{')).toMatchObject({ pointer: '', reason: expect.stringMatching(/./) as string })
  })
})
