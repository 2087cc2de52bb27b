import type { LocalDate } from '@dual-random/kernel'
import { readInteger, squash, withYearFigures } from '../text.ts'
import { type DateWords, firstDay, lastDay, readDateWords } from './calendar.ts'
import { readPeriod, readTimesClause, type TimesReading } from './times.ts'
import { readYearSpan } from './year-span.ts'

/** Both days belong to the window; `suppliedYear` says that the plan's year filled in one the cell does not name. */
export interface ExecutionWindow {
  readonly start: LocalDate
  readonly end: LocalDate
  readonly suppliedYear: boolean
}

export type WindowReading =
  | { readonly kind: 'window'; readonly window: ExecutionWindow; readonly times?: TimesReading }
  | { readonly kind: 'end-only'; readonly end: LocalDate; readonly suppliedYear: boolean }
  | { readonly kind: 'start-only'; readonly start: LocalDate; readonly suppliedYear: boolean }
  /** The end lies before the start and no word says that it is next year's. */
  | { readonly kind: 'reversed'; readonly window: ExecutionWindow }
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'unclear' }

const unclear: WindowReading = { kind: 'unclear' }
const longestWindowCell = 200
const undetermined = /确定|待定|统一安排|另行|适时|视情|按计划|按需|根据|按照|结合|随时|不定期/
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

/** 年底 and 次年底 as the end of December. */
const withMonthOfYearEnd = (text: string): string =>
  text.replace(/^(\d{4}|次|翌|来|明|当|本)?年[底末]$/, (_, year = '') =>
    /[当本]/.test(year) || year === '' ? '12月底' : `${year}年12月底`,
  )

/** `3-12月`, `2023年3-12月`, `2023.3-12`, `2023.3.1-6.30`, `4月10日-20日`: what one side leaves out is the other's. */
function completeEnds(left: string, right: string): readonly [string, string] {
  const dotted = /^(?<year>\d{4})[./](?<rest>\d{1,2}(?:[./]\d{1,2})?)$/.exec(left)?.groups
  const short = /^\d{1,2}(?<day>[./]\d{1,2})?$/.exec(right)?.groups
  if (dotted !== undefined && short !== undefined) return [left, `${dotted['year']}.${right}`]
  const dashed = /^(?<year>\d{4})-\d{1,2}-\d{1,2}$/.exec(left)?.groups?.['year']
  if (dashed !== undefined && /^\d{1,2}-\d{1,2}$/.test(right)) return [left, `${dashed}-${right}`]
  const month = /^(?<month>(?:\d{4}年)?\d{1,2}月)\d{1,2}日?$/.exec(left)?.groups?.['month']
  if (month !== undefined && /^\d{1,2}日$/.test(right)) return [left.endsWith('日') ? left : `${left}日`, `${month}${right}`]
  if (/^\d{1,2}[./]\d{1,2}$/.test(left) && short?.['day'] !== undefined) return [left, right].map(asMonthDay) as [string, string]
  return [/^(?:\d{4}年)?\d{1,2}$/.test(left) && right.includes('月') ? `${left}月` : left, right]
}

const asMonthDay = (text: string): string => text.replace(/[./]/, '月')

function readRange(text: string, planYear: number): WindowReading | undefined {
  const readings = [...text.matchAll(/-|至|到/g)].flatMap(({ index }) => {
    const [left, right] = completeEnds(text.slice(0, index), withMonthOfYearEnd(text.slice(index + 1)))
    const from = readDateWords(left)
    const to = readDateWords(right)
    return from === undefined || to === undefined ? [] : [windowOf(from, to, planYear)]
  })
  return readings.length > 1 ? unclear : readings[0]
}

/** Months named one after the other, `3、4月`, are a window if none is left out; 5月、9月 are two. */
function readMonths(text: string, planYear: number): WindowReading | undefined {
  const groups = /^(?:(?<year>\d{4})年)?(?<months>\d{1,2}月?(?:[、,和]\d{1,2}月?)+)份?$/.exec(text)?.groups
  if (groups === undefined || !text.includes('月')) return undefined
  const months = (groups['months'] ?? '').split(/[、,和]/).map((month) => Number.parseInt(month, 10))
  const [first = 0] = months
  if (months.some((month, index) => month !== first + index)) return unclear
  return spanOf([first, months.at(-1) ?? first], groups['year'], planYear)
}

