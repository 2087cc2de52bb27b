import { addWorkingDays } from '@dual-random/calendar'
import { noMoreThan } from '../arguments.ts'
import { offlineCommand } from '../command.ts'
import { text } from '../text.ts'
import { answered, calendarFolderOf, calendarOptions, dateOf, provisionalNote, readCalendar } from './calendar-files.ts'

const mostDays = 10_000

export const workdayAdd = offlineCommand({
  name: 'workday add',
  usage: 'DATE N [--calendars DIR] [--json]',
  summary: text('DATE 之后的第 N 个工作日', 'the N-th working day after DATE'),
  notes: [text('DATE 当日不计；N 为 0 时即 DATE。', 'DATE itself is not counted; with N 0 it is the answer.'), provisionalNote],
  options: calendarOptions,
  read: (args, complain) => {
    const [from, count] = args.positionals
    noMoreThan(args, 2, complain)
    const date = dateOf(from, 'DATE', complain)
    if (count === undefined) complain('N: 缺少 (missing)')
    else if (!/^\d+$/.test(count) || Number(count) > mostDays) complain(`N ${count}: 应为 0 至 ${mostDays} 的整数 (an integer up to that)`)
    return { date, count: Number(count), folder: calendarFolderOf(args) }
  },
  run: ({ date, count, folder }, session) => {
    const counted = addWorkingDays(readCalendar(folder), date, count)
    return answered(session, counted.date, counted.provisional)
  },
})
