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

export const deadLetterTopic = (group: string): string => `${group}.dlq.v1`

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
