import { z } from 'zod'
import { filingStatusNames } from '../domain/filing-status.ts'
import { count, countsOf, day, instant, planTypes, text } from './answers.ts'

/** How a plan stands that is to be filed (PLN-01, PLN-04); without a unit a joint plan that nobody has drafted. */
export const filingRow = z.strictObject({
  regionCode: text,
  filesTo: text.optional(),
  unitId: text.optional(),
  unitName: text.optional(),
  planType: planTypes,
  planId: text.optional(),
  dueDate: day.optional(),
  filedAt: instant.optional(),
  returnedVersion: count.optional(),
  status: z.enum(filingStatusNames),
})

export const filingCounts = countsOf(filingStatusNames)
