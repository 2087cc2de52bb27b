import { mongo } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { duplicatesOf, storeCall, storeStream } from './store-call.ts'

const failing = (thrown: unknown) => storeCall(() => Promise.reject(thrown))
const unavailable = { kind: 'unavailable', code: 'store-unavailable', retryAfterMs: 1000 }

const socketError = (code: string): Error => Object.assign(new Error('This socket has been ended by the other party'), { code })

describe('storeCall', () => {
  it.each([
    ['a lost connection', new mongo.MongoNetworkError('connection closed')],
    ['a write on a socket that the store has closed', socketError('EPIPE')],
    ['a connection reset', socketError('ECONNRESET')],
    ['a primary that steps down', new mongo.MongoServerError({ message: 'stepping down', code: 189 })],
    ['a write that too few members confirmed', new mongo.MongoServerError({ message: 'waiting for replication', code: 64 })],
  ])('says unavailable on %s', async (_what, thrown) => {
    await expect(failing(thrown)).rejects.toMatchObject({ ...unavailable, cause: thrown })
  })

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a refused document', new mongo.MongoServerError({ message: 'too large', code: 10334 })],
    ['what is no error', 'text'],
  ])('passes %s on as it is', async (_what, thrown) => {
    await expect(failing(thrown)).rejects.toBe(thrown)
  })

  it('says unavailable when the store goes away in the middle of a reading', async () => {
    async function* broken() {
      yield 1
      throw socketError('ECONNRESET')
    }
    const read: number[] = []
    const all = async (): Promise<void> => {
      for await (const one of storeStream(broken)) read.push(one)
    }
    await expect(all()).rejects.toMatchObject(unavailable)
    expect(read).toEqual([1])
  })
})

describe('duplicatesOf', () => {
  const writeError = (index: number, code: number) => ({ index, code })
  /** As the driver throws it: the server's answer with its errors by place, and what the majority did not confirm. */
  const bulkError = (writeErrors: readonly object[], unconfirmed?: object) =>
    Object.assign(new mongo.MongoBulkWriteError({ message: 'bulk' } as never, { getWriteConcernError: () => unconfirmed } as never), {
      writeErrors,
    })

  it('names the places that were taken', () => {
    expect(duplicatesOf(bulkError([writeError(1, 11_000), writeError(4, 11_000)]))).toEqual([1, 4])
  })

  it('hides no other failure', () => {
    const other = bulkError([writeError(1, 11_000), writeError(2, 121)])
    expect(() => duplicatesOf(other)).toThrow(other)
    const none = bulkError([])
    expect(() => duplicatesOf(none)).toThrow(none)
    expect(() => duplicatesOf(new TypeError('bug'))).toThrow('bug')
  })

  it('counts nothing as written that the majority has not confirmed', () => {
    const timeout = { code: 64, errmsg: 'waiting for replication timed out' }
    expect(() => duplicatesOf(bulkError([], timeout))).toThrow(expect.objectContaining(unavailable))
    expect(() => duplicatesOf(bulkError([writeError(1, 11_000)], timeout))).toThrow(expect.objectContaining(unavailable))
  })
})
