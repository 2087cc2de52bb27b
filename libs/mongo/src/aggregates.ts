import { setTimeout as pause } from 'node:timers/promises'
import { appError } from '@dual-random/errors'
import { type Clock, instantOf } from '@dual-random/kernel'
import type { OutboxRelay, OutgoingEvent, ReceivedEvent } from '@dual-random/messaging'
import { currentTraceId } from '@dual-random/runtime'
import { type AggregateDocument, outboxEntries, toOutgoing } from './aggregate-document.ts'
import { advancedInbox, type InboxEntry, inboxMark } from './aggregate-inbox.ts'
import type { NewEvent } from './new-event.ts'
import { outboxSource } from './outbox-source.ts'
import { declareModel, type IndexSpec, type Store } from './store.ts'
import { duplicatesOf, isDuplicateKey, storeCall, storeStream } from './store-call.ts'

export interface Aggregate<S> {
  readonly id: string
  readonly version: number
  readonly seq: number
  readonly state: S
}

/** What a decision leads to: the next state and the events that tell of it. */
export interface Change<S> {
  readonly state: S
  readonly events: readonly NewEvent[]
}

export interface BulkChange<S> extends Change<S> {
  readonly id: string
  /** Absent for a new aggregate. */
  readonly previous?: Aggregate<S>
}

export interface FindOptions {
  readonly sort?: Sort
  readonly limit?: number
}

export interface AggregateOptions<S> {
  readonly collection: string
  readonly scopeOf: (state: S) => { readonly regionCode: string; readonly unitId: string }
  /** Indexes on `state.…` fields. */
  readonly indexes: readonly IndexSpec[]
  readonly service: string
  readonly relay: OutboxRelay
  readonly clock: Clock
}

export type Filter = Readonly<Record<string, unknown>>

export type Sort = Readonly<Record<string, 1 | -1>>

export const byId: Sort = { _id: 1 }

/** Aggregates of one kind, one document each, their pending events inside (design §5). */
export interface AggregateStore<S> {
  load(id: string): Promise<Aggregate<S> | undefined>
  loadMany(ids: readonly string[]): Promise<ReadonlyMap<string, Aggregate<S>>>
  create(id: string, state: S, events: readonly NewEvent[]): Promise<'created' | 'exists'>
  /** Writes state and events in one update filtered on the version; throws `version-conflict` when someone else was faster. */
  save(previous: Aggregate<S>, state: S, events: readonly NewEvent[]): Promise<Aggregate<S>>
  /** Loads, decides, saves, and decides anew on a conflict; an undefined decision changes nothing. */
  update(id: string, decide: Decide<S>): Promise<Aggregate<S> | undefined>
  /** Unordered bulk of the same updates. `conflicts` are ids that existed already or had moved on. */
  saveMany(changes: readonly BulkChange<S>[]): Promise<{ readonly written: number; readonly conflicts: readonly string[] }>
  /** Creates one after the other, and stops at the first whose id, or whose value in a unique index, is taken; answers how many it created. */
  createInOrder(created: readonly (Change<S> & { readonly id: string })[]): Promise<number>
  /** Shape 1→1: like update, with the mark of the source aggregate in the document that changes. */
  applyEvent(source: ReceivedEvent, id: string, decide: Decide<S>): Promise<'applied' | 'duplicate'>
  find(filter: Filter, options?: FindOptions): Promise<Aggregate<S>[]>
  /** Every match, by id where no order is given. `none` is for whole pools: the store need not order a million before it gives the first. */
  scan(filter: Filter, options?: { readonly sort?: Sort | 'none'; readonly batch?: number }): AsyncIterable<Aggregate<S>>
  /**
   * Of every match only these `state.…` fields, in no order: what a pass over a whole pool needs of it. Parts of a state are not the state,
   * so the caller says what shape they have.
   */
  scanFields<P>(filter: Filter, fields: readonly string[]): AsyncIterable<P>
  /** The same of the documents with these ids, in no order; ids without a document are left out. */
  fieldsOf<P>(ids: readonly string[], fields: readonly string[]): Promise<readonly P[]>
  count(filter: Filter): Promise<number>
}

