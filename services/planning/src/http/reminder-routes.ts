import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { remindersOf } from '../app/reminders-of.ts'
import type { Reminders } from '../app/term-ports.ts'
import { reminderKinds } from '../domain/reminder.ts'
import { reminder } from './reminder-answers.ts'
import { reportReaders } from './roles.ts'
import { regionCode, unitId, year } from './schemas.ts'

/** The `place` of the last reminder that a reader has: whatever is raised later stands behind it. */
const place = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, '不是提醒的序号')
  .transform(Number)

/** Reminders as they were raised (PLN-04): the coordinator sees who is overdue. */
export const reminderRoutes = (ports: { readonly reminders: Reminders }): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/reminders',
    summary:
      'Reminders of plans due or overdue, windows undrawn, filings undecided, clues and dispatched tasks unsettled, in the order in which they were raised',
    roles: [...reportReaders, 'DRAW_ORGANISER'],
    query: z.object({
      ...pageQuery,
      after: place.optional(),
      regionCode: regionCode.optional(),
      year: year.optional(),
      unitId: unitId.optional(),
      kind: z.enum(reminderKinds).optional(),
    }),
    responses: { 200: pageOf(reminder) },
    handler: async (caller) => {
      const { limit, after, ...query } = caller.query
      const of = { ...query, regionCode: query.regionCode ?? caller.principal.regionCode }
      const found = await remindersOf(ports, of, { limit, after }, caller)
      return {
        status: 200,
        body: page(
          found.map((each) => ({ ...each })),
          limit,
          (each) => String(each.place),
        ),
      }
    },
  }),
]
