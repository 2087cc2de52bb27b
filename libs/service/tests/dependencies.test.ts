import { api, cuttableProxy, eventually, stackAddress, type TestScope } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Broker, broker } from './support/broker.ts'
import { sampleScope, sampleService } from './support/sample-service.ts'

interface Readiness {
  readonly status: string
  readonly problems: Readonly<Record<string, string>>
}

const readiness = (url: string) => api(url).get<Readiness>('/readyz')

/** A way to the store, or to the broker, that can be cut. */
async function cuttable(part: 'MONGODB_URI' | 'KAFKA_BROKERS') {
  const { mongodbUri, kafkaBrokers } = stackAddress()
  const address = new URL(part === 'MONGODB_URI' ? mongodbUri : `kafka://${kafkaBrokers.split(',')[0]}`)
  const proxy = await cuttableProxy(address.hostname, Number(address.port))
  address.host = `127.0.0.1:${proxy.port}`
  return { proxy, env: { [part]: part === 'MONGODB_URI' ? address.href : address.host } }
}

describe('a service whose dependencies come and go', () => {
  let scope: TestScope
  let bus: Broker

  beforeAll(async () => {
    scope = await sampleScope()
    bus = broker(scope)
  })
  afterAll(async () => {
    await bus?.[Symbol.asyncDispose]()
    await scope?.dispose()
  })

  it.each(['MONGODB_URI', 'KAFKA_BROKERS'] as const)(
    'starts while what %s names is down, and becomes ready later',
    { timeout: 120_000 },
    async (part) => {
      const { proxy, env } = await cuttable(part)
      proxy.cut()
      let ready = false
      const starting = (async () => {
        const sample = await sampleService({ ...scope.env, ...env })
        await sample.service.start()
        ready = true
        return sample
      })()
      // Kept from counting as unhandled while the test waits for the attempts.
      starting.catch(() => undefined)
      await eventually(() => expect(proxy.refused()).toBeGreaterThan(20), { timeoutMs: 40_000 })
      expect(ready).toBe(false)
      proxy.restore()
      const sample = await starting
      expect(await eventually(() => readiness(sample.url))).toMatchObject({ status: 200, body: { status: 'up', problems: {} } })
      await bus.tell(`late-${part}`, 1)
      await eventually(() => expect(sample.applied).toContain(`late-${part}:1`), { timeoutMs: 40_000 })
      await sample[Symbol.asyncDispose]()
      await proxy.close()
    },
  )

  it('is not ready while the store is away, says so, and goes on where it was', async () => {
    const { proxy, env } = await cuttable('MONGODB_URI')
    const sample = await sampleService({ ...scope.env, ...env })
    await sample.service.start()
    expect(await readiness(sample.url)).toMatchObject({ status: 200 })
    proxy.cut()
    await bus.tell('away', 1)
    expect(await readiness(sample.url)).toMatchObject({ status: 503, body: { status: 'down', problems: { store: expect.any(String) } } })
    expect(await api(sample.url).get('/healthz')).toMatchObject({ status: 200 })
    expect(await api(sample.url).post('/v1/units/away')).toMatchObject({ status: 503, body: { code: 'store-unavailable' } })
    expect(sample.applied).not.toContain('away:1')
    proxy.restore()
    await eventually(() => expect(sample.applied).toContain('away:1'), { timeoutMs: 40_000 })
    await eventually(async () => expect((await readiness(sample.url)).status).toBe(200))
    await sample[Symbol.asyncDispose]()
    await proxy.close()
  })
})
