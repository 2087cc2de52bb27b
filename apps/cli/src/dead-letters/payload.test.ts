import { events } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { type TransportRecord, toRecord } from '@dual-random/messaging'
import { describe, expect, it } from 'vitest'
import { payloadOf } from './payload.ts'

const { inspectorRegistered } = events.registry
const data = { inspectorId: 'i1', regionCode: '230300', unitId: 'u1' }
const record = ({
  data: payload = data,
  ...changes
}: {
  readonly type?: string
  readonly data?: unknown
  readonly value?: Uint8Array
} = {}): TransportRecord => {
  const made = toRecord({
    aggregateId: 'i1',
    seq: 1,
    type: inspectorRegistered.type,
    topic: inspectorRegistered.topic,
    service: 'registry',
    regionCode: '230300',
    at: '2026-01-01T00:00:00.000Z' as Instant,
    traceId: '',
    json: JSON.stringify(payload),
    ...changes,
  })
  return { ...made, value: changes.value ?? made.value }
}

describe('payloadOf', () => {
  it('reads what its contract can read', () => {
    expect(payloadOf(record())).toEqual({ kind: 'message', message: data })
  })

  it('shows the JSON that the contract does not take, and says which field is the matter', () => {
    expect(payloadOf(record({ data: { regionCode: '230300', unitId: 'u1' } }))).toEqual({
      kind: 'json',
      json: { regionCode: '230300', unitId: 'u1' },
      problem: expect.stringContaining('/inspectorId') as string,
    })
  })

  it('shows the JSON of a type that this build does not know', () => {
    const type = 'cn.dualrandom.registry.inspector.promoted.v1'
    expect(payloadOf(record({ type }))).toMatchObject({ kind: 'json', json: data, problem: expect.stringContaining(type) as string })
  })

  it('shows the payload though the envelope is broken', () => {
    expect(payloadOf({ ...record(), headers: {} })).toMatchObject({ kind: 'json', json: data })
  })

  it('shows the first bytes of what is no JSON', () => {
    const value = Uint8Array.from({ length: 300 }, (_, index) => index % 256)
    expect(payloadOf(record({ value }))).toEqual({
      kind: 'bytes',
      bytes: 300,
      head: Buffer.from(value.subarray(0, 256)).toString('hex'),
      problem: expect.stringContaining('value') as string,
    })
  })
})
