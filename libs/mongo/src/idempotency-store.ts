import { createHash, randomUUID } from 'node:crypto'
import type { BeginOutcome, IdempotencyKey, IdempotencyStore, StoredAnswer } from '@dual-random/http'
import { type DocumentStore, documents } from './documents.ts'
import type { Store } from './store.ts'

interface KeyDocument {
  readonly id: string
  /** Process and attempt that hold the claim; absent once answered. */
  readonly claim?: string
  readonly leaseUntil?: number
  readonly bodyHash?: string
  readonly answer?: StoredAnswer
  readonly expireAt: Date
}

const keptMs = 72 * 3600_000
const leaseMs = 10_000
const renewMs = 3000

/**
 * A crashed process's claim falls free after `leaseMs`; a live one renews its claims for as long as the work takes. Who has lost a claim
 * nevertheless (the process stood still) neither frees nor answers what somebody else has claimed since.
 */
export function idempotencyStore(store: Store): IdempotencyStore & { stop(): void } {
  const keys = documents<KeyDocument>(store, {
    collection: 'idempotency_keys',
    indexes: [{ fields: { expireAt: 1 }, expireAfterSeconds: 0 }],
  })
  const claims = new LiveClaims(keys)

  return {
    begin: async (key, bodyHash): Promise<BeginOutcome> => {
      const id = idOf(key)
      const claim = randomUUID()
      const now = Date.now()
      const held = { claim, leaseUntil: now + leaseMs, expireAt: new Date(now + keptMs), ...(bodyHash === undefined ? {} : { bodyHash }) }
      const { inserted } = await keys.insertMissing([{ id, ...held }])
      if (inserted === 0) {
        const found = await keys.get(id)
        if (found?.answer !== undefined) return answered(found, found.answer, bodyHash)
        if (found !== undefined && bodyHash !== undefined && found.bodyHash !== undefined && found.bodyHash !== bodyHash)
          return { kind: 'reused' }
        const taken = await keys.claim({ id, answer: { $exists: false }, leaseUntil: { $lt: now } }, { $set: held })
        if (taken === undefined) return { kind: 'in-progress' }
      }
      claims.hold(id, claim)
      return { kind: 'fresh' }
    },
    finish: async (key, bodyHash, answer) => {
      const id = idOf(key)
      const claim = claims.drop(id)
      await keys.updateWhere({ id, claim }, { $set: { bodyHash, answer }, $unset: { claim: '', leaseUntil: '' } })
    },
    release: async (key) => {
      const id = idOf(key)
      const claim = claims.drop(id)
      await keys.remove({ id, claim })
    },
    stop: () => claims.stop(),
  }
}

const answered = (found: KeyDocument, answer: StoredAnswer, bodyHash: string | undefined): BeginOutcome =>
  bodyHash !== undefined && bodyHash !== found.bodyHash ? { kind: 'reused' } : { kind: 'replay', bodyHash: found.bodyHash ?? '', answer }

const idOf = ({ unitId, route, key }: IdempotencyKey): string =>
  createHash('sha256')
    .update(JSON.stringify([unitId, route, key]))
    .digest('hex')

/** The claims of this process, renewed by one timer that runs only while there are any. */
class LiveClaims {
  readonly #keys: DocumentStore<KeyDocument>
  readonly #held = new Map<string, string>()
  #timer: NodeJS.Timeout | undefined

  constructor(keys: DocumentStore<KeyDocument>) {
    this.#keys = keys
  }

  hold(id: string, claim: string): void {
    this.#held.set(id, claim)
    this.#timer ??= setInterval(() => {
      void this.#renew()
    }, renewMs).unref()
  }

  /** The claim that was held; one that matches nothing when there was none. */
  drop(id: string): string {
    const claim = this.#held.get(id) ?? ''
    this.#held.delete(id)
    if (this.#held.size === 0) this.stop()
    return claim
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  async #renew(): Promise<void> {
    const leaseUntil = Date.now() + leaseMs
    // A failed renewal shows when the claim falls free; the work itself stays idempotent.
    const held = { id: { $in: [...this.#held.keys()] }, claim: { $in: [...this.#held.values()] } }
    await this.#keys.updateWhere(held, { $set: { leaseUntil } }).catch(() => undefined)
  }
}
