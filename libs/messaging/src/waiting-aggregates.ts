/** Aggregates of one source with events to publish; none is given out again before it was given back. */
export class WaitingAggregates {
  /** Epoch milliseconds since when each has been waiting, the oldest first. */
  readonly #waiting = new Map<string, number>()
  readonly #taken = new Map<string, number>()

  /** Those waiting; an aggregate in hand counts again when it has been added since. */
  get size(): number {
    return this.#waiting.size
  }

  /** Epoch milliseconds since when the oldest has been waiting, in hand or not. */
  get oldestSince(): number | undefined {
    const [waiting] = this.#waiting.values()
    const [taken] = this.#taken.values()
    return waiting === undefined || (taken !== undefined && taken < waiting) ? taken : waiting
  }

  /** Waiting or in hand. */
  has(aggregateId: string): boolean {
    return this.#waiting.has(aggregateId) || this.#taken.has(aggregateId)
  }

  add(aggregateIds: Iterable<string>, since: number): void {
    for (const id of aggregateIds) if (!this.#waiting.has(id)) this.#waiting.set(id, since)
  }

  /** Up to `limit` that are not in hand already. */
  take(limit: number): readonly string[] {
    const ids: string[] = []
    for (const [id, since] of this.#waiting) {
      if (ids.length >= limit) break
      if (this.#taken.has(id)) continue
      ids.push(id)
      this.#taken.set(id, since)
    }
    for (const id of ids) this.#waiting.delete(id)
    return ids
  }

  /** Ends the work on them; those named in `again` wait as before. */
  giveBack(aggregateIds: Iterable<string>, again: ReadonlySet<string>): void {
    for (const id of aggregateIds) {
      const since = this.#taken.get(id)
      this.#taken.delete(id)
      if (since !== undefined && again.has(id)) this.#waiting.set(id, since)
    }
  }
}
