import type { ReplyCuts } from '@dual-random/testkit'
import type { Fault } from '../plan/fault.ts'

/** A fault as it was done; `beganMs` and `tookMs` in milliseconds, the former from the beginning of the faults. */
export interface FaultRecord {
  readonly fault: Fault
  readonly beganMs: number
  /** Until the part worked again, as far as that can be seen from outside. */
  readonly tookMs: number
  /** Since the kill of the broker before. */
  readonly effectsSinceLast?: number
  /** Replies that were to be cut; those that had not come when the fault was over are cut later. */
  readonly replies?: ReplyCuts
  /** The request during which to kill did not come, and the kill came without it. */
  readonly missed?: boolean
}
