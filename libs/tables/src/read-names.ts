import { readMethodsCell } from './cells/words.ts'
import { ask, type QuestionDraft } from './finding.ts'
import type { QuestionSource } from './question.ts'
import { cleanName, splitOutsideBrackets } from './text.ts'

const enumerator = /^\s*(?:[(（]?\d{1,2}[)）]|\d{1,2}[.．、](?!\d))\s*/

/** An item's name without the number some lists put before it. */
export const itemName = (raw: string): string => cleanName(raw).replace(enumerator, '')

/** Items of one cell: the name when it is one certain item, else what to ask. */
export function readItem(
  source: QuestionSource,
  isListed: ((name: string) => boolean) | undefined,
): { readonly name?: string; readonly draft?: QuestionDraft } {
  const text = { field: 'itemNames', form: 'texts' } as const
  const name = itemName(source.raw)
  if (name === '') return { draft: ask(source, { ...text, code: 'missing-item', textZh: '抽查事项为空：是哪一项？' }) }
  if (isListed?.(name) === true) return { name }
  if (splitOutsideBrackets(name, '；;').length > 1) {
    return { draft: ask(source, { ...text, code: 'several-items', textZh: `“${name}”像是写了几项：各是清单中的哪一项？` }) }
  }
  if (isListed === undefined) return { name }
  return { draft: ask(source, { ...text, code: 'item-not-listed', textZh: `事项清单中没有“${name}”：是清单中的哪一项？` }) }
}

/** The ways of checking of one cell; a word that is none of the known ones is asked about. */
export function readMethods(source: QuestionSource): { readonly methods?: readonly string[]; readonly draft?: QuestionDraft } {
  const { known, unknown } = readMethodsCell(source.raw)
  if (unknown.length === 0) return { methods: known }
  const textZh = `不认识检查方式“${unknown.join('、')}”：是哪种方式？`
  return { draft: ask(source, { field: 'methods', code: 'method-not-understood', textZh, form: 'texts' }) }
}

const enumerated = /(?:^|[\n；;。])[ \t\u3000]*(\d{1,2})[.．、](?!\d)/g

/** The points of a passage numbered 1, 2, 3 …; the whole passage when it is not numbered so. */
export function readContents(raw: string): readonly string[] {
  const marks = [...raw.matchAll(enumerated)]
  const whole = cleanName(raw)
  if (marks.length === 0 || !marks.every((mark, index) => Number(mark[1]) === index + 1)) return whole === '' ? [] : [whole]
  const parts = marks.map((mark, index) => raw.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? raw.length))
  return parts.map((part) => cleanName(part).replace(/[；;。]+$/, ''))
}
