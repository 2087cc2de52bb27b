import type { EventContract } from '@dual-random/contracts'
import { events } from '@dual-random/contracts'
import type { Instant, RegionCode } from '@dual-random/kernel'
import type { ReceivedEvent } from '@dual-random/messaging'
import { describe, expect, it } from 'vitest'
import type { DrawOfLine } from '../app/ports.ts'
import { drawOfLine } from './on-draw.ts'

const { drawFrozen, drawCommitted, drawDrawn, drawMatched, drawClosed, drawVoided } = events.drawing
const draw = { drawId: 'd1', regionCode: '230300', unitId: '230300-scj' }

function event<M extends object>(contract: EventContract<M>, seq: number, data: M): ReceivedEvent {
  return {
    id: `d1:${seq}`,
    type: contract.type,
    source: '/230300/drawing',
    aggregateId: 'd1',
    seq,
    at: '2026-03-02T01:00:00.000Z' as Instant,
    regionCode: '230300' as RegionCode,
    topic: contract.topic,
    traceId: '0'.repeat(32),
    payload: contract.message.toJSON(data),
  }
}

const line = { planId: 'p1', lineId: 'L01', batch: 2 }
const frozen = event(drawFrozen, 1, { ...draw, ...line, planVersion: 1, attempt: 1, asOf: '2026-03-02T01:00:00.000Z' })
const committed = event(drawCommitted, 2, {
  ...draw,
  commitmentDigest: 'c',
  committedAt: '2026-03-02T01:10:00.000Z',
  beaconSource: 'self',
  round: 7n,
})
const drawn = event(drawDrawn, 3, { ...draw, strata: [], drawn: 12 })
const matched = event(drawMatched, 4, { ...draw, ...line, drawn: 12, shortOfTeam: 0, transcriptDigest: 't' })
const closed = event(drawClosed, 5, { ...draw, visited: 12, notVisited: 0 })
const voided = event(drawVoided, 3, { ...draw, reason: 'beacon' })

const after = (...happened: readonly ReceivedEvent[]): DrawOfLine | undefined =>
  happened.reduce<DrawOfLine | undefined>(drawOfLine, undefined)

describe('a draw as planning sees it', () => {
  it('PLN-09 holds its line from the commitment to its end', () => {
    expect(after(frozen)).toEqual({ drawId: 'd1', ...line, state: 'FROZEN', drawn: 0 })
    expect(after(frozen, committed)?.state).toBe('COMMITTED')
    expect(after(frozen, committed, drawn, matched)?.state).toBe('DRAWN')
    expect(after(frozen, committed, drawn, matched, closed)?.state).toBe('CLOSED')
    expect(after(frozen, committed, voided)?.state).toBe('VOID')
  })

  it('CRD-08 keeps the distinct enterprises of the year that drawing counted, and none where it counted none', () => {
    const data = { ...draw, ...line, drawn: 12, shortOfTeam: 0, transcriptDigest: 't', yearEnterprises: 7 }
    expect(after(frozen, committed, drawn, event(drawMatched, 4, data), closed)?.yearEnterprises).toBe(7)
    expect(after(frozen, committed, drawn, matched)).not.toHaveProperty('yearEnterprises')
  })

  it('CRD-08 counts what was drawn', () => {
    expect(after(frozen, committed)?.drawn).toBe(0)
    expect(after(frozen, committed, drawn, matched, closed)?.drawn).toBe(12)
  })

  it('knows nothing of a draw whose beginning it never saw', () => {
    expect(after(committed, drawn)).toBeUndefined()
  })
})
