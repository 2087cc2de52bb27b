import { z } from 'zod'
import { nobodysReasons } from '../domain/answering.ts'
import { filingStatusNames } from '../domain/filing-status.ts'
import { internalPlanGaps } from '../domain/internal-plans.ts'
import { matterGaps } from '../domain/matter-plans.ts'
import { count, countsOf, day, instant, text, texts } from './answers.ts'
import { planStates } from './plan-answers.ts'

/** How a unit stands with its internal plan (PLN-23). */
export const internalPlan = z.strictObject({
  unitId: text,
  unitName: text,
  items: count,
  planId: text.optional(),
  dueDate: day.optional(),
  filing: z.enum(filingStatusNames),
  batches: z.strictObject({ planned: count, done: count, notExecuted: count }),
  lacks: z.array(z.enum(internalPlanGaps)),
})

/** Items run alone whose checking body names no department here, or is not understood. */
export const internalItemsOfNobody = z.array(z.strictObject({ code: text, name: text, checkingBody: text, reason: z.enum(nobodysReasons) }))

/** How many units lack what. */
export const lackingCounts = countsOf(internalPlanGaps)

const planOfMatter = z.strictObject({
  planId: text,
  unitId: text,
  state: planStates,
  lineIds: texts,
  ledLineIds: texts,
  filedAt: instant.optional(),
})

/** The annual plan of an integrated supervision matter (PLN-27, JNT-06). */
export const matterPlan = z.strictObject({
  matter: text,
  itemCodes: texts,
  plans: z.array(planOfMatter),
  lacks: z.array(z.enum(matterGaps)),
})
