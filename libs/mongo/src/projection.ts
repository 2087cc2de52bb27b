import { appError } from '@dual-random/errors'
import type { ReceivedEvent, Subscription } from '@dual-random/messaging'
import type { PipelineStage } from 'mongoose'
import { byId, type Filter, type FindOptions } from './aggregates.ts'
import { isNext } from './inbox-marks.ts'
import { declareModel, type IndexSpec, type Store } from './store.ts'
import { isDuplicateKey, storeCall } from './store-call.ts'

interface ProjectionDocument<S> {
  _id: string
  mark: number
  state: S | null
}

/** One document per source aggregate, its mark inside: local copies, and contributions of shape N→1 whose totals are queries. */
export interface Projection<S> {
  get(aggregateId: string): Promise<S | undefined>
  getMany(aggregateIds: readonly string[]): Promise<ReadonlyMap<string, S>>
  find(filter: Filter, options?: FindOptions): Promise<S[]>
  count(filter: Filter): Promise<number>
  /** Totals by query; documents are `{ _id, mark, state }`. */
  aggregate<R>(pipeline: readonly PipelineStage[]): Promise<R[]>
  apply(event: ReceivedEvent, evolve: Evolve<S>): Promise<void>
  marks(aggregateIds: readonly string[]): Promise<ReadonlyMap<string, number>>
}

/** The next contribution of an aggregate; undefined while it has none, which still advances the mark. */
export type Evolve<S> = (state: S | undefined, event: ReceivedEvent) => S | undefined

const conflictRetries = 5

export function projection<S>(
  store: Store,
  options: { readonly collection: string; readonly indexes: readonly IndexSpec[] },
): Projection<S> {
  const model = declareModel(store, options.collection, { mark: Number, state: {} }, options.indexes)
  const byIds = (ids: readonly string[], fields?: Readonly<Record<string, 1>>) =>
    storeCall(() =>
      model
        .find({ _id: { $in: ids } } as never, fields as never)
        .lean<ProjectionDocument<S>[]>()
        .exec(),
    )

  const write = async (event: ReceivedEvent, found: ProjectionDocument<S> | undefined, state: S | undefined): Promise<boolean> => {
    const next = { mark: event.seq, state: state ?? null }
    if (found === undefined) {
      try {
        await storeCall(() => model.collection.insertOne({ _id: event.aggregateId, ...next } as never))
        return true
      } catch (thrown) {
        if (isDuplicateKey(thrown)) return false
        throw thrown
      }
    }
    const filter = { _id: event.aggregateId, mark: found.mark }
    const { matchedCount } = await storeCall(() => model.collection.updateOne(filter as never, { $set: next }))
    return matchedCount === 1
  }

  const getMany: Projection<S>['getMany'] = async (ids) => {
    const states = new Map<string, S>()
    for (const { _id, state } of await byIds(ids)) if (state !== null && state !== undefined) states.set(_id, state)
    return states
  }

  return {
    getMany,
    get: async (id) => (await getMany([id])).get(id),
    find: async (filter, { sort = byId, limit = 1000 } = {}) => {
      const found = await storeCall(() =>
        model
          .find(filter as never)
          .sort({ ...sort })
          .limit(limit)
          .lean<ProjectionDocument<S>[]>()
          .exec(),
      )
      return found.flatMap(({ state }) => (state === null || state === undefined ? [] : [state]))
    },
    count: (filter) => storeCall(() => model.countDocuments(filter as never).exec()),
    aggregate: <R>(pipeline: readonly PipelineStage[]) => storeCall(() => model.aggregate<R>([...pipeline]).exec()),
    apply: async (event, evolve) => {
      // Nothing is known of most aggregates at their first event: one call instead of two.
      if (event.seq === 1 && (await write(event, undefined, evolve(undefined, event)))) return
      for (let attempt = 0; attempt <= conflictRetries; attempt++) {
        const [found] = await byIds([event.aggregateId])
        if (!isNext(event, found?.mark ?? 0)) return
        if (await write(event, found, evolve(found?.state ?? undefined, event))) return
      }
      throw appError('version-conflict', 'version-conflict')
    },
    marks: async (ids) => new Map((await byIds(ids, { mark: 1 })).map(({ _id, mark }) => [_id, mark])),
  }
}

/** Feeds a projection from one topic. */
export const projectionSubscription = <S>(options: {
  readonly topic: string
  readonly projection: Projection<S>
  readonly evolve: Evolve<S>
}): Subscription => ({
  topic: options.topic,
  handle: (event) => options.projection.apply(event, options.evolve),
  marks: (aggregateIds) => options.projection.marks(aggregateIds),
})
