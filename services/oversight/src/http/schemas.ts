import { parseRegionCode } from '@dual-random/kernel'
import { z } from 'zod'

export const regionCode = z.string().transform((text, context) => {
  const parsed = parseRegionCode(text)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'GB/T 2260' })
  return z.NEVER
})

/** A number in a body, a text in a query. */
export const year = z.coerce.number().int().min(2000).max(2200)

const indicator = z.object({
  code: z.string(),
  text: z.string(),
  numerator: z.number(),
  denominator: z.number(),
  rate: z.string().optional(),
  numeratorText: z.string(),
  denominatorText: z.string(),
  scope: z.string(),
  period: z.enum(['CALENDAR_YEAR', 'QUARTER', 'MONTH']),
  periodStart: z.string(),
  periodEnd: z.string(),
  formulaVersion: z.string(),
})

export const reportSchema = z.object({
  regionCode: z.string(),
  year: z.number(),
  unitId: z.string().optional(),
  computedAt: z.string(),
  policy: z.object({ preset: z.string(), version: z.number(), digest: z.string() }),
  indicators: z.array(indicator),
  unavailable: z.array(z.object({ code: z.string(), text: z.string(), missing: z.array(z.string()) })),
  beside: z.object({
    objections: z.object({ filed: z.number(), open: z.number(), upheld: z.number() }),
    openInvestigations: z.number(),
    lapsedTasks: z.number(),
  }),
})

export const snapshotSchema = reportSchema.extend({ snapshotId: z.string(), takenBy: z.string(), takenByUnitId: z.string() })
