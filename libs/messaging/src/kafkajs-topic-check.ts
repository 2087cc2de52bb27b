import { setTimeout as pause } from 'node:timers/promises'
import type { Kafka } from 'kafkajs'

/** What a broker is given to hear of a topic that another one has just created. */
const patienceMs = 2000

const pauseMs = 200

/** Topics that were to be published to and that nobody has created. */
export class MissingTopics extends Error {
  constructor(topics: readonly string[], cause: unknown) {
    super(`not every topic exists: ${topics.join(', ')}`, { cause })
    this.name = 'MissingTopics'
  }
}

/** P10: a topic that does not exist makes a kafkajs producer ask for it for ever, and fail for every other topic (tulios/kafkajs#1622). */
export class TopicCheck {
  readonly #known = new Set<string>()

  /** Rejects with `MissingTopics` where one of them does not exist; asks the broker once for each. */
  async check(kafka: Kafka, topics: readonly string[]): Promise<void> {
    const unknown = topics.filter((topic) => !this.#known.has(topic))
    if (unknown.length === 0) return
    const admin = kafka.admin()
    await admin.connect()
    try {
      const until = performance.now() + patienceMs
      for (;;) {
        try {
          await admin.fetchTopicMetadata({ topics: unknown })
          break
        } catch (cause) {
          if (!isUnknown(cause)) throw cause
          if (performance.now() > until) throw new MissingTopics(unknown, cause)
        }
        await pause(pauseMs)
      }
    } finally {
      await admin.disconnect()
    }
    for (const topic of unknown) this.#known.add(topic)
  }

  /** A topic may have been removed since. */
  forget(): void {
    this.#known.clear()
  }
}

const isUnknown = (cause: unknown): boolean => (cause as { readonly type?: unknown }).type === 'UNKNOWN_TOPIC_OR_PARTITION'
