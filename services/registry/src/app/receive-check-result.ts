import type { Clock } from '@dual-random/kernel'
import { type CheckResultNotice, newDelivery } from '../domain/result-delivery.ts'
import { confirmWarnings } from './confirm-warnings.ts'
import type { ResultDeliveries } from './delivery-ports.ts'
import type { Warnings } from './warning-ports.ts'

export interface ReceiveResultDeps {
  readonly deliveries: ResultDeliveries
  readonly warnings: Warnings
  /** Real time, in which deliveries are counted: the domain's clock may stand still. */
  readonly systemClock: Clock
}

/** A check result goes into the queue to the classification system (CRD-15) and settles the warnings its task was given (CRD-14). Again, it does nothing. */
export async function receiveCheckResult(
  { deliveries, warnings, systemClock }: ReceiveResultDeps,
  notice: CheckResultNotice,
): Promise<void> {
  // The delivery first: whoever gives a warning to this task from now on finds the result there.
  await deliveries.insert(newDelivery(notice, systemClock()))
  await confirmWarnings(warnings, notice)
}
