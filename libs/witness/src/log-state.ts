import type { LogGenesis } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import type { DrawRecord } from './draw-record.ts'

export interface Key {
  readonly publicKey: string
  readonly role: 'registry' | 'drawing' | 'beacon' | 'unit' | 'superior'
  readonly unitId?: string
}

/**
 * An S that the superior did not approve, which stands only if a void before it was held by its deadline (§19): `seq` is the line of S, `void` that
 * of the void.
 */
export interface VoidNeeded {
  readonly seq: number
  readonly void: number
  readonly deadline: Instant
}

/** What a copy of a log knows: the keys and definitions that stand in it, and its draws. */
export interface State {
  readonly genesis: LogGenesis
  readonly keys: ReadonlyMap<string, Key>
  /** Definitions of public numbers: digest → source. */
  readonly definitions: ReadonlyMap<string, string>
  readonly draws: ReadonlyMap<string, DrawRecord>
}

/** A state under construction, which becomes the copy's own only when every line was found good. */
export interface Stage extends State {
  /** Whether others held these in time they have to prove, as the copy's own clock did not see it. */
  readonly voidsNeeded: VoidNeeded[]
  readonly keys: Map<string, Key>
  readonly definitions: Map<string, string>
  readonly draws: Map<string, DrawRecord>
}
