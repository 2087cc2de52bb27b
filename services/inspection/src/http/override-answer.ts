import { z } from 'zod'

const text = z.string()

const override = z.strictObject({
  taskId: text,
  taskNumber: text,
  rule: text,
  by: text,
  unitId: text,
  at: z.iso.datetime(),
  reason: text,
  legalBasis: text,
  policy: z.strictObject({ preset: text, version: z.int() }),
  document: text,
  clause: text,
})

/** A page of the by-default rules that tasks depart from, and how often each unit departed from each, over all pages (POL-07). */
export const overridesAnswer = z.strictObject({
  counts: z.array(z.strictObject({ rule: text, unitId: text, count: z.int() })),
  overrides: z.array(override),
  next: text.optional(),
  total: z.int(),
})
