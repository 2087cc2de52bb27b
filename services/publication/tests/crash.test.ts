import { events } from '@dual-random/contracts'
import { api, eventually, type ServiceChild, startChild, testScope } from '@dual-random/testkit'
import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { broker } from './support/broker.ts'
import { publicitySystem } from './support/publicity-system.ts'
import { registryPeer } from './support/registry-peer.ts'
import { city, completionOf, resultOf, topics, unit } from './support/world.ts'

const main = new URL('../src/main.ts', import.meta.url)
const count = 300

describe('a service killed in the middle of publishing', () => {
  it('PUB-25 publishes every record once, and says so once', { timeout: 120_000 }, async () => {
    await using scope = await testScope('publication')
    await scope.createTopics(topics)
    const registry = await registryPeer(scope.issuer)
    registry.bind(city, policyOf('local/four-coal-cities'))
    const channel = await publicitySystem()
    const bus = await broker(scope, [events.publication.publicationScheduled.topic])
    const token = await scope.issuer.token({ subject: 'li.si', unitId: unit, regionCode: city, roles: ['PUBLISHER'] })
    const env = {
      ...scope.env,
      DR_REGISTRY_GRPC: registry.address,
      // Nobody is asked there: no draw is told.
      DR_PLANNING_GRPC: registry.address,
      DR_DRAWING_GRPC: registry.address,
      DR_PUBLICITY_URL: channel.url,
    }
    const ids = Array.from({ length: count }, (_, index) => `r${index}`)
    const inStatus = async ({ httpPort }: ServiceChild, status: string): Promise<number> => {
      const { body } = await api(`http://127.0.0.1:${httpPort}`, token).get<{ items: readonly unknown[] }>(
        `/v1/publications?status=${status}&limit=500`,
      )
      return body.items.length
    }

    let child = await startChild(main, env)
    await bus.send(ids.map((id) => bus.tell(events.inspection.resultRecorded, id, resultOf(id, { taskId: 'task-1' }))))
    const completedAt = new Date().toISOString()
    await bus.publish(events.inspection.taskCompleted, 'task-1', completionOf('task-1', ids, { completedAt }))
    await eventually(async () => expect(await inStatus(child, 'scheduled')).toBe(count), { timeoutMs: 30_000 })

    channel.delayMs = 20
    const interrupted = api(`http://127.0.0.1:${child.httpPort}`, token)
      .post('/v1/publications/publish', { publicationIds: ids.map((id) => `pub-${id}`) })
      .catch(() => 'gone')
    await eventually(() => expect(channel.records.size).toBeGreaterThan(count / 2))
    await child.kill()
    expect(await interrupted).toBe('gone')
    channel.delayMs = 0

    child = await startChild(main, env)
    await eventually(async () => expect(await inStatus(child, 'published')).toBe(count), { timeoutMs: 45_000, everyMs: 200 })
    await eventually(() => {
      for (const id of ids) expect(bus.of(`pub-${id}`)).toEqual(['scheduled', 'published'])
    })
    await child.kill()
    await bus.close()
    await Promise.all([registry.close(), channel.close()])
  })
})
