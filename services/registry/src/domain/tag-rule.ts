import { canonicalJson, err, type Instant, type ItemCode, ok, type RegionCode, type Result, type UnitId } from '@dual-random/kernel'
import type { ObjectContent, ObjectKind } from './check-object.ts'
import { isWithinIndustry } from './industry.ts'
import { givenTags, type RuleTag } from './tagging.ts'
import { latestVersion, type Timeline, withVersion } from './versions.ts'

/** What an object must be like: every part that is not empty must hold, each by any of its values. */
export type TagCondition = {
  readonly kinds: readonly ObjectKind[]
  /** GB/T 4754 codes with section letter. */
  readonly industryPrefixes: readonly string[]
  readonly nameContains: readonly string[]
  /** Stored tags that people gave; tags of rules do not count. */
  readonly tags: readonly string[]
}

export type TagRuleContent = {
  /** The check item for whose sake objects get the tag: the rule rests while that item is not in force where the object is. */
  readonly itemCode: ItemCode
  readonly tag: string
  readonly condition: TagCondition
  readonly status: 'ACTIVE' | 'RETIRED'
}

/** A tagging rule (标注规则) of a unit, over the objects of its pool and of those below it (REG-27). */
export interface TagRule {
  readonly ruleId: string
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly timeline: Timeline<TagRuleContent>
}

export type TagRuleRefusal =
  | { readonly code: 'owned-by-other-unit'; readonly unitId: UnitId }
  | { readonly code: 'tag-rule-without-condition' }

export const currentRule = (rule: TagRule): TagRuleContent => latestVersion(rule.timeline)?.content as TagRuleContent

/** The rule as its next version says; unchanged content is no version. A rule without any condition would tag a whole pool. */
export function recordRule(
  current: TagRule | undefined,
  { content, ...rule }: Omit<TagRule, 'timeline'> & { readonly content: TagRuleContent },
  at: Instant,
  importId: string,
): Result<TagRule | undefined, TagRuleRefusal> {
  if (current !== undefined && current.unitId !== rule.unitId) return err({ code: 'owned-by-other-unit', unitId: current.unitId })
  if (Object.values(content.condition).every((part) => part.length === 0)) return err({ code: 'tag-rule-without-condition' })
  if (current !== undefined && canonicalJson(currentRule(current)) === canonicalJson(content)) return ok(undefined)
  return ok({ ...rule, timeline: withVersion(current?.timeline ?? [], at, { load: '', importId }, content) })
}

export function conditionHolds({ kinds, industryPrefixes, nameContains, tags }: TagCondition, content: ObjectContent): boolean {
  return (
    (kinds.length === 0 || kinds.includes(content.kind)) &&
    (industryPrefixes.length === 0 || industryPrefixes.some((prefix) => isWithinIndustry(content.industry, prefix))) &&
    (nameContains.length === 0 || nameContains.some((part) => content.name.includes(part))) &&
    (tags.length === 0 || givenTags(content).some((tag) => tags.includes(tag)))
  )
}

/** The tags that rules give an object, by tag and rule. `isInForce` tells whether an item is on a list in force where the object is. */
export function ruleTagsOf(
  rules: readonly TagRule[],
  content: ObjectContent,
  isInForce: (itemCode: ItemCode, regionCode: RegionCode) => boolean,
): readonly RuleTag[] {
  const given: RuleTag[] = []
  for (const rule of rules) {
    const { itemCode, tag, condition, status } = currentRule(rule)
    if (status === 'ACTIVE' && isInForce(itemCode, content.regionCode) && conditionHolds(condition, content)) {
      given.push({ tag, ruleId: rule.ruleId })
    }
  }
  return given.sort((a, b) => (`${a.tag} ${a.ruleId}` < `${b.tag} ${b.ruleId}` ? -1 : 1))
}
