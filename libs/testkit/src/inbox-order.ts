import { textOf } from './transport-bench.ts'
import type { RecordShape } from './transport-shape.ts'

/** Applies the records of each key as an inbox does: a seq at or below the last is dropped, one that leaves a gap is a fault. */
export class InboxOrder {
  readonly #last = new Map<string, number>()
  /** `<key>:<seq>` of what came before its predecessors. */
  readonly gaps: string[] = []

  /** The record's value is its seq. */
  apply(record: RecordShape): void {
    const seq = Number(textOf(record))
    const last = this.#last.get(record.key) ?? 0
    if (seq <= last) return
    if (seq > last + 1) this.gaps.push(`${record.key}:${seq}`)
    this.#last.set(record.key, seq)
  }

  last(keys: readonly string[]): readonly number[] {
    return keys.map((key) => this.#last.get(key) ?? 0)
  }
}
