import { z } from 'zod'
import { batchStatuses } from '../domain/progress.ts'
import { count, countsOf, day, text, window } from './answers.ts'

const counts = { planned: count.optional(), drawn: count, tasks: count, done: count }

const batch = z.strictObject({ ...counts, number: count, window, deadline: day, status: z.enum(batchStatuses) })

const line = { lineId: text, taskName: text, initiatorUnitId: text }

/** How far a published plan is carried out (PLN-24). */
export const planProgress = z.strictObject({
  planId: text,
  version: count,
  lines: z.array(z.strictObject({ ...counts, ...line, deadline: day, batches: z.array(batch) })),
})

/** A batch with the line and plan it belongs to. */
export const batchRow = batch.extend({ planId: text, unitId: text, ...line })

export const statusCounts = countsOf(batchStatuses)
