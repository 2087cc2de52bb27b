import type { Instant } from '@dual-random/kernel'
import type { MadeCheck } from '../../domain/last-check.ts'

/** Who checked which object, as inspection tells. */
export interface MadeChecks {
  /** Keeps the first of a result. */
  insert(check: MadeCheck): Promise<void>
  /** What registry had heard by an instant, by object id; objects of which it had heard nothing are not there. */
  ofObjects(objectIds: readonly string[], heardBy: Instant): Promise<ReadonlyMap<string, readonly MadeCheck[]>>
}
