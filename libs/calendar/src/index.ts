export { type CalendarYear, type CalendarYearError, type HolidaySpan, parseCalendarYear, type StateCouncilNotice } from './calendar-year.ts'
export {
  addWorkingDays,
  assumedWorkingDay,
  type CountedDate,
  type Deadline,
  deadlineAfter,
  isWorkingDay,
  type WorkingCalendar,
  type WorkingCalendarError,
  workingCalendar,
  workingDaysBetween,
} from './working-calendar.ts'
