import type { Clock } from '@dual-random/kernel'
import type { OutboxRelay } from '@dual-random/messaging'
import { type AggregateStore, aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { Draws } from '../app/ports.ts'
import type { DrawEvent } from '../domain/commands.ts'
import type { Draw } from '../domain/draw.ts'

export interface DrawStoreOptions {
  readonly relay: OutboxRelay
  readonly clock: Clock
  /** The contract events of what happened to a draw. */
  readonly publish: (draw: Draw, events: readonly DrawEvent[]) => readonly NewEvent[]
}

const freezeAt = 'state.line.batch.freezeAt'

export function drawStore(store: Store, { relay, clock, publish }: DrawStoreOptions): Draws {
  const draws = aggregates<Draw>(store, {
    collection: 'draws',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [
      { fields: { 'state.regionCode': 1, 'state.line.year': 1, [freezeAt]: 1, _id: 1 } },
      { fields: { 'state.dueAt': 1 }, partial: { 'state.dueAt': { $exists: true } } },
    ],
    service: 'drawing',
    relay,
    clock,
  })
  return {
    load: async (drawId) => (await draws.load(drawId))?.state,
    update: async (drawId, decide) =>
      (
        await draws.update(drawId, (current) => {
          const decision = decide(current?.state)
          return decision && { state: decision.draw, events: publish(decision.draw, decision.events) }
        })
      )?.state,
    ofYear: ({ regionCode, year }, statuses) =>
      collect(draws, { 'state.regionCode': regionCode, 'state.line.year': year, 'state.status': { $in: [...statuses] } }),
    page: async ({ regionPrefix, year }, { limit, after }) => {
      const filter = {
        ...(regionPrefix === '' ? {} : { 'state.regionCode': { $regex: `^${regionPrefix}` } }),
        ...(year === undefined ? {} : { 'state.line.year': year }),
        ...(after === undefined ? {} : afterCursor(after)),
      }
      return (await draws.find(filter, { sort: { [freezeAt]: 1, _id: 1 }, limit })).map(({ state }) => state)
    },
    due: async (now, limit) => {
      const found = await draws.find({ 'state.dueAt': { $lte: now } }, { sort: { 'state.dueAt': 1, _id: 1 }, limit })
      return found.map(({ state }) => state)
    },
  }
}

async function collect(draws: AggregateStore<Draw>, filter: Filter): Promise<readonly Draw[]> {
  const found: Draw[] = []
  for await (const { state } of draws.scan(filter)) found.push(state)
  return found
}

/** Whatever comes after a cursor of `drawCursor` in the order of the list. */
function afterCursor(cursor: string): Filter {
  const [at = '', drawId = ''] = cursor.split('~')
  return { $or: [{ [freezeAt]: { $gt: at } }, { [freezeAt]: at, _id: { $gt: drawId } }] }
}
