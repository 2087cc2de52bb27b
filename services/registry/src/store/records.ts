import type { RegionCode } from '@dual-random/kernel'
import { regionPrefix } from '@dual-random/kernel'
import type { Aggregate, AggregateStore, NewEvent } from '@dual-random/mongo'
import type { Records } from '../app/ports.ts'
import type { RegistryEvent } from '../domain/events.ts'

export type ToContract = (event: RegistryEvent) => NewEvent

/** How a state lies in its document, where that differs from the state: what indexes need stands beside it. */
export interface Shape<S, D> {
  readonly toDocument: (state: S) => D
  readonly fromDocument: (document: D) => S
}

/** Records over aggregates: states take their stored shape, events their contract form. */
export function recordsOver<S, D>(store: AggregateStore<D>, { toDocument, fromDocument }: Shape<S, D>, toContract: ToContract): Records<S> {
  const stored = ({ state, ...aggregate }: Aggregate<D>) => ({ ...aggregate, state: fromDocument(state) })
  const aggregate = ({ state, ...rest }: { readonly id: string; readonly version: number; readonly seq: number; readonly state: S }) => ({
    ...rest,
    state: toDocument(state),
  })
  return {
    load: async (id) => {
      const found = await store.load(id)
      return found && stored(found)
    },
    loadMany: async (ids) => new Map([...(await store.loadMany([...ids]))].map(([id, found]) => [id, stored(found)])),
    update: async (id, decide) => {
      const saved = await store.update(id, (current) => {
        const decision = decide(current && stored(current))
        return decision && { state: toDocument(decision.state), events: decision.events.map(toContract) }
      })
      return saved && stored(saved)
    },
    saveMany: (changes) =>
      store.saveMany(
        changes.map(({ id, previous, state, events }) => ({
          id,
          ...(previous === undefined ? {} : { previous: aggregate(previous) }),
          state: toDocument(state),
          events: events.map(toContract),
        })),
      ),
  }
}

export const sameShape = <S>(): Shape<S, S> => ({ toDocument: (state) => state, fromDocument: (state) => state })

/** A region and all below it, as a range of codes. */
export const regionRange = (regionCode: RegionCode): { readonly $gte: string; readonly $lt: string } => {
  const prefix = regionPrefix(regionCode)
  return { $gte: prefix.padEnd(6, '0'), $lt: `${prefix}~` }
}
