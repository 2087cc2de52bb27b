import type { Instant, RegionCode } from '@dual-random/kernel'
import type { Reminder, ReminderKind } from '../domain/reminder.ts'
import type { ReminderDelivery, WaitingDelivery } from '../domain/reminder-delivery.ts'

/** A region whose dates are looked at again at `dueAt`. */
export interface TermSchedule {
  readonly regionCode: RegionCode
  readonly dueAt: Instant
}

/** When each region is looked at next: one entry a region, whichever copy of the service comes first. */
export interface TermSchedules {
  /** Makes the entry of a region that has none. */
  add(schedule: TermSchedule): Promise<void>
  /** The longest due, held until then: nobody else gets it before, and everybody after, should the holder have ended. */
  claim(now: Instant, heldUntil: Instant): Promise<TermSchedule | undefined>
  /** Gives back what was claimed; false when the hold had run out and another has it. */
  settle(claimed: TermSchedule, dueAt: Instant): Promise<boolean>
}

/** As it is handed to the transport. */
export interface RaisedReminder extends Reminder {
  readonly raisedAt: Instant
  /** Which one of all it is, from 1 on in the order in which they were recorded, without gaps: none comes before one that somebody has read. */
  readonly place: number
}

/** Reminders behind the place `after`. */
export interface ReminderPage {
  readonly limit: number
  readonly after?: number | undefined
}

export interface ReminderRecord extends RaisedReminder {
  readonly delivery: ReminderDelivery
}

export interface WaitingReminder extends RaisedReminder {
  readonly delivery: WaitingDelivery
}

/** What brings reminders to people: the office's own message gateway, which knows who holds a role and how to reach them. */
export interface ReminderTransport {
  /**
   * Every attempt for the same reminder comes with the same idempotency id, and the same again is the same to the transport. Throws `unavailable` while
   * it cannot be reached, `failed-precondition` when it refuses the reminder.
   */
  deliver(reminder: RaisedReminder, idempotencyId: string): Promise<void>
}

export interface ReminderQuery {
  /** The region and all below it. */
  readonly regionCode: RegionCode
  readonly year?: number | undefined
  readonly unitId?: string | undefined
  readonly kind?: ReminderKind | undefined
}

/** Reminders as they were raised, each told as an event, and how far they have come on their way to people. */
export interface Reminders {
  /** Records those whose key is free, due for delivery from `dueAt`; answers how many there were. Raised again, by whomever, a key changes nothing and is told no second time. */
  raise(reminders: readonly Reminder[], at: { readonly raisedAt: Instant; readonly dueAt: Instant }): Promise<number>
  /** In the order in which they were recorded, one more than `limit` when there are more. */
  page(query: ReminderQuery, page: ReminderPage): Promise<readonly ReminderRecord[]>
  /** The longest due of those that wait, held until then: nobody else gets it before, and everybody after, should the holder have ended. */
  claim(now: Instant, heldUntil: Instant): Promise<WaitingReminder | undefined>
  /** Writes what became of what was claimed; false when the hold had run out and another has it. */
  settle(claimed: WaitingReminder, delivery: ReminderDelivery): Promise<boolean>
}
