import { type AppError, appError, invalidRequest, isRetryable, toAppError, violation } from '@dual-random/errors'
import { assertNever, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { Request } from 'express'
import type { IdempotencyKey, IdempotencyStore, StoredAnswer } from './idempotency-store.ts'
import type { ReceivedBody } from './request-body.ts'
import type { JsonRoute, RequestContext } from './route.ts'

const retryWhileInProgressMs = 1000

/** The key of a command. Throws `invalid` when the header is missing or not 1–255 visible ASCII characters. */
export function idempotencyKeyOf(request: Request, { method, path }: JsonRoute, { principal }: RequestContext): IdempotencyKey {
  const key = request.get('idempotency-key') ?? ''
  if (key === '') throw appError('invalid', 'idempotency-key-required')
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw invalidRequest([
      violation('/headers/idempotency-key', 'malformed-value', { value: key.slice(0, 80), expected: '[\\x21-\\x7e]{1,255}' }),
    ])
  }
  return { unitId: principal.unitId, route: `${method} ${path}`, key }
}

/** 128 bits that unit, route and key determine, so that a command that creates something creates it once (design.md §5). */
export const derivedIdOf = ({ unitId, route, key }: IdempotencyKey): string =>
  toHex(sha256(tlv('derived-id', unitId, route, key))).slice(0, 32)

/**
 * Runs a command once per key. Same key and body: the first answer again, refusals too, marked `Idempotent-Replayed`; other body: 409;
 * still running: 409 with Retry-After. What the caller may retry unchanged (unavailable, deadline, exhausted, version conflict) and bugs free the key.
 */
export async function once(
  store: IdempotencyStore,
  key: IdempotencyKey,
  body: ReceivedBody,
  run: () => Promise<StoredAnswer>,
  refusal: (error: AppError) => StoredAnswer,
): Promise<StoredAnswer> {
  const begun = await store.begin(key, body.hash)
  switch (begun.kind) {
    case 'fresh':
      return await firstTime(store, key, body, run, refusal)
    case 'replay':
      if ((await body.finalHash()) !== begun.bodyHash) throw reused()
      return { ...begun.answer, headers: { ...begun.answer.headers, 'idempotent-replayed': 'true' } }
    case 'in-progress':
      throw appError('failed-precondition', 'request-in-progress', { retryAfterMs: retryWhileInProgressMs })
    case 'reused':
      throw reused()
    default:
      return assertNever(begun)
  }
}

const reused = (): AppError => appError('failed-precondition', 'idempotency-key-reused')

async function firstTime(
  store: IdempotencyStore,
  key: IdempotencyKey,
  body: ReceivedBody,
  run: () => Promise<StoredAnswer>,
  refusal: (error: AppError) => StoredAnswer,
): Promise<StoredAnswer> {
  try {
    const answer = await run().catch((thrown: unknown) => {
      const error = toAppError(thrown)
      if (error.kind === 'internal' || isRetryable(error)) throw thrown
      return refusal(error)
    })
    await store.finish(key, await body.finalHash(), answer)
    return answer
  } catch (thrown) {
    // A claim that cannot be released falls free by itself; what was thrown matters more.
    await store.release(key).catch(() => undefined)
    throw thrown
  }
}
