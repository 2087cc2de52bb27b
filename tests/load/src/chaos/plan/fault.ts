import type { ProcessName, Route, ServerName } from './parts.ts'

export type Victim = ServerName | ProcessName

/** When exactly somebody is killed: so long after a pulse of the writers, or while such a request is on its way to a server. */
export type Moment = { readonly afterPulseMs: number } | { readonly route: Route; readonly request: string }

/** Killed with SIGKILL, and started again after the pause. */
export interface Kill {
  readonly kind: 'kill'
  readonly target: Victim
  readonly moment: Moment
  readonly pauseMs: number
}

export interface Suspension {
  readonly kind: 'suspend'
  readonly target: Victim
  readonly forMs: number
}

export type NetworkFault =
  | { readonly kind: 'cut-replies'; readonly target: Route; readonly request: string; readonly count: number }
  | { readonly kind: 'slow'; readonly target: Route; readonly delayMs: number; readonly forMs: number }
  /** Silence: nothing passes, and nobody is told; refused: connections break and none comes about. */
  | { readonly kind: 'silence' | 'refuse'; readonly target: Route; readonly forMs: number }

/** What the Clock port is ahead of the system from then on, or behind it. */
export interface ClockJump {
  readonly kind: 'clock'
  readonly target: 'clock'
  readonly offsetMs: number
}

/** `atMs` counts from the beginning of the faults; a lane that is late does its faults later. */
export type Fault = { readonly atMs: number } & (Kill | Suspension | NetworkFault | ClockJump)

export type FaultKind = Fault['kind']

/** Faults of one independent part, one after the other, beside those of all other lanes. */
export interface Lane {
  readonly name: string
  readonly faults: readonly Fault[]
}
