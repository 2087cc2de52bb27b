import { z } from 'zod'
import { planExceptionCodes } from '../domain/plan-exceptions.ts'
import { taskDifferences } from '../domain/task-exceptions.ts'
import { count, day, instant, text, texts } from './answers.ts'

const exception = z.strictObject({
  planId: text,
  lineId: text,
  code: z.enum(planExceptionCodes),
  batch: count.optional(),
  drawIds: texts,
  planned: count.optional(),
  drawn: count.optional(),
  tasks: count.optional(),
  differences: z.array(z.enum(taskDifferences)).optional(),
  tasked: count.optional(),
})

/** Plan against tasks of one region and day (DQ-03). */
export const consistencyReport = z.strictObject({
  reportId: text,
  regionCode: text,
  date: day,
  madeAt: instant,
  plans: count,
  exceptions: z.array(exception),
})
