import type { Fault } from '../plan/fault.ts'

/** A fault as it was done; `beganMs` and `tookMs` in milliseconds, the former from the beginning of the faults. */
export interface FaultRecord {
  readonly fault: Fault
  readonly beganMs: number
  /** Until the part worked again, as far as that can be seen from outside. */
  readonly tookMs: number
  /** What cannot be told from the plan: effects since the kill of the broker before, replies that were cut. */
  readonly effectsSinceLast?: number
  readonly cut?: number
}
