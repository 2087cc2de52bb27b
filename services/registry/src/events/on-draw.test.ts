import { type EventContract, events, redrawPurposes } from '@dual-random/contracts'
import type { Instant, RegionCode } from '@dual-random/kernel'
import type { ReceivedEvent } from '@dual-random/messaging'
import { describe, expect, it } from 'vitest'
import type { ToldDraw } from '../domain/told-draw.ts'
import { toldDraw } from './on-draw.ts'

const { drawFrozen, drawCommitted, drawDrawn, drawMatched, drawClosed, drawVoided, drawFailed } = events.drawing
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

const matchedOf = { ...draw, planId: 'p1', lineId: 'L01', batch: 1, drawn: 12, shortOfTeam: 0, transcriptDigest: 't' }
const ofRedraw = { parentDrawId: 'd0', number: 1, purpose: redrawPurposes.toWire('ESCALATION') }
const frozen = (of: object = {}) =>
  event(drawFrozen, 1, {
    ...draw,
    planId: 'p1',
    lineId: 'L01',
    planVersion: 1,
    batch: 1,
    attempt: 1,
    asOf: '2026-03-02T01:00:00.000Z',
    ...of,
  })

const after = (...happened: readonly ReceivedEvent[]): ToldDraw | undefined => happened.reduce<ToldDraw | undefined>(toldDraw, undefined)
const ofYear = (told: ToldDraw | undefined) => told?.year

describe('a draw as the registry counts it', () => {
  it('REG-14 counts once inspectors are matched, in the year of China’s calendar', () => {
    expect(ofYear(after(committed, drawn))).toBeUndefined()
    expect(after(committed, drawn, matched())).toEqual({ drawId: 'd1', regionCode: '310000', year: 2026, status: 'MATCHED' })
    expect(ofYear(after(matched('2026-12-31T16:00:00.000Z')))).toBe(2027)
  })

  it('REG-14 DRW-26 counts a draw of several cities for each of them', () => {
    const together = event(drawMatched, 4, { ...matchedOf, joint: { regionCodes: ['320000', '330000'] } })
    expect(after(committed, drawn, together)).toMatchObject({ regionCode: '310000', others: ['320000', '330000'], year: 2026 })
  })

  it('REG-14 does not count a redraw, which belongs to the draw it follows', () => {
    const redraw = after(committed, event(drawMatched, 4, { ...matchedOf, drawn: 1, redraw: ofRedraw }))
    expect(redraw).toEqual({ drawId: 'd1', regionCode: '310000', parentDrawId: 'd0', status: 'MATCHED' })
  })

  it.each([
    ['void', 'VOID', event(drawVoided, 5, { ...draw, reason: 'beacon' })],
    ['failed', 'FAILED', event(drawFailed, 5, { ...draw, reason: 'key-lost', declaredByUnitId: '000000-scj' })],
  ])('REG-14 does not count a draw that was %s', (_what, status, ending) => {
    expect(after(committed, ending)).toEqual({ drawId: 'd1', regionCode: '310000', status })
    expect(ofYear(after(matched(), ending))).toBeUndefined()
  })
})

describe('how far a draw is', () => {
  it('DRW-34 SEC-05 is what drawing told last, from the freeze to the closing', () => {
    const closed = event(drawClosed, 5, { ...draw, visited: 12, notVisited: 0 })
    const told = [frozen(), committed, drawn, matched(), closed]
    const statuses = told.map((_event, index) => after(...told.slice(0, index + 1))?.status)
    expect(statuses).toEqual(['FROZEN', 'COMMITTED', 'DRAWN', 'MATCHED', 'CLOSED'])
    expect(ofYear(after(...told))).toBe(2026)
  })

  it('DRW-30 DRW-34 names from its freeze on the draw that a redraw follows, whose objects have the same labels', () => {
    expect(after(frozen({ redraw: ofRedraw }), committed)).toMatchObject({ parentDrawId: 'd0', status: 'COMMITTED' })
  })
})
