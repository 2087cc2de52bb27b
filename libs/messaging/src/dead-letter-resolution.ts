import { type Instant, parseInstant } from '@dual-random/kernel'
import { deadLetterTopic } from './dead-letter.ts'
import type { DeadLetter } from './dead-letter-log.ts'
import type { StoredRecord, TransportRecord } from './transport.ts'

export type ResolutionKind = 'replayed' | 'dropped'

/** What was decided about a letter, by whom, when and why. */
export interface Resolution {
  readonly kind: ResolutionKind
  readonly by: string
  readonly at: Instant
  readonly reason: string
}

/** A topic is append-only: that a letter is dealt with is a record behind it, of the same key, without a value. */
export const resolutionRecord = ({ position, cause, record }: DeadLetter, { kind, by, at, reason }: Resolution): TransportRecord => ({
  topic: deadLetterTopic(cause.group),
  key: record.key,
  value: new Uint8Array(),
  headers: {
    dlq_resolution: kind,
    dlq_resolves: position,
    dlq_resolved_by: by,
    dlq_resolved_at: at,
    dlq_resolved_reason: reason,
    dlq_group: cause.group,
  },
})

export const isResolution = ({ headers }: TransportRecord): boolean => headers['dlq_resolution'] !== undefined

/** Undefined for a letter, and for a resolution of a kind that this build does not know. */
export function resolutionOf(stored: StoredRecord): (Resolution & { readonly resolves: string }) | undefined {
  const { headers, at } = stored
  const kind = headers['dlq_resolution']
  if (kind !== 'replayed' && kind !== 'dropped') return undefined
  return {
    kind,
    resolves: headers['dlq_resolves'] ?? '',
    by: headers['dlq_resolved_by'] ?? '',
    at: parseInstant(headers['dlq_resolved_at'] ?? '') ?? at,
    reason: headers['dlq_resolved_reason'] ?? '',
  }
}
