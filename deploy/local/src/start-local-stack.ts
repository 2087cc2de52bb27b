import { type StartOptions, startContext } from './part.ts'
import { chooseSources, type Sources } from './sources.ts'
import { startParts } from './start-parts.ts'

export type LocalStackOptions = StartOptions

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
  const context = startContext(options)
  const { sources, starters } = await chooseSources(context.env)
  const { kafka, store } = await startParts(starters, context)
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
