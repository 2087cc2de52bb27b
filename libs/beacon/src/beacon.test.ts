import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { epochMsOf, instantOf } from '@dual-random/kernel'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { type BeaconChain, chainHash, committedBeacon, firstRoundAt, latestRoundAt, quicknet, timeOfRound } from './chain.ts'
import { demoKeys } from './demo.ts'
import { fetchRound } from './fetch-round.ts'
import { ed25519Key, ed25519Verify } from './keys.ts'
import { type Pulse, signPulse, singleKeyChain, verifyPulse } from './pulse.ts'
import { localSource } from './source.ts'

/** Published by drand; see tests/vectors/draw/README.md. */
const published = JSON.parse(readFileSync(new URL('../../../tests/vectors/draw/drand.json', import.meta.url), 'utf8')) as {
  pulses: readonly (Pulse & { publicKey: string })[]
  chainHash: string
  genesisTime: number
  periodSeconds: number
  groupHash: string
  times: readonly { round: number; time: number }[]
}

describe('drand', () => {
  it('DRW-32 accepts the published pulses of quicknet and of the scheme', () => {
    expect(published.pulses).toHaveLength(6)
    for (const pulse of published.pulses) expect(verifyPulse(pulse, pulse).ok).toBe(true)
    expect(published.pulses.filter(({ publicKey }) => publicKey === quicknet.publicKey)).toHaveLength(3)
  })

  it('DRW-32 refuses another round, another key, other randomness and what is no point', () => {
    const [first, second] = published.pulses as [Pulse & { publicKey: string }, Pulse & { publicKey: string }]
    const refusal = (key: string, pulse: Pulse) => {
      const verified = verifyPulse({ publicKey: key }, pulse)
      return verified.ok ? 'accepted' : verified.error.code
    }
    const key = first.publicKey
    expect(refusal(key, { ...first, round: first.round + 1 })).toBe('bad-signature')
    expect(refusal(published.pulses[3]?.publicKey ?? '', first)).toBe('bad-signature')
    expect(refusal(key, { ...first, randomness: second.randomness })).toBe('wrong-randomness')
    expect(refusal(key, { ...first, signature: second.signature })).toBe('wrong-randomness')
    expect(refusal(key, { ...first, round: second.round, signature: first.signature })).toBe('bad-signature')
    expect(refusal(key, { ...first, signature: first.signature.slice(2) })).toBe('bad-encoding')
    expect(refusal(key, { ...first, signature: first.signature.toUpperCase() })).toBe('bad-encoding')
    expect(refusal(key, { ...first, round: 0 })).toBe('bad-encoding')
    expect(refusal(key.slice(2), first)).toBe('bad-encoding')
  })

  it('DRW-32 knows quicknet by its chain hash', () => {
    expect(chainHash(quicknet)).toBe(published.chainHash)
    expect(quicknet).toMatchObject({
      genesisTime: published.genesisTime,
      periodSeconds: published.periodSeconds,
      groupHash: published.groupHash,
    })
  })
})

describe('rounds and time', () => {
  it('DRW-32 agrees with the published times, and changes the round at the second', () => {
    for (const { round, time } of published.times) {
      expect(timeOfRound(quicknet, round)).toBe(instantOf(1000 * time))
      expect(firstRoundAt(quicknet, instantOf(1000 * time))).toBe(round)
      expect(firstRoundAt(quicknet, instantOf(1000 * time + 1))).toBe(round + 1)
      expect(latestRoundAt(quicknet, instantOf(1000 * time))).toBe(round)
      expect(latestRoundAt(quicknet, instantOf(1000 * time - 1))).toBe(round - 1)
    }
  })

  it('DRW-32 names the first round at or after the delay', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 9), fc.integer({ min: 1, max: 3600 }), fc.nat(10 ** 6), (sinceMs, periodSeconds, delaySeconds) => {
        const chain: BeaconChain = { ...quicknet, periodSeconds }
        const committedAt = instantOf(1000 * chain.genesisTime + sinceMs)
        const { round } = committedBeacon(chain, committedAt, delaySeconds)
        const earliest = epochMsOf(committedAt) + 1000 * delaySeconds
        expect(epochMsOf(timeOfRound(chain, round))).toBeGreaterThanOrEqual(earliest)
        expect(round === 1 || epochMsOf(timeOfRound(chain, round - 1)) < earliest).toBe(true)
      }),
    )
  })

  it('has round 1 first and no latest round before the genesis', () => {
    const before = instantOf(1000 * quicknet.genesisTime - 5000)
    expect(firstRoundAt(quicknet, before)).toBe(1)
    expect(latestRoundAt(quicknet, before)).toBe(0)
  })
})

