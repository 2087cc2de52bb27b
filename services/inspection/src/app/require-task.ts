import { appError } from '@dual-random/errors'
import type { Task } from '../domain/task.ts'
import type { Tasks } from './ports.ts'

export async function requireTask(tasks: Tasks, taskId: string): Promise<Task> {
  const task = await tasks.get(taskId)
  if (task === undefined) throw appError('not-found', 'not-found', { meta: { what: 'task', id: taskId } })
  return task
}
