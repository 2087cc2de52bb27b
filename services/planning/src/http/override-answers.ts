import { z } from 'zod'
import { count, reasoned, text, texts } from './answers.ts'

export const overrideCount = z.strictObject({ rule: text, unitId: text, count })

/** A by-default rule that a line of a plan departs from (POL-07). */
export const override = reasoned.extend({
  planId: text,
  lineId: text,
  strata: texts.optional(),
  rule: text,
  unitId: text,
  legalBasis: text,
  policy: z.strictObject({ preset: text, version: count }),
  document: text,
  clause: text,
})
