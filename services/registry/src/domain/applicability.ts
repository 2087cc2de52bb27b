import type { ObjectContent, ObjectKind } from './check-object.ts'
import { isWithinIndustry } from './industry.ts'
import { allTags } from './tagging.ts'

/** Which objects an item applies to: any of the kinds, and any of the industries or tags where some are given (REG-28). */
export type Applicability = {
  readonly kinds: readonly ObjectKind[]
  /** GB/T 4754 codes with section letter; an object within one of them fits. */
  readonly industryPrefixes: readonly string[]
  readonly tags: readonly string[]
}

/** The exact mapping from item to object; queries and draws all go by it. */
export function appliesTo({ kinds, industryPrefixes, tags }: Applicability, content: ObjectContent): boolean {
  if (!kinds.includes(content.kind)) return false
  if (industryPrefixes.length === 0 && tags.length === 0) return true
  if (industryPrefixes.some((prefix) => isWithinIndustry(content.industry, prefix))) return true
  return tags.length > 0 && allTags(content).some((tag) => tags.includes(tag))
}

/** Whether an item applies to an object now: what is no longer in the pool has none, from whichever side one asks. */
export const isMapped = (applicability: Applicability, content: ObjectContent): boolean =>
  content.status === 'ACTIVE' && appliesTo(applicability, content)
