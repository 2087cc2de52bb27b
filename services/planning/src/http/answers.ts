import { objectKinds } from '@dual-random/contracts'
import { z } from 'zod'

/** What answers of several subjects have in common. Instants are ISO 8601 in UTC, dates are of China, ratios percent texts, digests SHA-256 in hex. */
export const text = z.string()
export const texts = z.array(text)
export const count = z.int()
export const day = z.iso.date()
export const instant = z.iso.datetime()
export const percentText = z.string().regex(/^\d+(\.\d+)?%$/)
export const digest = z.string().regex(/^[0-9a-f]{64}$/)

export const window = z.strictObject({ start: day, end: day })
export const fraction = z.strictObject({ numerator: count, denominator: count })
export const act = z.strictObject({ by: text, at: instant })
export const reasoned = act.extend({ reason: text })
export const policyRef = z.strictObject({ preset: text, version: text })
export const planTypes = z.enum(['INTERNAL', 'JOINT'])
export const levels = z.enum(['PROVINCE', 'CITY', 'COUNTY'])
export const stratumRatio = z.strictObject({ stratum: text, ratio: percentText })
export const namedUnit = z.strictObject({ planId: text, unitId: text })
export const agreement = z.strictObject({ digest, title: text })
export const applicability = z.strictObject({
  kinds: z.array(z.enum(objectKinds.all)),
  industryPrefixes: texts,
  tags: texts,
})

/** So many of each name. */
export const countsOf = <N extends string>(names: readonly N[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, count])) as Readonly<Record<N, typeof count>>)
