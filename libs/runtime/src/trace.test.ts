import { describe, expect, it } from 'vitest'
import { currentTraceId, inTrace, newTraceId, traceIdOf, traceparentOf } from './trace.ts'

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('trace context', () => {
  it('reads back the trace it wrote', () => {
    expect(traceIdOf(traceparentOf(traceId))).toBe(traceId)
    expect(traceIdOf(traceparentOf(newTraceId()))).toMatch(/^[0-9a-f]{32}$/)
  })

  it.each([
    undefined,
    '',
    traceId,
    `00-${traceId.toUpperCase()}-00f067aa0ba902b7-01`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${traceId}-00f067aa0ba902b7`,
    `00-${traceId.slice(1)}-00f067aa0ba902b7-01`,
  ])('takes %s for no trace', (header) => {
    expect(traceIdOf(header)).toBeUndefined()
  })

  it('is known to whatever runs on its behalf, and to nothing else', async () => {
    const seen = await Promise.all([
      inTrace(traceId, async () => {
        await Promise.resolve()
        return currentTraceId()
      }),
      inTrace('other', async () => currentTraceId()),
    ])
    expect(seen).toEqual([traceId, 'other'])
    expect(currentTraceId()).toBeUndefined()
  })
})
