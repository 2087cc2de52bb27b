import { chmodSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BeaconChain,
  chainHash,
  drawScheme,
  fetchRound,
  openSource,
  parseChainInfo,
  singleKeyChain,
  verifyPulse,
} from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import { toHex } from '@dual-random/kernel'
import { ConfigError } from '@dual-random/runtime'
import { describe, expect, it, vi } from 'vitest'
import { createService } from './service.ts'

// The first pairing of a process takes seconds where a machine is busy.
vi.setConfig({ testTimeout: 60_000 })

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
    scheme: drawScheme,
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
    expect(parseChainInfo(info)).toEqual({
      ok: true,
      value: { scheme: drawScheme, publicKey: chain.publicKey, genesisSeed: chain.groupHash },
    })
    expect((await json(`${service.url()}/chains`)).body).toEqual([chainHash(chain)])
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
    expect(fetched).toMatchObject({ ok: false, error: { code: 'not-there' } })
    expect(!fetched.ok && fetched.error.code === 'not-there' ? fetched.error.retryAfterMs : 0).toBeGreaterThan(500_000)
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

  describe('its key', () => {
    const folder = mkdtempSync(join(tmpdir(), 'beacon-key-'))
    const fileOf = (content: string, mode: number): string => {
      const file = join(folder, `key-${mode.toString(8)}-${content.length}`)
      writeFileSync(file, content)
      chmodSync(file, mode)
      return file
    }
    const inProduction = (more: Record<string, string>) => {
      const { DR_BEACON_KEY: _key, ...env } = environment({ DR_ENV: 'production', ...more })
      return env
    }

    it('DRW-32 is read from a file, and gives the same chain and rounds after a restart', async () => {
      const answers: unknown[] = []
      for (let start = 0; start < 2; start++) {
        await using service = createService(inProduction({ DR_BEACON_KEY_FILE: fileOf(`${key}\n`, 0o600) }))
        await service.start()
        answers.push([(await json(`${service.url()}/info`)).body, (await json(`${service.url()}/public/5`)).body])
      }
      expect(answers[0]).toEqual(answers[1])
    })

    it.each([0o640, 0o604, 0o620, 0o666])('is refused in a file of mode %o, which others may use', (mode) => {
      expect(() => createService(inProduction({ DR_BEACON_KEY_FILE: fileOf(key, mode) }))).toThrow(/DR_BEACON_KEY_FILE: .*chmod 600/)
    })

    it('is refused where there is none, and outside a file in production', () => {
      expect(() => createService(inProduction({ DR_BEACON_KEY_FILE: join(folder, 'none') }))).toThrow(/ENOENT/)
      expect(() => createService(inProduction({}))).toThrow(/DR_BEACON_KEY_FILE/)
      expect(() => createService(environment({ DR_ENV: 'production' }))).toThrow(/DR_BEACON_KEY: .*demo and test only/)
      expect(() => createService(environment({ DR_BEACON_KEY_FILE: fileOf(key, 0o600) }))).toThrow(ConfigError)
    })

    it('is refused when it is no scalar or not hex', () => {
      for (const bad of ['00'.repeat(32), 'ff'.repeat(32), 'xy', key.toUpperCase().replace(/\d/g, 'A')]) {
        expect(() => createService(environment({ DR_BEACON_KEY: bad }))).toThrow(ConfigError)
        expect(() => createService(inProduction({ DR_BEACON_KEY_FILE: fileOf(bad, 0o400) }))).toThrow(ConfigError)
      }
    })
  })

  it('takes so many requests of an address and no more, and tells who runs it all the same', async () => {
    await using service = createService(environment({ DR_BEACON_RATE: '1', DR_BEACON_PROXIES: '1' }))
    await service.start()
    const statusFor = async (forwarded: string) =>
      (await fetch(`${service.url()}/info`, { headers: { 'x-forwarded-for': forwarded } })).status
    const statuses: number[] = []
    for (let i = 0; i < 20; i++) statuses.push(await statusFor(`spoofed-${i}, 10.0.0.1`))
    expect(statuses.slice(0, 2)).toEqual([200, 200])
    expect(statuses).toContain(429)
    expect(await statusFor('10.0.0.2')).toBe(200)
    expect((await json(`${service.url()}/readyz`)).status).toBe(200)
  })

  it('shows health and figures as every service does', async () => {
    await using service = createService(environment())
    await service.start()
    await fetch(`${service.url()}/public/3`)
    await fetch(`${service.url()}/public/3`)
    await fetch(`${service.url()}/public/9999999`)
    for (const path of ['/healthz', '/readyz']) expect((await json(service.url() + path)).body).toEqual({ status: 'up', problems: {} })
    const text = await (await fetch(`${service.url()}/metrics`)).text()
    for (const line of [
      'dr_beacon_signatures_total{service="beacon"} 1',
      'dr_beacon_refused_total{reason="not-due",service="beacon"} 1',
      'dr_beacon_clock_disbelieved_seconds{service="beacon"} 0',
    ])
      expect(text).toContain(line)
    expect(text).toMatch(/http_request_duration_seconds_count\{[^}]*route="\/public\/:round"[^}]*\} [12]/)
  })

  it('ends in order: what is asked is answered, and nothing more is taken', async () => {
    const service = createService(environment())
    await service.start()
    const url = service.url()
    const asked = fetch(`${url}/public/4`)
    await asked
    await service[Symbol.asyncDispose]()
    expect(await (await asked).json()).toMatchObject({ round: 4 })
    await expect(fetch(`${url}/public/4`)).rejects.toThrow('fetch failed')
  })

  it('answers 400 to what is no round, 404 to other paths and 405 to writes', async () => {
    await using service = createService(environment())
    await service.start()
    for (const path of ['/public/0', '/public/01', '/public/-1', '/public/x', '/public/1e3']) {
      expect((await json(service.url() + path)).status).toBe(400)
    }
    expect((await json(`${service.url()}/other`)).status).toBe(404)

    expect((await fetch(`${service.url()}/info`, { method: 'POST' })).status).toBe(405)
  })

  it('DRW-32 lends its rounds through a source only in demo and test', async () => {
    await using service = createService(environment())
    await service.start()
    const chain = await chainAt(service.url())
    expect(openSource(chain, [service.url()], 'production')).toEqual({
      ok: false,
      error: { code: 'self-only-in-demo', source: 'self/230300' },
    })
    const source = openSource(chain, [service.url()], 'demo')
    expect(source.ok && (await source.value.pulse(3)).ok).toBe(true)
    const otherKey = singleKeyChain(demoKeys('beacon test').beaconSecret('230400'), { ...chain, kind: 'self' })
    const forged = openSource(otherKey, [service.url()], 'test')
    expect(forged.ok && (await forged.value.pulse(3))).toMatchObject({
      ok: false,
      error: { failures: [{ error: { code: 'bad-signature' } }] },
    })
  })
})
