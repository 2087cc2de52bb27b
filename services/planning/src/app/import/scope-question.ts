import type { RegionCode } from '@dual-random/kernel'
import { everyObject, readObjectMarks, type SettledPlanLine, writeObjectMarks } from '@dual-random/tables'
import type { Directory } from '../../domain/import/directory.ts'
import type { LineQuestion } from '../../domain/import/line-questions.ts'
import type { LinePatch } from '../../domain/import/patch.ts'
import { marksOf, scopeOfMarks } from '../../domain/import/scope-marks.ts'
import { saysEveryObject, scopeProposals } from '../../domain/import/scope-text.ts'
import type { LineInput } from '../../domain/line-input.ts'
import { narrowingScope, type ObjectScope } from '../../domain/object-scope.ts'

/** A scope in the words of a table: the options of the question, and what may be answered to it. */
export function scopeOfText(text: string): ObjectScope | undefined {
  const marks = readObjectMarks(text)
  return marks && scopeOfMarks(marks)
}

interface ScopeReading {
  readonly value: Pick<LineInput, 'scope'>
  readonly questions: readonly LineQuestion[]
}

/**
 * Which of their items' objects a line is about: what people said or the table says by marks. A text that does not plainly mean all of them is asked
 * about: the draw goes by items and marks, and would take in objects that the text leaves out.
 */
export function scopeOf(
  settled: Pick<SettledPlanLine, 'objectScope' | 'objectMarks'>,
  patch: LinePatch,
  itemCodes: readonly string[],
  { directory, regionCode }: { readonly directory: Directory; readonly regionCode: RegionCode },
): ScopeReading {
  const marked = settled.objectMarks && scopeOfMarks(settled.objectMarks)
  const said = patch.scope ?? marked
  if (said !== undefined) {
    const scope = narrowingScope(said)
    return { value: scope === undefined ? {} : { scope }, questions: [] }
  }
  const text = patch.objectScope ?? settled.objectScope.raw
  const context = {
    applicabilities: itemCodes.flatMap((code) => directory.item(code)?.applicability ?? []),
    regionCode,
    tags: directory.tags,
    places: new Map([...directory.places].filter(([, code]) => code !== regionCode)),
  }
  const unknown = settled.objectMarks === undefined ? undefined : writeObjectMarks(settled.objectMarks)
  if (unknown === undefined && saysEveryObject(text, context)) return { value: {}, questions: [] }
  const proposals = scopeProposals(text, context).map((proposed) => writeObjectMarks(marksOf(proposed)))
  const options = [
    { value: everyObject, label: '就是抽查事项适用的全部对象，文字不另作限定' },
    ...proposals.map((value) => ({ value, label: `只查其中符合“${value}”的对象` })),
  ]
  const cell = unknown === undefined ? `检查对象写的是“${text}”` : `对象条件写的是“${unknown}”，其中有登记库不认识的条件`
  const message = `${cell}，抽取按事项和登记库的条件进行：是事项的全部对象，还是按类型、行业代码、标签或地区限定？`
  return {
    value: {},
    questions: [{ field: 'scope', code: 'object-scope-unclear', message, accepts: ['value', 'scope', 'objectScope'], options }],
  }
}
