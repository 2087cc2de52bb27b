import type { UnitId } from '@dual-random/kernel'
import type { CheckObject, ObjectContent } from './check-object.ts'

/** Tags a unit gave an object, beside those recorded with it. A unit with an entry, even an empty one, has the object in its pool (REG-29). */
export type UnitTags = { readonly unitId: UnitId; readonly tags: readonly string[] }

/** A tag that a rule gave, and the rule (REG-27). */
export type RuleTag = { readonly tag: string; readonly ruleId: string }

/** Where one tag of an object comes from; the same tag may come from several. */
export type TagSource =
  | { readonly from: 'RECORD' }
  | { readonly from: 'UNIT'; readonly unitId: UnitId }
  | { readonly from: 'RULE'; readonly ruleId: string }

export interface SourcedTag {
  readonly tag: string
  readonly sources: readonly TagSource[]
}

/** What of an object says which tags it has. */
export type Tagged = Pick<ObjectContent, 'tags' | 'unitTags' | 'ruleTags'>

const distinct = (tags: readonly string[]): readonly string[] => [...new Set(tags)].sort()

/** Tags that people gave: with the record, or unit by unit. Rules look at these alone, so that no rule waits for another. */
export const givenTags = ({ tags, unitTags = [] }: Pick<Tagged, 'tags' | 'unitTags'>): readonly string[] =>
  distinct([...tags, ...unitTags.flatMap((each) => each.tags)])

/** Every tag of an object, whoever gave it: what check items go by. */
export const allTags = (content: Tagged): readonly string[] =>
  distinct([...givenTags(content), ...(content.ruleTags ?? []).map(({ tag }) => tag)])

export const sourcedTags = (content: ObjectContent): readonly SourcedTag[] =>
  allTags(content).map((tag) => ({
    tag,
    sources: [
      ...(content.tags.includes(tag) ? [{ from: 'RECORD' } as const] : []),
      ...(content.unitTags ?? []).flatMap(({ unitId, tags }) => (tags.includes(tag) ? [{ from: 'UNIT', unitId } as const] : [])),
      ...(content.ruleTags ?? []).flatMap(({ tag: given, ruleId }) => (given === tag ? [{ from: 'RULE', ruleId } as const] : [])),
    ],
  }))

/** The units in whose pools an object is: its owner first, then those that took it in by tagging it. */
export const poolsOf = ({ unitId }: Pick<CheckObject, 'unitId'>, { unitTags = [] }: ObjectContent): readonly UnitId[] => [
  ...new Set([unitId, ...unitTags.map((each) => each.unitId)]),
]

/** The tags that a unit itself gives an object. */
export const unitTagsOf = ({ unitTags }: ObjectContent, unitId: UnitId): readonly string[] =>
  unitTags?.find((each) => each.unitId === unitId)?.tags ?? []

/** The content with a unit's own tags in the place of those it gave before; undefined takes the object out of that unit's pool. */
export function withUnitTags(content: ObjectContent, unitId: UnitId, tags: readonly string[] | undefined): ObjectContent {
  const { unitTags = [], ...rest } = content
  const others = unitTags.filter((each) => each.unitId !== unitId)
  const next = tags === undefined ? others : [...others, { unitId, tags: distinct(tags) }].sort((a, b) => (a.unitId < b.unitId ? -1 : 1))
  return next.length === 0 ? rest : { ...rest, unitTags: next }
}

export function withRuleTags(content: ObjectContent, ruleTags: readonly RuleTag[]): ObjectContent {
  const { ruleTags: _before, ...rest } = content
  return ruleTags.length === 0 ? rest : { ...rest, ruleTags }
}
