import {
  type Instant,
  type ItemCode,
  isId,
  type LocalDate,
  parseInstant,
  parseLocalDate,
  type RegionCode,
  startOfChinaDate,
  type UnitId,
} from '@dual-random/kernel'
import { cellProblem } from '@dual-random/tables'
import { z } from 'zod'
import { legalBasisKinds } from '../domain/check-item.ts'
import { objectKinds } from '../domain/check-object.ts'

export const regionCode = z
  .string()
  .regex(/^[1-9]\d{5}$/)
  .transform((text) => text as RegionCode)

export const localDate = z
  .string()
  .refine((text) => parseLocalDate(text) !== undefined, { error: 'YYYY-MM-DD' })
  .transform((text) => text as LocalDate)

/** A UTC instant, or a date that counts from its beginning in China. */
export const dateOrInstant = z
  .string()
  .refine((text) => parseLocalDate(text) !== undefined || parseInstant(text) !== undefined, { error: 'YYYY-MM-DD' })
  .transform((text): Instant => parseInstant(text) ?? startOfChinaDate(text as LocalDate))

export const id = z.string().refine(isId, { error: '[A-Za-z0-9][A-Za-z0-9_-]{0,95}' })

/** A keyed id of an object. */
export const objectIdSchema = z.string().regex(/^[0-9a-f]{32}$/)

/** A text that a register's file can bear in a cell of its own, and give back. */
export const borneByCell = (text: z.ZodString) =>
  text.refine((given) => cellProblem(0, '', given) === undefined, { error: '不能以公式字符开头 / must not begin like a formula' })

export const shortText = z.string().trim().min(1).max(400)

/** Plain records whose members this service documents in its README. */
export const record = z.record(z.string(), z.unknown())

const unitId = id.transform((text) => text as UnitId)
const words = z.array(z.string().trim().min(1).max(400)).max(200)
export const longText = z.string().trim().min(1).max(4000)
const itemClass = z.enum(['GENERAL', 'KEY'])

/** An answer to questions of a published list; the register's columns judge its members further. */
export const listAnswer = z.strictObject({
  questionId: z.string().min(1).max(200).exactOptional(),
  lineNo: z.int().min(1).exactOptional(),
  code: z.string().min(1).max(100).exactOptional(),
  value: z.union([longText, z.array(longText).min(1).max(100)]).exactOptional(),
  name: shortText.exactOptional(),
  itemCode: id.transform((text) => text as ItemCode).exactOptional(),
  itemClass: itemClass.exactOptional(),
  fieldClass: itemClass.exactOptional(),
  keyGrounds: words.exactOptional(),
  legalBasis: longText.exactOptional(),
  checkingBody: shortText.exactOptional(),
  initiatorUnitId: unitId.exactOptional(),
  participantUnitIds: z.array(unitId).max(50).exactOptional(),
  checkContent: longText.exactOptional(),
  checkMethod: shortText.exactOptional(),
  specialities: words.exactOptional(),
  kinds: z.array(z.enum(objectKinds)).min(1).max(objectKinds.length).exactOptional(),
  industryPrefixes: words.exactOptional(),
  tags: words.exactOptional(),
  objectScope: longText.exactOptional(),
  parentItemCode: id.nullable().exactOptional(),
  synthetic: z.boolean().exactOptional(),
  ratioCap: shortText.nullable().exactOptional(),
  legalBasisKind: z.enum(legalBasisKinds).exactOptional(),
  division: shortText.exactOptional(),
  regionScope: z.array(regionCode).min(1).max(100).exactOptional(),
  supervisionMatter: shortText.exactOptional(),
  note: longText.exactOptional(),
  reason: longText.exactOptional(),
  omit: z.literal(true).exactOptional(),
})
