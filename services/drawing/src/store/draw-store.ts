import type { Clock } from '@dual-random/kernel'
import type { OutboxRelay } from '@dual-random/messaging'
import { type AggregateStore, aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { Draws } from '../app/ports.ts'
import type { DrawEvent } from '../domain/commands.ts'
import type { Draw } from '../domain/draw.ts'
import { extendHistory, type HistoryEntry } from '../domain/history.ts'

export interface DrawStoreOptions {
  readonly relay: OutboxRelay
  readonly clock: Clock
  /** The contract events of what happened to a draw. */
  readonly publish: (draw: Draw, events: readonly DrawEvent[]) => readonly NewEvent[]
}

/** A draw with its steps, saved in one write: there is none without the other. Draws made before steps were kept have none. */
type StoredDraw = Draw & { readonly history?: readonly HistoryEntry[] }

const freezeAt = 'state.line.batch.freezeAt'
const parentDrawId = 'state.redraw.parentDrawId'
const cityCode = 'state.line.joint.cities.regionCode'
const auditDueAt = 'state.auditDueAt'

export function drawStore(store: Store, { relay, clock, publish }: DrawStoreOptions): Draws {
  const draws = aggregates<StoredDraw>(store, {
    collection: 'draws',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [
      { fields: { 'state.regionCode': 1, 'state.line.year': 1, [freezeAt]: 1, _id: 1 } },
      { fields: { [cityCode]: 1, 'state.line.year': 1 }, partial: { [cityCode]: { $exists: true } } },
      { fields: { 'state.dueAt': 1 }, partial: { 'state.dueAt': { $exists: true } } },
      { fields: { [auditDueAt]: 1 }, partial: { [auditDueAt]: { $exists: true } } },
      { fields: { [parentDrawId]: 1 }, partial: { [parentDrawId]: { $exists: true } } },
    ],
    service: 'drawing',
    relay,
    clock,
  })
  return {
    load: async (drawId) => (await draws.load(drawId))?.state,
    history: async (drawId) => (await draws.load(drawId))?.state.history ?? [],
    update: async (drawId, decide) =>
      (
        await draws.update(drawId, (current) => {
          const decision = decide(current?.state)
          if (decision === undefined) return undefined
          const { draw, events, by } = decision
          const history = extendHistory(current?.state.history ?? [], events, { at: clock(), by })
          return { state: { ...draw, history }, events: publish(draw, events) }
        })
      )?.state,
    ofYear: ({ regionCode, year }, statuses) =>
      collect(draws, { $or: takesPart(regionCode), 'state.line.year': year, 'state.status': { $in: [...statuses] } }),
    page: async ({ regionPrefix, year, auditMissingAt }, { limit, after }) => {
      const filter = {
        ...(regionPrefix === '' ? {} : { $and: [{ $or: takesPart({ $regex: `^${regionPrefix}` }) }] }),
        ...(year === undefined ? {} : { 'state.line.year': year }),
        ...(auditMissingAt === undefined ? {} : { [auditDueAt]: { $lt: auditMissingAt }, 'state.audits': { $exists: false } }),
        ...(after === undefined ? {} : afterCursor(after)),
      }
      return (await draws.find(filter, { sort: { [freezeAt]: 1, _id: 1 }, limit })).map(({ state }) => state)
    },
    redrawsOf: async (parent) => {
      const found = await collect(draws, { [parentDrawId]: parent })
      return [...found].sort((a, b) => a.batch - b.batch || a.attempt - b.attempt)
    },
    due: async (now, limit) => {
      const found = await draws.find({ 'state.dueAt': { $lte: now } }, { sort: { 'state.dueAt': 1, _id: 1 }, limit })
      return found.map(({ state }) => state)
    },
  }
}

/** Draws of a region, and those of several cities in which it takes part. */
const takesPart = (regionCode: string | { readonly $regex: string }): Filter[] => [
  { 'state.regionCode': regionCode },
  { [cityCode]: regionCode },
]

async function collect(draws: AggregateStore<StoredDraw>, filter: Filter): Promise<readonly Draw[]> {
  const found: Draw[] = []
  for await (const { state } of draws.scan(filter)) found.push(state)
  return found
}

/** Whatever comes after a cursor of `drawCursor` in the order of the list. */
function afterCursor(cursor: string): Filter {
  const [at = '', drawId = ''] = cursor.split('~')
  return { $or: [{ [freezeAt]: { $gt: at } }, { [freezeAt]: at, _id: { $gt: drawId } }] }
}