describe('a chain of one key', () => {
  const secret = demoKeys('seed').beaconSecret('230300')
  const chain = {
    ...singleKeyChain(secret, { source: 'self/230300', kind: 'self', genesisTime: 0, periodSeconds: 30, beaconId: 'x' }),
    kind: 'self' as const,
  }

  it('DRW-32 signs pulses that verify, the same every time', () => {
    expect(verifyPulse(chain, signPulse(secret, 5))).toEqual({ ok: true, value: signPulse(secret, 5) })
    expect(signPulse(secret, 5).randomness).not.toBe(signPulse(secret, 6).randomness)
  })

  it('DRW-32 is a source in demo and test only, and keeps the future closed', async () => {
    const isDue = (round: number) => round <= 5
    for (const environment of ['production', 'development'] as const) {
      expect(localSource(chain, secret, isDue, environment)).toMatchObject({ ok: false, error: { code: 'self-only-in-demo' } })
    }
    for (const environment of ['demo', 'test'] as const) {
      const source = localSource(chain, secret, isDue, environment)
      expect(source.ok && (await source.value.pulse(5)).ok).toBe(true)
      expect(source.ok && (await source.value.pulse(6))).toMatchObject({ ok: false, error: { code: 'not-yet' } })
    }
  })
})

describe('fetching a round', () => {
  const servers: AsyncDisposable[] = []
  afterEach(async () => {
    for (const server of servers.splice(0)) await server[Symbol.asyncDispose]()
  })

  async function serving(
    answer: (url: string) => { status?: number; body?: string; headers?: Record<string, string> } | undefined,
  ): Promise<string> {
    const server = createServer((request, response) => {
      const given = answer(request.url ?? '')
      if (given === undefined) return
      response.writeHead(given.status ?? 200, given.headers).end(given.body ?? '')
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    servers.push({
      [Symbol.asyncDispose]: () => {
        server.closeAllConnections()
        return new Promise((resolve) => {
          server.close(() => resolve())
        })
      },
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  it('reads drand JSON, whatever else stands in it', async () => {
    const url = await serving((path) => ({
      body: JSON.stringify({ round: Number(path.split('/').at(-1)), randomness: 'aa', signature: 'bb', previous_signature: '' }),
    }))
    expect(await fetchRound(url, 9)).toEqual({ ok: true, value: { round: 9, randomness: 'aa', signature: 'bb' } })
  })

  it.each([
    [
      { status: 404, headers: { 'retry-after': '7' } },
      { code: 'not-yet', retryAfterMs: 7000 },
    ],
    [{ status: 404 }, { code: 'not-yet', retryAfterMs: null }],
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
})

describe('keys', () => {
  it('signs as RFC 8032 §7.1 test 2 prints', () => {
    const seed = Uint8Array.from(Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex'))
    const key = ed25519Key(seed)
    expect(key.publicKey).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
    const signature = key.sign(Uint8Array.of(0x72))
    expect(Buffer.from(signature).toString('hex')).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    )
    expect(ed25519Verify(key.publicKey, Uint8Array.of(0x72), signature)).toBe(true)
    expect(ed25519Verify(key.publicKey, Uint8Array.of(0x73), signature)).toBe(false)
    expect(ed25519Verify(key.publicKey, Uint8Array.of(0x72), signature.subarray(1))).toBe(false)
    expect(ed25519Verify('00', Uint8Array.of(0x72), signature)).toBe(false)
  })

  it('derives all demo keys from the seed alone, each under its own name', () => {
    const names = ['registry/230300', 'drawing/230300']
    const keysOf = (seed: string) =>
      names.flatMap((name) => [demoKeys(seed).ed25519(name).publicKey, Buffer.from(demoKeys(seed).beaconSecret(name)).toString('hex')])
    expect(keysOf('a')).toEqual(keysOf('a'))
    expect(new Set([...keysOf('a'), ...keysOf('b')]).size).toBe(8)
    expect(demoKeys('a').bytes('K', 'x')).not.toEqual(demoKeys('a').bytes('nonce', 'x'))
  })
})
