import type { TransportRecord } from './transport.ts'

/** Why and from where a record came to the dead letters. */
export interface DeadLetterCause {
  readonly group: string
  readonly code: string
  readonly detail: string
  readonly attempts: number
  /** `topic/partition@offset` */
  readonly origin: string
}

const topicEnd = '.dlq.v1'

export const deadLetterTopic = (group: string): string => `${group}${topicEnd}`

/** The group whose dead letters a topic holds; undefined for any other topic. */
export const deadLetterGroup = (topic: string): string | undefined =>
  topic.endsWith(topicEnd) ? topic.slice(0, -topicEnd.length) : undefined

/** The record as it was, on the group's dead-letter topic, with its cause in headers. */
export const deadLetter = (record: Omit<TransportRecord, 'topic'>, cause: DeadLetterCause): TransportRecord => ({
  topic: deadLetterTopic(cause.group),
  key: record.key,
  value: record.value,
  headers: {
    ...record.headers,
    dlq_reason: cause.code,
    dlq_detail: cause.detail,
    dlq_attempts: String(cause.attempts),
    dlq_origin: cause.origin,
    dlq_group: cause.group,
  },
})

/** What `deadLetter` put beside the record's own headers. */
export const causeOfLetter = ({ topic, headers }: TransportRecord): DeadLetterCause => ({
  group: deadLetterGroup(topic) ?? headers['dlq_group'] ?? '',
  code: headers['dlq_reason'] ?? '',
  detail: headers['dlq_detail'] ?? '',
  attempts: Number(headers['dlq_attempts'] ?? 0),
  origin: headers['dlq_origin'] ?? '',
})

/** The record as it was before `deadLetter`; its topic is empty where the letter does not say from where it came. */
export const originalOf = ({ key, value, headers }: TransportRecord): TransportRecord => ({
  topic: /^([^/]+)\/\d+@/.exec(headers['dlq_origin'] ?? '')?.[1] ?? '',
  key,
  value,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('dlq_'))),
})
