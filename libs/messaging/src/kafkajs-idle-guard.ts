import { createRequire } from 'node:module'

interface RequestQueue {
  readonly pending: readonly unknown[]
  scheduleCheckPendingRequests(): void
}

let applied = false

/**
 * P4: kafkajs re-arms a 1 ms timer for ever once it got a reply, 3 % of a core per idle process (tulios/kafkajs#1751).
 * With nothing pending there is nothing to check; the next push schedules its own check.
 */
export function guardIdleTimer(): void {
  if (applied) return
  applied = true
  const requestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { readonly prototype: RequestQueue }
  const original = requestQueue.prototype.scheduleCheckPendingRequests
  requestQueue.prototype.scheduleCheckPendingRequests = function scheduleOnlyWhenPending(this: RequestQueue): void {
    if (this.pending.length > 0) original.call(this)
  }
}
