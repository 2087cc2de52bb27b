import { assumedWorkingDay } from '@dual-random/calendar'
import { noMoreThan } from '../arguments.ts'
import { offlineCommand } from '../command.ts'
import { text } from '../text.ts'
import { answered, calendarFolderOf, calendarOptions, dateOf, provisionalNote, readCalendar } from './calendar-files.ts'

export const workdayIs = offlineCommand({
  name: 'workday is',
  usage: 'DATE [--calendars DIR] [--json]',
  summary: text('DATE 是否为工作日：true 或 false', 'whether DATE is a working day: true or false'),
  notes: [text('false 也是答案，退出码 0。', 'false is an answer too, with exit code 0.'), provisionalNote],
  options: calendarOptions,
  read: (args, complain) => {
    noMoreThan(args, 1, complain)
    return { date: dateOf(args.positionals[0], 'DATE', complain), folder: calendarFolderOf(args) }
  },
  run: ({ date, folder }, session) => {
    const { working, assumed } = assumedWorkingDay(readCalendar(folder), date)
    return answered(session, working, assumed)
  },
})
