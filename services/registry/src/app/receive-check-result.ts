import type { Clock } from '@dual-random/kernel'
import { type CheckResultNotice, newDelivery } from '../domain/result-delivery.ts'
import { type CollectResultDeps, collectCheckResult } from './collect-check-result.ts'
import { confirmWarnings } from './confirm-warnings.ts'
import type { ResultDeliveries } from './delivery-ports.ts'

export interface ReceiveResultDeps extends CollectResultDeps {
  readonly deliveries: ResultDeliveries
  /** Real time, in which deliveries are counted: the domain's clock may stand still. */
  readonly systemClock: Clock
}

/**
 * A check result goes into the queue to the classification system (CRD-15), settles the warnings its task was given (CRD-14), and is collected
 * into the credit record of its subject (CRD-19). Again, it does nothing.
 */
export async function receiveCheckResult(deps: ReceiveResultDeps, notice: CheckResultNotice): Promise<void> {
  const { deliveries, warnings, systemClock } = deps
  // The delivery first: whoever gives a warning to this task from now on finds the result there.
  await deliveries.insert(newDelivery(notice, systemClock()))
  await confirmWarnings(warnings, notice)
  await collectCheckResult(deps, notice)
}
