import { toAppError } from '@dual-random/errors'
import type { Clock } from '@dual-random/kernel'
import { regionPrefix } from '@dual-random/kernel'
import type { OutboxRelay } from '@dual-random/messaging'
import { type Aggregate, aggregates, type Filter, type FindOptions, type NewEvent, type Store } from '@dual-random/mongo'
import type { Decide, Page, Publications, PublicQuery, RecordQuery } from '../app/ports.ts'
import type { PublicationEvent } from '../domain/events.ts'
import { evolve } from '../domain/evolve.ts'
import type { Publication, Published } from '../domain/publication.ts'
import { beginning, scopeFilter } from './scope-filter.ts'

export interface PublicationStoreOptions {
  readonly relay: OutboxRelay
  readonly clock: Clock
  /** The contract events that tell of a domain event; `publication` is the record after it. */
  readonly tell: (event: PublicationEvent, publication: Publication) => readonly NewEvent[]
}

const open = { $in: ['scheduled', 'pending'] }

const savedAtOnce = 16

/** Records in the store, their events pending inside. */
export function publicationStore(store: Store, { relay, clock, tell }: PublicationStoreOptions): Publications {
  const records = aggregates<Publication>(store, {
    collection: 'publications',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [
      { fields: { unitId: 1, 'state.status': 1, _id: 1 } },
      { fields: { regionCode: 1, 'state.status': 1, _id: 1 } },
      { fields: { 'state.taskId': 1 } },
      { fields: { 'state.status': 1, 'state.terms.endsAt': 1 } },
      { fields: { 'state.push.retryAt': 1 }, partial: { 'state.status': 'pending' } },
      { fields: { 'state.end.taskCompletedAt': 1 }, partial: { 'state.status': 'waiting' } },
      { fields: { 'state.content.drawId': 1, _id: 1 } },
      { fields: { 'state.status': 1, 'state.content.objectCode': 1, _id: 1 } },
      { fields: { 'state.status': 1, 'state.content.objectName': 1, _id: 1 } },
    ],
    service: 'publication',
    relay,
    clock,
  })

  const change = (current: Publication | undefined, events: readonly PublicationEvent[]) => {
    let state = current
    const told: NewEvent[] = []
    for (const event of events) {
      state = evolve(state, event)
      told.push(...tell(event, state))
    }
    return state === undefined || events.length === 0 ? undefined : { state, events: told }
  }

  const apply = async (id: string, decide: Decide): Promise<Publication | undefined> =>
    (await records.update(id, (current) => change(current?.state, decide(current?.state, id))))?.state

  const applyMany = async (ids: readonly string[], decide: Decide): Promise<ReadonlyMap<string, Publication>> => {
    const found = await records.loadMany(ids)
    const after = new Map<string, Publication>()
    const waiting = [...ids]
    const workers = Array.from({ length: Math.min(savedAtOnce, ids.length) }, async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const state = await applyTo(id, found.get(id), decide)
        if (state !== undefined) after.set(id, state)
      }
    })
    await Promise.all(workers)
    return after
  }

  /** Saves on what was read before; decides anew when someone else was faster. */
  const applyTo = async (id: string, previous: Aggregate<Publication> | undefined, decide: Decide): Promise<Publication | undefined> => {
    const next = change(previous?.state, decide(previous?.state, id))
    if (next === undefined) return previous?.state
    if (previous === undefined) return apply(id, decide)
    try {
      return (await records.save(previous, next.state, next.events)).state
    } catch (thrown) {
      if (toAppError(thrown).code !== 'version-conflict') throw thrown
      return apply(id, decide)
    }
  }

  const idsOf = async (filter: Filter, options: FindOptions): Promise<readonly string[]> =>
    (await records.find(filter, options)).map(({ id }) => id)

  return {
    load: async (id) => (await records.load(id))?.state,
    apply,
    applyMany,
    list: async (query, page) => statesOf(await records.find({ ...recordFilter(query), ...after(page) }, { limit: page.limit })),
    search: async (query, page) => {
      const previous = page.after === undefined ? undefined : (await records.load(page.after))?.state
      const order = query.begins?.field === 'objectName' ? 'objectName' : 'objectCode'
      const found = await records.find(publicFilter(query, order, previous), {
        sort: { [`state.content.${order}`]: 1, _id: 1 },
        limit: page.limit,
      })
      return statesOf(found) as readonly Published[]
    },
    ofDraw: async (drawId, page) =>
      statesOf(
        await records.find(
          { 'state.content.drawId': drawId, 'state.end.taskCompletedAt': { $gt: '' }, ...after(page) },
          { limit: page.limit },
        ),
      ),
    newlyOverdue: (now, limit) =>
      idsOf(
        { 'state.status': open, 'state.terms.endsAt': { $lt: now }, 'state.overdueSince': { $exists: false } },
        { sort: { 'state.terms.endsAt': 1 }, limit },
      ),
    duePushes: (systemNow, limit) =>
      idsOf({ 'state.status': 'pending', 'state.push.retryAt': { $lte: systemNow } }, { sort: { 'state.push.retryAt': 1 }, limit }),
    unscheduled: (page) =>
      idsOf(
        { 'state.status': 'waiting', 'state.end.taskCompletedAt': { $gt: '' }, 'state.content': { $exists: true }, ...after(page) },
        { limit: page.limit },
      ),
    provisional: (page) => idsOf({ 'state.status': open, 'state.terms.provisional': true, ...after(page) }, { limit: page.limit }),
  }
}

const statesOf = (found: readonly Aggregate<Publication>[]): readonly Publication[] => found.map(({ state }) => state)

const after = (page: Page): Filter => (page.after === undefined ? {} : { _id: { $gt: page.after } })

function recordFilter({ scope, unitId, status, overdue, dueBefore, taskId }: RecordQuery): Filter {
  return {
    ...scopeFilter(scope),
    ...(unitId === undefined ? {} : { unitId }),
    ...(status === undefined ? {} : { 'state.status': status }),
    ...(overdue === undefined ? {} : { 'state.overdueSince': { $exists: overdue } }),
    ...(dueBefore === undefined ? {} : { 'state.terms.dueDate': { $lt: dueBefore } }),
    ...(taskId === undefined ? {} : { 'state.taskId': taskId }),
  }
}

function publicFilter({ regionCode, begins }: PublicQuery, order: 'objectName' | 'objectCode', previous: Publication | undefined): Filter {
  const path = `state.content.${order}`
  const last = previous !== undefined && previous.status !== 'waiting' ? previous.content[order] : undefined
  return {
    'state.status': 'published',
    ...(regionCode === undefined ? {} : { regionCode: beginning(regionPrefix(regionCode)) }),
    ...(begins === undefined ? {} : { [path]: beginning(begins.text) }),
    ...(last === undefined || previous === undefined
      ? {}
      : { $or: [{ [path]: { $gt: last } }, { [path]: last, _id: { $gt: previous.publicationId } }] }),
  }
}