function spanOf(months: readonly [number, number], year: string | undefined, planYear: number): WindowReading {
  const [from, to] = months.map((month) => ({ ...monthWords(month), ...(year === undefined ? {} : { year: Number(year) }) }))
  return from === undefined || to === undefined ? unclear : windowOf(from, to, planYear)
}

function readSpan(text: string, planYear: number): WindowReading | undefined {
  const span = readYearSpan(text)
  return span === undefined ? undefined : spanOf(span.months, span.year, planYear)
}

/** 即日起至, 自计划下达之日起至: the start is not in the table. */
const fromNow = /^自?(?:即日|[^\d至到-]{2,8}之日)起?(?:至|到|-)/

/** 5月起, 自5月10日开始. */
function readStart(text: string, planYear: number): WindowReading | undefined {
  const said = /^(?:自|从)?(?<day>[^至到-]+?)(?:起|开始)$/.exec(text)?.groups?.['day']
  const words = said === undefined ? undefined : readDateWords(said)
  if (words === undefined) return undefined
  const start = firstDay(words, words.year ?? planYear)
  return start === undefined || words.nextYear ? unclear : { kind: 'start-only', start, suppliedYear: words.year === undefined }
}

function readEnd(text: string, planYear: number): WindowReading | undefined {
  const yearEnd = /^(?:(?<year>\d{4})年度?)?年?[底末](?:之前|以前|前)?$/.exec(text)?.groups
  if (yearEnd !== undefined && (yearEnd['year'] !== undefined || text.startsWith('年'))) {
    return endOnly({ ...monthWords(12), ...(yearEnd['year'] === undefined ? {} : { year: Number(yearEnd['year']) }) }, planYear)
  }
  const upTo = text.replace(fromNow, '').replace(/^(?:截至|截止到?|不迟于|不晚于|最[迟晚])/, '')
  const before = upTo.replace(/(?:之前|以前|前|截止)$/, '')
  const words = readDateWords(before)
  if (words === undefined) return undefined
  // Up to September takes the month in; before September leaves it open whether it does.
  const isTakenIn = upTo !== text && before === upTo && words.monthStart !== true
  const closed = words.monthEnd || isTakenIn || (before !== text && words.day !== undefined)
  return closed ? endOnly(words, planYear) : before === text ? undefined : unclear
}

function endOnly(words: DateWords, planYear: number): WindowReading {
  const end = lastDay(words, words.year ?? planYear)
  return end === undefined || words.nextYear ? unclear : { kind: 'end-only', end, suppliedYear: words.year === undefined }
}

const chineseNumber = /[一二三四五六七八九十]{1,3}/g
/** 三月至十一月, 七至九月, 七、八、九月, 三月五日. */
const chineseMonths = /(?:[一二三四五六七八九十]{1,3}[月日]?[-至到、和])*[一二三四五六七八九十]{1,3}[月日]/g

/** Without the words that say what happens then. */
const plainTime = (text: string): string =>
  withYearFigures(squash(text))
    .replace(/[。;]+$/, '')
    .replace(/(?<=[月日旬]份?)(?:开始|启动),?[-至到]?(?=\d|年[底末])/g, '-')
    .replace(/^(?:抽查|检查|实施|执行|开展)?(?:时间|日期)[:为]/, '')
    .replace(/^(?:自|从)(?=.*\d.*[-至到])/, '')
    .replace(/^(?:计划|拟)?(?:于|在)|^(?:计划(?!下)|当年|本年(?!内)|每年(?!.*次)(?=.*(?:月|季度|半年$|年[底末])))/, '')
    .replace(/^年初[-至到]年[底末]$/, '全年')
    .replace(chineseMonths, (months) => months.replace(chineseNumber, (number) => String(readInteger(number) ?? number)))
    .replace(/(?<!即日)起(?=[-至到])/, '')
    .replace(/(?<=[-至到].*)止$/, '')
    .replace(/(?<=\d月?[-至到].*[底末日])(?:之前|以前|前)(?=完成|$)/, '')
    .replace(/(?:期间|之间)?(?:组织|集中)?(?:开展|进行|实施|执行|完成)?(?:双?随机)?(?:抽查|检查|抽取)?(?:工作)?(?:完成|完毕|结束)?$/, '')

