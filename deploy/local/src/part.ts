import { type Progress, toStandardError } from './progress.ts'

export type PartName = 'kafka' | 'store'

/** Where a part comes from: an address in the environment, a container engine, or processes of this machine. */
export type PartSource = 'given' | 'container' | 'process'

/** What every way of starting a part works with. */
export type StartContext = {
  readonly env: NodeJS.ProcessEnv
  readonly progress: Progress
  /** Aborted when the start is given up; whoever is starting something ends it and rejects. */
  readonly signal: AbortSignal
  /** Where local processes keep their data for the next start; a temporary folder when left out. */
  readonly dataDir?: string
}

/** What whoever starts something may leave out. */
export type StartOptions = {
  /** Gets a line on whatever takes longer than a second; standard error when left out. */
  readonly progress?: Progress
  /** Where addresses, tools and the cache are looked up; this process's environment when left out. */
  readonly env?: NodeJS.ProcessEnv
  /** Keeps the data of local processes here for the next start; otherwise it is temporary. */
  readonly dataDir?: string
  /** Gives the start up: whatever was begun is ended before the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

export const startContext = ({ env, progress, dataDir, signal }: StartOptions): StartContext => ({
  env: env ?? process.env,
  progress: progress ?? toStandardError,
  signal: signal ?? new AbortController().signal,
  ...(dataDir === undefined ? {} : { dataDir }),
})

/** A part that answers at `address`. */
export type StartedPart = { readonly address: string; stop(): Promise<void> }

export type PartStarter = (context: StartContext) => Promise<StartedPart>
