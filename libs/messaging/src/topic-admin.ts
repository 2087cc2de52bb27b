import { appError } from '@dual-random/errors'
import kafkajs, { type Admin, Kafka, logLevel } from 'kafkajs'
import { guardIdleTimer } from './kafkajs-idle-guard.ts'

/** Where topics are, and what stands before their names there. */
export interface TopicPlace {
  readonly brokers: readonly string[]
  readonly topicPrefix: string
}

/** Does work that needs the broker's administration; what the broker refuses or does not answer is `unavailable broker-unavailable`. */
export async function withTopicAdmin<T>(brokers: readonly string[], work: (admin: Admin) => Promise<T>): Promise<T> {
  guardIdleTimer()
  const admin = new Kafka({
    clientId: 'dual-random-topics',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1000 },
  }).admin()
  try {
    await admin.connect()
    return await work(admin)
  } catch (cause) {
    // Node finds no name for the error classes among the exports of kafkajs.
    throw cause instanceof kafkajs.KafkaJSError ? appError('unavailable', 'broker-unavailable', { retryAfterMs: 1000, cause }) : cause
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

/** The topics there are under the prefix, by their names without it; the broker's own are left out. */
export async function topicNames(admin: Admin, topicPrefix: string): Promise<readonly string[]> {
  const names = await admin.listTopics()
  return names
    .filter((name) => name.startsWith(topicPrefix) && !name.startsWith('__'))
    .map((name) => name.slice(topicPrefix.length))
    .sort()
}

/** The topics of a place, by their names without prefix. */
export const listTopics = ({ brokers, topicPrefix }: TopicPlace): Promise<readonly string[]> =>
  withTopicAdmin(brokers, (admin) => topicNames(admin, topicPrefix))
