import type { GeneratedObject } from './objects.ts'

/** Which objects an item applies to, as the item lists say it. */
export interface Applicability {
  readonly kinds: readonly string[]
  readonly industryPrefixes: readonly string[]
  readonly tags: readonly string[]
}

/** Which of the objects that its items apply to a plan line is about: those that every list that is not empty takes in. */
export interface ObjectScope extends Applicability {
  readonly regionCodes: readonly string[]
}

const kindOf = { 企业: 'ENTERPRISE', 个体工商户: 'INDIVIDUAL_BUSINESS', 其他主体: 'OTHER_SUBJECT' } as const

/** Judged by the row as it was generated, not by what a service made of it: the demo checks the services. */
export function isApplicable({ kinds, industryPrefixes, tags }: Applicability, object: GeneratedObject): boolean {
  if (!isOfKind(object, kinds)) return false
  if (industryPrefixes.length === 0 && tags.length === 0) return true
  return isInIndustry(object, industryPrefixes) || hasTag(object, tags)
}

export function isWithin({ kinds, industryPrefixes, tags, regionCodes }: ObjectScope, object: GeneratedObject): boolean {
  return (
    (kinds.length === 0 || isOfKind(object, kinds)) &&
    (industryPrefixes.length === 0 || isInIndustry(object, industryPrefixes)) &&
    (tags.length === 0 || hasTag(object, tags)) &&
    (regionCodes.length === 0 || regionCodes.some((code) => object.county.startsWith(code.replace(/(00)+$/, ''))))
  )
}

const isOfKind = ({ kind }: GeneratedObject, kinds: readonly string[]): boolean => kinds.includes(kindOf[kind])

/** The lists put the section letter in front of a class, the register does not. */
const isInIndustry = ({ industry }: GeneratedObject, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => industry.startsWith(prefix.replace(/^[A-Z]/, '')))

const hasTag = ({ tags: own }: GeneratedObject, tags: readonly string[]): boolean => own.split('；').some((tag) => tags.includes(tag))
