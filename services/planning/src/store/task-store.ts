import { documents, type Store } from '@dual-random/mongo'
import type { DispatchedTask, DispatchedTasks } from '../app/ports.ts'
import type { TasksOfDraw } from '../domain/progress.ts'
import type { TaskGroup } from '../domain/task-exceptions.ts'
import type { CheckCounts } from '../domain/undrawn-progress.ts'

type Stored = Omit<DispatchedTask, 'taskId'> & { readonly id: string; readonly ended?: 'DONE' | 'WITHDRAWN' }

/** What a plan is compared with, task by task (DQ-03); they are many, so a plan's are counted as they stream by. */
export function taskStore(store: Store): DispatchedTasks {
  const stored = documents<Stored>(store, {
    collection: 'dispatched_tasks',
    indexes: [{ fields: { planId: 1 } }, { fields: { clueTaskId: 1 } }],
  })
  return {
    record: async ({ taskId, ...task }) => {
      await stored.insertMissing([{ ...task, id: taskId }])
    },
    groupsOf: async (planId) => {
      const groups = new Map<string, TaskGroup>()
      for await (const { drawId, unitId, itemCodes, window, unitCount, ended } of stored.scan({ planId })) {
        const { start, end } = window
        const key = JSON.stringify([drawId, unitId, itemCodes, start, end, unitCount, ended === 'WITHDRAWN'])
        const tasks = (groups.get(key)?.tasks ?? 0) + 1
        groups.set(key, {
          drawId,
          unitId,
          itemCodes,
          window: { start, end },
          unitCount,
          tasks,
          ...(ended === 'WITHDRAWN' ? { withdrawn: true } : {}),
        })
      }
      return [...groups.values()]
    },
    end: async (taskId, ended) => {
      await stored.updateWhere({ id: taskId }, { $set: { ended } })
    },
    countsOf: async (planIds) => {
      const counts = new Map<string, TasksOfDraw & { readonly planId: string }>()
      for await (const { planId, drawId, unitCount, ended } of stored.scan({ planId: { $in: planIds } })) {
        if (ended === 'WITHDRAWN') continue
        const key = JSON.stringify([planId, drawId, unitCount])
        const { tasks: before, done } = counts.get(key) ?? { tasks: 0, done: 0 }
        counts.set(key, { planId, drawId, unitCount, tasks: before + 1, done: done + (ended === 'DONE' ? 1 : 0) })
      }
      return [...counts.values()]
    },
    countsOfClueTasks: async (clueTaskIds) => {
      const counts = new Map<string, CheckCounts>()
      if (clueTaskIds.length === 0) return counts
      for await (const { clueTaskId = '', ended } of stored.scan({ clueTaskId: { $in: [...clueTaskIds] } })) {
        if (ended === 'WITHDRAWN') continue
        const { tasks, done } = counts.get(clueTaskId) ?? { tasks: 0, done: 0 }
        counts.set(clueTaskId, { tasks: tasks + 1, done: done + (ended === 'DONE' ? 1 : 0) })
      }
      return counts
    },
  }
}
