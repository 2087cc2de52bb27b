import { addDays, assertNever, type LocalDate } from '@dual-random/kernel'

export type PeriodKind = 'CALENDAR_YEAR' | 'QUARTER' | 'MONTH'

/** Dates from start to end, both included. */
export interface Period {
  readonly kind: PeriodKind
  readonly start: LocalDate
  readonly end: LocalDate
}

/** The periods of a year, in order. */
export function periodsOf(kind: PeriodKind, year: number): readonly Period[] {
  switch (kind) {
    case 'CALENDAR_YEAR':
      return months(kind, year, 12)
    case 'QUARTER':
      return months(kind, year, 3)
    case 'MONTH':
      return months(kind, year, 1)
    default:
      return assertNever(kind)
  }
}

const months = (kind: PeriodKind, year: number, length: number): readonly Period[] =>
  Array.from({ length: 12 / length }, (_, index) => ({
    kind,
    start: firstOf(year, index * length),
    end: addDays(firstOf(year, (index + 1) * length), -1),
  }))

/** The first day of a month counted from January of the year. */
const firstOf = (year: number, month: number): LocalDate =>
  `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01` as LocalDate
