import { appError } from '@dual-random/errors'

/** A time after which work is given up, or earlier. */
export class Limit {
  /** Rejects then, and never resolves. */
  readonly reached: Promise<never>
  readonly #timer: NodeJS.Timeout
  #reject: (reason: Error) => void = () => undefined

  constructor(milliseconds: number) {
    this.reached = new Promise((_, reject) => {
      this.#reject = reject
    })
    this.reached.catch(() => undefined)
    this.#timer = setTimeout(() => this.end(unavailable(new Error(`not done within ${milliseconds} ms`))), milliseconds)
  }

  end(reason: Error): void {
    this.#reject(reason)
  }

  clear(): void {
    clearTimeout(this.#timer)
  }
}

/** Waits for work that may fail, and no longer than that. */
export async function settled(work: Promise<unknown>, milliseconds: number): Promise<void> {
  const limit = new Limit(milliseconds)
  await Promise.race([work, limit.reached]).catch(() => undefined)
  limit.clear()
}

export const unavailable = (cause: unknown): Error => appError('unavailable', 'broker-unavailable', { retryAfterMs: 1000, cause })

export const closed = (): Error => unavailable(new Error('the transport is closed'))
