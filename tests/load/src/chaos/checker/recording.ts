/** An operation of a writer as its history tells of it. */
export interface Operation {
  readonly name: string
  readonly aggregateId: string
  /** What its events say, in order. */
  readonly contents: readonly string[]
  /** The seq of its first event where it was acknowledged; undefined where its outcome is not known. */
  readonly acknowledgedFrom: number | undefined
}

/** An aggregate as it stands in the store in the end. */
export interface StoredAggregate {
  readonly seq: number
  /** What its events say, by its own state: that of seq 1 first. */
  readonly contents: readonly string[]
  /** Seqs that still wait in its outbox. */
  readonly waiting: readonly number[]
}

export interface TopicRecord {
  readonly partition: number
  readonly key: string
  readonly seq: number
  readonly content: string
}

/** The aggregates of one collection and everything on their topic, partition by partition in order. */
export interface Stream {
  readonly name: string
  readonly aggregates: ReadonlyMap<string, StoredAggregate>
  readonly records: readonly TopicRecord[]
}

/** What one consumer made of the events of a stream. */
export interface Effects {
  readonly name: string
  readonly stream: string
  /** Which events have this effect. */
  readonly expects: (seq: number) => boolean
  /** By source aggregate: the seqs in the order in which they were applied. */
  readonly applied: ReadonlyMap<string, readonly number[]>
}

export interface DeadLetter {
  readonly group: string
  readonly key: string
  readonly seq: number
  readonly reason: string
}

/** Everything that a run leaves behind, read back once nothing moves any more. */
export interface Recording {
  readonly operations: readonly Operation[]
  /** The stream that the operations change. */
  readonly written: string
  readonly streams: readonly Stream[]
  readonly effects: readonly Effects[]
  readonly deadLetters: readonly DeadLetter[]
}
