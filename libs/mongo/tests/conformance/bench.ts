import { randomBytes } from 'node:crypto'
import { stackAddress } from '@dual-random/testkit'
import { mongo } from 'mongoose'

/** Whatever is not the local stack's own store counts as MongoDB. */
export type StoreKind = 'mongodb' | 'local'

export interface TextDocument {
  readonly _id: string
  readonly [field: string]: unknown
}

export type TextCollection = mongo.Collection<TextDocument>

/** A database of its own on the run's store, by the driver that libs/mongo uses and with its options. */
export interface ConformanceBench extends AsyncDisposable {
  readonly uri: string
  readonly client: mongo.MongoClient
  readonly db: mongo.Db
  readonly kind: StoreKind
  /** Whether the server says of itself that it takes retryable writes. */
  readonly retriesWrites: boolean
  /** An empty collection, with these documents. */
  collection(documents?: readonly TextDocument[]): Promise<TextCollection>
}

export const clientOptions: mongo.MongoClientOptions = {
  ignoreUndefined: true,
  serverSelectionTimeoutMS: 3000,
  socketTimeoutMS: 30_000,
  maxPoolSize: 32,
  writeConcern: { w: 'majority' },
}

export async function openConformance(uri = stackAddress().mongodbUri): Promise<ConformanceBench> {
  const client = new mongo.MongoClient(uri, clientOptions)
  const db = client.db(`conformance_${randomBytes(4).toString('hex')}`)
  const hello = await db.admin().command({ hello: 1 })
  let collections = 0
  return {
    uri,
    client,
    db,
    kind: await storeKind(client),
    retriesWrites: hello['logicalSessionTimeoutMinutes'] !== undefined && (hello['setName'] !== undefined || hello['msg'] === 'isdbgrid'),
    collection: async (documents = []) => {
      const collection = db.collection<TextDocument>(`c${++collections}`)
      if (documents.length > 0) await collection.insertMany([...documents])
      return collection
    },
    [Symbol.asyncDispose]: async () => {
      await db.dropDatabase()
      await client.close()
    },
  }
}

async function storeKind(client: mongo.MongoClient): Promise<StoreKind> {
  const built = await client.db('admin').command({ buildInfo: 1 })
  return built['secantusVersion'] === undefined ? 'mongodb' : 'local'
}

export const idsOf = (documents: readonly { readonly _id: string }[]): string[] => documents.map(({ _id }) => _id)

/** 0 … count − 1, each turned into something. */
export const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

/** What a call throws; a call that does not throw is an error itself. */
export async function thrownBy(call: () => Promise<unknown>): Promise<mongo.MongoServerError> {
  let value: unknown
  try {
    value = await call()
  } catch (thrown) {
    return thrown as mongo.MongoServerError
  }
  throw new Error(`nothing was thrown, but given: ${JSON.stringify(value)}`)
}

/** The document of an id as what its writer knows it to be; its absence is an error. */
export async function documentOf<T>(collection: TextCollection, _id: string): Promise<T> {
  const found = await collection.findOne({ _id })
  if (found === null) throw new Error(`no document ${_id}`)
  return found as T
}
