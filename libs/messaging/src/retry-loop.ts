import { type AppError, toAppError } from '@dual-random/errors'
import { addMs, epochMsOf, type Instant, instantOf } from '@dual-random/kernel'
import type { Logger } from 'pino'
import type { MessagingMetrics } from './metrics.ts'
import type { ParkedRecord, ParkedStore } from './parked.ts'

export interface RetryLoopOptions {
  readonly group: string
  readonly parked: ParkedStore
  readonly delaysMs: readonly number[]
  readonly logger: Logger
  readonly attempt: (record: ParkedRecord) => Promise<void>
  /** Sends a record that failed for good to the dead letters. */
  readonly bury: (record: ParkedRecord, error: AppError) => Promise<void>
  readonly onKeyCleared: (topic: string, key: string) => void
  readonly metrics: MessagingMetrics
}

/** What a record waits when the member that holds it is killed. */
const leaseMs = 10_000

const renewMs = 3_000

/** Finds what another copy of the service parked or left leased. */
const sweepMs = 30_000

/** After a failure of the store itself. */
const storePauseMs = 1000

/** Tries parked records again in order of their key, one at a time, when they are due. */
export class RetryLoop {
  readonly #options: RetryLoopOptions
  #timer: NodeJS.Timeout | undefined
  #wakeAt = Number.POSITIVE_INFINITY
  #running: Promise<void> = Promise.resolve()
  #stopped = true
  /** Leased to this loop, its outcome not written down: the store went away meanwhile. */
  #inHand: ParkedRecord | undefined

  constructor(options: RetryLoopOptions) {
    this.#options = options
  }

  start(): void {
    this.#stopped = false
    this.wake(instantOf(Date.now()))
  }

  /** Something is due at that time at the latest. */
  wake(dueAt: Instant): void {
    const at = epochMsOf(dueAt)
    if (this.#stopped || at >= this.#wakeAt) return
    this.#wakeAt = at
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => {
        this.#running = this.#running.then(() => this.#run())
      },
      Math.max(0, at - Date.now()),
    )
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #run(): Promise<void> {
    this.#wakeAt = Number.POSITIVE_INFINITY
    let next = Date.now() + sweepMs
    try {
      for (let record = await this.#next(); record !== undefined; record = await this.#next()) {
        this.#inHand = record
        await this.#retry(record)
        this.#inHand = undefined
      }
      const dueAt = await this.#options.parked.nextDueAt(this.#options.group)
      if (dueAt !== undefined) next = Math.min(next, Math.max(epochMsOf(dueAt), Date.now() + 100))
    } catch (error) {
      this.#options.logger.error({ err: error, group: this.#options.group }, 'retry of parked events failed')
      next = Date.now() + storePauseMs
    }
    this.wake(instantOf(next))
  }

  async #next(): Promise<ParkedRecord | undefined> {
    if (this.#stopped) return undefined
    if (this.#inHand !== undefined) return this.#inHand
    const now = instantOf(Date.now())
    return await this.#options.parked.claimDue(this.#options.group, now, addMs(now, leaseMs))
  }

  async #retry(record: ParkedRecord): Promise<void> {
    const { parked, bury, logger, metrics, onKeyCleared } = this.#options
    const count = (outcome: 'applied' | 'failed' | 'buried'): void => metrics.retries.inc({ topic: record.topic, outcome })
    try {
      await this.#attempt(record)
      logger.info({ eventId: record.eventId, topic: record.topic, attempts: record.attempts }, 'parked event applied')
      count('applied')
    } catch (thrown) {
      const error = toAppError(thrown)
      const delay = this.#delayAfter(error, record.attempts)
      if (delay !== undefined) {
        const dueAt = addMs(instantOf(Date.now()), delay)
        await parked.reschedule({ ...record, attempts: record.attempts + 1, dueAt, reason: error.code })
        count('failed')
        return
      }
      await bury(record, error)
      count('buried')
    }
    await parked.finish(record, instantOf(Date.now()))
    if (!(await parked.hasParked(record.group, record.topic, record.key))) onKeyCleared(record.topic, record.key)
  }

  /** Attempts it under a lease that lasts as long as the attempt does. */
  async #attempt(record: ParkedRecord): Promise<void> {
    const { parked, attempt, logger } = this.#options
    const renewal = setInterval(() => {
      parked
        .renew(record, addMs(instantOf(Date.now()), leaseMs))
        .catch((err: unknown) => logger.warn({ err }, 'lease of a parked event not renewed'))
    }, renewMs)
    try {
      await attempt(record)
    } finally {
      clearInterval(renewal)
    }
  }

  /**
   * Undefined when the record is to be a dead letter. An outage of the store, of a peer or of the broker says nothing about the record,
   * and must not strand its key however long it lasts.
   */
  #delayAfter(error: AppError, attempts: number): number | undefined {
    if (error.code === 'event-undecodable') return undefined
    const { delaysMs } = this.#options
    const outage = error.kind === 'unavailable' || error.kind === 'deadline'
    return delaysMs[attempts] ?? (outage ? delaysMs.at(-1) : undefined)
  }
}
