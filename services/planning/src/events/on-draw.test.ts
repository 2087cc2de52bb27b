import type { EventContract } from '@dual-random/contracts'
import { events, redrawPurposes } from '@dual-random/contracts'
import type { Instant, RegionCode } from '@dual-random/kernel'
import type { ReceivedEvent } from '@dual-random/messaging'
import { describe, expect, it } from 'vitest'
import type { KnownDraw } from '../app/ports.ts'
import { drawOfLine } from './on-draw.ts'

const { drawFrozen, drawCommitted, drawDrawn, drawMatched, drawClosed, drawFailed, drawVoided } = events.drawing
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

const after = (...happened: readonly ReceivedEvent[]): KnownDraw | undefined =>
  happened.reduce<KnownDraw | undefined>(drawOfLine, undefined)

describe('a draw as planning sees it', () => {
  it('PLN-09 holds its line from the commitment to its end', () => {
    expect(after(frozen)).toEqual({ drawId: 'd1', ...line, state: 'FROZEN', drawn: 0 })
    expect(after(frozen, committed)?.state).toBe('COMMITTED')
    expect(after(frozen, committed, drawn, matched)?.state).toBe('DRAWN')
    expect(after(frozen, committed, drawn, matched, closed)?.state).toBe('CLOSED')
    expect(after(frozen, committed, voided)?.state).toBe('VOID')
    const failed = event(drawFailed, 4, { ...draw, reason: 'key-lost', declaredByUnitId: '230000-scj' })
    expect(after(frozen, committed, drawn, failed)?.state).toBe('FAILED')
  })

  it.each([
    ['REPLACEMENT', 0],
    ['REMATCH', 0],
    ['ESCALATION', 12],
  ] as const)('DRW-30 of a redraw, %s: %i objects count beside the parent’s', (purpose, counted) => {
    const redraw = { parentDrawId: 'd0', number: 1, purpose: redrawPurposes.toWire(purpose) }
    const follows = event(drawFrozen, 1, { ...draw, ...line, planVersion: 1, attempt: 1, asOf: '2026-03-02T01:00:00.000Z', redraw })
    expect(after(follows, committed, drawn)).toMatchObject({ state: 'DRAWN', drawn: counted })
  })

  it('CRD-08 keeps the distinct enterprises of the year that drawing counted, and none where it counted none', () => {
    const data = { ...draw, ...line, drawn: 12, shortOfTeam: 0, transcriptDigest: 't', yearEnterprises: 7 }
    expect(after(frozen, committed, drawn, event(drawMatched, 4, data), closed)?.yearEnterprises).toBe(7)
    expect(after(frozen, committed, drawn, matched)).not.toHaveProperty('yearEnterprises')
  })

  it('DRW-26 CRD-08 keeps what was drawn of each city, and of the year of each', () => {
    const part = (regionCode: string, count: number, year: object = {}) => ({ regionCode, drawn: count, ...year })
    const ofCities = event(drawDrawn, 3, {
      ...draw,
      strata: [],
      drawn: 12,
      jointCounts: { cities: [part('230300', 8), part('230400', 4)] },
    })
    expect(after(frozen, committed, ofCities)).toMatchObject({ drawn: 12, cities: [part('230300', 8), part('230400', 4)] })
    const cities = [part('230300', 8, { yearEnterprises: 20 }), part('230400', 4, { yearEnterprises: 9 })]
    const data = { ...draw, ...line, drawn: 12, shortOfTeam: 0, transcriptDigest: 't', yearEnterprises: 20, jointCounts: { cities } }
    expect(after(frozen, committed, ofCities, event(drawMatched, 4, data))).toMatchObject({ drawn: 12, yearEnterprises: 20, cities })
    expect(after(frozen, committed, drawn, matched)).not.toHaveProperty('cities')
  })

  it('CRD-08 counts what was drawn', () => {
    expect(after(frozen, committed)?.drawn).toBe(0)
    expect(after(frozen, committed, drawn, matched, closed)?.drawn).toBe(12)
  })

  it('DRW-25 is of a task on clues where it names one, and of no plan', () => {
    const clueTask = { taskId: 'clue-task-1', clueIds: ['clue-1', 'clue-2'] }
    const targeted = event(drawFrozen, 1, {
      ...draw,
      planId: '',
      lineId: '',
      planVersion: 0,
      batch: 1,
      attempt: 1,
      asOf: '2026-03-02T01:00:00.000Z',
      clueTask,
    })
    expect(after(targeted, committed)).toEqual({ drawId: 'd1', clueTaskId: 'clue-task-1', batch: 1, state: 'COMMITTED', drawn: 0 })
  })

  it('knows nothing of a draw whose beginning it never saw', () => {
    expect(after(committed, drawn)).toBeUndefined()
  })
})
