import type { Operation, Stream } from './recording.ts'
import type { Violation } from './violation.ts'

/** Holds what writers were told against what stands in their documents; an operation of unknown outcome may stand there once or not at all. */
export function* checkOperations(operations: readonly Operation[], stream: Stream): Generator<Violation> {
  const where = 'operations'
  const times = new Map<string, number>()
  for (const { contents } of stream.aggregates.values()) {
    for (const content of contents) times.set(content, (times.get(content) ?? 0) + 1)
  }
  for (const { name, aggregateId, contents, acknowledgedFrom } of operations) {
    const most = Math.max(...contents.map((content) => times.get(content) ?? 0))
    if (most > 1) yield { kind: 'duplicated', where, what: name, detail: `stands ${most} times in the documents` }
    if (acknowledgedFrom === undefined) continue
    const stored = stream.aggregates.get(aggregateId)
    const missing = contents.some((content, index) => stored?.contents[acknowledgedFrom - 1 + index] !== content)
    if (missing) {
      const detail = `acknowledged as ${aggregateId}:${acknowledgedFrom} and on; the document ends at ${stored?.seq ?? 'nothing'}`
      yield { kind: 'absent', where, what: name, detail }
    }
  }
}
