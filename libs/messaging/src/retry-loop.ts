import { type AppError, toAppError } from '@dual-random/errors'
import { addMs, epochMsOf, type Instant, instantOf } from '@dual-random/kernel'
import type { Logger } from 'pino'
import { type ParkedRecord, type ParkedStore, retryDelaysMs } from './parked.ts'

export interface RetryLoopOptions {
  readonly group: string
  readonly parked: ParkedStore
  readonly logger: Logger
  readonly attempt: (record: ParkedRecord) => Promise<void>
  /** Sends a record that failed for good to the dead letters. */
  readonly bury: (record: ParkedRecord, error: AppError) => Promise<void>
  readonly onKeyCleared: (topic: string, key: string) => void
}

const leaseMs = 60_000

/** Finds what another copy of the service parked or left leased. */
const sweepMs = 30_000

/** Tries parked records again in order of their key, when they are due. */
export class RetryLoop {
  readonly #options: RetryLoopOptions
  #timer: NodeJS.Timeout | undefined
  #wakeAt = Number.POSITIVE_INFINITY
  #running: Promise<void> = Promise.resolve()
  #stopped = true

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
        this.#running = this.#run()
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
      for (;;) {
        const now = instantOf(Date.now())
        const record = this.#stopped ? undefined : await this.#options.parked.claimDue(this.#options.group, now, addMs(now, leaseMs))
        if (record === undefined) break
        await this.#retry(record)
      }
      const dueAt = await this.#options.parked.nextDueAt(this.#options.group)
      if (dueAt !== undefined) next = Math.min(next, Math.max(epochMsOf(dueAt), Date.now() + 100))
    } catch (error) {
      this.#options.logger.error({ err: error, group: this.#options.group }, 'retry of parked events failed')
      next = Date.now() + 1000
    }
    this.wake(instantOf(next))
  }

  async #retry(record: ParkedRecord): Promise<void> {
    const { parked, attempt, bury, logger, onKeyCleared } = this.#options
    try {
      await attempt(record)
      logger.info({ eventId: record.eventId, topic: record.topic, attempts: record.attempts }, 'parked event applied')
    } catch (thrown) {
      const error = toAppError(thrown)
      const delay = retryDelaysMs[record.attempts]
      if (delay !== undefined && error.code !== 'event-undecodable') {
        const dueAt = addMs(instantOf(Date.now()), delay)
        await parked.reschedule({ ...record, attempts: record.attempts + 1, dueAt, reason: error.code })
        return
      }
      await bury(record, error)
    }
    await parked.finish(record, instantOf(Date.now()))
    if (!(await parked.hasParked(record.group, record.topic, record.key))) onKeyCleared(record.topic, record.key)
  }
}
