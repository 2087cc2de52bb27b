import { type LocalDate, parseLocalDate, parsePercent, parseRegionCode, type Ratio, type RegionCode } from '@dual-random/kernel'
import { z } from 'zod'

/** One policy key: its Chinese title for messages, the schema of its value, and another name the specification uses for it. */
export interface KeyDefinition<S extends z.ZodType = z.ZodType> {
  readonly title: string
  readonly schema: S
  readonly alias?: string
}

export const key = <S extends z.ZodType>(title: string, schema: S): KeyDefinition<S> => ({ title, schema })

export const aliasedKey = <S extends z.ZodType>(title: string, alias: string, schema: S): KeyDefinition<S> => ({ title, schema, alias })

export const text = z.string().trim().min(1)

/** `3%` or `0.5%`, kept exact (DQ-06). */
export const percent = z.string().transform((value, context): Ratio => {
  const ratio = parsePercent(value)
  if (ratio.ok) return ratio.value
  context.addIssue({ code: 'custom', message: `不是百分比：${value}` })
  return z.NEVER
})

export const localDate = z.string().transform((value, context): LocalDate => {
  const date = parseLocalDate(value)
  if (date !== undefined) return date
  context.addIssue({ code: 'custom', message: `不是 YYYY-MM-DD 日期：${value}` })
  return z.NEVER
})

export const regionCode = z.string().transform((value, context): RegionCode => {
  const code = parseRegionCode(value)
  if (code !== undefined) return code
  context.addIssue({ code: 'custom', message: `不是六位行政区划代码：${value}` })
  return z.NEVER
})

export const count = z.int().min(1)

export const grade = z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/)

export const workingDays = z.strictObject({ workingDays: count })

/** Where plans and results become public. */
export const channelId = z.enum(['publicitySystem', 'departmentWebsite', 'municipalPortal', 'enforcementPlatform'])

export const planType = z.enum(['INTERNAL', 'JOINT'])

/** A member of a list: the identifier code uses and the Chinese text people see. */
export const named = <S extends z.ZodType<string>>(id: S) => z.strictObject({ id, text })

/** Whether no two elements share an `id`. */
export const distinctIds = (list: readonly unknown[]): boolean =>
  new Set(list.map((element) => (element as { readonly id: string }).id)).size === list.length

/** A list of named members, each identifier once. */
export const namedList = <S extends z.ZodType<string>>(id: S) => z.array(named(id)).refine(distinctIds, { error: '标识重复' })

export const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/)

/** A list the source ends with 等 is open: the named members are the minimum. */
export const openList = <S extends z.ZodType<string>>(id: S) => z.strictObject({ members: namedList(id).min(1), open: z.boolean() })
