import { eventually } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { rawRoute, route } from '../src/index.ts'
import { gate } from './gate.ts'
import { runningServer } from './running-server.ts'

/** A route that answers when it is let go. */
function heldRoute(method: 'GET' | 'POST' = 'POST') {
  const { opened, open } = gate()
  let entered = 0
  let given: AbortSignal | undefined
  const held = route({
    method,
    path: '/v1/held',
    summary: '等待',
    roles: ['PLANNER'],
    responses: { 200: z.object({}) },
    handler: async ({ signal }) => {
      entered++
      given = signal
      await opened
      return { status: 200, body: { aborted: signal.aborted } }
    },
  })
  return { held, open, entered: () => entered, aborted: () => given?.aborted }
}

describe('draining', () => {
  it('finishes what is in flight, accepts nothing new, then is over', async () => {
    const { held, open, entered } = heldRoute()
    const running = await runningServer([held])
    const planner = await running.as(['PLANNER'])
    const inFlight = planner.post('/v1/held')
    await eventually(() => expect(entered()).toBe(1))
    let drained = false
    const draining = running.server.drain().then(() => (drained = true))
    await expect(fetch(`${running.url}/healthz`)).rejects.toThrow('fetch failed')
    expect(drained).toBe(false)
    open()
    expect(await inFlight).toMatchObject({ status: 200, body: { aborted: false } })
    await draining
    await running.stop()
  })

  it('waits for a command whose client went away', async () => {
    const { held, open, entered, aborted } = heldRoute()
    const running = await runningServer([held])
    const leaving = new AbortController()
    const token = await running.issuer.token({ subject: 'z', unitId: 'u', regionCode: '230300', roles: ['PLANNER'] })
    const request = fetch(`${running.url}/v1/held`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'k' },
      signal: leaving.signal,
    })
    await eventually(() => expect(entered()).toBe(1))
    leaving.abort()
    await expect(request).rejects.toThrow('aborted')
    let drained = false
    const draining = running.server.drain().then(() => (drained = true))
    // Time enough for the abandoned connection to end, which alone must not end the drain.
    for (let i = 0; i < 30; i++) await expect(fetch(`${running.url}/healthz`)).rejects.toThrow('fetch failed')
    expect(drained).toBe(false)
    expect(aborted()).toBe(false)
    open()
    await draining
    await running.stop()
  })

  it('does not wait for a query whose client went away: its signal aborts', async () => {
    const { held, open, entered, aborted } = heldRoute('GET')
    const running = await runningServer([held])
    const leaving = new AbortController()
    const token = await running.issuer.token({ subject: 'z', unitId: 'u', regionCode: '230300', roles: ['PLANNER'] })
    const request = fetch(`${running.url}/v1/held`, { headers: { authorization: `Bearer ${token}` }, signal: leaving.signal })
    await eventually(() => expect(entered()).toBe(1))
    leaving.abort()
    await expect(request).rejects.toThrow('aborted')
    await eventually(() => expect(aborted()).toBe(true))
    open()
    await running.stop()
  })

  it('ends event streams', async () => {
    const feed = rawRoute({
      method: 'GET',
      path: '/v1/feed',
      roles: 'public',
      handler: (_request, response, { signal }) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write('data: 一\n\n')
        signal.addEventListener('abort', () => response.end('data: 终\n\n'))
      },
    })
    const running = await runningServer([feed])
    const response = await fetch(`${running.url}/v1/feed`)
    await running.server.drain()
    expect(await response.text()).toBe('data: 一\n\ndata: 终\n\n')
    await running.stop()
  })
})
