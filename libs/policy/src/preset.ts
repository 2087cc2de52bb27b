import { err, type Json, ok, type Result } from '@dual-random/kernel'
import { z } from 'zod'
import { isPolicyKey, type PolicyKey, policyKeys } from './keys.ts'
import { fileError, type PolicyFileError, validate } from './validate.ts'
import { count, localDate, text } from './values/definition.ts'

export const presetNameSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)*$/)

/** What a value's source demands: binding, enforced unless an authorised user gives a reason (原则上), or a permission. */
const strength = z.enum(['shall', 'by-default', 'may'])

export const sourceDocumentSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-z-]+$/),
  title: text,
  number: text.optional(),
  issuer: text,
  kind: z.enum(['policy', 'local', 'standard']),
  note: text.optional(),
})

export const valueEntrySchema = z.strictObject({
  value: z.json(),
  source: z.strictObject({ document: text, clause: text }),
  strength,
  local: z.literal('overridable').optional(),
  basis: z.enum(['local', 'borrowed']).optional(),
  note: text.optional(),
})

const presetFile = z.strictObject({
  name: presetNameSchema,
  title: text,
  extends: presetNameSchema.optional(),
  status: z.enum(['in-force', 'draft']),
  version: count,
  effectiveFrom: localDate,
  effectiveTo: localDate.optional(),
  note: text.optional(),
  documents: z.array(sourceDocumentSchema).min(1),
  values: z.record(z.string(), valueEntrySchema),
  unset: z.array(z.strictObject({ keys: z.array(text).min(1), note: text })).default([]),
})

export type RuleStrength = z.output<typeof strength>

/** A document values are taken from. A `local` one records choices of the jurisdiction itself; a `standard` holds everywhere. */
export type SourceDocument = Readonly<z.output<typeof sourceDocumentSchema>>

/** A value with its source document and clause (POL-02); `basis` labels what no document of the jurisdiction gives (POL-04). */
export interface ValueEntry {
  readonly value: Json
  readonly source: { readonly document: string; readonly clause: string }
  readonly strength: RuleStrength
  readonly local?: 'overridable'
  readonly basis?: 'local' | 'borrowed'
  readonly note?: string
}

export type ValueEntries = ReadonlyMap<PolicyKey, ValueEntry>

/** One version of a policy preset (POL-05), in force on the dates from `effectiveFrom` to `effectiveTo`, both included. */
export interface Preset extends Omit<z.output<typeof presetFile>, 'values' | 'unset' | 'documents'> {
  readonly documents: readonly SourceDocument[]
  readonly values: ValueEntries
  /** Keys the documents give no value for, with the reason (POL-04). */
  readonly unset: ReadonlyMap<PolicyKey, string>
}

/** Reads an already parsed preset file; every fault is reported. */
export function parsePreset(input: unknown): Result<Preset, readonly PolicyFileError[]> {
  const file = validate(presetFile, input)
  if (!file.ok) return file
  const { values: rawValues, unset: rawUnset, documents, ...head } = file.value
  const faults: PolicyFileError[] = []
  if (head.effectiveTo !== undefined && head.effectiveTo < head.effectiveFrom) faults.push(fileError(['effectiveTo'], '早于生效日期'))
  const values = parseEntries(rawValues, documents, faults)
  const unset = new Map<PolicyKey, string>()
  for (const { keys, note } of rawUnset) {
    for (const key of keys) {
      if (!isPolicyKey(key)) faults.push(fileError(['unset', key], '未知的策略键'))
      else if (values.has(key) || unset.has(key)) faults.push(fileError(['unset', key], '该键已有取值或重复列出'))
      else unset.set(key, note)
    }
  }
  return faults.length === 0 ? ok({ ...head, documents, values, unset }) : err(faults)
}

/** Checks entries key by key; faults are appended, so a caller reports them with its own. */
export function parseEntries(
  raw: Readonly<Record<string, z.output<typeof valueEntrySchema>>>,
  documents: readonly SourceDocument[],
  faults: PolicyFileError[],
): ValueEntries {
  const kinds = new Map(documents.map(({ id, kind }) => [id, kind]))
  const values = new Map<PolicyKey, ValueEntry>()
  for (const [name, entry] of Object.entries(raw)) {
    const at = (member: readonly PropertyKey[], message: string): void => void faults.push(fileError(['values', name, ...member], message))
    if (!isPolicyKey(name)) {
      at([], '未知的策略键')
      continue
    }
    const kind = kinds.get(entry.source.document)
    if (kind === undefined) at(['source', 'document'], '来源文件未在 documents 中列出')
    if (kind === 'local' && entry.basis !== 'local') at(['basis'], '本地取值须标明 local')
    if (kind === 'policy' && entry.basis === 'local') at(['basis'], '本地取值须以本地文件为来源')
    const value = validate(policyKeys[name].schema, entry.value)
    if (!value.ok) for (const { path, message } of value.error) at(path === '' ? ['value'] : ['value', path], message)
    values.set(name, entry as ValueEntry)
  }
  return values
}
