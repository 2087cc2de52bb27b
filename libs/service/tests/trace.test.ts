import { eventually, type TestScope } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Broker, broker } from './support/broker.ts'
import { type Sample, sampleScope, sampleService, toldTopic } from './support/sample-service.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('the trace of an event', () => {
  let scope: TestScope
  let bus: Broker
  let sample: Sample

  beforeAll(async () => {
    scope = await sampleScope()
    bus = broker(scope)
    sample = await sampleService(scope.env)
    await sample.service.start()
  })
  afterAll(async () => {
    await sample?.[Symbol.asyncDispose]()
    await bus?.[Symbol.asyncDispose]()
    await scope?.dispose()
  })

  it('INT-16 is that of the request that led to it', async () => {
    const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'idempotency-key': 'trace', 'content-type': 'application/json' }
    expect((await fetch(`${sample.url}/v1/units/asked`, { method: 'POST', headers, body: '{}' })).status).toBe(201)
    await eventually(async () => expect((await bus.traces(toldTopic)).get('asked:1')).toBe(traceId))
  })

  it('INT-16 goes on through whoever applies it', async () => {
    await bus.tell('i', 1, traceId)
    await bus.tell('i', 2, traceId)
    await eventually(async () => expect((await bus.traces(toldTopic)).get('of-i:1')).toBe(traceId))
  })
})
