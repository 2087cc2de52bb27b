import type { Clock } from '@dual-random/kernel'
import type { MadeCheck } from '../domain/last-check.ts'
import type { MadeChecks } from './ports.ts'

export interface KeepMadeCheckDeps {
  readonly madeChecks: MadeChecks
  readonly clock: Clock
}

/** Keeps who checked an object, for the draws after it (policy `inspector.avoidLastInspector`). Results from before they told who checked keep nothing. Again, it does nothing. */
export async function keepMadeCheck({ madeChecks, clock }: KeepMadeCheckDeps, check: Omit<MadeCheck, 'knownAt'>): Promise<void> {
  if (check.inspectorIds.length > 0) await madeChecks.insert({ ...check, knownAt: clock() })
}
