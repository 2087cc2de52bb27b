/** One command of one unit: the same key on another route or by another unit is another command. */
export interface IdempotencyKey {
  readonly unitId: string
  /** Method and template, `POST /v1/plans/:planId/file`. */
  readonly route: string
  readonly key: string
}

/** An answer as it was sent; `body` is its text, empty when there was none. */
export interface StoredAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export type BeginOutcome =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'replay'; readonly bodyHash: string; readonly answer: StoredAnswer }
  | { readonly kind: 'in-progress' }
  | { readonly kind: 'reused' }

/**
 * Remembers commands for 72 h (design.md §5). Adapters pass `idempotencyStoreBehaviour` of the testkit.
 * A claim holds for as long as its process works on it, and falls free within a minute of that process's crash.
 */
export interface IdempotencyStore {
  /** Claims the key, atomically. `bodyHash` is undefined for a streamed body, whose hash is known only at its end: then `reused` is never the outcome. */
  begin(key: IdempotencyKey, bodyHash: string | undefined): Promise<BeginOutcome>
  finish(key: IdempotencyKey, bodyHash: string, answer: StoredAnswer): Promise<void>
  /** Forgets a claim, so that the same command can be tried again. */
  release(key: IdempotencyKey): Promise<void>
}
