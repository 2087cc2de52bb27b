import { err, ok, type Result } from '@dual-random/kernel'
import { z } from 'zod'
import { isPolicyKey } from './keys.ts'
import { type Policy, policyOf, type ResolvedEntry } from './policy.ts'
import { parseEntries, sourceDocumentSchema, valueEntrySchema } from './preset.ts'
import { type PolicyFileError, validate } from './validate.ts'
import { count, text } from './values/definition.ts'

const presetId = z.strictObject({ preset: text, version: count })

const policyFile = z.strictObject({
  id: presetId,
  lineage: z.array(presetId).min(1),
  documents: z.array(sourceDocumentSchema),
  values: z.record(z.string(), valueEntrySchema.extend({ setBy: presetId })),
})

/** Rebuilds a policy from the JSON of `canonicalPolicy`, checking every value again; a key this build does not know is kept for the digest. */
export function policyFromJson(input: unknown): Result<Policy, readonly PolicyFileError[]> {
  const file = validate(policyFile, input)
  if (!file.ok) return file
  const { values: raw, ...head } = file.value
  const faults: PolicyFileError[] = []
  parseEntries(Object.fromEntries(Object.entries(raw).filter(([key]) => isPolicyKey(key))), head.documents, faults)
  const values = new Map(Object.entries(raw) as [string, ResolvedEntry][])
  return faults.length === 0 ? ok(policyOf({ ...head, values })) : err(faults)
}
