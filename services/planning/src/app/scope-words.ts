import { everyObject, writeObjectMarks } from '@dual-random/tables'
import type { AssignmentProblem, AssignmentTerms, DrawnTask } from '../domain/assignment.ts'
import { directoryOf } from '../domain/import/directory.ts'
import { marksOf } from '../domain/import/scope-marks.ts'
import { type ScopeTextContext, saysEveryObject, scopeProposals } from '../domain/import/scope-text.ts'
import type { LineContext, LineInput } from '../domain/line-input.ts'
import type { LineProblem } from '../domain/line-problem.ts'

/**
 * What is open of a line that somebody enters, as an import asks of one in a table: words for its objects that do not plainly mean all that its items
 * apply to, where no scope, whole or narrower, says what they mean (PLN-13). Until its items are known there is nothing to hold the words against.
 */
export function scopeWordsProblems(input: LineInput, context: LineContext): readonly LineProblem[] {
  const { objectScope, scope } = input
  if (objectScope === undefined || scope !== undefined) return []
  const text = textContextOf(input, context)
  if (text === undefined || saysEveryObject(objectScope, text)) return []
  const proposed = [everyObject, ...scopeProposals(objectScope, text).map((each) => writeObjectMarks(marksOf(each)))].join(' | ')
  return [{ code: 'object-scope-unclear', pointer: '/objectScope', objectScope, proposed }]
}

/**
 * What of the local terms narrows a dispatched task that is about all that its items apply to (PLN-15): a scope where its own words plainly mean all, or
 * words in place of none that do not.
 */
export function assignedWordsProblems(
  { objectScope, itemCodes }: Pick<DrawnTask, 'objectScope' | 'itemCodes'>,
  { objectScope: words, scope }: Pick<AssignmentTerms, 'objectScope' | 'scope'>,
  context: LineContext,
): readonly AssignmentProblem[] {
  if (words === undefined && scope === undefined) return []
  const text = textContextOf({ itemCodes }, context)
  if (text === undefined) return []
  const isAll = objectScope !== undefined && saysEveryObject(objectScope, text)
  const problems: AssignmentProblem[] = scope !== undefined && isAll ? [{ code: 'assigned-scope-fixed', pointer: '/scope' }] : []
  if (words !== undefined && !saysEveryObject(words, text)) problems.push({ code: 'assigned-scope-fixed', pointer: '/objectScope' })
  return problems
}

/** What words for objects are held against; undefined until all items are known. */
function textContextOf(input: Pick<LineInput, 'itemCodes' | 'units'>, context: LineContext): ScopeTextContext | undefined {
  const itemCodes = [...new Set(input.itemCodes ?? input.units?.flatMap((unit) => unit.itemCodes ?? []))]
  const items = itemCodes.flatMap((code) => context.items.get(code) ?? [])
  if (items.length === 0 || items.length < itemCodes.length) return undefined
  const { regionCode } = context.plan
  const { tags, places } = directoryOf([...context.items.values()], [...context.units.values()])
  const below = new Map([...places].filter(([, code]) => code !== regionCode))
  return { applicabilities: items.map(({ applicability }) => applicability), regionCode, tags, places: below }
}
