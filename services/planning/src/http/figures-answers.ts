import { z } from 'zod'
import { count, digest, instant, percentText, text } from './answers.ts'

const elsewhere = z.strictObject({ regionCode: text, mapped: count, planned: count })

const lineFigures = z.strictObject({
  lineId: text,
  mapped: count,
  planned: count,
  batches: z.array(count).optional(),
  candidates: z.strictObject({ id: text, digest }).optional(),
  elsewhere: z.array(elsewhere).optional(),
})

const floor = z.strictObject({
  objects: count,
  lowest: count,
  planned: count,
  highest: count,
  verdict: z.enum(['always', 'reachable', 'unreachable']),
  gap: count,
  lines: z.array(z.strictObject({ lineId: text, lowest: count, highest: count })),
})

/** The quantities of a version (PLN-13, PLN-17). */
export const figures = z.strictObject({
  asOf: instant,
  enterprises: count,
  pool: count,
  planned: count,
  plannedEnterprises: count.optional(),
  lines: z.array(lineFigures),
  floor: floor.optional(),
})

const raise = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('RATIO'), lineId: text, stratum: text, from: percentText, to: percentText }),
  z.strictObject({ kind: z.literal('COUNT'), lineId: text, from: count, to: count }),
])

const closing = z.strictObject({
  objects: count,
  reach: count,
  gap: count,
  verdict: z.enum(['MET', 'WITHIN_BANDS', 'WITH_FREE_QUANTITIES', 'NOT_CLOSABLE']),
  missing: count,
  options: z.array(
    z.strictObject({
      within: z.enum(['BAND', 'FREE']),
      stratum: text.optional(),
      fieldClass: z.enum(['GENERAL', 'KEY']).optional(),
      lineId: text.optional(),
      closes: z.boolean(),
      reach: count,
      raises: z.array(raise),
    }),
  ),
  together: z.array(raise),
})

const byGrade = z.array(z.strictObject({ grade: text, mapped: count, planned: count }))

/** A plan against the yearly floor, and what would close the gap (CRD-08, CRD-18). */
export const feasibility = z.strictObject({
  figures,
  regionYear: z.strictObject({
    planned: count,
    plannedEnterprises: count,
    drawn: count,
    drawnEnterprises: count,
    enterprises: count,
    share: percentText,
    gap: count,
    state: z.enum(['met', 'on-course', 'red']),
  }),
  coverage: z.strictObject({ lowest: percentText, planned: percentText, highest: percentText }).optional(),
  expected: z.strictObject({
    planned: count,
    byGrade,
    lines: z.array(z.strictObject({ lineId: text, planned: count, byGrade })),
  }),
  closing: z.strictObject({ ofPlan: closing, ofRegion: closing }),
})
