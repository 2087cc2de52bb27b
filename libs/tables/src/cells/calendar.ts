import { addDays, type LocalDate, parseLocalDate } from '@dual-random/kernel'

/** A day, month or year as a cell writes it; `year` is absent when the cell leaves it to the plan's year. */
export interface DateWords {
  readonly year?: number
  readonly nextYear: boolean
  readonly month: number
  readonly day?: number
  /** The end of the month is meant: 10月底. */
  readonly monthEnd: boolean
}

const two = (value: number): string => String(value).padStart(2, '0')

const dateOf = (year: number, month: number, day: number): LocalDate | undefined => parseLocalDate(`${year}-${two(month)}-${two(day)}`)

const lastOfMonth = (year: number, month: number): LocalDate | undefined => {
  const next = month === 12 ? dateOf(year + 1, 1, 1) : dateOf(year, month + 1, 1)
  return month < 1 || month > 12 || next === undefined ? undefined : addDays(next, -1)
}

/** First day meant by the words in a given year; undefined when the calendar has no such day. */
export const firstDay = (words: DateWords, year: number): LocalDate | undefined =>
  words.monthEnd ? lastOfMonth(year, words.month) : dateOf(year, words.month, words.day ?? 1)

/** Last day meant by the words in a given year. */
export const lastDay = (words: DateWords, year: number): LocalDate | undefined =>
  words.day === undefined ? lastOfMonth(year, words.month) : dateOf(year, words.month, words.day)

const fullDate = /^(?<year>\d{4})[年./-](?<month>\d{1,2})[月./-](?<day>\d{1,2})日?\/?$/
const yearMonth = /^(?<year>\d{4})[年./-](?<month>\d{1,2})月?(?:份)?(?<end>底|末)?$/
const monthDay = /^(?<next>次年|翌年)?(?<month>\d{1,2})月(?<day>\d{1,2})日?$/
const month = /^(?<next>次年|翌年)?(?<month>\d{1,2})月(?:份)?(?<end>底|末)?$/

/** Reads one squashed date or month; undefined when it is none. */
export function readDateWords(text: string): DateWords | undefined {
  const groups = [fullDate, yearMonth, monthDay, month].map((pattern) => pattern.exec(text)?.groups).find((found) => found !== undefined)
  if (groups === undefined) return undefined
  const monthNumber = Number(groups['month'])
  if (monthNumber < 1 || monthNumber > 12) return undefined
  return {
    ...(groups['year'] === undefined ? {} : { year: Number(groups['year']) }),
    nextYear: groups['next'] !== undefined,
    month: monthNumber,
    ...(groups['day'] === undefined ? {} : { day: Number(groups['day']) }),
    monthEnd: groups['end'] !== undefined,
  }
}
