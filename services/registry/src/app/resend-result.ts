import { appError } from '@dual-random/errors'
import { type Clock, type RegionCode, regionContains } from '@dual-random/kernel'
import { type ResultDelivery, revived } from '../domain/result-delivery.ts'
import type { ResultDeliveries } from './delivery-ports.ts'

export interface ResendDeps {
  readonly deliveries: ResultDeliveries
  readonly systemClock: Clock
}

/** Puts a dead letter back into the queue; a delivery that waits or arrived stays as it is. */
export async function resendResult(
  { deliveries, systemClock }: ResendDeps,
  regionCode: RegionCode,
  resultId: string,
): Promise<ResultDelivery> {
  const found = await deliveries.get(resultId)
  if (found === undefined || !regionContains(regionCode, found.notice.regionCode))
    throw appError('not-found', 'not-found', { meta: { what: '检查结果推送', id: resultId } })
  const again = revived(found, systemClock())
  if (again === undefined) return found
  if (!(await deliveries.settle(found, again))) throw appError('version-conflict', 'version-conflict')
  return again
}
