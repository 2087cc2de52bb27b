import { canonicalJson, type Instant, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { sha256Hash } from '../tests/node-hash.ts'
import type { RedrawSubject } from './identity.ts'
import { orderedBy, redrawOrder, redrawOrderDigest } from './redraw-order.ts'

const hex = (text: string): string => toHex(sha256(new TextEncoder().encode(text)))
const count = (stratum: string, of: number) => ({ stratum, rule: { kind: 'count', count: of } })
const subject: RedrawSubject = {
  kind: 'redraw',
  parentDrawId: hex('parent'),
  purpose: 'replacement',
  labels: [hex('b'), hex('a')].sort(),
  after: [{ drawId: hex('parent'), transcript: hex('transcript') }],
  approval: {
    approvedAt: '2026-03-02T00:05:00.000Z' as Instant,
    unitId: '230000-scj',
    reasons: [
      { reason: 'OBJECT_GONE', count: 1 },
      { reason: 'RECUSAL', count: 1 },
    ],
  },
}
const s = { regionCode: '230300', batch: 2, subject, strata: [count('A', 2), count('B', 0)] }

describe('the order of a redraw', () => {
  it('DRW-30 is what its S says of it, but for the draws before it', () => {
    const { after: _, kind: _kind, ...said } = subject
    expect(redrawOrder(s)).toEqual({ type: 'dual-random/redraw-order/v1', regionCode: '230300', number: 2, counts: [], ...said })
  })

  it('DRW-30 counts in an escalation alone, where it draws any, in the order of the strata', () => {
    const escalation = { ...s, subject: { ...subject, purpose: 'escalation', labels: [] } as const }
    const counts = (...strata: (typeof s)['strata']) => redrawOrder({ ...escalation, strata }).counts
    expect(counts(count('B', 1), count('C', 0), count('A', 2))).toEqual([
      { stratum: 'A', count: 2 },
      { stratum: 'B', count: 1 },
    ])
    expect(redrawOrder({ ...escalation, strata: [{ stratum: 'A', rule: { kind: 'ratio' } }] }).counts).toEqual([])
  })

  it('DRW-30 is the same in whatever order its parts come', () => {
    const { approval } = subject
    const turned = {
      ...subject,
      labels: subject.labels.toReversed(),
      approval: { ...approval, reasons: approval.reasons.toReversed() },
    }
    expect(orderedBy(sha256Hash, { ...s, subject: turned })).toBe(orderedBy(sha256Hash, s))
  })

  it('DRW-30 is named by the digest of its canonical text; what is no redraw has none', () => {
    const order = redrawOrder(s)
    expect(redrawOrderDigest(sha256Hash, order)).toBe(hex(canonicalJson(order)))
    expect(orderedBy(sha256Hash, s)).toBe(hex(canonicalJson(order)))
    expect(orderedBy(sha256Hash, { ...s, subject: { kind: 'plan-line' } })).toBeNull()
  })
})
