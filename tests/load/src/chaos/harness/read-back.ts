import { deadLetterTopic, type ReceivedRecord, readTopics } from '@dual-random/messaging'
import type { Db, MongoClient } from 'mongodb'
import type { DeadLetter, Effects, Operation, Recording, StoredAggregate, Stream, TopicRecord } from '../checker/recording.ts'
import { contentOf } from '../plan/operation.ts'
import type { HistoryEntry } from '../processes/history.ts'
import type { Contribution } from '../processes/second-group.ts'
import { type DatabaseName, databaseOf, groups, topicPrefixOf } from '../processes/settings.ts'
import { type Child, childrenOf, type Emitting, type Inspector, type Ledger, topics } from '../processes/shapes.ts'

export interface Remains {
  readonly client: MongoClient
  readonly brokers: readonly string[]
  readonly run: string
  readonly history: readonly HistoryEntry[]
}

interface Stored<S> {
  readonly _id: string
  readonly seq: number
  readonly state: S
  readonly outbox?: readonly { readonly seq: number }[]
}

/** Everything a run has left: documents by the store's own word, topics from their beginning. */
export async function readBack(remains: Remains): Promise<Recording> {
  const { client, run } = remains
  const database = (name: DatabaseName): Db => client.db(databaseOf(run, name))
  const inspectors = await allOf<Inspector>(database('source'), 'inspectors')
  const ledgers = await allOf<Ledger>(database('first'), 'ledgers')
  const children = await allOf<Child>(database('first'), 'children')
  const boards = await allOf<Ledger>(database('second'), 'boards')
  const all = [...Object.values(topics), ...groups.map(deadLetterTopic)]
  const records = Map.groupBy(
    await readTopics({ brokers: remains.brokers, topicPrefix: topicPrefixOf(run), topics: all, group: 'read-back' }),
    ({ topic }) => topic,
  )
  return {
    operations: operationsOf(remains.history),
    written: 'inspectors',
    streams: [
      streamOf('inspectors', inspectors, ({ operations }) => operations.flatMap(contentsOf), records),
      streamOf('ledgers', ledgers, ({ applied }) => applied, records),
      streamOf('children', children, ({ source }) => [source], records),
    ],
    effects: [
      { name: '1→1 ledgers of inspectors', stream: 'inspectors', expects: always, applied: enteredIn(ledgers) },
      ...childEffects(children),
      await contributions(database('second'), 'inspectors'),
      await contributions(database('second'), 'ledgers'),
      { name: '1→1 boards of children', stream: 'children', expects: always, applied: enteredIn(boards) },
    ],
    deadLetters: groups.flatMap((group) => deadLettersOf(group, records.get(deadLetterTopic(group)))),
  }
}

const always = (): boolean => true

const allOf = async <S>(db: Db, collection: string): Promise<readonly Stored<S>[]> =>
  (await db.collection(collection).find({}).toArray()) as unknown as readonly Stored<S>[]

const contentsOf = ({ name, events }: { readonly name: string; readonly events: number }): readonly string[] =>
  Array.from({ length: events }, (_, index) => contentOf(name, index + 1))

export function operationsOf(history: readonly HistoryEntry[]): readonly Operation[] {
  const from = new Map(history.flatMap((entry) => ('acknowledged' in entry ? [[entry.acknowledged, entry.from] as const] : [])))
  return history.flatMap((entry) => {
    if (!('invoked' in entry)) return []
    const { invoked: name, aggregateId, events } = entry
    return [{ name, aggregateId, contents: contentsOf({ name, events }), acknowledgedFrom: from.get(name) }]
  })
}

function streamOf<S>(
  name: Emitting,
  stored: readonly Stored<S>[],
  contents: (state: S) => readonly string[],
  records: ReadonlyMap<string, readonly ReceivedRecord[]>,
): Stream {
  const aggregates = new Map(
    stored.map(({ _id, seq, state, outbox = [] }): [string, StoredAggregate] => {
      return [_id, { seq, contents: contents(state), waiting: outbox.map((entry) => entry.seq) }]
    }),
  )
  return { name, aggregates, records: (records.get(topics[name]) ?? []).map(recordOf) }
}

const recordOf = ({ partition, key, headers, value }: ReceivedRecord): TopicRecord => {
  const { status } = JSON.parse(Buffer.from(value).toString('utf8')) as { readonly status: string }
  return { partition, key, seq: Number(headers['ce_sequence']), content: status }
}

/** `<aggregate id>:<seq>` */
export function partsOfEventId(id: string): readonly [aggregateId: string, seq: number] {
  const colon = id.lastIndexOf(':')
  return [id.slice(0, colon), Number(id.slice(colon + 1))]
}

export function bySource(eventIds: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const applied = new Map<string, number[]>()
  for (const eventId of eventIds) {
    const [id, seq] = partsOfEventId(eventId)
    const seqs = applied.get(id)
    if (seqs === undefined) applied.set(id, [seq])
    else seqs.push(seq)
  }
  return applied
}

const enteredIn = (stored: readonly Stored<Ledger>[]): Effects['applied'] => bySource(stored.flatMap(({ state }) => state.applied))

/** First and second child are an effect each; nothing is known of the order in which they came. */
const childEffects = (children: readonly Stored<Child>[]): readonly Effects[] =>
  [1, 2].map((nth) => {
    const sources = children.filter(({ _id }) => _id.endsWith(`-${nth}`)).map(({ state }) => state.source)
    return {
      name: `1→N children of inspectors, no. ${nth}`,
      stream: 'inspectors',
      expects: (seq) => childrenOf('', seq).length > 0,
      applied: bySource(sources.toSorted((one, other) => partsOfEventId(one)[1] - partsOfEventId(other)[1])),
    }
  })

async function contributions(db: Db, stream: Emitting): Promise<Effects> {
  const stored = await allOf<Contribution>(db, `of_${stream}`)
  return { name: `N→1 contributions of ${stream}`, stream, expects: always, applied: new Map(stored.map(({ _id, state }) => [_id, state])) }
}

const deadLettersOf = (group: string, records: readonly ReceivedRecord[] = []): readonly DeadLetter[] =>
  records.map(({ key, headers }) => ({
    group,
    key,
    seq: Number(headers['ce_sequence']),
    reason: `${headers['dlq_reason']} (${headers['dlq_origin']})`,
  }))
