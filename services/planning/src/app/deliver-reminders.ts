import { type AppError, toAppError } from '@dual-random/errors'
import { addMs, type Clock } from '@dual-random/kernel'
import { delivered, notDelivered } from '../domain/reminder-delivery.ts'
import type { Reminders, ReminderTransport, WaitingReminder } from './term-ports.ts'

export interface DeliveringDeps {
  readonly reminders: Pick<Reminders, 'claim' | 'settle'>
  readonly transport: ReminderTransport
  /** Real time: retries do not follow a clock that is moved. */
  readonly systemClock: Clock
}

/** Longer than the transport takes to answer, so that a live attempt is not taken over. */
export const deliveryHoldMs = 15_000

const inFlight = 8

/**
 * Gives the transport what is due, a bounded number at once, until nothing is due or the transport is away: the rest then stays due.
 * Answers how many were not taken, by the code of why.
 */
export async function deliverReminders(deps: DeliveringDeps, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const left = new Map<string, number>()
  let isAway = false
  const worker = async (): Promise<void> => {
    while (!signal.aborted && !isAway) {
      const now = deps.systemClock()
      const waiting = await deps.reminders.claim(now, addMs(now, deliveryHoldMs))
      if (waiting === undefined) return
      const failure = await deliver(deps, waiting)
      if (failure === undefined) continue
      left.set(failure.code, (left.get(failure.code) ?? 0) + 1)
      if (failure.kind === 'unavailable') isAway = true
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return left
}

/** A copy that ends between the two steps leaves the reminder to be delivered again, under the same id. */
async function deliver({ reminders, transport, systemClock }: DeliveringDeps, waiting: WaitingReminder): Promise<AppError | undefined> {
  const failure = await attempt(transport, waiting)
  const now = systemClock()
  await reminders.settle(waiting, failure === undefined ? delivered(now) : notDelivered(waiting.delivery, failure.code, now))
  return failure
}

async function attempt(transport: ReminderTransport, { delivery: _delivery, ...reminder }: WaitingReminder): Promise<AppError | undefined> {
  try {
    await transport.deliver(reminder, reminder.key)
    return undefined
  } catch (thrown) {
    const error = toAppError(thrown)
    if (error.kind === 'internal') throw thrown
    return error
  }
}
