import type { ProcessName, Route, ServerName } from './parts.ts'

export type Victim = ServerName | ProcessName

/** What is done to a part, in milliseconds; `atMs` counts from the beginning of the faults. */
export type Fault = { readonly atMs: number } & /** `phaseMs` after a pulse of the writers; started again after the pause. */
(
  | { readonly kind: 'kill'; readonly target: Victim; readonly phaseMs: number; readonly pauseMs: number }
  | { readonly kind: 'suspend'; readonly target: Victim; readonly forMs: number }
  | { readonly kind: 'cut-replies'; readonly target: Route; readonly request: string; readonly count: number }
  | { readonly kind: 'slow'; readonly target: Route; readonly delayMs: number; readonly forMs: number }
  /** Silent: nothing passes, and nobody is told; refused: connections break and none comes about. */
  | { readonly kind: 'silence' | 'refuse'; readonly target: Route; readonly forMs: number }
  | { readonly kind: 'clock'; readonly target: 'clock'; readonly offsetMs: number }
)

export type FaultKind = Fault['kind']

/** Faults of one independent part, one after the other, beside those of all other lanes. */
export interface Lane {
  readonly name: string
  readonly faults: readonly Fault[]
}
