import type { StratumCount } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { DrawEvent } from '../../services/drawing/src/domain/commands.ts'
import type { CommitmentRecord, Draw } from '../../services/drawing/src/domain/draw.ts'
import { evolve } from '../../services/drawing/src/domain/evolve.ts'
import { drawEvents } from '../../services/drawing/src/events/publish.ts'
import { newEventOf, readEvent } from './support/emitted.ts'
import { golden } from './support/examples.ts'

const frozen = golden('draw-frozen').data
const committed = golden('draw-committed').data
const matched = golden('draw-matched').data
const closed = golden('draw-closed').data

const share = { kind: 'ratio', batchShare: { numerator: 1, denominator: 1 }, base: 'mapped', rounding: 'up' } as const
const strata: readonly StratumCount[] = [
  {
    stratum: 'A',
    mapped: 120,
    eligible: 118,
    n: 4,
    raw: { numerator: 18, denominator: 5 },
    rule: { ...share, ratio: { numerator: 3, denominator: 100 } },
  },
  {
    stratum: 'B',
    mapped: 300,
    eligible: 300,
    n: 12,
    raw: { numerator: 12, denominator: 1 },
    rule: { ...share, ratio: { numerator: 1, denominator: 25 } },
  },
]

/** What an event is told from; files and digests of no account are left out. */
const commitment = {
  digest: committed['commitmentDigest'],
  committedAt: committed['committedAt'],
  roundAt: '2026-03-02T01:30:00.000Z' as Instant,
  beacons: [
    { source: 'region/230400', round: 1, at: '2026-03-02T01:29:50.000Z' as Instant },
    { source: committed['beaconSource'], round: Number(committed['round']), at: '2026-03-02T01:30:00.000Z' as Instant },
  ],
  strata,
} as unknown as CommitmentRecord

const request = (of: Readonly<Record<string, unknown>>) => ({
  ...of,
  line: {
    planId: of['planId'],
    lineId: of['lineId'],
    planVersion: of['planVersion'],
    batch: { number: of['batch'], freezeAt: of['asOf'], window: { start: '2026-03-01', end: '2026-06-30' } },
  },
  // The upper ends of their bands: A's four objects of 120 lie above 3 %, B's twelve of 300 on 4 %.
  terms: {
    closeAfterDays: 30,
    bandMax: [
      { stratum: 'A', max: { numerator: 3, denominator: 100 } },
      { stratum: 'B', max: { numerator: 1, denominator: 25 } },
    ],
  },
})

const happened = [
  { type: 'frozen', request: request(frozen), snapshot: {} },
  { type: 'prepared', commitment },
  { type: 'committed', commitment },
  { type: 'drawn', transcript: { digest: matched['transcriptDigest'], drawn: matched['drawn'] } },
  { type: 'matched', matching: { shortOfTeam: matched['shortOfTeam'], yearEnterprises: matched['yearEnterprises'] } },
  { type: 'closed', closing: { visited: closed['visited'], notVisited: closed['notVisited'] } },
] as unknown as readonly DrawEvent[]

/** What is told of a life of a draw, event by event. */
function told(events: readonly DrawEvent[]) {
  let draw: Draw | undefined
  return events.flatMap((event) => {
    draw = evolve(draw, event)
    return drawEvents(draw, [event])
  })
}

describe('drawing', () => {
  it.each(['draw-frozen', 'draw-committed', 'draw-drawn', 'draw-matched', 'draw-closed'])('emits %s as its golden event says', (name) => {
    const all = told(happened)
    expect(all).toHaveLength(5)
    expect(readEvent(all[Number(golden(name).sequence) - 1])).toEqual(newEventOf(name))
  })

  it('DRW-26 tells which other cities draw where a draw is frozen and matched, ascending, and nothing of the kind elsewhere', () => {
    const cities = ['230900', '230400'].map((regionCode) => ({ regionCode, initiatorUnitId: `${regionCode}-scj`, unitIds: [] }))
    const jointly = (of: Readonly<Record<string, unknown>>) => {
      const { line, ...rest } = request(of)
      return { ...rest, line: { ...line, units: [], joint: { merged: true, cities } } }
    }
    const [first, ...after] = happened
    const all = told([{ ...first, request: jointly(frozen) }, ...after] as unknown as readonly DrawEvent[])
    const jointOf = (events: ReturnType<typeof told>) =>
      events.map((event) => (JSON.parse(event.json) as { readonly joint?: unknown }).joint)
    const joint = { regionCodes: ['230400', '230900'] }
    expect(jointOf(all)).toEqual([joint, undefined, undefined, joint, undefined])
    expect(jointOf(told(happened))).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  it('emits what is decided on a redraw as its golden events say', () => {
    const by = { proposedAt: '2026-04-07T01:12:00.000Z', proposedBy: 'organiser', counts: {} }
    const grounds = golden('draw-redraw-proposed').data['reasons']
    const order = { ...by, order: 1, purpose: 'rematch', grounds }
    const { number, approvedByUnitId: unitId } = golden('draw-redraw-approved').data
    const decided = [
      { type: 'redraw-proposed', order: { ...order, status: 'PROPOSED' } },
      { type: 'redraw-approved', order: { ...order, status: 'APPROVED', number, unitId } },
      { type: 'redraw-rejected', order: { ...order, status: 'REJECTED', ...golden('draw-redraw-rejected').data } },
    ]
    const all = told([...happened.slice(0, 5), ...decided] as unknown as readonly DrawEvent[])
    const names = ['draw-redraw-proposed', 'draw-redraw-approved', 'draw-redraw-rejected']
    expect(names.map((name) => readEvent(all[Number(golden(name).sequence) - 1]))).toEqual(names.map(newEventOf))
  })

  it('emits draw-audited as its golden event says', () => {
    const { auditedByUnitId: unitId, findings } = golden('draw-audited').data
    const all = told([
      ...happened,
      { type: 'audited', audit: { unitId, findings, at: golden('draw-audited').time } },
    ] as unknown as readonly DrawEvent[])
    expect(readEvent(all[Number(golden('draw-audited').sequence) - 1])).toEqual(newEventOf('draw-audited'))
  })

  it('emits draw-failed as its golden event says', () => {
    const { drawId, reason, declaredByUnitId: unitId } = golden('draw-failed').data
    const all = told([
      { type: 'frozen', request: request({ ...frozen, drawId }), snapshot: {} },
      ...happened.slice(1, 3),
      { type: 'failed', failure: { reason, unitId, at: golden('draw-failed').time } },
    ] as unknown as readonly DrawEvent[])
    expect(readEvent(all[Number(golden('draw-failed').sequence) - 1])).toEqual(newEventOf('draw-failed'))
  })

  it('emits draw-voided as its golden event says', () => {
    const { drawId, reason } = golden('draw-voided').data
    const all = told([
      { type: 'frozen', request: request({ ...frozen, drawId }), snapshot: {} },
      { type: 'voided', reason },
    ] as unknown as readonly DrawEvent[])
    expect(readEvent(all[Number(golden('draw-voided').sequence) - 1])).toEqual(newEventOf('draw-voided'))
  })
})
