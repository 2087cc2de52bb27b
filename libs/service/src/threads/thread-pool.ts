import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type AppError, appError } from '@dual-random/errors'
import type { Logger } from '@dual-random/runtime'
import { movedBuffers } from './moved-buffers.ts'
import type { ThreadAnswer, ThreadRequest } from './thread-entry.ts'

/** The exports of a module whose functions run in threads: synchronous and pure, from one value that can be cloned to another. */
export type ThreadTasks = Readonly<Record<string, (input: never) => unknown>>

/**
 * Runs a module's functions in worker threads, so that work of seconds does not hold the event loop (heartbeats to the broker, answers).
 * Byte arrays move with the message, into the thread and back: the giver must not read them afterwards; everything else is copied.
 */
export interface ThreadPool<Tasks extends ThreadTasks> {
  /**
   * The function's value. What the function throws is thrown here with its text; an expected failure is a value. Fails with `computation-lost` when
   * the thread ended before its answer and `computation-queue-full` when too much waits already, both `unavailable`.
   */
  run<Name extends keyof Tasks & string>(task: Name, input: Parameters<Tasks[Name]>[0]): Promise<ReturnType<Tasks[Name]>>
  /** Ends every thread at once; what was in hand or waited is lost, and whatever comes later. */
  close(): Promise<void>
}

export interface ThreadPoolOptions {
  /** Address of the module, its ending as that of the file that runs: see `siblingModule`. */
  readonly module: URL
  readonly logger: Logger
  /** At most so many threads; none is there before the first task. */
  readonly threads?: number
  /** Tasks that may wait, each with its input in memory. */
  readonly waiting?: number
  /** A thread without work ends after so long. */
  readonly idleMs?: number
  /** A thread whose heap outgrows this ends, with it its task. Node's own `--max-old-space-size` holds instead where the process has it. */
  readonly heapMb?: number
}

interface Job extends ThreadRequest {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

interface Thread {
  readonly worker: Worker
  job: Job | undefined
  /** Set while there is no job. */
  end: NodeJS.Timeout | undefined
}

/** A module beside the caller's, in source and in the build alike. `name` is without its ending. */
export const siblingModule = (name: string, callerUrl: string): URL => new URL(`./${name}${extname(callerUrl)}`, callerUrl)

const lost = (cause?: unknown): AppError => appError('unavailable', 'computation-lost', { retryAfterMs: 1000, cause })

export function threadPool<Tasks extends ThreadTasks>(options: ThreadPoolOptions): ThreadPool<Tasks> {
  const { module, logger, threads: most = 2, waiting: mostWaiting = 16, idleMs = 10_000, heapMb = 1536 } = options
  const threads = new Set<Thread>()
  const waiting: Job[] = []
  let closed = false

  function start(): Thread {
    const worker = new Worker(siblingModule('thread-entry', import.meta.url), {
      workerData: module.href,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
    const thread: Thread = { worker, job: undefined, end: undefined }
    let cause: unknown
    worker.on('message', (answer: ThreadAnswer) => settle(thread, answer))
    worker.on('error', (thrown) => {
      cause = thrown
    })
    worker.on('exit', (exitCode) => ended(thread, exitCode, cause))
    threads.add(thread)
    return thread
  }

  function settle(thread: Thread, answer: ThreadAnswer): void {
    const { job } = thread
    thread.job = undefined
    if ('thrown' in answer) job?.reject(answer.thrown)
    else job?.resolve(answer.value)
    rest(thread)
    next()
  }

  /** Nothing but its own timer ends an idle thread, and it keeps no process alive. */
  function rest(thread: Thread): void {
    thread.worker.unref()
    thread.end = setTimeout(() => {
      threads.delete(thread)
      void thread.worker.terminate()
    }, idleMs).unref()
  }

  function ended(thread: Thread, exitCode: number, cause: unknown): void {
    threads.delete(thread)
    clearTimeout(thread.end)
    const { job } = thread
    if (job === undefined) return
    if (!closed) logger.error({ err: cause, task: job.task, exitCode }, 'a worker thread ended with its task')
    job.reject(lost(cause))
    next()
  }

  function next(): void {
    while (waiting.length > 0) {
      const thread = [...threads].find(({ job }) => job === undefined) ?? (threads.size < most ? start() : undefined)
      if (thread === undefined) return
      hand(thread, waiting.shift() as Job)
    }
  }

  function hand(thread: Thread, job: Job): void {
    clearTimeout(thread.end)
    thread.job = job
    thread.worker.ref()
    const request: ThreadRequest = { task: job.task, input: job.input }
    try {
      thread.worker.postMessage(request, movedBuffers(request))
    } catch (thrown) {
      settle(thread, { thrown })
    }
  }

  return {
    run: (task, input) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(lost())
        if (waiting.length >= mostWaiting) return reject(appError('unavailable', 'computation-queue-full', { retryAfterMs: 5000 }))
        waiting.push({ task, input, resolve: resolve as (value: unknown) => void, reject })
        next()
      }),
    close: async () => {
      closed = true
      for (const job of waiting.splice(0)) job.reject(lost())
      await Promise.all([...threads].map(({ worker }) => worker.terminate()))
    },
  }
}
