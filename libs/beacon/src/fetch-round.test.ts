import { afterEach, describe, expect, it } from 'vitest'
import { type Answer, type RelayServer, relayServer, roundOf } from '../tests/relay-server.ts'
import { fetchRound } from './fetch-round.ts'

describe('fetching a round', () => {
  const servers: RelayServer[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) await server[Symbol.asyncDispose]()
  })

  async function serving(answer: (path: string) => Answer | undefined): Promise<string> {
    const server = await relayServer(answer)
    servers.push(server)
    return server.url
  }

  it('reads drand JSON, whatever else stands in it', async () => {
    const body = (previous: string) => (path: string) => ({
      body: JSON.stringify({ round: roundOf(path), randomness: 'aa', signature: 'bb', previous_signature: previous, more: 1 }),
    })
    expect(await fetchRound(await serving(body('')), 9)).toEqual({ ok: true, value: { round: 9, randomness: 'aa', signature: 'bb' } })
    expect(await fetchRound(`${await serving(body('cc'))}/`, 9)).toMatchObject({ ok: true, value: { previousSignature: 'cc' } })
  })

  it.each([
    [
      { status: 404, headers: { 'retry-after': '7' } },
      { code: 'not-there', retryAfterMs: 7000 },
    ],
    [{ status: 404 }, { code: 'not-there', retryAfterMs: null }],
    [{ status: 500 }, { code: 'http-status', status: 500 }],
    [{ body: 'no' }, { code: 'bad-body', reason: 'not JSON' }],
    [{ body: '{"round":8,"randomness":"","signature":""}' }, { code: 'bad-body', reason: 'another round' }],
    [{ body: '{"round":9,"randomness":1,"signature":""}' }, { code: 'bad-body', reason: 'no randomness or signature' }],
    [{ body: ' '.repeat(20_000) }, { code: 'bad-body', reason: 'longer than a pulse can be' }],
  ])('answers %o with a typed error', async (answer, error) => {
    expect(await fetchRound(await serving(() => answer), 9)).toEqual({ ok: false, error })
  })

  it('gives up after its time, on a closed port and on a redirect', async () => {
    expect(await fetchRound(await serving(() => undefined), 9, { timeoutMs: 50 })).toEqual({
      ok: false,
      error: { code: 'timeout', timeoutMs: 50 },
    })
    expect(await fetchRound('http://127.0.0.1:1', 9)).toMatchObject({ ok: false, error: { code: 'unreachable' } })
    const elsewhere = await serving(() => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' } }))
    expect(await fetchRound(elsewhere, 9)).toMatchObject({ ok: false, error: { code: 'unreachable' } })
  })

  it('rejects when it is told to stop', async () => {
    const stopped = AbortSignal.abort()
    await expect(fetchRound(await serving(() => undefined), 9, { signal: stopped })).rejects.toThrow('aborted')
  })
})
