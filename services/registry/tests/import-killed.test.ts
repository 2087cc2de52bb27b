import { events as contracts } from '@dual-random/contracts'
import { fromRecord, KafkajsTransport, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { api, eventBus, eventually, type ServiceChild, stackAddress, startChild, testScope } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { bureau, deployedTopics, registryKeys } from './harness.ts'

const main = new URL('../src/main.ts', import.meta.url)
const topic = contracts.registry.objectRegistered.topic
const rows = 24_000
/** One row in a thousand is refused. */
const good = 23_976

/** How often an import is killed; a long run sets more. */
const kills = Number(process.env['IMPORT_KILLS'] ?? 3)

const wrongCode = (serial: number): string => {
  const code = creditCode(serial)
  return `${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`
}

const fileOf = (from: number): string =>
  objectsCsv(
    Array.from({ length: rows }, (_, index) => objectRow(from + index, index % 1000 === 500 ? { code: wrongCode(from + index) } : {})),
  )

describe('an import that is killed', () => {
  it('DQ-04 REG-27 loses no row, doubles none and leaves none untagged, wherever it is killed, and answers for the whole', {
    timeout: 600_000,
  }, async () => {
    await using scope = await testScope('registry')
    await scope.createTopics(deployedTopics, 1)
    const published = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, scope, [topic])
    const direct = new MongoClient(stackAddress().mongodbUri)
    const database = direct.db(scope.database)
    const objects = database.collection<{ version: number; seq: number }>('objects')
    const checkpoints = database.collection<{ progress: { line: number } }>('import_checkpoints')
    const token = await scope.issuer.token({ subject: 'clerk', unitId: bureau, regionCode: '230300', roles: ['REGISTRY_CLERK'] })
    const file = fileOf(1)
    const send = ({ httpPort }: ServiceChild, key: string) =>
      api(`http://127.0.0.1:${httpPort}`, token).upload<ImportAnswer>('/v1/objects/import', file, 'text/csv', { key })
    const start = () => startChild(main, { ...scope.env, ...registryKeys })

    const ruled = async ({ httpPort }: ServiceChild) => {
      const as = async (roles: readonly string[], unitId: string) =>
        api(
          `http://127.0.0.1:${httpPort}`,
          await scope.issuer.token({ subject: `${unitId}-${roles[0]}`, unitId, regionCode: unitId.slice(0, 6), roles }),
        )
      const operator = await as(['OPERATOR'], '230000-scj')
      await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
      const admin = await as(['POLICY_ADMIN'], '230000-scj')
      await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'local/four-coal-cities', from: '2024-01-01' })
      const clerk = await as(['REGISTRY_CLERK'], bureau)
      const list = '/v1/check-item-lists/import?listId=list-230300-scj&businessLine=市场监管&effectiveFrom=2026-01-01'
      await clerk.upload(list, itemsCsv, 'text/csv')
      const rule = { itemCode: 'SP-01', tag: '餐饮', condition: { industryPrefixes: ['62'] } }
      expect(await clerk.put('/v1/tag-rules/catering', rule)).toMatchObject({ status: 200 })
    }

    // The claim of a killed request falls free after a while; until then another is refused.
    const sending = (to: ServiceChild) => {
      let isEnding = false
      const running = eventually(
        async () => {
          const answer = await send(to, 'one').catch((error: unknown) => error as Error)
          if (!isEnding && !('status' in answer && answer.status === 200)) throw new Error(JSON.stringify(answer))
        },
        { timeoutMs: 120_000, everyMs: 300 },
      )
      return { running, end: () => void (isEnding = true) }
    }

    // Anywhere, but each later than the one before, and the last behind a checkpoint.
    const points = Array.from({ length: kills }, (_, index) =>
      index === kills - 1 ? 14_000 : Math.floor(((index + Math.random()) * 14_000) / kills),
    )
    let child = await start()
    await ruled(child)
    for (const point of points) {
      const { running, end } = sending(child)
      await eventually(async () => expect(await objects.countDocuments()).toBeGreaterThan(point), { timeoutMs: 120_000, everyMs: 100 })
      end()
      await child.kill()
      await running
      child = await start()
    }
    expect((await checkpoints.findOne())?.progress.line, `killed at ${points.join(', ')}`).toBeGreaterThan(10_000)

    const { body } = await eventually(
      async () => {
        const answer = await send(child, 'one')
        expect(answer.status).toBe(200)
        return answer
      },
      { timeoutMs: 120_000, everyMs: 500 },
    )
    expect(body, `killed at ${points.join(', ')}`).toMatchObject({
      received: rows,
      created: good,
      changed: 0,
      unchanged: 0,
      rejected: rows - good,
    })
    expect(await objects.countDocuments()).toBe(good)
    expect(await objects.countDocuments({ version: 1, seq: 1 })).toBe(good)
    expect(await objects.countDocuments({ 'state.allTags': '餐饮' })).toBe(good)
    expect(await checkpoints.countDocuments()).toBe(0)
    const ids = () => new Set(published.heard.map(({ id }) => id))
    await eventually(() => expect(ids().size).toBe(good), { timeoutMs: 120_000 })

    // The same file again, as another request: nothing is written, nothing told.
    const before = await objects.find().sort({ _id: 1 }).toArray()
    expect((await send(child, 'two')).body).toMatchObject({ received: rows, created: 0, changed: 0, unchanged: good })
    await eventually(async () => expect(await objects.countDocuments({ 'outbox.0': { $exists: true } })).toBe(0), { timeoutMs: 60_000 })
    const bare = (documents: readonly Record<string, unknown>[]) => documents.map(({ outbox: _outbox, ...rest }) => rest)
    expect(bare(await objects.find().sort({ _id: 1 }).toArray())).toEqual(bare(before))
    expect(ids().size).toBe(good)

    await child.kill()
    await published.close()
    await direct.close()
  })
})
