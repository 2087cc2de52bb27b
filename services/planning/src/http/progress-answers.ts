import { countedPageOf } from '@dual-random/http'
import { z } from 'zod'
import { progressStatuses } from '../app/progress-report.ts'
import { batchStatuses } from '../domain/progress.ts'
import { undrawnKinds } from '../domain/undrawn-line.ts'
import { undrawnStatuses } from '../domain/undrawn-progress.ts'
import { count, countsOf, day, text, window } from './answers.ts'

const counts = { planned: count.optional(), drawn: count, tasks: count, done: count }

const batch = z.strictObject({ ...counts, number: count, window, deadline: day, status: z.enum(batchStatuses) })

const line = { lineId: text, taskName: text, initiatorUnitId: text }

/** A line without a draw; `madeBy` of a special check that a draw makes, `objects` where they were counted. */
const undrawn = z.strictObject({
  ...line,
  kind: z.enum(undrawnKinds),
  window,
  deadline: day,
  tasks: count,
  done: count,
  status: z.enum(undrawnStatuses),
  madeBy: z.union([z.strictObject({ lineId: text }), z.strictObject({ clueTaskId: text })]).optional(),
  objects: z.strictObject({ total: count, checked: count }).optional(),
})

/** How far a published plan is carried out (PLN-24), a page of its lines with draws: those without one stand on the first page alone. */
export const planProgress = countedPageOf(z.strictObject({ ...counts, ...line, deadline: day, batches: z.array(batch) }))
  .extend({ planId: text, version: count, undrawn: z.array(undrawn).optional() })
  .strict()

const ofPlan = { planId: text, unitId: text }

/** A batch with the line and plan it belongs to, or a line without a draw with its plan. */
export const progressRow = z.union([batch.extend({ ...ofPlan, ...line }), undrawn.extend(ofPlan)])

export const statusCounts = countsOf(progressStatuses)
