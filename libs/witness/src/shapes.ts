import { isId, parseInstant, parseRegionCode } from '@dual-random/kernel'
import * as z from 'zod'

/** 32 bytes in lower-case hex. */
export const digestShape = z.string().regex(/^[0-9a-f]{64}$/)
export const signatureShape = z.string().regex(/^[0-9a-f]{128}$/)
export const idShape = z.string().refine(isId)
export const regionShape = z.string().refine((text) => parseRegionCode(text) !== undefined)
export const instantShape = z.string().transform((text, context) => {
  const instant = parseInstant(text)
  if (instant !== undefined) return instant
  context.addIssue({ code: 'custom', message: 'not an instant' })
  return z.NEVER
})
export const countShape = z.number().int().min(0)

/** The first thing wrong with a value, as a JSON pointer and a reason. */
export type ShapeError = { readonly pointer: string; readonly reason: string }

export const shapeErrorOf = ({ issues }: z.ZodError): ShapeError => {
  const [issue] = issues
  return {
    pointer: (issue?.path ?? []).map((part) => `/${String(part).replace(/~/g, '~0').replace(/\//g, '~1')}`).join(''),
    reason: issue?.message ?? 'malformed',
  }
}
