import {
  err,
  type Instant,
  isId,
  type LocalDate,
  ok,
  parseInstant,
  parseLocalDate,
  type Result,
  startOfChinaDate,
} from '@dual-random/kernel'
import { type CellFault, isFormulaCell } from '@dual-random/tables'

type Cell<T> = Result<T, CellFault>

const fault = (code: string, reason: string, action: string): { readonly ok: false; readonly error: CellFault } =>
  err({ code, reason, action })

/** A column whose parser's type reaches the record. */
export const column = <const Key extends string, const Required extends boolean, T>(
  key: Key,
  names: readonly string[],
  required: Required,
  parse: (text: string) => Cell<T>,
) => ({ key, names, required, parse })

export const textCell =
  (maxLength: number) =>
  (text: string): Cell<string> =>
    text.length <= maxLength
      ? ok(text)
      : fault('text-too-long', `内容有 ${text.length} 个字，超过上限 ${maxLength}`, '缩短后重新导入这一行')

export const idCell = (text: string): Cell<string> =>
  isId(text) ? ok(text) : fault('not-an-id', '编码只能用字母、数字、- 和 _，最多 96 个字符', '改正编码后重新导入这一行')

export const dateCell = (text: string): Cell<LocalDate> => {
  const date = parseLocalDate(text.replaceAll('/', '-'))
  return date === undefined ? fault('not-a-date', '不是 YYYY-MM-DD 日期', '改为如 2026-12-31 的日期后重新导入这一行') : ok(date)
}

/** A date counts from its beginning in China. */
export const instantCell = (text: string): Cell<Instant> => {
  const date = parseLocalDate(text.replaceAll('/', '-'))
  const instant = date === undefined ? parseInstant(text) : startOfChinaDate(date)
  return instant === undefined
    ? fault('not-an-instant', '既不是 YYYY-MM-DD 日期，也不是 UTC 时刻', '改为如 2026-01-31 的日期后重新导入这一行')
    : ok(instant)
}

/** One of the given words; the identifiers behind them are understood as well. */
export function wordCell<const Words extends Readonly<Record<string, string>>>(words: Words): (text: string) => Cell<Words[keyof Words]> {
  type T = Words[keyof Words]
  const known = new Map([...Object.entries(words), ...Object.values(words).map((value) => [value, value] as const)] as [string, T][])
  const shown = Object.keys(words).join('、')
  return (text) => {
    const value = known.get(text) ?? known.get(text.toUpperCase())
    return value === undefined ? fault('unknown-word', `“${text}”不在允许的取值内`, `改为下列之一：${shown}`) : ok(value)
  }
}

export const yesNoCell = (text: string): Cell<boolean> =>
  /^(是|true)$/i.test(text)
    ? ok(true)
    : /^(否|false)$/i.test(text)
      ? ok(false)
      : fault('unknown-word', `“${text}”不在允许的取值内`, '改为“是”或“否”')

/** Several values in one cell, sorted and each once; the first fault is the cell's. Sorted, any of them may come to begin the cell. */
export const listCell =
  <T extends string>(parse: (text: string) => Cell<T>) =>
  (text: string): Cell<readonly T[]> => {
    const values = new Set<T>()
    for (const part of text.split(/[；;|]/)) {
      if (part.trim() === '') continue
      if (isFormulaCell(part.trim()))
        return fault('formula-cell', `“${part.trim()}”以公式字符开头，表格软件可能当作公式执行`, '去掉开头的公式字符后重新导入这一行')
      const value = parse(part.trim())
      if (!value.ok) return value
      values.add(value.value)
    }
    return ok([...values].sort())
  }
