import type { DrawId, Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type ApprovedOrder, orderRecordOf } from './redraw.ts'

const parent = { drawId: 'a'.repeat(64) as DrawId, regionCode: '230300' as RegionCode }
const approvedAt = '2026-03-02T01:00:00.000Z' as Instant
const order: ApprovedOrder = {
  order: 3,
  number: 2,
  status: 'APPROVED',
  purpose: 'replacement',
  grounds: [
    { reason: 'RECUSAL', label: 'c'.repeat(64) },
    { reason: 'OBJECT_GONE', label: 'b'.repeat(64) },
    { reason: 'OBJECT_GONE', label: 'c'.repeat(64) },
  ],
  counts: {},
  proposedAt: approvedAt,
  proposedBy: 'organiser',
  approvedAt,
  approvedBy: 'reviewer',
  unitId: '230000-scj' as UnitId,
}
const record = {
  type: 'dual-random/redraw-order/v1',
  regionCode: '230300',
  parentDrawId: parent.drawId,
  number: 2,
  approval: {
    approvedAt,
    unitId: '230000-scj',
    reasons: [
      { reason: 'OBJECT_GONE', count: 2 },
      { reason: 'RECUSAL', count: 1 },
    ],
  },
}

describe('the text of an approved order', () => {
  it('DRW-30 names each object once, and how often each reason was given', () => {
    const labels = ['b'.repeat(64), 'c'.repeat(64)]
    expect(orderRecordOf(parent, order)).toEqual({ ...record, purpose: 'replacement', labels, counts: [] })
  })

  it('DRW-26 DRW-30 is of the city that draws again, where several drew', () => {
    const { regionCode } = orderRecordOf(parent, { ...order, regionCode: '230400' as RegionCode })
    expect(regionCode).toBe('230400')
  })

  it('DRW-30 counts by stratum what an escalation adds', () => {
    const escalation: ApprovedOrder = {
      ...order,
      purpose: 'escalation',
      grounds: order.grounds.map(({ reason }) => ({ reason })),
      counts: { D: 2, B: 0, A: 1 },
    }
    const counts = [
      { stratum: 'A', count: 1 },
      { stratum: 'D', count: 2 },
    ]
    expect(orderRecordOf(parent, escalation)).toEqual({ ...record, purpose: 'escalation', labels: [], counts })
  })
})
