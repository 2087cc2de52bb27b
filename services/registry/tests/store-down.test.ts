import { type CuttableProxy, cuttableProxy, eventually, stackAddress } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, objectRow, objectsCsv } from './files.ts'
import { type Harness, sha256Hex, startRegistry } from './harness.ts'

const rows = 20_000

let proxy: CuttableProxy
let registry: Harness
let direct: MongoClient

beforeAll(async () => {
  const store = new URL(stackAddress().mongodbUri)
  proxy = await cuttableProxy(store.hostname, Number(store.port))
  store.host = `127.0.0.1:${proxy.port}`
  registry = await startRegistry({ env: { MONGODB_URI: store.href } })
  direct = new MongoClient(stackAddress().mongodbUri)
})
afterAll(async () => {
  await direct.close()
  await registry.dispose()
  await proxy.close()
})

const stored = () => direct.db(registry.scope.database).collection('objects').countDocuments()

const registeredIds = () => registry.events.filter(({ type }) => type === 'cn.dualrandom.registry.object.registered.v1').map(({ id }) => id)

async function importFile(file: string, key = sha256Hex(file)) {
  return (await registry.as(['REGISTRY_CLERK'])).upload<ImportAnswer & { code?: string }>('/v1/objects/import', file, 'text/csv', { key })
}

describe('store down', () => {
  it('answers 503 with Retry-After while the store is away, and works again when it is back', async () => {
    expect(await importFile(objectsCsv([objectRow(1)]))).toMatchObject({ status: 200 })
    proxy.cut()
    const answer = await importFile(objectsCsv([objectRow(2)]))
    expect(answer).toMatchObject({ status: 503, body: { code: 'store-unavailable' } })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    proxy.restore()
    const again = await eventually(async () => {
      const retried = await importFile(objectsCsv([objectRow(2)]))
      expect(retried.status).toBe(200)
      return retried
    })
    expect(again.body).toMatchObject({ created: 1 })
  })

  it('DQ-04 loses nothing and doubles nothing when the store goes away in the middle of an import', async () => {
    const file = objectsCsv(Array.from({ length: rows }, (_, serial) => objectRow(1000 + serial)))
    const first = importFile(file)
    await eventually(async () => expect(await stored()).toBeGreaterThan(2000))
    proxy.cut()
    const answer = await first
    expect(answer).toMatchObject({ status: 503, body: { code: 'store-unavailable' } })
    const half = await stored()
    expect(half).toBeLessThan(rows)
    proxy.restore()
    // The claim of the broken request falls free after a while; then the answer is the one it would have given.
    const again = await eventually(
      async () => {
        const retried = await importFile(file)
        expect(retried.status).toBe(200)
        return retried.body
      },
      { timeoutMs: 30_000, everyMs: 500 },
    )
    expect(again).toMatchObject({ received: rows, created: rows, changed: 0, unchanged: 0, rejected: 0 })
    expect(await stored()).toBe(rows + 2)
    // The relay may publish again what it could not mark as published; consumers drop that by id.
    await eventually(() => expect(new Set(registeredIds()).size).toBe(rows + 2), { timeoutMs: 60_000 })
    const clerk = await registry.as(['REGISTRY_CLERK'])
    expect(await clerk.get(`/v1/objects?objectCode=${creditCode(1000 + rows - 1)}`)).toMatchObject({
      body: { items: [{ name: `示例企业${1000 + rows - 1}` }] },
    })
  })
})
