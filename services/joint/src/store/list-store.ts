import { events } from '@dual-random/contracts'
import { type AggregateStore, aggregates, documents, newEvent, type Store } from '@dual-random/mongo'
import type { DrawnLists, ListMatches } from '../app/ports.ts'
import type { DrawnList, ListEntry } from '../domain/list-comparison.ts'
import { declineReason, type ListMatch } from '../domain/list-match.ts'
import type { StoreParts } from './joint-task-store.ts'

type ListDocument = DrawnList & { readonly id: string }

type EntryDocument = ListEntry & { readonly id: string }

const entryIdOf = ({ drawId, label }: ListEntry): string => `${drawId}:${label}`

/** Lists, and what they name by keyed identity alone. */
export function drawnListStore(store: Store): DrawnLists {
  const lists = documents<ListDocument>(store, { collection: 'drawn_lists', indexes: [] })
  const entries = documents<EntryDocument>(store, { collection: 'drawn_list_entries', indexes: [{ fields: { identity: 1, _id: 1 } }] })
  return {
    // The list first: whoever finds an entry finds its list.
    add: async (list, added) => {
      await lists.insertMissing([{ ...list, id: list.listId }])
      await entries.insertMissing(added.map((entry) => ({ ...entry, id: entryIdOf(entry) })))
    },
    find: async (identities) => {
      const found: ListEntry[] = []
      for await (const { id: _id, ...entry } of entries.scan({ identity: { $in: identities } })) found.push(entry)
      return found
    },
    getMany: async (listIds) => {
      const found = await lists.getMany(listIds)
      return new Map([...found].map(([listId, { id: _id, ...list }]) => [listId, list]))
    },
  }
}

export function listMatchStore(store: Store, parts: StoreParts): ListMatches {
  const matches: AggregateStore<ListMatch> = aggregates<ListMatch>(store, {
    ...parts,
    collection: 'list_matches',
    service: 'joint',
    scopeOf: ({ sides: [{ regionCode, unitId }] }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.sides.unitId': 1, 'state.status': 1, _id: 1 } }],
  })
  return {
    propose: async (match) => {
      await matches.create(match.matchId, match, [newEvent(events.joint.listMatchProposed, proposedEvent(match))])
    },
    get: async (matchId) => (await matches.load(matchId))?.state,
    answer: async (matchId, decide) => {
      const saved = await matches.update(matchId, (current) => {
        const state = current === undefined ? undefined : decide(current.state)
        if (state === undefined || state === current?.state) return undefined
        return { state, events: state.status === 'PROPOSED' ? [] : [newEvent(events.joint.listMatchDecided, decidedEvent(state))] }
      })
      return saved?.state
    },
    list: async ({ unitId, status, limit, after }) => {
      const found = await matches.find(
        {
          'state.sides.unitId': unitId,
          ...(status === undefined ? {} : { 'state.status': status }),
          ...(after === undefined ? {} : { _id: { $gt: after } }),
        },
        { limit },
      )
      return found.map(({ state }) => state)
    },
  }
}

/** Neither object nor labels: who reads the topic is not told what a list names (DRW-34). */
const proposedEvent = ({ matchId, sides, proposedAt }: ListMatch) => ({
  matchId,
  regionCode: sides[0].regionCode,
  unitId: sides[0].unitId,
  sides: sides.map(({ drawId, regionCode, unitId }) => ({ drawId, regionCode, unitId })),
  proposedAt,
})

const decidedEvent = (match: ListMatch) => {
  const { matchId, sides, status } = match
  const reason = declineReason(match)
  return {
    matchId,
    regionCode: sides[0].regionCode,
    unitId: sides[0].unitId,
    sides: sides.map(({ drawId, regionCode, unitId }) => ({ drawId, regionCode, unitId })),
    outcome: status,
    ...(reason === undefined ? {} : { reason }),
    decidedAt: sides.flatMap(({ answer }) => answer?.at ?? []).reduce((a, b) => (a > b ? a : b)),
  }
}
