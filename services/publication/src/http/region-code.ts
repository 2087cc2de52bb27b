import { parseRegionCode } from '@dual-random/kernel'
import { z } from 'zod'

/** A division code in a query. */
export const regionCode = z.string().transform((text, context) => {
  const parsed = parseRegionCode(text)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'GB/T 2260' })
  return z.NEVER
})
