import type { RegionCode } from '@dual-random/kernel'
import { everyObject, type ParsedPlanLine, readObjectMarks, type SettledPlanLine, writeObjectMarks } from '@dual-random/tables'
import type { Directory } from '../../domain/import/directory.ts'
import type { LineQuestion } from '../../domain/import/line-questions.ts'
import type { LinePatch } from '../../domain/import/patch.ts'
import { marksOf, scopeOfMarks } from '../../domain/import/scope-marks.ts'
import { limitsObjects, saysEveryObject, saysWholePlace, scopeProposals } from '../../domain/import/scope-text.ts'
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

/** What of a line bears on its objects. */
interface ScopeSources {
  readonly settled: Pick<SettledPlanLine, 'objectScope' | 'objectMarks' | 'remarks'>
  readonly parsed: Pick<ParsedPlanLine, 'cells'>
  readonly patch: LinePatch
  /** The one kind of objects that the share is of. */
  readonly onlyKind: string | undefined
}

/** Where the reasons of a remark begin, which may say anything. */
const reasons = /(?:^|；)理由：.*$/s

/**
 * Which of their items' objects a line is about: what people said or the table says by marks. A text that does not plainly mean all of them is asked
 * about, and so are a column of places, a share of one kind and a remark that leave some out: the draw goes by items and marks, and would take these in.
 */
export function scopeOf(
  { settled, parsed, patch, onlyKind }: ScopeSources,
  itemCodes: readonly string[],
  { directory, regionCode }: { readonly directory: Directory; readonly regionCode: RegionCode },
): ScopeReading {
  const isOwn = ([, code]: readonly [string, RegionCode]): boolean => code === regionCode
  const context = {
    applicabilities: itemCodes.flatMap((code) => directory.item(code)?.applicability ?? []),
    regionCode,
    tags: directory.tags,
    places: new Map([...directory.places].filter((place) => !isOwn(place))),
    ownPlaces: [...directory.places].filter(isOwn).map(([place]) => place),
  }
  const { area } = parsed.cells
  const remark = settled.remarks.replace(reasons, '')
  const limits = [
    ...(area === undefined || saysWholePlace(area.raw, context) ? [] : [{ said: `“${area.column}”写的是`, text: area.raw.trim() }]),
    ...(onlyKind === undefined || saysEveryObject(onlyKind, context) ? [] : [{ said: '比例只写了', text: onlyKind }]),
    ...(limitsObjects(remark) ? [{ said: '备注写的是', text: remark }] : []),
  ]
  const marked = settled.objectMarks && scopeOfMarks(settled.objectMarks)
  const said = patch.scope ?? (limits.length === 0 ? marked : undefined)
  if (said !== undefined) {
    const scope = narrowingScope(said)
    return { value: scope === undefined ? {} : { scope }, questions: [] }
  }
  const text = patch.objectScope ?? settled.objectScope?.raw ?? ''
  const unknown = settled.objectMarks === undefined ? undefined : writeObjectMarks(settled.objectMarks)
  const isEvery = unknown === undefined && saysEveryObject(text, context)
  if (isEvery && limits.length === 0) return { value: {}, questions: [] }
  const proposals = [text, ...limits.map((limit) => limit.text)]
    .flatMap((each) => scopeProposals(each, context))
    .map((proposed) => writeObjectMarks(marksOf(proposed)))
  const marks = marked === undefined ? [] : [writeObjectMarks(marksOf(marked))]
  const options = [
    { value: everyObject, label: '就是抽查事项适用的全部对象，文字不另作限定' },
    ...[...new Set([...marks, ...proposals])]
      .filter((value) => value !== everyObject)
      .map((value) => ({ value, label: `只查其中符合“${value}”的对象` })),
  ]
  const cells = [
    ...(isEvery ? [] : [unknown === undefined ? `检查对象写的是“${text}”` : conditionsSaid(unknown, marked === undefined)]),
    ...limits.map((limit) => `${limit.said}“${limit.text}”`),
  ]
  const message = `${cells.join('，')}，抽取按事项和登记库的条件进行：是事项的全部对象，还是按类型、行业代码、标签或地区限定？`
  const question =
    limits.length === 0
      ? ({ code: 'object-scope-unclear', accepts: ['value', 'scope', 'objectScope'] } as const)
      : ({ code: 'object-scope-limited', accepts: ['value', 'scope'] } as const)
  return { value: {}, questions: [{ field: 'scope', ...question, message, options }] }
}

const conditionsSaid = (marks: string, isUnknown: boolean): string =>
  isUnknown ? `对象条件写的是“${marks}”，其中有登记库不认识的条件` : `对象条件写的是“${marks}”`
