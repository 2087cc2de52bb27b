import type { EventContract } from '@dual-random/contracts'
import { missingFields } from '@dual-random/contracts'

/** An event that a change emits; seq and time are given when it is stored. */
export interface NewEvent {
  readonly type: string
  readonly topic: string
  /** Protobuf JSON. */
  readonly data: unknown
}

/** Checks the message against its contract, because an incomplete event would only fail at its consumers. */
export function newEvent<M extends object>(contract: EventContract<M>, data: M, options: { readonly topic?: string } = {}): NewEvent {
  const missing = missingFields(contract.message, data, contract.optional)
  if (missing.length > 0) throw new Error(`incomplete ${contract.type}: ${missing.join(', ')}`)
  return { type: contract.type, topic: options.topic ?? contract.topic, data: contract.message.toJSON(data) }
}
