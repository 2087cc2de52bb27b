import { outboxSourceBehaviour } from '@dual-random/testkit'
import { memoryOutbox } from '../tests/support/memory-outbox.ts'

outboxSourceBehaviour('the fake', async () => {
  const source = memoryOutbox()
  return { source, add: async (aggregateId, count, owner) => source.add(aggregateId, count, owner) }
})
