import { events, planTypes } from '@dual-random/contracts'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { Reminder } from '../domain/reminder.ts'

/** What is told of a reminder; its delivery is planning's own. */
export const tellReminder = ({ planType, addressees, ...reminder }: Reminder): NewEvent =>
  newEvent(events.planning.reminderRaised, {
    ...reminder,
    ...(planType === undefined ? {} : { planType: planTypes.toWire(planType) }),
    addressees: addressees.map(({ roles, ...whose }) => ({ ...whose, roles: [...roles] })),
  })
