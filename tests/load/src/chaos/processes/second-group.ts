import { handler, type Projection, processSubscription, projection, projectionSubscription } from '@dual-random/mongo'
import type { Parts } from './open-parts.ts'
import { plantedAggregates } from './planted.ts'
import { aggregatesOf, contract, type Ledger, ledgerOf, scope, topics } from './shapes.ts'
import type { Subscriptions } from './subscriptions.ts'

/** The seqs of one source aggregate as they were applied; nothing in it would hinder a second application. */
export type Contribution = readonly number[]

/** Keeps a contribution of each inspector and of each ledger (N→1), and enters children on boards (1→1). */
export const secondSubscriptions: Subscriptions = (parts, { plant }, decided) => {
  const { store, relay, clock } = parts
  const boards = plantedAggregates(plant, store, aggregatesOf<Ledger>(store, { collection: 'boards', relay, clock }))
  const contributing = (topic: string, into: Projection<Contribution>) =>
    projectionSubscription<Contribution>({
      topic,
      projection: into,
      evolve: (seqs = [], event) => {
        decided(event.id)
        return [...seqs, event.seq]
      },
    })
  return [
    contributing(topics.inspectors, contributionsOf(parts, 'of_inspectors')),
    contributing(topics.ledgers, contributionsOf(parts, 'of_ledgers')),
    processSubscription(store, {
      topic: topics.children,
      on: [
        handler(contract, async (_, event) => {
          decided(event.id)
          await boards.applyEvent(event, ledgerOf('board', event.aggregateId), (current) => ({
            state: { ...scope, applied: [...(current?.state.applied ?? []), event.id] },
            events: [],
          }))
        }),
      ],
    }),
  ]
}

const contributionsOf = ({ store }: Parts, collection: string): Projection<Contribution> =>
  projection<Contribution>(store, { collection, indexes: [] })
