import { regionPrefix } from '@dual-random/kernel'
import { aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { ClueTaskQuery, ClueTasks } from '../app/ports.ts'
import type { ClueTask, ClueTaskChange } from '../domain/clue-task.ts'
import type { Publishing } from './plan-store.ts'

export function clueTaskStore(store: Store, { relay, clock }: Publishing, tell: (change: ClueTaskChange) => NewEvent): ClueTasks {
  const tasks = aggregates<ClueTask>(store, {
    collection: 'clue_tasks',
    service: 'planning',
    relay,
    clock,
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1, 'state.year': 1, _id: 1 } }],
  })
  return {
    load: async (taskId) => (await tasks.load(taskId))?.state,
    change: async (taskId, decide) => {
      const changed = await tasks.update(taskId, (current) => {
        const change = decide(current?.state)
        return change === undefined ? undefined : { state: change.task, events: [tell(change)] }
      })
      if (changed === undefined) throw new Error(`nothing was decided on ${taskId}, which does not exist`)
      return changed.state
    },
    page: async (query, { limit, after }) => {
      const filter = { ...filterOf(query), ...(after === undefined ? {} : { _id: { $gt: after } }) }
      return (await tasks.find(filter, { limit: limit + 1 })).map(({ state }) => state)
    },
  }
}

const filterOf = ({ regionCode, year, unitId, status }: ClueTaskQuery): Filter => ({
  ...(regionCode === undefined ? {} : { 'state.regionCode': { $regex: `^${regionPrefix(regionCode)}` } }),
  ...(year === undefined ? {} : { 'state.year': year }),
  ...(unitId === undefined ? {} : { 'state.unitId': unitId }),
  ...(status === undefined ? {} : { 'state.status': status }),
})
