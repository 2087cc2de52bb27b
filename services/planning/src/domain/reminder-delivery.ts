import { addMs, type Instant, retryDelayMs } from '@dual-random/kernel'

/** How far a reminder has come on its way to people. Instants are of real time: retries do not follow a clock that is moved. */
export type ReminderDelivery =
  | {
      readonly status: 'WAITING'
      readonly dueAt: Instant
      /** How often the transport did not take it, and why the last time; absent before the first. */
      readonly failures: number
      readonly lastFailure?: string
    }
  | { readonly status: 'DELIVERED'; readonly deliveredAt: Instant }

export type WaitingDelivery = Extract<ReminderDelivery, { readonly status: 'WAITING' }>

export const newDelivery = (dueAt: Instant): WaitingDelivery => ({ status: 'WAITING', dueAt, failures: 0 })

export const delivered = (deliveredAt: Instant): ReminderDelivery => ({ status: 'DELIVERED', deliveredAt })

/** Due again after 1 s, 2 s, 4 s … 5 min, however often it failed: nobody is left without a reminder because a transport was away. */
export function notDelivered({ failures: before }: WaitingDelivery, lastFailure: string, at: Instant): WaitingDelivery {
  const failures = before + 1
  return { status: 'WAITING', dueAt: addMs(at, retryDelayMs(failures)), failures, lastFailure }
}
