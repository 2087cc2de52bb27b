import { appError } from '@dual-random/errors'
import { mongo } from 'mongoose'

const lostConnection = [
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoNotConnectedError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoTopologyClosedError',
  'MongooseServerSelectionError',
  'PoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
  'MongoOperationTimeoutError',
]

/** Error codes of a server that steps down or shuts down: the same call works on the next primary. */
const notPrimary: readonly (number | string | undefined)[] = [91, 189, 10107, 11600, 11602, 13435, 13436]

/** Runs a driver call; a store that cannot be reached becomes `unavailable store-unavailable`, anything else passes. */
export async function storeCall<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (thrown) {
    throw asStoreFailure(thrown)
  }
}

/** The same for a cursor or a download: the store may go while it is read. */
export async function* storeStream<T>(open: () => AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* open()
  } catch (thrown) {
    throw asStoreFailure(thrown)
  }
}

const asStoreFailure = (thrown: unknown): unknown =>
  isUnavailable(thrown) ? appError('unavailable', 'store-unavailable', { retryAfterMs: 1000, cause: thrown }) : thrown

function isUnavailable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  if (lostConnection.includes(thrown.name)) return true
  // mongoose refuses at once while it is disconnected and buffering is off.
  if (thrown.name === 'MongooseError' && thrown.message.includes('initial connection')) return true
  return thrown instanceof mongo.MongoServerError && notPrimary.includes(thrown.code)
}

const duplicateKey = 11000

export const isDuplicateKey = (thrown: unknown): boolean => thrown instanceof mongo.MongoServerError && thrown.code === duplicateKey

/** The ids that an unordered bulk write found taken already; rethrows when anything else went wrong too. */
export function duplicatesOf(thrown: unknown): number[] {
  if (!(thrown instanceof mongo.MongoBulkWriteError)) throw thrown
  const errors = Array.isArray(thrown.writeErrors) ? thrown.writeErrors : [thrown.writeErrors]
  if (errors.some((error) => error.code !== duplicateKey)) throw thrown
  return errors.map((error) => error.index)
}
