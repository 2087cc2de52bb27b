import type { LocalDate } from '@dual-random/kernel'
import { squash } from '../text.ts'
import { type DateWords, firstDay, lastDay, readDateWords } from './calendar.ts'
import { readTimesClause, type TimesReading } from './times.ts'

/** Both days belong to the window; `suppliedYear` says that the plan's year filled in one the cell does not name. */
export interface ExecutionWindow {
  readonly start: LocalDate
  readonly end: LocalDate
  readonly suppliedYear: boolean
}

export type WindowReading =
  | { readonly kind: 'window'; readonly window: ExecutionWindow; readonly times?: TimesReading }
  | { readonly kind: 'end-only'; readonly end: LocalDate; readonly suppliedYear: boolean }
  /** The end lies before the start and no word says that it is next year's. */
  | { readonly kind: 'reversed'; readonly window: ExecutionWindow }
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'unclear' }

const unclear: WindowReading = { kind: 'unclear' }
const longestWindowCell = 200
const undetermined = /确定|待定|统一安排|另行|适时|视情/
const spans = new Map<string, readonly [number, number]>([
  ['全年', [1, 12]],
  ['上半年', [1, 6]],
  ['下半年', [7, 12]],
  ['第一季度', [1, 3]],
  ['第二季度', [4, 6]],
  ['第三季度', [7, 9]],
  ['第四季度', [10, 12]],
])

const monthWords = (month: number): DateWords => ({ month, nextYear: false, monthEnd: false })

function windowOf(from: DateWords, to: DateWords, planYear: number): WindowReading {
  if (from.year === undefined && to.year !== undefined) return unclear
  const startYear = from.year ?? planYear
  const endYear = to.year ?? startYear + (to.nextYear ? 1 : 0)
  const start = firstDay(from, startYear)
  const end = lastDay(to, endYear)
  if (start === undefined || end === undefined || from.nextYear) return unclear
  const suppliedYear = from.year === undefined
  if (start <= end) return { kind: 'window', window: { start, end, suppliedYear } }
  const nextEnd = to.year === undefined ? lastDay(to, endYear + 1) : undefined
  return nextEnd === undefined ? unclear : { kind: 'reversed', window: { start, end: nextEnd, suppliedYear } }
}

function readRange(text: string, planYear: number): WindowReading | undefined {
  const readings = [...text.matchAll(/-|至|到/g)].flatMap(({ index }) => {
    const left = text.slice(0, index)
    const right = readDateWords(text.slice(index + 1))
    const from = readDateWords(/^\d{1,2}$/.test(left) ? `${left}月` : left)
    return from === undefined || right === undefined ? [] : [windowOf(from, right, planYear)]
  })
  return readings.length > 1 ? unclear : readings[0]
}

function readSpan(text: string, planYear: number): WindowReading | undefined {
  const groups = /^(?:(?<year>\d{4})年?)?(?<span>\D+)$/.exec(text)?.groups
  const months = spans.get(groups?.['span'] ?? '')
  if (groups === undefined || months === undefined) return undefined
  const year = groups['year'] === undefined ? undefined : Number(groups['year'])
  const [from, to] = months.map((month) => ({ ...monthWords(month), ...(year === undefined ? {} : { year }) }))
  return from === undefined || to === undefined ? undefined : windowOf(from, to, planYear)
}

function readEnd(text: string, planYear: number): WindowReading | undefined {
  const yearEnd = /^(?:(?<year>\d{4})年)?年?[底末](?:之前|以前|前)?$/.exec(text)?.groups
  if (yearEnd !== undefined && (yearEnd['year'] !== undefined || text.startsWith('年'))) {
    return endOnly({ ...monthWords(12), ...(yearEnd['year'] === undefined ? {} : { year: Number(yearEnd['year']) }) }, planYear)
  }
  const before = text.replace(/(?:之前|以前|前|截止)$/, '')
  const words = readDateWords(before)
  if (words === undefined) return undefined
  const closed = words.monthEnd || (before !== text && words.day !== undefined)
  return closed ? endOnly(words, planYear) : before === text ? undefined : unclear
}

function endOnly(words: DateWords, planYear: number): WindowReading {
  const end = lastDay(words, words.year ?? planYear)
  return end === undefined || words.nextYear ? unclear : { kind: 'end-only', end, suppliedYear: words.year === undefined }
}

/**
 * Reads a time cell to days, `3月—12月`, `2021年9月`, `10月-次年3月`, `年底`; months without a year are the plan's. Undefined when blank.
 * "Once each quarter" in a time column gives the whole year and the times.
 */
export function readWindowCell(text: string, planYear: number): WindowReading | undefined {
  const plain = squash(text).replace(/[。;]+$/, '')
  if (plain === '') return undefined
  if (plain.length > longestWindowCell) return unclear
  const times = readTimesClause(plain)
  if (times !== undefined) {
    const year = windowOf(monthWords(1), monthWords(12), planYear)
    return year.kind === 'window' ? { ...year, times } : year
  }
  const end = readEnd(plain, planYear)
  if (end !== undefined) return end
  const single = readDateWords(plain)
  // One day alone may be a start, an end or the whole window.
  if (single !== undefined) return single.day === undefined ? windowOf(single, single, planYear) : unclear
  return readRange(plain, planYear) ?? readSpan(plain, planYear) ?? (undetermined.test(plain) ? { kind: 'undetermined' } : unclear)
}

/** Reads a window from a column of start days and one of end days; undefined when both are blank. */
export function readWindowPair(startText: string, endText: string, planYear: number): WindowReading | undefined {
  const [from, to] = [startText, endText].map((text) => readDateWords(squash(text)))
  if (squash(startText) === '' && squash(endText) === '') return undefined
  return from === undefined || to === undefined ? unclear : windowOf(from, to, planYear)
}

/** Reads the last day of a deadline cell; undefined when blank, `unclear` when it names no single day or month. */
export function readDeadline(text: string, planYear: number): WindowReading | undefined {
  const plain = squash(text)
  if (plain === '') return undefined
  const words = readDateWords(plain.replace(/(?:之前|以前|前)$/, ''))
  return readEnd(plain, planYear) ?? (words === undefined || words.nextYear ? unclear : endOnly(words, planYear))
}
