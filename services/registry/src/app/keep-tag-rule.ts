import { appError } from '@dual-random/errors'
import { type Clock, chinaDateOf, type ItemCode } from '@dual-random/kernel'
import { recordRule, type TagCondition, type TagRule } from '../domain/tag-rule.ts'
import { requireItems } from './items.ts'
import type { Caller, CheckItemLists, Stored, TagRules } from './ports.ts'
import { requireVersion } from './precondition.ts'
import type { TagBook } from './tag-book.ts'

export interface TagRuleDeps {
  readonly tagRules: TagRules
  readonly checkItemLists: CheckItemLists
  readonly tagBook: TagBook
  readonly clock: Clock
}

export interface TagRuleCommand {
  readonly ruleId: string
  readonly itemCode: ItemCode
  readonly tag: string
  readonly condition: TagCondition
  readonly status: 'ACTIVE' | 'RETIRED'
  readonly expected: number | undefined
}

/** Sets a tagging rule of the caller's unit, for an item in force (REG-27); the objects there are follow within a sweep. */
export async function keepTagRule(deps: TagRuleDeps, { unitId, regionCode }: Caller, command: TagRuleCommand): Promise<Stored<TagRule>> {
  const { ruleId, itemCode, status, expected } = command
  const at = deps.clock()
  const known = await deps.tagRules.load(ruleId)
  // A rule is given up also when its item or dimension is no more.
  if (status === 'ACTIVE') await requireItems(deps.checkItemLists, regionCode, chinaDateOf(at), [itemCode])
  const before = known?.state.timeline.at(-1)?.content
  const asBefore = before ?? command
  const { tag, condition } = status === 'ACTIVE' ? await readRule(deps.tagBook, regionCode, command) : asBefore
  const content = { itemCode, status, tag, condition }
  const saved = await deps.tagRules.update(ruleId, (current) => {
    requireVersion(current?.version ?? 0, expected)
    const recorded = recordRule(current?.state, { ruleId, unitId, regionCode, content }, at, '')
    if (recorded.ok) return recorded.value && { state: recorded.value, events: [] }
    const { code, ...meta } = recorded.error
    throw appError(code === 'owned-by-other-unit' ? 'forbidden' : 'invalid', code, { meta })
  })
  return saved as Stored<TagRule>
}

/** Tags and industry codes of a rule in the form in which objects bear them. */
async function readRule(
  tagBook: TagBook,
  regionCode: Caller['regionCode'],
  { tag, condition }: TagRuleCommand,
): Promise<Pick<TagRuleCommand, 'tag' | 'condition'>> {
  const { readTag, industries } = await tagBook.listsIn(regionCode)
  const tagOf = (text: string): string => {
    const read = readTag(text)
    if (read.ok) return read.value
    throw appError('invalid', 'tag-not-readable', { meta: { tag: text } })
  }
  const industryOf = (text: string): string => {
    const code = industries.normalise(text)
    if (code !== undefined) return code
    throw appError('invalid', 'tag-rule-industry-unknown', { meta: { industry: text } })
  }
  return {
    tag: tagOf(tag),
    condition: { ...condition, tags: condition.tags.map(tagOf), industryPrefixes: condition.industryPrefixes.map(industryOf) },
  }
}
