import { events } from '@dual-random/contracts'
import type { AppError } from '@dual-random/errors'
import { describe, expect, it } from 'vitest'
import { inspectorRegistered, outgoing } from '../tests/support/events.ts'
import { checkPayload, decodePayload, fromRecord, type ReceivedEvent, toRecord } from './event.ts'
import type { TransportRecord } from './transport.ts'

const record = toRecord(outgoing('i1', 3))
const text = (value: string) => new TextEncoder().encode(value)

const changed = (headers: Readonly<Record<string, string | undefined>>, rest: Partial<TransportRecord> = {}): TransportRecord => ({
  ...record,
  headers: Object.fromEntries(
    Object.entries({ ...record.headers, ...headers }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
  ...rest,
})

const reasonOf = (altered: TransportRecord): unknown => {
  const read = fromRecord(altered)
  return read.ok ? read.value : [read.error.code, read.error.meta['reason']]
}

const received = (): ReceivedEvent => {
  const read = fromRecord(record)
  if (!read.ok) throw read.error
  return read.value
}

describe('the envelope of an event', () => {
  it('INT-16 is CloudEvents 1.0 in Kafka’s binary mode, keyed by the aggregate', () => {
    expect(record.key).toBe('i1')
    expect(record.topic).toBe('registry.inspector.v1')
    expect(record.headers).toEqual({
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: 'i1:3',
      ce_source: '/230300/registry',
      ce_type: 'cn.dualrandom.registry.inspector.registered.v1',
      ce_subject: 'i1',
      ce_time: '2026-01-01T00:00:00.000Z',
      ce_sequence: '3',
      ce_regioncode: '230300',
      ce_traceparent: expect.stringMatching(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/),
    })
  })

  it('INT-16 says on arrival what it said on leaving', () => {
    const { aggregateId, seq, type, topic, regionCode, at, traceId, json } = outgoing('i1', 3)
    expect(received()).toEqual({
      id: 'i1:3',
      source: '/230300/registry',
      aggregateId,
      seq,
      type,
      topic,
      regionCode,
      at,
      traceId,
      payload: JSON.parse(json) as unknown,
    })
  })

  it('needs neither source nor trace', () => {
    expect(reasonOf(changed({ ce_source: undefined, ce_traceparent: undefined, ce_subject: undefined }))).toMatchObject({
      source: '',
      traceId: '',
      aggregateId: 'i1',
    })
  })

  it.each<readonly [string, Readonly<Record<string, string | undefined>>]>([
    ['ce_specversion', { ce_specversion: undefined }],
    ['ce_specversion', { ce_specversion: '0.3' }],
    ['ce_id, ce_type', { ce_id: undefined }],
    ['ce_id, ce_type', { ce_type: undefined }],
    ['ce_sequence', { ce_sequence: undefined }],
    ['ce_sequence', { ce_sequence: '0', ce_id: 'i1:0' }],
    ['ce_sequence', { ce_sequence: '1.5', ce_id: 'i1:1.5' }],
    ['ce_sequence', { ce_sequence: '4' }],
    ['ce_sequence', { ce_id: 'i2:3' }],
    ['ce_time', { ce_time: undefined }],
    ['ce_time', { ce_time: 'yesterday' }],
    ['ce_regioncode', { ce_regioncode: undefined }],
    ['ce_regioncode', { ce_regioncode: '2303' }],
  ])('does not read without a right %s: %o', (reason, headers) => {
    expect(reasonOf(changed(headers))).toEqual(['event-undecodable', reason])
  })

  it.each(['{', ''])('does not read with the value "%s"', (value) => {
    expect(reasonOf(changed({}, { value: text(value) }))).toEqual(['event-undecodable', 'value'])
  })

  it('does not read a value that is no UTF-8', () => {
    expect(reasonOf(changed({}, { value: new Uint8Array([0x22, 0xff, 0x22]) }))).toEqual(['event-undecodable', 'value'])
  })
})

describe('the payload of an event', () => {
  const refusalOf = (check: () => unknown): unknown => {
    try {
      return check()
    } catch (thrown) {
      return [(thrown as AppError).code, (thrown as AppError).meta['reason']]
    }
  }
  const withPayload = (payload: unknown, type = inspectorRegistered.type): ReceivedEvent => ({ ...received(), type, payload })

  it('is its contract’s message', () => {
    expect(decodePayload(inspectorRegistered, received())).toEqual({ inspectorId: 'i1', regionCode: '230300', unitId: 'u1' })
  })

  it('names what is missing, or what this build does not know', () => {
    expect(refusalOf(() => checkPayload(withPayload({ inspectorId: 'i1' })))).toEqual(['event-undecodable', '/regionCode, /unitId'])
    const unit = { unitId: 'u', regionCode: '230300', name: '局', kind: 'UNIT_KIND_OF_TOMORROW', department: '市场监管' }
    expect(refusalOf(() => checkPayload(withPayload(unit, events.registry.unitRegistered.type)))).toEqual(['event-undecodable', '/kind'])
  })

  it.each([null, 'text', [1], 7])('is an object, not %o', (payload) => {
    expect(refusalOf(() => checkPayload(withPayload(payload)))).toEqual(['event-undecodable', 'value'])
  })

  it('passes unread when its type is one of tomorrow’s, which consumers ignore', () => {
    expect(refusalOf(() => checkPayload(withPayload({}, 'cn.dualrandom.registry.inspector.cloned.v1')))).toBeUndefined()
  })
})
