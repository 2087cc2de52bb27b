import { addDays, err, type LocalDate, ok, parseLocalDate, type Result, yearOf } from '@dual-random/kernel'

/** The State Council notice (国务院办公厅通知) a year's data was taken from. */
export interface StateCouncilNotice {
  readonly title: string
  readonly number: string
  readonly issuedOn: LocalDate
}

/** A named run of days off, both ends included. */
export interface HolidaySpan {
  readonly name: string
  readonly from: LocalDate
  readonly to: LocalDate
}

/** One year of the working calendar; a corrected edition of the same year has a higher `version`. */
export interface CalendarYear {
  readonly year: number
  readonly version: number
  readonly notice: StateCouncilNotice
  readonly holidays: readonly HolidaySpan[]
  readonly makeUpDays: readonly LocalDate[]
}

/** `path` names the member at fault, such as `holidays[2].to`. */
export type CalendarYearError = { readonly code: 'calendar-year-invalid'; readonly path: string; readonly message: string }

type Members = { readonly [name: string]: unknown }

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Checks an already parsed year file; reports every fault it finds, not only the first. */
export function parseCalendarYear(input: unknown): Result<CalendarYear, readonly CalendarYearError[]> {
  const faults: CalendarYearError[] = []
  const fault = (path: string, message: string): void => void faults.push({ code: 'calendar-year-invalid', path, message })
  const file = membersAt(input, '', fault)
  const noticeFile = membersAt(file['notice'], 'notice', fault)
  const year: CalendarYear = {
    year: integerAt(file['year'], 'year', fault),
    version: integerAt(file['version'], 'version', fault),
    notice: {
      title: textAt(noticeFile['title'], 'notice.title', fault),
      number: textAt(noticeFile['number'], 'notice.number', fault),
      issuedOn: dateAt(noticeFile['issuedOn'], 'notice.issuedOn', fault),
    },
    holidays: listAt(file['holidays'], 'holidays', fault).map((span, index) => spanAt(span, `holidays[${index}]`, fault)),
    makeUpDays: listAt(file['makeUpDays'], 'makeUpDays', fault).map((day, index) => dateAt(day, `makeUpDays[${index}]`, fault)),
  }
  if (faults.length === 0) checkDays(year, fault)
  return faults.length === 0 ? ok(year) : err(faults)
}

type Fault = (path: string, message: string) => void

function membersAt(value: unknown, path: string, fault: Fault): Members {
  if (isMembers(value)) return value
  fault(path, '应为对象')
  return {}
}

function listAt(value: unknown, path: string, fault: Fault): readonly unknown[] {
  if (Array.isArray(value)) return value
  fault(path, '应为列表')
  return []
}

function integerAt(value: unknown, path: string, fault: Fault): number {
  if (Number.isSafeInteger(value) && (value as number) > 0) return value as number
  fault(path, '应为正整数')
  return 0
}

function textAt(value: unknown, path: string, fault: Fault): string {
  if (typeof value === 'string' && value.trim() !== '') return value
  fault(path, '应为非空文字')
  return ''
}

function dateAt(value: unknown, path: string, fault: Fault): LocalDate {
  const date = typeof value === 'string' ? parseLocalDate(value) : undefined
  if (date !== undefined) return date
  fault(path, '应为 YYYY-MM-DD 日期')
  return '' as LocalDate
}

function spanAt(value: unknown, path: string, fault: Fault): HolidaySpan {
  const span = membersAt(value, path, fault)
  return {
    name: textAt(span['name'], `${path}.name`, fault),
    from: dateAt(span['from'], `${path}.from`, fault),
    to: dateAt(span['to'], `${path}.to`, fault),
  }
}

function checkDays(year: CalendarYear, fault: Fault): void {
  const seen = new Set<LocalDate>()
  const take = (date: LocalDate, path: string): void => {
    if (!belongsTo(year.year, date)) fault(path, `${date} 不在 ${year.year} 年的安排内`)
    if (seen.has(date)) fault(path, `${date} 重复出现`)
    seen.add(date)
  }
  for (const [index, span] of year.holidays.entries()) {
    if (span.to < span.from) fault(`holidays[${index}].to`, '早于开始日期')
    for (let date = span.from; date <= span.to; date = addDays(date, 1)) take(date, `holidays[${index}]`)
  }
  for (const [index, date] of year.makeUpDays.entries()) {
    take(date, `makeUpDays[${index}]`)
    if (!isWeekend(date)) fault(`makeUpDays[${index}]`, `${date} 不是周末，无需调休上班`)
  }
}

// A notice may move days of the preceding December: that of 2019 gave 2018-12-29 to work and 12-31 off.
const belongsTo = (year: number, date: LocalDate): boolean => yearOf(date) === year || date.startsWith(`${year - 1}-12-`)

/** Saturday or Sunday. */
export function isWeekend(date: LocalDate): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday === 0 || weekday === 6
}
