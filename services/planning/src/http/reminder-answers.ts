import { z } from 'zod'
import { addressedRoles, reminderKinds } from '../domain/reminder.ts'
import { count, day, instant, planTypes, text } from './answers.ts'

/** A reminder as it was raised (PLN-04). */
export const reminder = z.strictObject({
  key: text,
  kind: z.enum(reminderKinds),
  regionCode: text,
  unitId: text.optional(),
  year: count,
  planType: planTypes.optional(),
  planId: text.optional(),
  lineId: text.optional(),
  batch: count.optional(),
  clueId: text.optional(),
  assignmentId: text.optional(),
  date: day,
  addressees: z.array(
    z.strictObject({
      regionCode: text,
      unitId: text.optional(),
      roles: z.array(z.enum(addressedRoles)),
    }),
  ),
  text,
  raisedAt: instant,
  place: count,
  delivery: z.discriminatedUnion('status', [
    z.strictObject({ status: z.literal('WAITING'), dueAt: instant, failures: count, lastFailure: text.optional() }),
    z.strictObject({ status: z.literal('DELIVERED'), deliveredAt: instant }),
  ]),
})
