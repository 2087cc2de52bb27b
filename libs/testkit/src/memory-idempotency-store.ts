import type { IdempotencyStoreShape } from './idempotency-store-behaviour.ts'

type Key = Parameters<IdempotencyStoreShape['begin']>[0]
type Answer = Parameters<IdempotencyStoreShape['finish']>[2]
type Entry = { readonly bodyHash: string | undefined; readonly answer?: Answer }

/** An idempotency store for tests of the layers above it; passes the same behaviour suite as the real one. */
export function memoryIdempotencyStore(): IdempotencyStoreShape {
  const entries = new Map<string, Entry>()
  const nameOf = ({ unitId, route, key }: Key): string => JSON.stringify([unitId, route, key])
  return {
    async begin(key, bodyHash) {
      const entry = entries.get(nameOf(key))
      if (entry === undefined) {
        entries.set(nameOf(key), { bodyHash })
        return { kind: 'fresh' }
      }
      if (bodyHash !== undefined && entry.bodyHash !== undefined && bodyHash !== entry.bodyHash) return { kind: 'reused' }
      return entry.answer === undefined ? { kind: 'in-progress' } : { kind: 'replay', bodyHash: entry.bodyHash ?? '', answer: entry.answer }
    },
    async finish(key, bodyHash, answer) {
      entries.set(nameOf(key), { bodyHash, answer })
    },
    async release(key) {
      entries.delete(nameOf(key))
    },
  }
}
