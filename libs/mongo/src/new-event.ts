import type { EventContract } from '@dual-random/contracts'
import { missingFields } from '@dual-random/contracts'

/** An event that a change emits; seq and time are given when it is stored. */
export interface NewEvent {
  readonly type: string
  readonly topic: string
  /** Protobuf JSON as text. */
  readonly json: string
}

/** What the broker takes (1 MiB) less envelope; bulk belongs into blobs (design §5). */
const limitBytes = 900 * 1024

/**
 * Checks the message against its contract, because an incomplete event would only fail at its consumers, and its size, because one that
 * the broker refuses would hold up every event behind it.
 */
export function newEvent<M extends object>(contract: EventContract<M>, data: M, options: { readonly topic?: string } = {}): NewEvent {
  const missing = missingFields(contract.message, data, contract.optional)
  if (missing.length > 0) throw new Error(`incomplete ${contract.type}: ${missing.join(', ')}`)
  const json = JSON.stringify(contract.message.toJSON(data))
  const bytes = Buffer.byteLength(json)
  if (bytes > limitBytes) throw new Error(`${contract.type} has ${bytes} bytes, more than ${limitBytes}`)
  return { type: contract.type, topic: options.topic ?? contract.topic, json }
}