export type Decide<S> = (current: Aggregate<S> | undefined) => Change<S> | undefined | Promise<Change<S> | undefined>

/** A group handles 16 keys at once, each of which may change the same aggregate. */
const conflictRetries = 12

/** Back-pressure: an aggregate with that many unpublished events takes no more. */
const outboxLimit = 1000

const fields = { version: Number, seq: Number, regionCode: String, unitId: String, state: {}, outbox: [{}], inbox: [{}] }

export function aggregates<S>(store: Store, options: AggregateOptions<S>): AggregateStore<S> {
  const { collection, scopeOf, service, relay, clock } = options
  const envelope = () => ({ at: clock(), traceId: currentTraceId() ?? '', owner: relay.owner })
  const model = declareModel(store, collection, fields, [
    ...options.indexes,
    { fields: { 'outbox.0.storedAt': 1 }, partial: { 'outbox.0.storedAt': { $exists: true } } },
  ])
  const documents = model.collection
  const source = outboxSource(model, service, collection)
  relay.register(source)

  const query = (filter: Filter) => model.find(filter as never, { outbox: 0, inbox: 0 } as never)

  const load = async (id: string): Promise<Aggregate<S> | undefined> => {
    const found = await storeCall(() => query({ _id: id }).limit(1).lean<AggregateDocument<S>[]>().exec())
    return found[0] === undefined ? undefined : aggregateOf(found[0])
  }

  const newDocument = (
    id: string,
    state: S,
    events: readonly NewEvent[],
    beside: Beside = {},
    about = envelope(),
  ): AggregateDocument<S> => ({
    _id: id,
    version: 1,
    seq: events.length,
    ...scopeOf(state),
    state,
    outbox: outboxEntries(events, 0, about),
    ...beside,
  })

  const changeOf = (previous: Aggregate<S>, state: S, events: readonly NewEvent[], beside: Beside = {}) => ({
    filter: {
      _id: previous.id,
      version: previous.version,
      ...(events.length > 0 ? { [`outbox.${outboxLimit - 1}`]: { $exists: false } } : {}),
    },
    update: {
      $set: { state, version: previous.version + 1, seq: previous.seq + events.length, ...scopeOf(state), ...beside },
      ...(events.length > 0 ? { $push: { outbox: { $each: outboxEntries(events, previous.seq, envelope()) } } } : {}),
    },
  })

  const saved = (previous: Aggregate<S>, state: S, events: readonly NewEvent[]): Aggregate<S> => {
    if (events.length > 0) relay.wake(source, [previous.id])
    return { id: previous.id, version: previous.version + 1, seq: previous.seq + events.length, state }
  }

  const write = async (previous: Aggregate<S>, state: S, events: readonly NewEvent[], beside?: Beside) => {
    const { filter, update } = changeOf(previous, state, events, beside)
    const { matchedCount } = await storeCall(() => documents.updateOne(filter as never, update as never))
    if (matchedCount === 1) return saved(previous, state, events)
    const now = await load(previous.id)
    if (now?.version === previous.version) throw appError('exhausted', 'backlog-full', { retryAfterMs: 1000 })
    throw appError('version-conflict', 'version-conflict')
  }

  const create = async (id: string, state: S, events: readonly NewEvent[], beside?: Beside) => {
    const document = newDocument(id, state, events, beside)
    try {
      await storeCall(() => documents.insertOne(document as never))
    } catch (thrown) {
      if (isDuplicateKey(thrown)) return 'exists' as const
      throw thrown
    }
    if (events.length > 0) relay.wakeCreated(source, new Map([[id, toOutgoing(document, service)]]))
    return 'created' as const
  }

  /** One attempt: undefined on a conflict. */
  const tryWrite = async (id: string, current: Aggregate<S> | undefined, { state, events }: Change<S>, beside?: Beside) => {
    if (current === undefined) {
      const created: Aggregate<S> = { id, version: 1, seq: events.length, state }
      return (await create(id, state, events, beside)) === 'created' ? created : undefined
    }
    try {
      return await write(current, state, events, beside)
    } catch (thrown) {
      if (isConflict(thrown)) return undefined
      throw thrown
    }
  }

  const update = (id: string, decide: Decide<S>): Promise<Aggregate<S> | undefined> =>
    retryingConflicts(async () => {
      const current = await load(id)
      const change = await decide(current)
      return change === undefined ? { done: current } : written(await tryWrite(id, current, change))
    })

  const saveMany = async (changes: readonly BulkChange<S>[]) => {
    if (changes.length === 0) return { written: 0, conflicts: [] }
    const token = crypto.randomUUID()
    const created = new Map<string, readonly OutgoingEvent[]>()
    const about = envelope()
    const operations = changes.map(({ id, previous, state, events }) => {
      if (previous === undefined) {
        const document = newDocument(id, state, events, {}, about)
        created.set(id, toOutgoing(document, service))
        return { insertOne: { document } }
      }
      const { filter, update: set } = changeOf(previous, state, events, { bulk: token })
      return { updateOne: { filter, update: set } }
    })
    let taken: number[] = []
    let matched: number
    try {
      matched = (await storeCall(() => documents.bulkWrite(operations as never, { ordered: false }))).matchedCount
    } catch (thrown) {
      taken = duplicatesOf(thrown)
      matched = Number.NaN
    }
    const updates = changes.filter(({ previous }) => previous !== undefined)
    const lost =
      matched === updates.length
        ? []
        : await withoutToken(
            updates.map(({ id }) => id),
            token,
          )
    const conflicts = new Set([...taken.map((index) => changes[index]?.id ?? ''), ...lost])
    const telling = changes.filter(({ id, events }) => events.length > 0 && !conflicts.has(id)).map(({ id }) => id)
    relay.wake(
      source,
      telling.filter((id) => !created.has(id)),
    )
    relay.wakeCreated(source, new Map(telling.flatMap((id) => (created.has(id) ? [[id, created.get(id) ?? []] as const] : []))))
    return { written: changes.length - conflicts.size, conflicts: [...conflicts] }
  }

  const createInOrder = async (changes: readonly (Change<S> & { readonly id: string })[]): Promise<number> => {
    if (changes.length === 0) return 0
    const about = envelope()
    const all = changes.map(({ id, state, events }) => newDocument(id, state, events, {}, about))
    let created = all.length
    try {
      await storeCall(() => documents.bulkWrite(all.map((document) => ({ insertOne: { document } })) as never, { ordered: true }))
    } catch (thrown) {
      created = duplicatesOf(thrown)[0] ?? 0
    }
    const telling = all.slice(0, created).filter(({ outbox }) => outbox.length > 0)
    relay.wakeCreated(source, new Map(telling.map((document) => [document._id, toOutgoing(document, service)])))
    return created
  }

  /** Those of a bulk that did not take its write: matched counts do not say which. */
  const withoutToken = async (ids: readonly string[], token: string): Promise<string[]> => {
    const written = await storeCall(() => documents.find({ _id: { $in: ids }, bulk: token } as never, { projection: { _id: 1 } }).toArray())
    const known = new Set(written.map((document) => String(document._id)))
    return ids.filter((id) => !known.has(id))
  }

  const applyEvent = (event: ReceivedEvent, id: string, decide: Decide<S>): Promise<'applied' | 'duplicate'> =>
    retryingConflicts<'applied' | 'duplicate'>(async () => {
      const marked = `${event.topic}/${event.aggregateId}`
      const found = (await storeCall(() =>
        documents.findOne({ _id: id } as never, { projection: { outbox: 0 } }),
      )) as AggregateDocument<S> | null
      if (inboxMark(found?.inbox, marked) >= event.seq) return { done: 'duplicate' }
      const current = found === null ? undefined : aggregateOf(found)
      const change = await decide(current)
      if (change === undefined) return { done: 'applied' }
      const saving = await tryWrite(id, current, change, { inbox: advancedInbox(found?.inbox, marked, event.seq, instantOf(Date.now())) })
      return saving === undefined ? undefined : { done: 'applied' }
    })

  return {
    load,
    loadMany: async (ids) => {
      const found = await storeCall(() =>
        query({ _id: { $in: ids } })
          .lean<AggregateDocument<S>[]>()
          .exec(),
      )
      return new Map(found.map((document) => [document._id, aggregateOf(document)]))
    },
    create: (id, state, events) => create(id, state, events),
    save: (previous, state, events) => write(previous, state, events),
    update: (id, decide) => update(id, decide),
    saveMany,
    createInOrder,
    applyEvent,
    find: async (filter, { sort = byId, limit = 1000 } = {}) => {
      const found = await storeCall(() =>
        query(filter)
          .sort({ ...sort })
          .limit(limit)
          .lean<AggregateDocument<S>[]>()
          .exec(),
      )
      return found.map(aggregateOf)
    },
    scan: async function* scan(filter, { sort = byId, batch = 1000 } = {}) {
      const read = storeStream(() =>
        query(filter)
          .sort(sort === 'none' ? {} : { ...sort })
          .lean()
          .cursor({ batchSize: batch }),
      )
      for await (const document of read) yield aggregateOf(document as unknown as AggregateDocument<S>)
    },
    scanFields: async function* scanFields<P>(filter: Filter, wanted: readonly string[]) {
      const read = storeStream(() => documents.find(filter as never, { projection: projectionOf(wanted), batchSize: fieldsAtOnce }))
      for await (const document of read) yield (document as unknown as { readonly state: P }).state
    },
    fieldsOf: async <P>(ids: readonly string[], wanted: readonly string[]) => {
      const filter = { _id: { $in: ids } } as never
      const found = await storeCall(() => documents.find(filter, { projection: projectionOf(wanted), batchSize: ids.length + 1 }).toArray())
      return found.map((document) => (document as unknown as { readonly state: P }).state)
    },
    count: (filter) => storeCall(() => model.countDocuments(filter as never).exec()),
  }
}

