import type { Stream, TopicRecord } from './recording.ts'
import type { Violation } from './violation.ts'

/** Holds the documents of a collection against their topic. A record may stand there again, behind its first copy. */
export function* checkStream(stream: Stream): Generator<Violation> {
  const firsts = firstsByKey(stream.records)
  for (const [id, { seq, contents, waiting }] of stream.aggregates) {
    if (contents.length !== seq) {
      yield { kind: 'gap', where: stream.name, what: `${id}:${seq}`, detail: `the document tells of ${contents.length} events` }
    }
    const kept = new Set([...waiting, ...(firsts.get(id) ?? []).map((record) => record.seq)])
    for (let wanted = 1; wanted <= seq; wanted++) {
      if (!kept.has(wanted))
        yield { kind: 'lost', where: stream.name, what: `${id}:${wanted}`, detail: 'is neither on its topic nor waiting' }
    }
  }
  for (const records of firsts.values()) yield* checkOrder(stream.name, records)
  for (const record of stream.records) yield* checkContent(stream, record)
}

/** The first copy of each record, in the order of the topic, by key. */
function firstsByKey(records: readonly TopicRecord[]): ReadonlyMap<string, readonly TopicRecord[]> {
  const seen = new Set<string>()
  const firsts = new Map<string, TopicRecord[]>()
  for (const record of records) {
    const id = `${record.key}:${record.seq}`
    if (seen.has(id)) continue
    seen.add(id)
    const ofKey = firsts.get(record.key)
    if (ofKey === undefined) firsts.set(record.key, [record])
    else ofKey.push(record)
  }
  return firsts
}

function* checkOrder(where: string, records: readonly TopicRecord[]): Generator<Violation> {
  for (const [index, { key, seq, partition }] of records.entries()) {
    const before = records[index - 1]
    if (before === undefined) continue
    const what = `${key}:${seq}`
    if (before.seq > seq) yield { kind: 'inverted', where, what, detail: `was first published behind seq ${before.seq}` }
    if (before.partition !== partition) {
      yield { kind: 'inverted', where, what, detail: `is in partition ${partition}, its predecessor in ${before.partition}` }
    }
  }
}

function* checkContent({ name: where, aggregates }: Stream, { key, seq, content }: TopicRecord): Generator<Violation> {
  const stored = aggregates.get(key)
  const what = `${key}:${seq}`
  if (stored === undefined || seq > stored.seq) {
    yield { kind: 'absent', where, what, detail: `is published; its document ends at ${stored?.seq ?? 'nothing'}` }
  } else if (stored.contents[seq - 1] !== content) {
    yield { kind: 'diverged', where, what, detail: `says ${content}; its document ${stored.contents[seq - 1] ?? 'nothing'}` }
  }
}
