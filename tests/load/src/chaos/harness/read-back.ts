import { type ReceivedRecord, readTopics } from '@dual-random/messaging'
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
}

/** Everything a run has left: documents by the store's own word, topics from their beginning. */
export async function readBack(remains: Remains): Promise<Recording> {
  const { client, run } = remains
  const database = (name: DatabaseName): Db => client.db(databaseOf(run, name))
  const inspectors = await allOf<Inspector>(database('source'), 'inspectors')
  const ledgers = await allOf<Ledger>(database('first'), 'ledgers')
  const children = await allOf<Child>(database('first'), 'children')
  const boards = await allOf<Ledger>(database('second'), 'boards')
  return {
    operations: operationsOf(remains.history),
    written: 'inspectors',
    streams: [
      await streamOf(remains, 'inspectors', inspectors, ({ operations }) => operations.flatMap(contentsOf)),
      await streamOf(remains, 'ledgers', ledgers, ({ applied }) => applied),
      await streamOf(remains, 'children', children, ({ source }) => [source]),
    ],
    effects: [
      { name: '1→1 ledgers of inspectors', stream: 'inspectors', expects: always, applied: enteredIn(ledgers) },
      ...childEffects(children),
      await contributions(database('second'), 'inspectors'),
      await contributions(database('second'), 'ledgers'),
      { name: '1→1 boards of children', stream: 'children', expects: always, applied: enteredIn(boards) },
    ],
    deadLetters: await deadLetters(remains),
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

async function streamOf<S>(
  { brokers, run }: Remains,
  name: Emitting,
  stored: readonly Stored<S>[],
  contents: (state: S) => readonly string[],
): Promise<Stream> {
  const read = { brokers, topicPrefix: topicPrefixOf(run), topics: [topics[name]], group: `read-${name}` }
  const aggregates = new Map(stored.map(({ _id, seq, state }): [string, StoredAggregate] => [_id, { seq, contents: contents(state) }]))
  return { name, aggregates, records: (await readTopics(read)).map(recordOf) }
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

async function deadLetters({ brokers, run }: Remains): Promise<readonly DeadLetter[]> {
  const letters: DeadLetter[] = []
  for (const group of groups) {
    const read = { brokers, topicPrefix: topicPrefixOf(run), topics: [`${group}.dlq.v1`], group: `read-letters-${group}` }
    for (const { key, headers } of await readTopics(read)) {
      letters.push({ group, key, seq: Number(headers['ce_sequence']), reason: `${headers['dlq_reason']} (${headers['dlq_origin']})` })
    }
  }
  return letters
}
