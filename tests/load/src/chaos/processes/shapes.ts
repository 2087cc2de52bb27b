import { events } from '@dual-random/contracts'
import type { Clock } from '@dual-random/kernel'
import type { OutboxRelay } from '@dual-random/messaging'
import { type AggregateStore, aggregates, type NewEvent, newEvent, type Store } from '@dual-random/mongo'

/** All events of a run are of this type: small, and with a text of their own. */
export const contract = events.registry.inspectorChanged

/** By the name of the collection whose aggregates emit it. */
export const topics = {
  inspectors: contract.topic,
  ledgers: 'chaos.ledger.v1',
  children: 'chaos.child.v1',
} as const

export type Emitting = keyof typeof topics

interface Scoped {
  readonly regionCode: string
  readonly unitId: string
}

/** What writers change: the operations that stand in it, each with its events. */
export interface Inspector extends Scoped {
  readonly operations: readonly { readonly name: string; readonly events: number }[]
}

/** What 1→1 effects change: the ids of the events, as they were applied. Nothing in it would hinder a second application. */
export interface Ledger extends Scoped {
  readonly applied: readonly string[]
}

/** What 1→N effects make. */
export interface Child extends Scoped {
  readonly source: string
}

export const scope: Scoped = { regionCode: '230300', unitId: '230300-scj' }

/** The event of an aggregate that says this. */
export const saying = (from: Emitting, aggregateId: string, content: string): NewEvent =>
  newEvent(contract, { inspectorId: aggregateId, ...scope, status: content }, { topic: topics[from] })

export const aggregatesOf = <S extends Scoped>(
  store: Store,
  options: { readonly collection: string; readonly relay: OutboxRelay; readonly clock: Clock },
): AggregateStore<S> => aggregates<S>(store, { ...options, scopeOf: (state) => state, indexes: [], service: 'registry' })

const ledgersAtOnce = 8

/** Several sources share a ledger, each only ever writes to one: `inspector-4-17` to `ledger-4-1`. */
export function ledgerOf(kind: string, sourceId: string): string {
  const [, round = '', number = ''] = sourceId.split('-')
  return `${kind}-${round}-${Number(number) % ledgersAtOnce}`
}

/** Every third event has two children. */
export const childrenOf = (sourceId: string, seq: number): readonly string[] => {
  const [, round = '', number = ''] = sourceId.split('-')
  return seq % 3 === 0 ? [1, 2].map((nth) => `child-${round}-${number}-${seq}-${nth}`) : []
}