const season = /^[^\d]{1,6}[期季假]$/

/** 一季度(1-3月), 全年(1-12月): the bracket says the same; 汛期(6-9月): it says when that is. */
function readBracket(plain: string, planYear: number): WindowReading | undefined {
  const { outer = '', inner = '' } = /^(?<outer>[^()]+)\((?<inner>[^()]+)\)$/.exec(plain)?.groups ?? {}
  const [said, meant] = [outer, inner].map((text) => (text === '' ? undefined : readWindowCell(text, planYear)))
  if (said?.kind === 'window' && said.times === undefined && season.test(inner)) return said
  if (meant?.kind !== 'window' || meant.times !== undefined) return undefined
  const isSeason = said?.kind === 'unclear' && season.test(outer)
  return isSeason || JSON.stringify(said) === JSON.stringify(meant) ? meant : undefined
}

/** 3-11月，1次; 全年(每季度1次): when, and how often a year. How often 3-11月，每月1次 is in the year, it does not say. */
function readWithTimes(plain: string, planYear: number): WindowReading | undefined {
  const [, when = '', after, inner = ''] = /^([^,;()]+)(?:[,;]([^,;()]+)|\(([^()]+)\))$/.exec(plain) ?? []
  const often = after ?? inner
  const times = readTimesClause(often)
  const read = times?.kind === 'times' ? readWindowCell(when, planYear) : undefined
  if (times === undefined || read?.kind !== 'window' || read.times !== undefined) return undefined
  const isWholeYear = read.window.start.endsWith('-01-01') && read.window.end.endsWith('-12-31')
  return isWholeYear || !/半年|季|月/.test(often) ? { ...read, times } : undefined
}

/**
 * Reads a time cell to days, `3月—12月`, `2021年9月`, `10月-次年3月`, `年底`; months without a year are the plan's. Undefined when blank.
 * "Once each quarter" in a time column gives the whole year and the times.
 */
export function readWindowCell(text: string, planYear: number): WindowReading | undefined {
  const plain = plainTime(text)
  if (plain === '') return undefined
  if (plain.length > longestWindowCell) return unclear
  const bracketed = readBracket(plain, planYear)
  if (bracketed !== undefined) return bracketed
  const both = readWithTimes(plain, planYear)
  if (both !== undefined) return both
  const times = readTimesClause(plain) ?? (/^每|度$/.test(plain) && !plain.startsWith('年') ? readPeriod(plain) : undefined)
  if (times !== undefined) {
    const year = windowOf(monthWords(1), monthWords(12), planYear)
    return year.kind === 'window' ? { ...year, times } : year
  }
  const end = readEnd(plain, planYear)
  if (end !== undefined) return end
  const single = readDateWords(plain)
  // One day alone may be a start, an end or the whole window.
  if (single !== undefined) return single.day === undefined ? windowOf(single, single, planYear) : unclear
  const named = readRange(plain, planYear) ?? readMonths(plain, planYear) ?? readSpan(plain, planYear) ?? readStart(plain, planYear)
  return named ?? (undetermined.test(plain) ? { kind: 'undetermined' } : unclear)
}

/** `2024-3-10`: the tenth of March, or as `2024.3-10` March to October. */
export function isDayOrMonths(plain: string): boolean {
  const { month, last } = /^\d{4}-(?<month>[1-9])-(?<last>[1-9]|1[0-2])$/.exec(plain)?.groups ?? {}
  return Number(month) < Number(last)
}

/** Reads a window from a column of start days and one of end days; undefined when both are blank. */
export function readWindowPair(startText: string, endText: string, planYear: number): WindowReading | undefined {
  const [from, to] = [startText, endText].map((text) => readDateWords(squash(text)))
  if (squash(startText) === '' && squash(endText) === '') return undefined
  return from === undefined || to === undefined ? unclear : windowOf(from, to, planYear)
}

/** Reads the last day of a deadline cell; undefined when blank, `unclear` when it names no single day or month. */
export function readDeadline(text: string, planYear: number): WindowReading | undefined {
  const plain = plainTime(text)
  if (plain === '') return undefined
  const words = readDateWords(plain.replace(/(?:之前|以前|前)$/, ''))
  return readEnd(plain, planYear) ?? (words === undefined || words.nextYear ? unclear : endOnly(words, planYear))
}
