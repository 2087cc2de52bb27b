import { checkEffects } from './check-effects.ts'
import { checkOperations } from './check-operations.ts'
import { checkStream } from './check-stream.ts'
import type { Recording, Stream } from './recording.ts'
import type { Violation } from './violation.ts'

/** All that is wrong with a run, in the manner of Jepsen's kafka workload: what was acknowledged, stored, published and applied must agree. */
export function check(recording: Recording): readonly Violation[] {
  const streamOf = (name: string): Stream => {
    const found = recording.streams.find((stream) => stream.name === name)
    if (found === undefined) throw new Error(`no stream ${name}`)
    return found
  }
  return [
    ...checkOperations(recording.operations, streamOf(recording.written)),
    ...recording.streams.flatMap((stream) => [...checkStream(stream)]),
    ...recording.effects.flatMap((effects) => [...checkEffects(effects, streamOf(effects.stream))]),
    ...recording.deadLetters.map(
      ({ group, key, seq, reason }): Violation => ({ kind: 'dead-letter', where: group, what: `${key}:${seq}`, detail: reason }),
    ),
  ]
}
