import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, bytesAt } from './client.ts'

type Answer = number | Error

/** A network that gives these answers in turn, 200 with one byte; a request is told as its path. */
function networkOf(...answers: readonly Answer[]) {
  const left = [...answers]
  const asked: string[] = []
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path)
    const answer = left.shift() ?? 200
    return typeof answer === 'number' ? Promise.resolve(new Response('x', { status: answer })) : Promise.reject(answer)
  })
  return asked
}

/** How a reading ends once all pauses are over. */
async function endOf(reading: Promise<Uint8Array>): Promise<unknown> {
  const ended = reading.then(
    (bytes) => bytes.length,
    (error: unknown) => error,
  )
  await vi.runAllTimersAsync()
  return ended
}

describe('what a page reads', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it.each([[502], [503], [504], [new TypeError('network error')]])('is asked for again after %s', async (answer) => {
    const asked = networkOf(answer, answer)
    expect(await endOf(bytesAt('/f'))).toBe(1)
    expect(asked).toEqual(['/f', '/f', '/f'])
  })

  it('is given up the third time, with the last answer', async () => {
    const asked = networkOf(503, 503, 503)
    const end = await endOf(bytesAt('/f'))
    expect([end, (end as ApiError).status, asked.length]).toEqual([expect.any(ApiError), 503, 3])
  })

  it.each([[400], [404], [500]])('is not asked for again after %s', async (answer) => {
    const asked = networkOf(answer)
    expect(((await endOf(bytesAt('/f'))) as ApiError).status).toBe(answer)
    expect(asked).toHaveLength(1)
  })

  it('is not asked for again by a reader who left', async () => {
    const asked = networkOf(new DOMException('left', 'AbortError'))
    expect(((await endOf(bytesAt('/f'))) as DOMException).name).toBe('AbortError')
    expect(asked).toHaveLength(1)
  })
})
