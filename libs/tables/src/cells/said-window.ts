import { assertNever } from '@dual-random/kernel'
import { squash } from '../text.ts'
import { bracket, merge, quoted, type Said, withRemark } from './said.ts'
import { timesSaid } from './said-times.ts'
import { isDayOrMonths, readDeadline, readWindowCell, type WindowReading } from './window.ts'

/** What a cell of times says; months without a year stay without one, days take the plan's. */
export function windowSaid(text: string, year: number | undefined): Said {
  const plain = squash(text)
  const planYear = year ?? 2001
  if (isDayOrMonths(plain)) return { questions: [`${quoted(plain)}是一天，还是几个月：什么时间检查？`] }
  const read = readWindowCell(text, planYear)
  const inner = bracket.exec(plain)?.groups?.['inner']
  if ((read?.kind === 'unclear' || read?.kind === 'undetermined') && inner !== undefined) {
    return withRemark(windowSaid(plain.replace(bracket, ''), year), inner)
  }
  const reading = read?.kind === 'unclear' ? (readDeadline(text, planYear) ?? read) : read
  const ends = windowEnds(plain, reading, year)
  return reading?.kind === 'window' && reading.times !== undefined ? merge(ends, timesSaid(reading.times, plain)) : ends
}

function windowEnds(plain: string, reading: WindowReading | undefined, year: number | undefined): Said {
  const inDays = /[日号旬]|\d{4}([./-])\d{1,2}\1\d{1,2}(?!\d)|20\d{6}|^\d{1,2}[./]\d{1,2}[-至到]\d/.test(plain.replace(/之日/, ''))
  const written = (date: string, supplied: boolean): string => (inDays ? date : supplied ? date.slice(5, 7) : date.slice(0, 7))
  const supplied = (isSupplied: boolean): readonly string[] => (isSupplied && inDays && year !== undefined ? ['年份为计划年度'] : [])
  const isYearOpen = (suppliedYear: boolean): boolean => inDays && suppliedYear && year === undefined
  const askYear = { questions: ['没有写年份：是哪一年？'] }
  switch (reading?.kind) {
    case undefined:
      return {}
    case 'window': {
      const { start, end, suppliedYear } = reading.window
      const crosses = start.slice(0, 4) < end.slice(0, 4) && suppliedYear
      if (isYearOpen(suppliedYear)) return askYear
      return {
        from: written(start, suppliedYear),
        to: written(end, suppliedYear),
        notes: [...(crosses ? ['止于次年'] : []), ...supplied(suppliedYear)],
      }
    }
    case 'end-only':
      if (isYearOpen(reading.suppliedYear)) return askYear
      return { to: written(reading.end, reading.suppliedYear), notes: ['只有截止时间', ...supplied(reading.suppliedYear)] }
    case 'start-only':
      if (isYearOpen(reading.suppliedYear)) return askYear
      return { from: written(reading.start, reading.suppliedYear), notes: ['只有开始时间', ...supplied(reading.suppliedYear)] }
    case 'reversed':
      return { questions: ['止早于起：是跨年吗？'] }
    case 'undetermined':
      return { questions: ['时间没有定下：什么时间检查？'] }
    case 'unclear':
      return { questions: [`时间没有读懂${quoted(plain)}：什么时间检查？`] }
    default:
      return assertNever(reading)
  }
}
