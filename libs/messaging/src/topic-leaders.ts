import { setTimeout as pause } from 'node:timers/promises'
import type { Admin } from 'kafkajs'

const patienceMs = 30_000

const pauseMs = 100

/**
 * Waits until every partition of the topics has a leader, at most 30 s. kafkajs' own `waitForLeaders` looks once, and rejects where a
 * broker does not know a topic yet that another one has just created.
 */
export async function waitForTopicLeaders(admin: Admin, topics: readonly string[]): Promise<void> {
  const until = Date.now() + patienceMs
  for (;;) {
    try {
      const { topics: known } = await admin.fetchTopicMetadata({ topics: [...topics] })
      const waiting = known.filter(({ partitions }) => partitions.some(({ leader }) => leader < 0))
      if (waiting.length === 0) return
      throw new Error(`no leader yet for ${waiting.map(({ name }) => name).join(', ')}`)
    } catch (thrown) {
      if (Date.now() > until) throw thrown
      await pause(pauseMs)
    }
  }
}
