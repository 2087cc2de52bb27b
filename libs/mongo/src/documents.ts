import { byId, type Filter, type FindOptions, type Sort } from './aggregates.ts'
import { declareModel, type IndexSpec, type Store } from './store.ts'
import { duplicatesOf, storeCall, storeStream } from './store-call.ts'

type Stored<T> = Omit<T, 'id'> & { _id: string }

/** Plain documents without events: children of a fan-out, process documents, copies. `id` is the key. */
export interface DocumentStore<T extends { readonly id: string }> {
  get(id: string): Promise<T | undefined>
  getMany(ids: readonly string[]): Promise<ReadonlyMap<string, T>>
  /** Inserts those whose id is free; the ids that were taken come back. */
  insertMissing(documents: readonly T[]): Promise<{ readonly inserted: number; readonly existing: readonly string[] }>
  /** Inserts or overwrites the whole document. */
  replace(document: T): Promise<void>
  /** Plain update operators on all that match; the count of those that matched. */
  updateWhere(filter: Filter, update: Readonly<Record<string, unknown>>): Promise<number>
  /** Atomically updates one that matches and returns it as it is then: the claim of a schedule. */
  claim(filter: Filter, update: Readonly<Record<string, unknown>>, sort?: Sort): Promise<T | undefined>
  find(filter: Filter, options?: FindOptions): Promise<T[]>
  scan(filter: Filter, options?: { readonly sort?: Sort; readonly batch?: number }): AsyncIterable<T>
  count(filter: Filter): Promise<number>
  remove(filter: Filter): Promise<number>
}

export function documents<T extends { readonly id: string }>(
  store: Store,
  options: { readonly collection: string; readonly indexes: readonly IndexSpec[] },
): DocumentStore<T> {
  // Shapes are the services' own types; mongoose declares the collection and its indexes only.
  const model = declareModel(store, options.collection, {}, options.indexes)
  const { collection } = model
  const find = (filter: Filter) => model.find(keyed(filter) as never)
  return {
    get: async (id) => {
      const found = await storeCall(() => find({ id }).limit(1).lean<Stored<T>[]>().exec())
      return found[0] === undefined ? undefined : fromStored(found[0])
    },
    getMany: async (ids) => {
      const found = await storeCall(() =>
        find({ id: { $in: ids } })
          .lean<Stored<T>[]>()
          .exec(),
      )
      return new Map(found.map((document) => [document._id, fromStored(document)]))
    },
    insertMissing: async (all) => {
      if (all.length === 0) return { inserted: 0, existing: [] }
      try {
        await storeCall(() => collection.insertMany(all.map(toStored) as never, { ordered: false }))
        return { inserted: all.length, existing: [] }
      } catch (thrown) {
        const existing = duplicatesOf(thrown).map((index) => all[index]?.id ?? '')
        return { inserted: all.length - existing.length, existing }
      }
    },
    replace: async (document) => {
      await storeCall(() => collection.replaceOne({ _id: document.id } as never, toStored(document) as never, { upsert: true }))
    },
    updateWhere: async (filter, update) =>
      (await storeCall(() => collection.updateMany(keyed(filter) as never, update as never))).matchedCount,
    claim: async (filter, update, sort = byId) => {
      const found = await storeCall(() =>
        collection.findOneAndUpdate(keyed(filter) as never, update as never, { sort: { ...sort }, returnDocument: 'after' }),
      )
      return found === null ? undefined : fromStored(found as unknown as Stored<T>)
    },
    find: async (filter, { sort = byId, limit = 1000 } = {}) => {
      const found = await storeCall(() =>
        find(filter)
          .sort({ ...sort })
          .limit(limit)
          .lean<Stored<T>[]>()
          .exec(),
      )
      return found.map(fromStored)
    },
    scan: async function* scan(filter, { sort = byId, batch = 1000 } = {}) {
      const read = storeStream(() =>
        find(filter)
          .sort({ ...sort })
          .lean()
          .cursor({ batchSize: batch }),
      )
      for await (const document of read) yield fromStored(document as unknown as Stored<T>)
    },
    count: (filter) => storeCall(() => model.countDocuments(keyed(filter) as never).exec()),
    remove: async (filter) => (await storeCall(() => collection.deleteMany(keyed(filter) as never))).deletedCount,
  }
}

const keyed = ({ id, ...rest }: Filter): Filter => (id === undefined ? rest : { _id: id, ...rest })

const toStored = <T extends { readonly id: string }>({ id, ...rest }: T): Stored<T> => ({ _id: id, ...rest })

const fromStored = <T extends { readonly id: string }>({ _id, ...rest }: Stored<T>): T => ({ id: _id, ...rest }) as unknown as T
