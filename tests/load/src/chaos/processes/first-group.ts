import { handler, processSubscription } from '@dual-random/mongo'
import { plantedAggregates } from './planted.ts'
import { aggregatesOf, type Child, childrenOf, contract, type Ledger, ledgerOf, saying, scope, topics } from './shapes.ts'
import type { Subscriptions } from './subscriptions.ts'

/** Enters each event of an inspector in a ledger (1→1), which tells of it, and makes children of some (1→N), which tell of themselves. */
export const firstSubscriptions: Subscriptions = ({ store, relay, clock }, { plant }, decided) => {
  const ledgers = plantedAggregates(plant, store, aggregatesOf<Ledger>(store, { collection: 'ledgers', relay, clock }))
  const children = aggregatesOf<Child>(store, { collection: 'children', relay, clock })
  return [
    processSubscription(store, {
      topic: topics.inspectors,
      on: [
        handler(contract, async (_, event) => {
          decided(event.id)
          const id = ledgerOf('ledger', event.aggregateId)
          await ledgers.applyEvent(event, id, (current) => ({
            state: { ...scope, applied: [...(current?.state.applied ?? []), event.id] },
            events: [saying('ledgers', id, event.id)],
          }))
          await children.saveMany(
            childrenOf(event.aggregateId, event.seq).map((child) => ({
              id: child,
              state: { ...scope, source: event.id },
              events: [saying('children', child, event.id)],
            })),
          )
        }),
      ],
    }),
  ]
}
