import { randomUUID } from 'node:crypto'
import { events } from '@dual-random/contracts'
import { fromRecord } from '@dual-random/messaging'
import { eventually, testScope } from '@dual-random/testkit'
import { afterAll, expect } from 'vitest'
import { planningConfig } from '../src/config.ts'
import { planningContext } from '../src/context.ts'
import { remindersBehaviour, termSchedulesBehaviour } from './support/terms-behaviour.ts'

const { reminderRaised } = events.planning

const open: AsyncDisposable[] = []
afterAll(async () => {
  for (const each of open.toReversed()) await each[Symbol.asyncDispose]()
})

/** Planning's own adapters, on a store and topics of their own. */
async function adapters(topics: readonly string[] = []) {
  const scope = await testScope('planning')
  if (topics.length > 0) await scope.createTopics(topics)
  // Nobody asks the registry here.
  const { infrastructure, ports } = await planningContext(
    planningConfig({ ...scope.env, DR_REGISTRY_GRPC: '127.0.0.1:1', DR_INSPECTION_GRPC: '127.0.0.1:1' }),
  )
  open.push(scope, infrastructure.lifecycle)
  // As the service does before it begins.
  await infrastructure.store.ensureIndexes()
  return { infrastructure, ports }
}

termSchedulesBehaviour('planning’s store', async () => (await adapters()).ports.termSchedules)

remindersBehaviour('planning’s store and broker', async () => {
  const { infrastructure, ports } = await adapters([reminderRaised.topic])
  await infrastructure.relay.start()
  const ids: string[] = []
  const consumer = await infrastructure.transport.consume({
    group: randomUUID(),
    topics: [reminderRaised.topic],
    onAssigned: async () => undefined,
    handle: async ({ records }) => {
      for (const record of records) {
        const event = fromRecord(record)
        if (event.ok) ids.push(event.value.id)
      }
    },
  })
  open.push({ [Symbol.asyncDispose]: () => consumer.stop() })
  const toldIds = async (count: number) => {
    await eventually(() => expect(ids.length).toBeGreaterThanOrEqual(count))
    return ids
  }
  return { reminders: ports.reminders, toldIds }
})
