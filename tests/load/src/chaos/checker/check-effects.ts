import type { Effects, Stream } from './recording.ts'
import type { Violation } from './violation.ts'

/** Holds the effects of one consumer against the documents whose events it follows. */
export function* checkEffects({ name: where, expects, applied }: Effects, stream: Stream): Generator<Violation> {
  for (const [id, { seq }] of stream.aggregates) {
    const done = new Set(applied.get(id))
    for (let wanted = 1; wanted <= seq; wanted++) {
      if (expects(wanted) && !done.has(wanted)) yield { kind: 'lost', where, what: `${id}:${wanted}`, detail: 'has no effect' }
    }
  }
  for (const [id, seqs] of applied) {
    const last = stream.aggregates.get(id)?.seq ?? 0
    const times = new Map<number, number>()
    for (const seq of seqs) times.set(seq, (times.get(seq) ?? 0) + 1)
    for (const [seq, count] of times) {
      const what = `${id}:${seq}`
      if (count > 1) yield { kind: 'duplicated', where, what, detail: `was applied ${count} times` }
      if (seq > last) yield { kind: 'absent', where, what, detail: `was applied; its document ends at ${last}` }
    }
    const inOrder = [...times.keys()]
    for (const [index, seq] of inOrder.entries()) {
      const before = inOrder[index - 1] ?? 0
      if (before > seq) yield { kind: 'inverted', where, what: `${id}:${seq}`, detail: `was applied behind seq ${before}` }
    }
  }
}
