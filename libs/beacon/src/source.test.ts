import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Answer, pulseBody, type RelayServer, relayServer, roundOf } from '../tests/relay-server.ts'
import { defaultChain } from './chain.ts'
import { demoKeys } from './demo.ts'
import type { Pulse } from './pulse.ts'
import { isBadPulse, type RelayAnswer, relayName } from './relays.ts'
import { signPulse, singleKeyChain } from './sign.ts'
import { localSource, openSource, type SourceOptions } from './source.ts'

// The first pairing of a process takes seconds where a machine is busy.
vi.setConfig({ testTimeout: 60_000 })

const secret = demoKeys('relays').beaconSecret('230300')
const given = { source: 'region/230300', genesisTime: 0, periodSeconds: 30, beaconId: 'x' } as const
const chain = singleKeyChain(secret, { ...given, kind: 'region' })

const signed = new Map([1, 7, 8, 10 ** 9].map((round) => [round, signPulse(secret, round)]))
const pulseOf = (round: number): Pulse => signed.get(round) as Pulse
const honest = (path: string): Answer => ({ body: pulseBody(pulseOf(roundOf(path))) })
/** A pulse of the chain, and of another round than it says. */
const forging = (path: string): Answer => ({ body: pulseBody({ ...pulseOf(roundOf(path) + 1), round: roundOf(path) }) })
const down = (): Answer => ({ status: 503 })
const silent = (): undefined => undefined
/** Keeps the last hundred rounds only. */
const forgetful = (path: string): Answer => (roundOf(path) < 900 ? { status: 404 } : honest(path))

const servers: RelayServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]()
})

async function sourceOf(relays: readonly ((path: string) => Answer | undefined)[], options: SourceOptions = {}) {
  const opened = await Promise.all(relays.map(relayServer))
  servers.push(...opened)
  const heard: RelayAnswer[] = []
  const source = openSource(
    chain,
    opened.map(({ url }) => url),
    'production',
    { heard: (answer) => heard.push(answer), ...options },
  )
  if (!source.ok) throw new Error(source.error.code)
  return { source: source.value, heard, opened }
}

describe('a source with several relays', () => {
  it('DRW-32 asks the first alone while that answers', async () => {
    const { source, opened, heard } = await sourceOf([honest, honest])
    expect(await source.pulse(7)).toEqual({ ok: true, value: pulseOf(7) })
    expect(opened.map(({ asked }) => asked)).toEqual([['/public/7'], []])
    expect(heard).toEqual([{ relay: relayName(opened[0]?.url ?? ''), round: 7, result: { ok: true, value: pulseOf(7) } }])
  })

  it.each([
    ['is down', down, 'http-status', false],
    ['does not keep a round so old', forgetful, 'not-there', false],
    ['serves what the beacon did not sign', forging, 'bad-signature', true],
    ['serves no pulse', () => ({ body: '<html>' }), 'bad-body', true],
  ] as const)('DRW-32 passes over a relay that %s, at once, and says which it was', async (_what, fault, code, isBad) => {
    const { source, heard, opened } = await sourceOf([fault, honest], { hedgeMs: 60_000 })
    expect(await source.pulse(7)).toEqual({ ok: true, value: pulseOf(7) })
    const [first] = heard
    expect(first?.relay).toBe(relayName(opened[0]?.url ?? ''))
    expect(first?.result).toMatchObject({ ok: false, error: { code } })
    expect(first?.result.ok === false && isBadPulse(first.result.error)).toBe(isBad)
  })

  it('DRW-32 asks the next beside one that keeps silent', async () => {
    const { source, opened } = await sourceOf([silent, honest], { hedgeMs: 10, timeoutMs: 60_000 })
    expect((await source.pulse(7)).ok).toBe(true)
    expect(opened.map(({ asked }) => asked.length)).toEqual([1, 1])
  })

  it('DRW-32 takes no pulse when no relay has a true one, and says of each why', async () => {
    const { source, opened } = await sourceOf([forging, down, silent], { hedgeMs: 10, timeoutMs: 2000 })
    const errors = [{ code: 'bad-signature' }, { code: 'http-status', status: 503 }, { code: 'timeout', timeoutMs: 2000 }]
    expect(await source.pulse(7)).toEqual({
      ok: false,
      error: { code: 'no-valid-pulse', failures: opened.map(({ url }, index) => ({ relay: relayName(url), error: errors[index] })) },
    })
  })

  it('fetches a round however long ago it was due', async () => {
    const { source } = await sourceOf([forgetful, honest])
    expect((await source.pulse(1)).ok).toBe(true)
    expect((await source.pulse(10 ** 9)).ok).toBe(true)
  })

  it('stops when it is told to', async () => {
    const { source } = await sourceOf([silent, silent], { hedgeMs: 10 })
    await expect(source.pulse(7, AbortSignal.timeout(50))).rejects.toThrow('timeout')
  })

  it('says of every relay what it answers', async () => {
    const { source } = await sourceOf([honest, down, forging])
    expect((await source.probe(7)).map(({ result }) => (result.ok ? 'valid' : result.error.code))).toEqual([
      'valid',
      'http-status',
      'bad-signature',
    ])
  })

  it('DRW-32 reads a chained round with the signature before it', async () => {
    const vectors = JSON.parse(
      readFileSync(new URL('../../../tests/vectors/beacon/pedersen-bls-chained.json', import.meta.url), 'utf8'),
    ) as { readonly vectors: readonly { readonly pulse: Pulse }[] }
    const pulse = vectors.vectors.map((one) => one.pulse).find(({ round }) => round === 72785) as Pulse
    const server = await relayServer(() => ({ body: pulseBody(pulse) }))
    servers.push(server)
    const source = openSource(defaultChain, [server.url], 'production')
    expect(source.ok && (await source.value.pulse(72785)).ok).toBe(true)
  })

  it('is not opened without a relay', () => {
    expect(openSource(chain, [], 'production')).toEqual({ ok: false, error: { code: 'no-relay', source: 'region/230300' } })
  })

  it('names a relay without what may be secret in its address', () => {
    expect(relayName('https://user:word@api.drand.sh/52db/?key=1')).toBe('api.drand.sh/52db')
  })
})

describe('the organiser’s own beacon', () => {
  const self = { ...chain, source: 'self/230300', kind: 'self' as const }

  it('DRW-32 is a source in demo and test only, and keeps the future closed', async () => {
    const isDue = (round: number) => round <= 5
    for (const environment of ['production', 'development'] as const) {
      expect(localSource(self, secret, isDue, environment)).toMatchObject({ ok: false, error: { code: 'self-only-in-demo' } })
      expect(openSource(self, ['http://127.0.0.1:1'], environment)).toMatchObject({ ok: false, error: { code: 'self-only-in-demo' } })
    }
    for (const environment of ['demo', 'test'] as const) {
      const source = localSource(self, secret, isDue, environment)
      expect(source.ok && (await source.value.pulse(5)).ok).toBe(true)
      expect(source.ok && (await source.value.pulse(6))).toMatchObject({
        ok: false,
        error: { failures: [{ error: { code: 'not-there' } }] },
      })
    }
  })
})
