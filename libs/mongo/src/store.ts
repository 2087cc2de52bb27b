import mongoose from 'mongoose'
import type { Logger } from 'pino'
import { storeCall } from './store-call.ts'

export interface StoreOptions {
  readonly uri: string
  readonly database: string
  readonly logger: Logger
}

/** How an index is declared: fields in order, and what makes it special. */
export interface IndexSpec {
  readonly fields: Readonly<Record<string, 1 | -1>>
  readonly unique?: boolean
  readonly partial?: Readonly<Record<string, unknown>>
  /** Documents go this many seconds after the date in the (single) field. */
  readonly expireAfterSeconds?: number
}

/** The database of one service. Collections and their indexes are declared by whoever uses them, before `ensureIndexes`. */
export interface Store extends AsyncDisposable {
  readonly connection: mongoose.Connection
  ping(): Promise<void>
  /** Creates what is declared and missing; changing an index is a migration, not a start-up effect. */
  ensureIndexes(): Promise<void>
}

/** Connects lazily enough to start without a store, and fails a call within 3 s when there is none. */
export async function openStore({ uri, database, logger }: StoreOptions): Promise<Store> {
  const connection = mongoose.createConnection(uri, {
    dbName: database,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    ignoreUndefined: true,
    serverSelectionTimeoutMS: 3000,
    // A whole pool read at once is silent until the first batch: 46 s for a million objects on a small store under load. A server that
    // no longer answers at all is noticed by the driver's heartbeat, which ends the calls in hand.
    socketTimeoutMS: 120_000,
    maxPoolSize: 32,
    writeConcern: { w: 'majority' },
  })
  connection.on('error', (error: unknown) => logger.warn({ err: error }, 'store connection failed'))
  try {
    await storeCall(() => connection.asPromise())
  } catch (thrown) {
    // Whoever tries again opens another connection; this one must not go on watching for the server.
    await connection.destroy().catch(() => undefined)
    throw thrown
  }
  return {
    connection,
    ping: () =>
      storeCall(async () => {
        await connection.db?.command({ ping: 1 }, { timeoutMS: 2000 })
      }),
    ensureIndexes: () =>
      storeCall(async () => {
        for (const model of Object.values(connection.models)) await model.createIndexes()
      }),
    [Symbol.asyncDispose]: () => connection.close(),
  }
}

/** A model whose documents each caller types for itself: mongoose's own inference cannot carry a generic state. */
export type DocumentModel = mongoose.Model<{ _id: string }>

/** Declares a collection as a mongoose model with its indexes; a collection that was declared before keeps its declaration. */
export function declareModel(
  store: Store,
  collection: string,
  fields: mongoose.SchemaDefinition,
  indexes: readonly IndexSpec[],
): DocumentModel {
  const declared = store.connection.models[collection]
  if (declared !== undefined) return declared
  const schema = new mongoose.Schema({ _id: String, ...fields }, { collection, versionKey: false, minimize: false, autoIndex: false })
  for (const { fields: index, unique, partial, expireAfterSeconds } of indexes) {
    schema.index(index, {
      ...(unique === true ? { unique } : {}),
      ...(partial === undefined ? {} : { partialFilterExpression: partial }),
      ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }),
    })
  }
  return store.connection.model(collection, schema) as unknown as DocumentModel
}
