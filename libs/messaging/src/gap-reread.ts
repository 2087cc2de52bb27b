import type { Logger } from 'pino'
import type { MessagingMetrics } from './metrics.ts'
import type { ParkedStore } from './parked.ts'
import type { ReceivedRecord, Transport } from './transport.ts'

/** The seqs of an aggregate that did not come before one that did. */
export interface Gap {
  readonly topic: string
  readonly key: string
  /** First missing. */
  readonly from: number
  /** The one that came. */
  readonly to: number
}

export interface GapRereadOptions {
  readonly group: string
  readonly transport: Transport
  readonly parked: ParkedStore
  readonly logger: Logger
  readonly metrics: MessagingMetrics
  /** Parks a record that was found, to be applied before its successors. */
  readonly found: (record: ReceivedRecord) => Promise<void>
}

/** Gaps that come together, after a lost offset say, are looked for in one pass. */
const gatherMs = 1000

const pauseAfterFailureMs = 5_000

/**
 * Looks for the missing events of a gap by reading the topic again: topics keep an aggregate's events for ever, so that what was skipped
 * is still there. A gap behind a dead letter has its reason and is left to whoever replays that.
 */
export class GapReread {
  readonly #options: GapRereadOptions
  /** By topic, then key: the widest gap. */
  readonly #gaps = new Map<string, Map<string, Gap>>()
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  readonly #stopped = new AbortController()

  constructor(options: GapRereadOptions) {
    this.#options = options
  }

  note(gap: Gap): void {
    const ofTopic = this.#gaps.get(gap.topic) ?? new Map<string, Gap>()
    this.#gaps.set(gap.topic, ofTopic)
    const known = ofTopic.get(gap.key)
    ofTopic.set(gap.key, known === undefined ? gap : { ...gap, from: Math.min(gap.from, known.from), to: Math.max(gap.to, known.to) })
    this.#schedule(gatherMs)
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    clearTimeout(this.#timer)
    await this.#running
  }

  #schedule(delayMs: number): void {
    if (this.#stopped.signal.aborted || this.#timer !== undefined || this.#gaps.size === 0) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined
      })
    }, delayMs)
    this.#timer.unref()
  }

  async #run(): Promise<void> {
    let nextMs = gatherMs
    const gathered = new Map(this.#gaps)
    this.#gaps.clear()
    for (const [topic, gaps] of gathered) {
      try {
        await this.#reread(topic, gaps)
      } catch (err) {
        if (this.#stopped.signal.aborted) return
        this.#options.logger.error({ err, topic }, 'reading again for missing events failed')
        for (const gap of gaps.values()) this.note(gap)
        nextMs = pauseAfterFailureMs
      }
    }
    this.#schedule(nextMs)
  }

  async #reread(topic: string, gaps: ReadonlyMap<string, Gap>): Promise<void> {
    const { group, parked, transport, logger, metrics, found } = this.#options
    const unexplained = new Map<string, Gap>()
    for (const gap of gaps.values()) {
      if (await parked.hasBuried(group, topic, gap.key, gap)) continue
      unexplained.set(gap.key, gap)
    }
    if (unexplained.size === 0) return
    const missing = new Set([...unexplained.values()].flatMap(({ key, from, to }) => seqs(from, to).map((seq) => `${key}:${seq}`)))
    await transport.reread({
      topic,
      keys: new Set(unexplained.keys()),
      each: async (record) => {
        if (!missing.delete(`${record.key}:${record.headers['ce_sequence'] ?? ''}`)) return
        await found(record)
        metrics.rereadEvents.inc({ topic })
      },
      signal: this.#stopped.signal,
    })
    // The successors go on being tried, and end as dead letters of reason sequence-gap.
    if (missing.size > 0) logger.error({ topic, missing: [...missing].slice(0, 100) }, 'missing events are not on their topic')
  }
}

/** Bounds what one broken event may ask for. */
const seqsAtMost = 1000

const seqs = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.min(to - from, seqsAtMost) }, (_, index) => from + index)
