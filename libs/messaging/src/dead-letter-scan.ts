import { randomUUID } from 'node:crypto'
import { appError } from '@dual-random/errors'
import { Kafka, logLevel } from 'kafkajs'
import { deadLetterTopic } from './dead-letter.ts'
import { type DeadLetter, lettersOf } from './dead-letter-log.ts'
import { isResolution } from './dead-letter-resolution.ts'
import { guardIdleTimer } from './kafkajs-idle-guard.ts'
import { scanTopics } from './kafkajs-scan.ts'
import { type TopicPlace, topicNames, withTopicAdmin } from './topic-admin.ts'
import type { ReceivedRecord, StoredRecord } from './transport.ts'

export interface DeadLettersOptions extends TopicPlace {
  readonly group: string
  /** Whose payload is kept; those of a large topic need not all be held at once. All by default. */
  readonly keepsValue?: (record: ReceivedRecord) => boolean
  /** Told how many records have been read. */
  readonly onRead?: (count: number) => void
}

/**
 * The dead letters of a group by position, as they stand now. Rejects with `not-found` where the group has no topic for them, with
 * `unavailable broker-unavailable` where the broker does not answer.
 */
export const readDeadLetters = ({
  brokers,
  topicPrefix,
  group,
  keepsValue = () => true,
  onRead,
}: DeadLettersOptions): Promise<readonly DeadLetter[]> =>
  withTopicAdmin(brokers, async (admin) => {
    const topic = deadLetterTopic(group)
    if (!(await topicNames(admin, topicPrefix)).includes(topic)) {
      throw appError('not-found', 'not-found', { meta: { what: 'topic', id: `${topicPrefix}${topic}` } })
    }
    const records: StoredRecord[] = []
    guardIdleTimer()
    await scanTopics(new Kafka({ clientId: 'dual-random-dlq', brokers: [...brokers], logLevel: logLevel.NOTHING }), {
      topicPrefix,
      topics: [topic],
      group: `dual-random-dlq-${randomUUID()}`,
      each: (record) => {
        const value = isResolution(record) || !keepsValue(record) ? new Uint8Array() : record.value
        records.push({ ...record, value })
        onRead?.(records.length)
      },
    })
    return lettersOf(records)
  })
