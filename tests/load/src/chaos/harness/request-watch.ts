import { setTimeout as pause } from 'node:timers/promises'
import type { ReplyCuttingProxy } from '@dual-random/testkit'

/** Waits for requests that pass through a proxy. */
export class RequestWatch {
  readonly #waiting = new Map<string, Set<() => void>>()

  constructor(proxy: ReplyCuttingProxy) {
    proxy.watch(({ kind }) => {
      for (const tell of this.#waiting.get(kind) ?? []) tell()
      this.#waiting.delete(kind)
    })
  }

  /** Resolves with true as soon as such a request passes, before it can have been answered, or with false after that time. */
  async next(kind: string, withinMs: number, signal: AbortSignal): Promise<boolean> {
    const passed = new Promise<true>((resolve) => {
      const waiting = this.#waiting.get(kind) ?? new Set()
      this.#waiting.set(
        kind,
        waiting.add(() => resolve(true)),
      )
    })
    const late = new AbortController()
    try {
      return await Promise.race([passed, pause(withinMs, false, { signal: AbortSignal.any([signal, late.signal]) })])
    } finally {
      late.abort()
    }
  }
}
