import { randomBytes } from 'node:crypto'
import { appError } from '@dual-random/errors'
import { regionPrefix } from '@dual-random/kernel'
import { aggregates, documents, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { ClueQuery, Clues } from '../app/ports.ts'
import type { Clue, ClueChange } from '../domain/clue.ts'
import type { Publishing } from './plan-store.ts'

export function clueStore(store: Store, { relay, clock }: Publishing, tell: (change: ClueChange) => NewEvent): Clues {
  const clues = aggregates<Clue>(store, {
    collection: 'clues',
    service: 'planning',
    relay,
    clock,
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1, 'state.status': 1, _id: 1 } }],
  })
  const ids = documents<{ readonly id: string; readonly clueId: string }>(store, { collection: 'clue_ids', indexes: [] })
  return {
    load: async (clueId) => (await clues.load(clueId))?.state,
    loadMany: async (clueIds) => {
      const found = await Promise.all(clueIds.map((clueId) => clues.load(clueId)))
      return found.map((clue, index) => {
        if (clue === undefined) throw appError('not-found', 'not-found', { meta: { what: '线索', id: clueIds[index] ?? '' } })
        return clue.state
      })
    },
    idFor: async (commandId) => {
      // The id becomes public: nothing of the clue, nor of the command that somebody chose a key for, goes into it.
      await ids.insertMissing([{ id: commandId, clueId: `clue-${randomBytes(16).toString('hex')}` }])
      const kept = await ids.get(commandId)
      if (kept === undefined) throw new Error(`no id was kept for command ${commandId}`)
      return kept.clueId
    },
    change: async (clueId, decide) => {
      const changed = await clues.update(clueId, (current) => {
        const change = decide(current?.state)
        return change === undefined ? undefined : { state: change.clue, events: [tell(change)] }
      })
      if (changed === undefined) throw new Error(`nothing was decided on clue ${clueId}, which does not exist`)
      return changed.state
    },
    page: async (query, { limit, after }) => {
      const filter = { ...filterOf(query), ...(after === undefined ? {} : { _id: { $gt: after } }) }
      return (await clues.find(filter, { limit: limit + 1 })).map(({ state }) => state)
    },
    unsettled: async (regionCode, dueBy) => {
      const found: Clue[] = []
      const filter = { 'state.regionCode': regionCode, 'state.status': { $in: ['OPEN', 'CLUSTERED'] }, 'state.due.date': { $lte: dueBy } }
      for await (const { state } of clues.scan(filter)) found.push(state)
      return found
    },
  }
}

const filterOf = ({ regionCode, unitId, status, overdueOn }: ClueQuery): Filter => ({
  'state.regionCode': { $regex: `^${regionPrefix(regionCode)}` },
  ...(unitId === undefined ? {} : { 'state.unitId': unitId }),
  ...(status === undefined ? {} : { 'state.status': status }),
  ...(overdueOn === undefined
    ? {}
    : { 'state.due.date': { $lt: overdueOn }, ...(status === undefined ? { 'state.status': { $in: ['OPEN', 'CLUSTERED'] } } : {}) }),
})
