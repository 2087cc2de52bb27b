import { mkdtempSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BeaconChain, chainHash, fetchRound, openSource, scheme, singleKeyChain, verifyPulse } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import { toHex } from '@dual-random/kernel'
import { ConfigError } from '@dual-random/runtime'
import { describe, expect, it } from 'vitest'
import { createService } from './service.ts'

const key = toHex(demoKeys('beacon test').beaconSecret('230300'))
const nowS = Math.floor(Date.now() / 1000)

const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  DR_ENV: 'demo',
  PORT: '0',
  LOG_LEVEL: 'silent',
  DR_BEACON_KEY: key,
  DR_BEACON_GENESIS: String(nowS - 3600),
  DR_BEACON_PERIOD_S: '600',
  ...more,
})

async function json(url: string): Promise<{ status: number; retryAfter: string | null; body: Record<string, unknown> }> {
  const response = await fetch(url)
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Record<string, unknown>,
  }
}

async function chainAt(url: string): Promise<BeaconChain> {
  const { body } = await json(`${url}/info`)
  return {
    source: 'self/230300',
    kind: 'self',
    scheme,
    publicKey: String(body['public_key']),
    genesisTime: Number(body['genesis_time']),
    periodSeconds: Number(body['period']),
    beaconId: (body['metadata'] as { beaconID: string }).beaconID,
    groupHash: String(body['groupHash']),
  }
}

describe('the beacon process', () => {
  it('DRW-32 serves due rounds that verify against its /info, under both path forms', async () => {
    await using service = createService(environment())
    await service.start()
    const chain = await chainAt(service.url())
    const { body: info } = await json(`${service.url()}/info`)
    expect(info['hash']).toBe(chainHash(chain))
    expect(info['schemeID']).toBe(scheme)
    const latest = await json(`${service.url()}/public/latest`)
    expect(latest.body['round']).toBe(7)
    const first = await fetchRound(service.url(), 1)
    expect(first.ok && verifyPulse(chain, first.value).ok).toBe(true)
    const prefixed = await fetchRound(`${service.url()}/${chainHash(chain)}/`, 7)
    expect(prefixed).toEqual({ ok: true, value: latest.body })
  })

  it('DRW-32 keeps a future round closed and says when it is due', async () => {
    await using service = createService(environment())
    await service.start()
    expect((await json(`${service.url()}/public/7`)).status).toBe(200)
    const future = await json(`${service.url()}/public/8`)
    expect(future.status).toBe(404)
    expect(Number(future.retryAfter)).toBeGreaterThan(500)
    expect(Number(future.retryAfter)).toBeLessThanOrEqual(600)
    const fetched = await fetchRound(service.url(), 8)
    expect(fetched).toMatchObject({ ok: false, error: { code: 'not-yet' } })
    expect(!fetched.ok && fetched.error.code === 'not-yet' ? fetched.error.retryAfterMs : 0).toBeGreaterThan(500_000)
  })

  it('has no round before its genesis', async () => {
    await using service = createService(environment({ DR_BEACON_GENESIS: String(nowS + 500) }))
    await service.start()
    const latest = await json(`${service.url()}/public/latest`)
    expect(latest.status).toBe(404)
    expect(Number(latest.retryAfter)).toBeGreaterThan(400)
  })

  it('opens the future when the demo moves its clock, and not otherwise', async () => {
    const clockFile = join(mkdtempSync(join(tmpdir(), 'beacon-')), 'clock')
    writeFileSync(clockFile, '0')
    await using service = createService(environment({ DR_CLOCK_FILE: clockFile }))
    await service.start()
    expect((await json(`${service.url()}/public/8`)).status).toBe(404)
    writeFileSync(`${clockFile}.new`, '600000')
    renameSync(`${clockFile}.new`, clockFile)
    await expect.poll(async () => (await json(`${service.url()}/public/8`)).status).toBe(200)
    expect((await json(`${service.url()}/public/9`)).status).toBe(404)
  })

  it('refuses a moved clock outside the demo', () => {
    expect(() => createService(environment({ DR_ENV: 'production', DR_CLOCK_FILE: '/nowhere' }))).toThrow(ConfigError)
  })

  it('refuses a key that is no scalar, and one that is not hex', () => {
    for (const bad of ['00'.repeat(32), 'ff'.repeat(32), 'xy', key.toUpperCase().replace(/\d/g, 'A')]) {
      expect(() => createService(environment({ DR_BEACON_KEY: bad }))).toThrow(ConfigError)
    }
  })

  it('answers 400 to what is no round, 404 to other paths and 405 to writes', async () => {
    await using service = createService(environment())
    await service.start()
    for (const path of ['/public/0', '/public/01', '/public/-1', '/public/x', '/public/1e3']) {
      expect((await json(service.url() + path)).status).toBe(400)
    }
    expect((await json(`${service.url()}/other`)).status).toBe(404)
    expect((await json(`${service.url()}/healthz`)).body).toEqual({ status: 'up' })
    expect((await fetch(`${service.url()}/info`, { method: 'POST' })).status).toBe(405)
  })

  it('DRW-32 lends its rounds through a source only in demo and test', async () => {
    await using service = createService(environment())
    await service.start()
    const chain = await chainAt(service.url())
    expect(openSource(chain, service.url(), 'production')).toEqual({
      ok: false,
      error: { code: 'self-only-in-demo', source: 'self/230300' },
    })
    const source = openSource(chain, service.url(), 'demo')
    expect(source.ok && (await source.value.pulse(3)).ok).toBe(true)
    const otherKey = singleKeyChain(demoKeys('beacon test').beaconSecret('230400'), { ...chain, kind: 'self' })
    const forged = openSource(otherKey, service.url(), 'test')
    expect(forged.ok && (await forged.value.pulse(3))).toEqual({ ok: false, error: { code: 'bad-signature' } })
  })
})
