import { type Instant, isId, type LocalDate, parseInstant, parseLocalDate, type RegionCode, startOfChinaDate } from '@dual-random/kernel'
import { z } from 'zod'

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

export const shortText = z.string().trim().min(1).max(400)

/** Plain records whose members this service documents in its README. */
export const record = z.record(z.string(), z.unknown())
