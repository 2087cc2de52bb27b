import { events, planTypes } from '@dual-random/contracts'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { Reminder } from '../domain/reminder.ts'

/** What is sent of a reminder; whoever delivers it to people takes the key as its idempotency id. */
export const tellReminder = ({ planType, addressees, ...reminder }: Reminder): NewEvent =>
  newEvent(events.planning.reminderRaised, {
    ...reminder,
    planType: planTypes.toWire(planType),
    addressees: addressees.map(({ roles, ...whose }) => ({ ...whose, roles: [...roles] })),
  })
