import type { ProcessName } from '../plan/parts.ts'
import type { Plant } from '../plan/plant.ts'

/** What a process under test is told, as JSON in its only argument. */
export interface ProcessSettings {
  readonly name: ProcessName
  readonly brokers: readonly string[]
  readonly mongodbUri: string
  /** Distinguishes the run: databases and topics bear it. */
  readonly run: string
  readonly seed: number
  readonly operationsPerPulse: number
  /** Where clock and load are steered from. */
  readonly controlFile: string
  /** Where it says what it does. */
  readonly historyFile: string
  readonly plant: Plant | undefined
}

export const topicPrefixOf = (run: string): string => `${run}.`

/** The consumer groups, each named like its service and its database. */
export const groups = ['first', 'second'] as const

export type GroupName = (typeof groups)[number]

export const databases = ['source', ...groups] as const

/** Every service has its own; the processes that only publish work on that of the writers. */
export type DatabaseName = (typeof databases)[number]

export const databaseOf = (run: string, name: DatabaseName): string => `${run}_${name}`
