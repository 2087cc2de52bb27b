import { workingDaysBetween } from '@dual-random/calendar'
import { addDays } from '@dual-random/kernel'
import { noMoreThan } from '../arguments.ts'
import { offlineCommand } from '../command.ts'
import { text } from '../text.ts'
import { answered, calendarFolderOf, calendarOptions, dateOf, provisionalNote, readCalendar } from './calendar-files.ts'

export const workdayCount = offlineCommand({
  name: 'workday count',
  usage: 'FROM TO [--calendars DIR] [--json]',
  summary: text('FROM 至 TO 的工作日数，两端均含', 'how many working days there are from FROM to TO, both included'),
  notes: [provisionalNote],
  options: calendarOptions,
  read: (args, complain) => {
    noMoreThan(args, 2, complain)
    const from = dateOf(args.positionals[0], 'FROM', complain)
    const to = dateOf(args.positionals[1], 'TO', complain)
    if (from !== '' && to !== '' && to < from) complain(`TO ${to}: 早于 (before) ${from}`)
    return { from, to, folder: calendarFolderOf(args) }
  },
  run: ({ from, to, folder }, session) => {
    const { days, provisional } = workingDaysBetween(readCalendar(folder), addDays(from, -1), to)
    return answered(session, days, provisional)
  },
})
