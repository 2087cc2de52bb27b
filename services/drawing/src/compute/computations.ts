import type { HashName } from '@dual-random/draw'
import { siblingModule, type ThreadPool, type ThreadPoolOptions, threadPool } from '@dual-random/service'
import type { Computations } from '../app/computations.ts'
import type * as tasks from './tasks.ts'

/** The threads of this service's computations; a test may give a module of its own with the same functions. */
export const computeThreads = (options: Omit<ThreadPoolOptions, 'module'> & Partial<ThreadPoolOptions>): ThreadPool<typeof tasks> =>
  threadPool<typeof tasks>({ module: siblingModule('tasks', import.meta.url), ...options })

/** Each in a thread, under one hash. */
export const threadComputations = (threads: Pick<ThreadPool<typeof tasks>, 'run'>, hash: HashName): Computations => ({
  rosterFile: (input) => threads.run('rosterFile', { ...input, hash }),
  matchFiles: (input) => threads.run('matchFiles', { ...input, hash }),
  forecast: (input) => threads.run('forecast', { ...input, hash }),
  draw: (input) => threads.run('draw', { ...input, hash }),
  transcribe: (input) => threads.run('transcribe', { ...input, hash }),
  matchTeams: (input) => threads.run('matchTeams', { ...input, hash }),
})
