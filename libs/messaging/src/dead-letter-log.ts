import type { Instant } from '@dual-random/kernel'
import { causeOfLetter, type DeadLetterCause, originalOf } from './dead-letter.ts'
import { isResolution, type ResolutionKind, resolutionOf } from './dead-letter-resolution.ts'
import type { ReceivedRecord, StoredRecord, TransportRecord } from './transport.ts'

export type DeadLetterState =
  | { readonly status: 'waiting' }
  | { readonly status: ResolutionKind; readonly at: Instant; readonly by: string; readonly reason: string }

/** An event that a group gave up, and what has become of it since. */
export interface DeadLetter {
  /** `partition@offset` on the group's dead-letter topic: the letter's name. */
  readonly position: string
  readonly partition: number
  readonly offset: string
  /** When it was given up. */
  readonly at: Instant
  readonly cause: DeadLetterCause
  /** As it stood on its own topic; without a topic where the letter does not say which. */
  readonly record: TransportRecord
  readonly eventId: string | undefined
  readonly type: string | undefined
  /** Undefined where the envelope is broken. */
  readonly seq: number | undefined
  readonly state: DeadLetterState
}

export const positionOf = ({ partition, offset }: Pick<ReceivedRecord, 'partition' | 'offset'>): string => `${partition}@${offset}`

/** Reads `partition@offset`; undefined when the text is no position. */
export function parsePosition(text: string): { readonly partition: number; readonly offset: string } | undefined {
  const [, partition, offset] = /^(0|[1-9]\d{0,8})@(0|[1-9]\d{0,18})$/.exec(text) ?? []
  return partition === undefined || offset === undefined ? undefined : { partition: Number(partition), offset }
}

export function comparePositions(a: Pick<DeadLetter, 'partition' | 'offset'>, b: Pick<DeadLetter, 'partition' | 'offset'>): number {
  if (a.partition !== b.partition) return a.partition - b.partition
  const [one, other] = [BigInt(a.offset), BigInt(b.offset)]
  return one < other ? -1 : one > other ? 1 : 0
}

/** The letters of a dead-letter topic by position, each in the state that the last resolution of it gives. */
export function lettersOf(records: readonly StoredRecord[]): readonly DeadLetter[] {
  const states = new Map<string, DeadLetterState>()
  // A topic gives the resolutions of a letter in order: they share its key and so its partition.
  for (const record of records) {
    const resolution = resolutionOf(record)
    if (resolution === undefined) continue
    const { kind, resolves, at, by, reason } = resolution
    states.set(resolves, { status: kind, at, by, reason })
  }
  return records
    .filter((record) => !isResolution(record))
    .map((record) => letterOf(record, states.get(positionOf(record)) ?? { status: 'waiting' }))
    .sort(comparePositions)
}

function letterOf(stored: StoredRecord, state: DeadLetterState): DeadLetter {
  const { headers } = stored
  return {
    position: positionOf(stored),
    partition: stored.partition,
    offset: stored.offset,
    at: stored.at,
    cause: causeOfLetter(stored),
    record: originalOf(stored),
    eventId: headers['ce_id'],
    type: headers['ce_type'],
    seq: seqOf(headers),
    state,
  }
}

function seqOf(headers: TransportRecord['headers']): number | undefined {
  const seq = Number(headers['ce_sequence'] ?? /:(\d+)$/.exec(headers['ce_id'] ?? '')?.[1])
  return Number.isSafeInteger(seq) && seq >= 1 ? seq : undefined
}
