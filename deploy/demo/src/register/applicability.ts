import type { GeneratedObject } from './objects.ts'

/** Which objects an item applies to, as the item lists say it. */
export interface Applicability {
  readonly kinds: readonly string[]
  readonly industryPrefixes: readonly string[]
  readonly tags: readonly string[]
}

const kindOf = { 企业: 'ENTERPRISE', 个体工商户: 'INDIVIDUAL_BUSINESS', 其他主体: 'OTHER_SUBJECT' } as const

/** Judged by the row as it was generated, not by what a service made of it: the demo checks the services. */
export function isApplicable({ kinds, industryPrefixes, tags }: Applicability, { kind, industry, tags: own }: GeneratedObject): boolean {
  if (!kinds.includes(kindOf[kind])) return false
  if (industryPrefixes.length === 0 && tags.length === 0) return true
  // The lists put the section letter in front of a class, the register does not.
  const within = industryPrefixes.some((prefix) => industry.startsWith(prefix.replace(/^[A-Z]/, '')))
  return within || own.split('；').some((tag) => tags.includes(tag))
}
