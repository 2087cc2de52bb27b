import { everyObject, writeObjectMarks } from '@dual-random/tables'
import { directoryOf } from '../domain/import/directory.ts'
import { marksOf } from '../domain/import/scope-marks.ts'
import { saysEveryObject, scopeProposals } from '../domain/import/scope-text.ts'
import type { LineContext, LineInput } from '../domain/line-input.ts'
import type { LineProblem } from '../domain/line-problem.ts'

/**
 * What is open of a line that somebody enters, as an import asks of one in a table: words for its objects that do not plainly mean all that its items
 * apply to, where no scope, whole or narrower, says what they mean (PLN-13). Until its items are known there is nothing to hold the words against.
 */
export function scopeWordsProblems(input: LineInput, context: LineContext): readonly LineProblem[] {
  const { objectScope, scope } = input
  const itemCodes = [...new Set(input.itemCodes ?? input.units?.flatMap((unit) => unit.itemCodes ?? []))]
  const items = itemCodes.flatMap((code) => context.items.get(code) ?? [])
  if (objectScope === undefined || scope !== undefined || items.length === 0 || items.length < itemCodes.length) return []
  const { regionCode } = context.plan
  const { tags, places } = directoryOf([...context.items.values()], [...context.units.values()])
  const below = new Map([...places].filter(([, code]) => code !== regionCode))
  const text = { applicabilities: items.map(({ applicability }) => applicability), regionCode, tags, places: below }
  if (saysEveryObject(objectScope, text)) return []
  const proposed = [everyObject, ...scopeProposals(objectScope, text).map((each) => writeObjectMarks(marksOf(each)))].join(' | ')
  return [{ code: 'object-scope-unclear', pointer: '/objectScope', objectScope, proposed }]
}
