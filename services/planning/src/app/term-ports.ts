import type { Instant, RegionCode } from '@dual-random/kernel'
import type { Reminder, ReminderKind } from '../domain/reminder.ts'

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

export interface ReminderQuery {
  /** The region and all below it. */
  readonly regionCode: RegionCode
  readonly year?: number | undefined
  readonly unitId?: string | undefined
  readonly kind?: ReminderKind | undefined
}

/** Reminders and their transport in one: what is recorded is on its way, with its key as the idempotency id. */
export interface Reminders {
  /** Records those whose key is free; answers how many there were. Raised again, by whomever, a key changes nothing and is sent no second time. */
  raise(reminders: readonly Reminder[], at: Instant): Promise<number>
  /** In the order in which they were recorded, one more than `limit` when there are more. */
  page(query: ReminderQuery, page: ReminderPage): Promise<readonly RaisedReminder[]>
}
