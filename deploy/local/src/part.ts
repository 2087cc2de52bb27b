import type { Progress } from './progress.ts'

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

/** A part that answers at `address`. */
export type StartedPart = { readonly address: string; stop(): Promise<void> }

export type PartStarter = (context: StartContext) => Promise<StartedPart>
