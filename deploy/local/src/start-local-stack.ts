import type { Progress } from './progress.ts'
import { chooseSources, type Sources } from './sources.ts'
import { startParts } from './start-parts.ts'

export type LocalStackOptions = {
  /** Gets a line on whatever takes longer than a second; standard error when left out. */
  readonly progress?: Progress
  /** Where addresses, tools and the cache are looked up; this process's environment when left out. */
  readonly env?: NodeJS.ProcessEnv
  /** Keeps the data of local processes here for the next start; otherwise it is temporary. */
  readonly dataDir?: string
  /** Gives the start up: whatever was begun is ended before the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** A Kafka broker and a document store that answer. */
export type LocalStack = {
  /** `host:port`, or the given list. */
  readonly kafkaBrokers: string
  readonly mongodbUri: string
  readonly sources: Sources
  /** Ends what was started; given addresses are left alone. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Supplies both parts, each from the first source there is: an address in the environment, a container engine, local processes.
 * Local processes end with this process, however it ends. Throws StackUnavailableError when a part has no source.
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const { env = process.env, progress = toStandardError, dataDir, signal = new AbortController().signal } = options
  const { sources, starters } = await chooseSources(env)
  const { kafka, store } = await startParts(starters, { env, progress, signal, ...(dataDir === undefined ? {} : { dataDir }) })
  let stopped: Promise<unknown> | undefined
  return {
    kafkaBrokers: kafka.address,
    mongodbUri: store.address,
    sources,
    [Symbol.asyncDispose]: async () => {
      stopped ??= Promise.all([kafka.stop(), store.stop()])
      await stopped
    },
  }
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}
