import { err, type Instant, type LocalDate, ok, parseInstant, type RegionCode, type Result } from '@dual-random/kernel'
import { z } from 'zod'
import { parseEntries, presetNameSchema, type SourceDocument, sourceDocumentSchema, type ValueEntries, valueEntrySchema } from './preset.ts'
import { type PolicyFileError, validate } from './validate.ts'
import { count, localDate, regionCode, text } from './values/definition.ts'

/** An authorised user's decision to bind a production jurisdiction to a draft preset (POL-03). */
export interface DraftApproval {
  readonly by: string
  readonly at: Instant
  readonly reason: string
}

/**
 * What a region decided, in force from `from` to `to`, both included (POL-06). Without `preset` the region keeps its
 * superior's; `values` are its own local or borrowed values (POL-04).
 */
export interface PolicyBinding {
  readonly regionCode: RegionCode
  readonly version: number
  readonly preset?: string
  readonly from: LocalDate
  readonly to?: LocalDate
  readonly production: boolean
  readonly draftApproval?: DraftApproval
  readonly documents: readonly SourceDocument[]
  readonly values: ValueEntries
}

const instant = z.string().transform((value, context): Instant => {
  const parsed = parseInstant(value)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: `不是 UTC 时刻：${value}` })
  return z.NEVER
})

const bindingFile = z.strictObject({
  regionCode,
  version: count.default(1),
  preset: presetNameSchema.optional(),
  from: localDate,
  to: localDate.optional(),
  production: z.boolean().default(true),
  draftApproval: z.strictObject({ by: text, at: instant, reason: text }).optional(),
  documents: z.array(sourceDocumentSchema).default([]),
  values: z.record(z.string(), valueEntrySchema).default({}),
})

/** Reads an already parsed binding. A region's own value without its `local` or `borrowed` label is refused. */
export function parseBinding(input: unknown): Result<PolicyBinding, readonly PolicyFileError[]> {
  const file = validate(
    bindingFile.check(({ value, issues }) => {
      for (const [key, { basis }] of Object.entries(value.values)) {
        if (basis === undefined)
          issues.push({ code: 'custom', input: value, path: ['values', key, 'basis'], message: '须标明 local 或 borrowed' })
      }
    }),
    input,
  )
  if (!file.ok) return file
  const { values: raw, ...head } = file.value
  const faults: PolicyFileError[] = []
  const values = parseEntries(raw, head.documents, faults)
  return faults.length === 0 ? ok({ ...head, values } as PolicyBinding) : err(faults)
}
