import { addMs, instantOf } from '@dual-random/kernel'
import type { Logger } from 'pino'
import type { RelayLeases } from './outbox-source.ts'

export interface OutboxLeasesOptions {
  readonly self: string
  readonly leases: RelayLeases
  readonly logger: Logger
  /** Epoch milliseconds since when the oldest event of this relay has been waiting. */
  readonly oldestSince: () => number | undefined
}

export interface TakenLeases {
  readonly held: ReadonlySet<string>
  /** How many owners another relay answers for. */
  readonly refused: number
}

const leaseMs = 6_000
const renewMs = 2_000

/**
 * The leases of one relay, on what it wrote itself and on what it has taken over. They are asked for only while something has waited for
 * a while, so that a relay that keeps up writes none.
 */
export class OutboxLeases {
  readonly #options: OutboxLeasesOptions
  readonly #held = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #stopped = false

  constructor(options: OutboxLeasesOptions) {
    this.#options = options
  }

  /** Takes over what those owners wrote, where they and all other relays have let go of it. */
  async take(owners: ReadonlySet<string>): Promise<TakenLeases> {
    const held = new Set<string>()
    for (const owner of owners) {
      if (owner === this.#options.self || (await this.#hold(owner))) held.add(owner)
    }
    for (const owner of held) this.#held.add(owner)
    return { held, refused: owners.size - held.size }
  }

  /** Keeps the leases while something waits. */
  watch(): void {
    if (this.#stopped || this.#timer !== undefined || this.#options.oldestSince() === undefined) return
    this.#timer = setTimeout(() => void this.#renew(), renewMs)
    this.#timer.unref()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  async #renew(): Promise<void> {
    const since = this.#options.oldestSince()
    if (since === undefined) this.#held.clear()
    else if (Date.now() - since >= renewMs) {
      try {
        for (const owner of [this.#options.self, ...this.#held]) await this.#hold(owner)
      } catch (err) {
        this.#options.logger.warn({ err }, 'relay leases not renewed')
      }
    }
    this.#timer = undefined
    this.watch()
  }

  #hold(owner: string): Promise<boolean> {
    const now = instantOf(Date.now())
    return this.#options.leases.hold(owner, this.#options.self, now, addMs(now, leaseMs))
  }
}
