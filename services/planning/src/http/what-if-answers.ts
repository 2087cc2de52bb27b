import { z } from 'zod'
import { count, text } from './answers.ts'
import { feasibility } from './figures-answers.ts'
import { line } from './line-answers.ts'
import { coverage, jointInstead, notPlanned, overlaps, repeats, visits, workload } from './report-answers.ts'

const pointer = text

/** What a recorded reason would settle. */
const problem = z.discriminatedUnion('code', [
  z.strictObject({ code: z.literal('ratio-outside-band'), pointer, stratum: text, ratio: text, grade: text, band: text }),
  z.strictObject({ code: z.literal('count-needs-reason'), pointer, count }),
  z.strictObject({ code: z.literal('item-needs-reason'), pointer, itemCode: text, planId: text }),
  z.strictObject({ code: z.literal('single-needs-reason'), pointer, industry: text }),
  z.strictObject({ code: z.literal('joint-exception-missing'), pointer, allowed: text }),
])

/** A report, or the policy key for want of which there is none. */
const stated = <T extends z.ZodType>(report: T) => z.union([report, z.strictObject({ policyUnset: text })])

export const whatIf = z.strictObject({
  planId: text,
  lines: z.array(line),
  needsReason: z.array(z.strictObject({ lineId: text, problems: z.array(problem) })),
  feasibility: stated(feasibility),
  overlaps,
  coverage: stated(coverage),
  notPlanned,
  visits,
  jointInstead,
  repeats: stated(repeats),
  workload: stated(workload),
})