/** Small documents: a round trip for many of them. */
const fieldsAtOnce = 5000

const projectionOf = (wanted: readonly string[]): Readonly<Record<string, 0 | 1>> =>
  Object.fromEntries([['_id', 0], ...wanted.map((field) => [field, 1])])

const aggregateOf = <S>({ _id, version, seq, state }: AggregateDocument<S>): Aggregate<S> => ({ id: _id, version, seq, state })

/** What is written in the same update as the state. */
interface Beside {
  readonly inbox?: readonly InboxEntry[]
  /** Tells the writes of one bulk from others. */
  readonly bulk?: string
}

const written = <T>(saved: T | undefined): { readonly done: T } | undefined => (saved === undefined ? undefined : { done: saved })

/** Calls `attempt` until it is done; undefined is a conflict with another writer. */
async function retryingConflicts<T>(attempt: () => Promise<{ readonly done: T } | undefined>): Promise<T> {
  for (let count = 0; count <= conflictRetries; count++) {
    const outcome = await attempt()
    if (outcome !== undefined) return outcome.done
    await pause(Math.random() * Math.min(2 ** count, 64))
  }
  throw appError('version-conflict', 'version-conflict')
}

const isConflict = (thrown: unknown): boolean => thrown instanceof Error && 'kind' in thrown && thrown.kind === 'version-conflict'
