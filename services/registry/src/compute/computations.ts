import type { HashName } from '@dual-random/draw'
import { siblingModule, type ThreadPool, type ThreadPoolOptions, threadPool } from '@dual-random/service'
import type { Computations } from '../app/computations.ts'
import type * as tasks from './tasks.ts'

/** The threads of this service's computations. */
export const computeThreads = (options: Omit<ThreadPoolOptions, 'module'>): ThreadPool<typeof tasks> =>
  threadPool<typeof tasks>({ ...options, module: siblingModule('tasks', import.meta.url) })

/** Each in a thread, under one hash. */
export const threadComputations = (threads: Pick<ThreadPool<typeof tasks>, 'run'>, hash: HashName): Computations => ({
  freezeFiles: (input) => threads.run('freezeFiles', { ...input, hash }),
  redrawFiles: (input) => threads.run('redrawFiles', { ...input, hash }),
  rosterNodes: (roster) => threads.run('rosterNodes', { hash, roster }),
})
