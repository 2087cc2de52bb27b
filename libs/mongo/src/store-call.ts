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

/** What the sockets below the driver throw, sometimes without its wrapping: the server has just closed its end. */
const lostSocket = [
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]

/**
 * Error codes of a server that steps down or shuts down, which the next primary does not have, and of a write that too few members have
 * confirmed in time (64, 100): it counts as not done.
 */
const notPrimary: readonly (number | string | undefined)[] = [64, 91, 100, 189, 10107, 11600, 11602, 13435, 13436]

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

const asStoreFailure = (thrown: unknown): unknown => (isUnavailable(thrown) ? storeUnavailable(thrown) : thrown)

const storeUnavailable = (cause: unknown) => appError('unavailable', 'store-unavailable', { retryAfterMs: 1000, cause })

const bulkCause = (thrown: mongo.MongoBulkWriteError): unknown => thrown.errorResponse ?? thrown.cause

function isUnavailable(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false
  // A bulk write wraps whatever ended it, a lost connection too.
  if (thrown instanceof mongo.MongoBulkWriteError && isUnavailable(bulkCause(thrown))) return true
  if (lostConnection.includes(thrown.name)) return true
  if ('code' in thrown && lostSocket.includes(String(thrown.code))) return true
  // mongoose refuses at once while it is disconnected and buffering is off.
  if (thrown.name === 'MongooseError' && thrown.message.includes('initial connection')) return true
  return thrown instanceof mongo.MongoServerError && notPrimary.includes(thrown.code)
}

const duplicateKey = 11000

export const isDuplicateKey = (thrown: unknown): boolean => thrown instanceof mongo.MongoServerError && thrown.code === duplicateKey

/** The places of those that a bulk write found taken already; rethrows when anything else went wrong too. */
export function duplicatesOf(thrown: unknown): number[] {
  if (!(thrown instanceof mongo.MongoBulkWriteError)) throw thrown
  if (thrown.result.getWriteConcernError() !== undefined) throw storeUnavailable(thrown)
  const errors = Array.isArray(thrown.writeErrors) ? thrown.writeErrors : [thrown.writeErrors]
  if (errors.length === 0 || errors.some((error) => error.code !== duplicateKey)) throw thrown
  return errors.map((error) => error.index)
}
