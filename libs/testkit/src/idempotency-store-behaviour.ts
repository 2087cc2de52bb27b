import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'

interface Key {
  readonly unitId: string
  readonly route: string
  readonly key: string
}

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The shape of `IdempotencyStore` in libs/http, which tests with this package and therefore cannot be imported here. */
export interface IdempotencyStoreShape {
  begin(
    key: Key,
    bodyHash: string | undefined,
  ): Promise<
    { readonly kind: 'fresh' | 'in-progress' | 'reused' } | { readonly kind: 'replay'; readonly bodyHash: string; readonly answer: Answer }
  >
  finish(key: Key, bodyHash: string, answer: Answer): Promise<void>
  release(key: Key): Promise<void>
}

const answer: Answer = { status: 201, headers: { location: '/v1/things/1' }, body: '{"id":"一"}' }

/** What every `IdempotencyStore` must do. How long it remembers, and when a crashed process's claim falls free, are tested with the adapter. */
export function idempotencyStoreBehaviour(name: string, factory: () => Promise<IdempotencyStoreShape>): void {
  describe(`${name} as an idempotency store`, () => {
    let store: IdempotencyStoreShape
    let key: Key
    beforeEach(async () => {
      store = await factory()
      key = { unitId: `unit-${randomUUID()}`, route: 'POST /v1/things', key: 'key-1' }
    })

    it('lets a new key begin and refuses it meanwhile', async () => {
      expect(await store.begin(key, 'hash-1')).toEqual({ kind: 'fresh' })
      expect(await store.begin(key, 'hash-1')).toEqual({ kind: 'in-progress' })
    })

    it('gives the same answer for the same body', async () => {
      await store.begin(key, 'hash-1')
      await store.finish(key, 'hash-1', answer)
      expect(await store.begin(key, 'hash-1')).toEqual({ kind: 'replay', bodyHash: 'hash-1', answer })
    })

    it('refuses the key for another body, while running and afterwards', async () => {
      await store.begin(key, 'hash-1')
      expect(await store.begin(key, 'hash-2')).toEqual({ kind: 'reused' })
      await store.finish(key, 'hash-1', answer)
      expect(await store.begin(key, 'hash-2')).toEqual({ kind: 'reused' })
    })

    it('leaves the comparison to the caller while a streamed body has no hash', async () => {
      expect(await store.begin(key, undefined)).toEqual({ kind: 'fresh' })
      expect(await store.begin(key, undefined)).toEqual({ kind: 'in-progress' })
      await store.finish(key, 'hash-1', answer)
      expect(await store.begin(key, undefined)).toEqual({ kind: 'replay', bodyHash: 'hash-1', answer })
    })

    it('begins again after a release', async () => {
      await store.begin(key, 'hash-1')
      await store.release(key)
      expect(await store.begin(key, 'hash-2')).toEqual({ kind: 'fresh' })
    })

    it('keeps units and routes apart', async () => {
      await store.begin(key, 'hash-1')
      await store.finish(key, 'hash-1', answer)
      expect(await store.begin({ ...key, unitId: `unit-${randomUUID()}` }, 'hash-2')).toEqual({ kind: 'fresh' })
      expect(await store.begin({ ...key, route: 'POST /v1/others' }, 'hash-2')).toEqual({ kind: 'fresh' })
      expect(await store.begin({ ...key, key: 'key-2' }, 'hash-2')).toEqual({ kind: 'fresh' })
    })

    it('lets one of many simultaneous attempts begin', async () => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.begin(key, 'hash-1')))
      expect(outcomes.filter(({ kind }) => kind === 'fresh')).toHaveLength(1)
      expect(outcomes.filter(({ kind }) => kind === 'in-progress')).toHaveLength(19)
    })
  })
}
