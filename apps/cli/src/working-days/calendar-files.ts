import { parseCalendarYear, type WorkingCalendar, workingCalendar } from '@dual-random/calendar'
import { type LocalDate, parseLocalDate, yearOf } from '@dual-random/kernel'
import type { Arguments, Complain, OptionSpecs } from '../arguments.ts'
import { type ExitCode, type Session, UsageError } from '../command.ts'
import { shippedCalendars } from '../package-files.ts'
import { type Text, text } from '../text.ts'
import { readYaml, yamlFilesOf } from '../yaml-files.ts'

export const calendarOptions: OptionSpecs = {
  calendars: {
    value: 'DIR',
    text: text(
      '各年工作日历的文件夹，默认为自带的 deploy/presets/calendar',
      'folder of yearly calendars; by default deploy/presets/calendar',
    ),
  },
}

export const provisionalNote: Text = text(
  '放假与调休上班日取自国务院办公厅年度通知。所数日期中有尚无通知的年份时，该年暂按周一至周五计，答案后加 provisional，退出码 3。',
  'Holidays and make-up days are those of the yearly State Council notices. Where a date that counts lies in a year without a notice, its\nMonday to Friday are taken for working days, the answer is followed by provisional, and the exit code is 3.',
)

/** The calendar to answer by; throws a `UsageError` that names all that is wrong with its files. */
export function readCalendar(folder: string = shippedCalendars()): WorkingCalendar {
  const calendar = workingCalendar(yamlFilesOf(folder).map((file) => readYaml(file, parseCalendarYear)))
  if (!calendar.ok) throw new UsageError([`${folder}: ${calendar.error.message}`])
  return calendar.value
}

/** The folder that was asked for. */
export const calendarFolderOf = (args: Arguments): string | undefined => args.values.get('calendars')

const years = { first: 1949, last: 2999 }

/** A date that a word must be; what it returns after a complaint is not used. */
export function dateOf(word: string | undefined, name: string, complain: Complain): LocalDate {
  const date = parseLocalDate(word ?? '')
  if (word === undefined) complain(`${name}: 缺少 (missing)`)
  else if (date === undefined || yearOf(date) < years.first || yearOf(date) > years.last)
    complain(`${name} ${word}: 应为 ${years.first} 至 ${years.last} 年的 YYYY-MM-DD 日期 (a date of these years)`)
  return date ?? ('' as LocalDate)
}

/** Prints an answer alone, or with the word that it may still change. */
export function answered({ terminal, json }: Session, answer: string | number | boolean, provisional: boolean): ExitCode {
  terminal.out(json ? JSON.stringify({ answer, provisional }) : `${answer}${provisional ? ' provisional' : ''}`)
  return provisional ? 3 : 0
}
