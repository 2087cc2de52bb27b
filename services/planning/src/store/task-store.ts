import { documents, type Store } from '@dual-random/mongo'
import type { DispatchedTask, DispatchedTasks } from '../app/ports.ts'
import type { TaskGroup } from '../domain/task-exceptions.ts'

/** What a plan is compared with, task by task (DQ-03); they are many, so a plan's are counted as they stream by. */
export function taskStore(store: Store): DispatchedTasks {
  const stored = documents<Omit<DispatchedTask, 'taskId'> & { readonly id: string; readonly withdrawn?: true }>(store, {
    collection: 'dispatched_tasks',
    indexes: [{ fields: { planId: 1 } }],
  })
  return {
    record: async ({ taskId, ...task }) => {
      await stored.insertMissing([{ ...task, id: taskId }])
    },
    withdraw: async (taskId) => {
      await stored.updateWhere({ id: taskId }, { $set: { withdrawn: true } })
    },
    groupsOf: async (planId) => {
      const groups = new Map<string, TaskGroup>()
      for await (const { drawId, unitId, itemCodes, window, unitCount, withdrawn } of stored.scan({ planId })) {
        const { start, end } = window
        const key = JSON.stringify([drawId, unitId, itemCodes, start, end, unitCount, withdrawn])
        const tasks = (groups.get(key)?.tasks ?? 0) + 1
        groups.set(key, {
          drawId,
          unitId,
          itemCodes,
          window: { start, end },
          unitCount,
          tasks,
          ...(withdrawn === undefined ? {} : { withdrawn }),
        })
      }
      return [...groups.values()]
    },
  }
}
