import { type AppError, toAppError } from '@dual-random/errors'
import { addMs, type Clock } from '@dual-random/kernel'
import { type DeliveryFailure, delivered, failed, type Waiting } from '../domain/result-delivery.ts'
import type { CreditSystem, ResultDeliveries } from './delivery-ports.ts'

export interface SendResultsDeps {
  readonly deliveries: Pick<ResultDeliveries, 'claim' | 'settle'>
  readonly creditSystem: CreditSystem
  /** Real time: retries do not follow a clock that is moved. */
  readonly systemClock: Clock
}

/** Longer than a call may take, so that a live one is not taken over. */
export const holdMs = 15_000

const inFlight = 8

/** Sends what is due to the classification system (CRD-15), a bounded number at once, until nothing is due or the system is away: the rest then stays due. */
export async function sendResults(deps: SendResultsDeps, signal: AbortSignal): Promise<void> {
  let isAway = false
  const worker = async (): Promise<void> => {
    while (!signal.aborted && !isAway) {
      const now = deps.systemClock()
      const waiting = await deps.deliveries.claim(now, addMs(now, holdMs))
      if (waiting === undefined) return
      if ((await send(deps, waiting)) === 'OUTAGE') isAway = true
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}

async function send(
  { deliveries, creditSystem, systemClock }: SendResultsDeps,
  waiting: Waiting,
): Promise<DeliveryFailure['kind'] | undefined> {
  const failure = await outcome(creditSystem, waiting)
  const now = systemClock()
  await deliveries.settle(waiting, failure === undefined ? delivered(waiting, now) : failed(waiting, failure, now))
  return failure?.kind
}

async function outcome(creditSystem: CreditSystem, { notice }: Waiting): Promise<DeliveryFailure | undefined> {
  try {
    await creditSystem.take(notice)
    return undefined
  } catch (thrown) {
    return failureOf(toAppError(thrown))
  }
}

function failureOf(error: AppError): DeliveryFailure {
  if (error.kind === 'internal') throw error
  return { kind: error.kind === 'unavailable' ? 'OUTAGE' : 'REFUSED', code: error.code }
}
