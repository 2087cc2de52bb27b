import type { Clock } from '@dual-random/kernel'

/** What a command has of the world outside, the broker apart. */
export interface Terminal {
  /** A line of the answer. */
  readonly out: (line: string) => void
  /** A line about the work: progress, what is wrong. */
  readonly err: (line: string) => void
  /** Standard input, read as it comes. */
  readonly input: () => AsyncIterable<Uint8Array>
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  /** Who runs the command, as far as the machine knows. */
  readonly operator: string
}
