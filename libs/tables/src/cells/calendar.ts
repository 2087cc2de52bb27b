import { addDays, type LocalDate, parseLocalDate } from '@dual-random/kernel'

/** A day, month or year as a cell writes it; `year` is absent when the cell leaves it to the plan's year. */
export interface DateWords {
  readonly year?: number
  readonly nextYear: boolean
  readonly month: number
  readonly day?: number
  /** The end of the month is meant: 10月底. */
  readonly monthEnd: boolean
  /** Ten days of the month are meant, the last ones perhaps eight to eleven: 3月上旬. */
  readonly third?: Third
  /** Its first days are meant, it is not said how many: 3月初. */
  readonly monthStart?: true
}

type Third = '上' | '中' | '下' | '上中' | '中下'
const firstOfThird = { 上: 1, 中: 11, 下: 21, 上中: 1, 中下: 11 } as const
const lastOfThird = { 上: 10, 中: 20, 下: undefined, 上中: 20, 中下: undefined } as const

const two = (value: number): string => String(value).padStart(2, '0')

const dateOf = (year: number, month: number, day: number): LocalDate | undefined => parseLocalDate(`${year}-${two(month)}-${two(day)}`)

const lastOfMonth = (year: number, month: number): LocalDate | undefined => {
  const next = month === 12 ? dateOf(year + 1, 1, 1) : dateOf(year, month + 1, 1)
  return month < 1 || month > 12 || next === undefined ? undefined : addDays(next, -1)
}

/** First day meant by the words in a given year; undefined when the calendar has no such day. */
export const firstDay = (words: DateWords, year: number): LocalDate | undefined =>
  words.monthEnd
    ? lastOfMonth(year, words.month)
    : dateOf(year, words.month, words.third === undefined ? (words.day ?? 1) : firstOfThird[words.third])

/** Last day meant by the words in a given year. */
export function lastDay({ month: inMonth, day, third, monthStart }: DateWords, year: number): LocalDate | undefined {
  if (monthStart === true) return undefined
  const last = day ?? (third === undefined ? undefined : lastOfThird[third])
  return last === undefined ? lastOfMonth(year, inMonth) : dateOf(year, inMonth, last)
}

const third = '(?<third>上中|中下|[上中下])旬'
const fullDate = /^(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})[日号]?$/
const plainDate = /^(?<year>\d{4})(?<separator>[./-])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})\/?$/
const compactMonth = /^(?<year>20\d{2})(?<month>0[1-9]|1[0-2])$/
const compactDate = /^(?<year>20\d{2})(?<month>\d{2})(?<day>\d{2})$/
const yearMonth = new RegExp(String.raw`^(?<year>\d{4})(?:年度?|[./-])(?<month>\d{1,2})月?份?(?:(?<end>底|末)|(?<start>初)|${third})?$`)
const monthDay = /^(?<next>次年|翌年|来年|明年|下一?年|第二年)?(?<month>\d{1,2})月(?<day>\d{1,2})[日号]?$/
const month = new RegExp(
  String.raw`^(?<next>次年|翌年|来年|明年|下一?年|第二年)?(?<month>\d{1,2})月份?(?:(?<end>底|末)|(?<start>初)|${third})?$`,
)
const forms = [fullDate, plainDate, compactDate, compactMonth, yearMonth, monthDay, month]

/** Reads one squashed date or month; undefined when it is none. */
export function readDateWords(text: string): DateWords | undefined {
  const groups = forms.map((pattern) => pattern.exec(text)?.groups).find((found) => found !== undefined)
  if (groups === undefined) return undefined
  const monthNumber = Number(groups['month'])
  if (monthNumber < 1 || monthNumber > 12) return undefined
  return {
    ...(groups['year'] === undefined ? {} : { year: Number(groups['year']) }),
    nextYear: groups['next'] !== undefined,
    month: monthNumber,
    ...(groups['day'] === undefined ? {} : { day: Number(groups['day']) }),
    monthEnd: groups['end'] !== undefined,
    ...(groups['start'] === undefined ? {} : { monthStart: true as const }),
    ...(groups['third'] === undefined ? {} : { third: groups['third'] as Third }),
  }
}
