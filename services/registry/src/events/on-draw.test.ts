import { type EventContract, events, redrawPurposes } from '@dual-random/contracts'
import type { Instant, RegionCode } from '@dual-random/kernel'
import type { ReceivedEvent } from '@dual-random/messaging'
import { describe, expect, it } from 'vitest'
import type { MadeDraw } from '../app/ports.ts'
import { madeDraw } from './on-draw.ts'

const { drawCommitted, drawDrawn, drawMatched, drawVoided } = events.drawing
const draw = { drawId: 'd1', regionCode: '310000', unitId: '310000-scj' }

function event<M extends object>(contract: EventContract<M>, seq: number, data: M, at = '2026-12-31T15:59:59.000Z'): ReceivedEvent {
  return {
    id: `d1:${seq}`,
    type: contract.type,
    source: '/310000/drawing',
    aggregateId: 'd1',
    seq,
    at: at as Instant,
    regionCode: '310000' as RegionCode,
    topic: contract.topic,
    traceId: '0'.repeat(32),
    payload: contract.message.toJSON(data),
  }
}

const committed = event(drawCommitted, 2, {
  ...draw,
  commitmentDigest: 'c',
  committedAt: '2026-03-02T01:10:00.000Z',
  beaconSource: 'self',
  round: 7n,
})
const drawn = event(drawDrawn, 3, { ...draw, strata: [], drawn: 12 })
const matched = (at?: string) =>
  event(drawMatched, 4, { ...draw, planId: 'p1', lineId: 'L01', batch: 1, drawn: 12, shortOfTeam: 0, transcriptDigest: 't' }, at)

const after = (...happened: readonly ReceivedEvent[]): MadeDraw | undefined => happened.reduce<MadeDraw | undefined>(madeDraw, undefined)

describe('a draw as the registry counts it', () => {
  it('REG-14 counts once inspectors are matched, in the year of China’s calendar', () => {
    expect(after(committed, drawn)).toBeUndefined()
    expect(after(committed, drawn, matched())).toEqual({ drawId: 'd1', regionCode: '310000', year: 2026 })
    expect(after(matched('2026-12-31T16:00:00.000Z'))?.year).toBe(2027)
  })

  it('REG-14 DRW-26 counts a draw of several cities for each of them', () => {
    const of = { ...draw, planId: 'p1', lineId: 'L01', batch: 1, drawn: 12, shortOfTeam: 0, transcriptDigest: 't' }
    const together = event(drawMatched, 4, { ...of, joint: { regionCodes: ['320000', '330000'] } })
    expect(after(committed, drawn, together)).toEqual({ drawId: 'd1', regionCode: '310000', others: ['320000', '330000'], year: 2026 })
  })

  it('REG-14 does not count a redraw, which belongs to the draw it follows', () => {
    const redraw = { parentDrawId: 'd0', number: 1, purpose: redrawPurposes.toWire('ESCALATION') }
    const of = { ...draw, planId: 'p1', lineId: 'L01', batch: 1, drawn: 1, shortOfTeam: 0, transcriptDigest: 't', redraw }
    expect(after(committed, event(drawMatched, 4, of))).toBeUndefined()
  })

  it('REG-14 does not count a draw that was made void', () => {
    expect(after(committed, event(drawVoided, 3, { ...draw, reason: 'beacon' }))).toBeUndefined()
  })
})
