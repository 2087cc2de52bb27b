import { format, isDateFormat, isPercentFormat } from 'numfmt'
import type { CellFormat } from './date-formats.ts'

/** Built-in formats as a Chinese Excel shows them (ECMA-376, 18.8.30); those of a time of day alone are left out. */
const builtIn: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  14: 'yyyy/m/d',
  15: 'yyyy/m/d',
  16: 'm"月"d"日"',
  17: 'yyyy"年"m"月"',
  22: 'yyyy/m/d h:mm',
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: 'm/d/yy',
  31: 'yyyy"年"m"月"d"日"',
  36: 'yyyy"年"m"月"',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  55: 'yyyy"年"m"月"',
  56: 'm"月"d"日"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
}

/** A number as a cell shows it; `stored` is what the cell has where that is more than it shows. */
export interface ShownNumber {
  readonly text: string
  readonly stored?: string
}

/** Spreadsheets calculate in binary fractions and show at most fifteen figures. */
const exact = (value: number): string => String(Number(value.toPrecision(15)))

const plainPercent = /^[0#?.,]+%$/
const daysTo1904 = 1462

function formatted(code: string, value: number): string | undefined {
  try {
    return format(code, value, { locale: 'zh-CN' }).trim()
  } catch {
    return undefined
  }
}

function shownDate(code: string, serial: number): ShownNumber {
  const text = formatted(code, serial)
  const stored = formatted('yyyy-mm-dd', serial) ?? exact(serial)
  if (text === undefined || text === '') return { text: stored }
  const isWhole = /[yeg]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))
  return isWhole ? { text } : { text, stored }
}

/**
 * A number as people see it in the cell, `5%`, `46家`, `2024年3月`. A percentage that the cell rounds is given whole: what is drawn must not
 * depend on how wide a column is.
 */
export function shownNumber(value: number, { id, code = builtIn[id] ?? 'General' }: CellFormat, is1904: boolean): ShownNumber {
  if (isDateFormat(code)) return shownDate(code, is1904 ? value + daysTo1904 : value)
  const text = formatted(code, value)
  if (text === undefined || /^general$/i.test(code) || code === '@') return { text: exact(value) }
  const stored = isPercentFormat(code) ? `${exact(value * 100)}%` : exact(value)
  const figures = Number(/-?\d+(?:\.\d+)?/.exec(text.replaceAll(',', ''))?.[0])
  if (figures === Number(stored.replace('%', ''))) return { text }
  return { text: isPercentFormat(code) && plainPercent.test(code) ? stored : text, stored }
}
