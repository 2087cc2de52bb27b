import type { ImportProblem } from '@dual-random/tables'
import { type KeyedRecord, noOutcomes, type OutcomeCounts, type RowProgress, type RowResult, reportLimit } from './row-result.ts'

export interface AppliedRowsOptions<T> {
  readonly apply: (rows: readonly KeyedRecord<T>[]) => Promise<readonly RowResult[]>
  /** What a run that broke off had done: those rows are read again, but not applied. */
  readonly resume?: RowProgress | undefined
  /** Told now and then what is done for good. */
  readonly onProgress?: ((progress: RowProgress) => Promise<void>) | undefined
}

interface Batch {
  readonly line: number
  readonly rows: number
  readonly results: Promise<readonly RowResult[]>
}

/** Rows between two notes of how far an import has come: at most so many are compared again after it broke off. */
const rowsBetween = 10_000

/** The batches of an import that are applied, or being applied, in the order of the file. */
export class AppliedRows<T> {
  readonly #options: AppliedRowsOptions<T>
  readonly #inHand: Batch[] = []
  readonly #counts: Record<RowResult['outcome'], number>
  readonly #refusals: Extract<RowResult, { readonly problem: ImportProblem }>[] = []
  readonly #doneTo: number
  readonly #again: ReadonlySet<number>
  #rowsSince = 0

  constructor(options: AppliedRowsOptions<T>) {
    this.#options = options
    this.#counts = { ...(options.resume?.counts ?? noOutcomes) }
    this.#doneTo = options.resume?.line ?? 0
    this.#again = new Set(options.resume?.refused)
  }

  get counts(): OutcomeCounts {
    const counts = { ...this.#counts }
    for (const { outcome } of this.#refusals) counts[outcome] += 1
    return counts
  }

  /** At most `reportLimit`. */
  get problems(): readonly ImportProblem[] {
    return this.#refusals.map(({ problem }) => problem)
  }

  /** Whether the run that broke off has left nothing to do for the row on that line. */
  isDone(line: number): boolean {
    return line <= this.#doneTo && !this.#again.has(line)
  }

  begin(batch: readonly KeyedRecord<T>[]): void {
    const results = this.#options.apply(batch)
    // A failure is met when it is this batch's turn; until then it is nobody's.
    results.catch(() => undefined)
    this.#inHand.push({ line: batch.at(-1)?.line ?? 0, rows: batch.length, results })
  }

  /** Waits for the eldest batches until no more than that many are in hand. Rejects with the failure of one. */
  async untilAtMost(batches: number): Promise<void> {
    for (let [eldest] = this.#inHand; eldest !== undefined && this.#inHand.length > batches; [eldest] = this.#inHand) {
      for (const result of await eldest.results) this.#count(result)
      this.#inHand.shift()
      this.#rowsSince += eldest.rows
      if (this.#rowsSince >= rowsBetween) await this.#note(eldest.line)
    }
  }

  /** Waits until nothing is in hand any more, whatever became of it. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#inHand.map(({ results }) => results))
  }

  #count(result: RowResult): void {
    if ('problem' in result && this.#refusals.length < reportLimit) this.#refusals.push(result)
    else this.#counts[result.outcome] += 1
  }

  async #note(line: number): Promise<void> {
    this.#rowsSince = 0
    // What a resumed run has not come to yet stays as the run before left it.
    const ahead = [...this.#again].filter((refused) => refused > line)
    await this.#options.onProgress?.({
      line: Math.max(line, this.#doneTo),
      counts: { ...this.#counts },
      refused: [...this.#refusals.map((refusal) => refusal.line), ...ahead],
    })
  }
}
