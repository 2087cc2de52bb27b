import { addWorkingDays, type CountedDate, type WorkingCalendar } from '@dual-random/calendar'
import { addDays, addMs, daysBetween, type Instant, type LocalDate, type Ratio, ratioOf } from '@dual-random/kernel'
import { type ObjectScope, scopeKey } from './object-scope.ts'
import type { DateWindow, LineBatch } from './plan.ts'

const tenMinutesMs = 600_000

const monthNumber = (date: LocalDate): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1

const firstOfMonth = (number: number): LocalDate =>
  `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}-01` as LocalDate

/** Calendar months that a window touches. */
export const monthsOf = ({ start, end }: DateWindow): number => monthNumber(end) - monthNumber(start) + 1

/** Both days of a window belong to it. */
export const daysOf = ({ start, end }: DateWindow): number => daysBetween(start, end) + 1

/**
 * Cuts a window into `times` windows: at month starts, as even in months as whole months allow; where it has fewer months, each month into as many
 * (每月两次), or else its days as evenly as they go. Undefined when it has fewer days.
 */
export function cutWindow(window: DateWindow, times: number): readonly DateWindow[] | undefined {
  if (times < 1 || times > daysOf(window)) return undefined
  const months = monthsOf(window)
  if (times <= months) return cutAtMonths(window, times)
  const each = cutAtMonths(window, months)
  const perMonth = times / months
  return Number.isInteger(perMonth) && each.every((month) => daysOf(month) >= perMonth)
    ? each.flatMap((month) => cutByDays(month, perMonth))
    : cutByDays(window, times)
}

function cutAtMonths(window: DateWindow, times: number): readonly DateWindow[] {
  const months = monthsOf(window)
  const first = monthNumber(window.start)
  return cutAt(window, times, (part) => firstOfMonth(first + Math.floor((part * months) / times)))
}

const cutByDays = (window: DateWindow, times: number): readonly DateWindow[] =>
  cutAt(window, times, (part) => addDays(window.start, Math.floor((part * daysOf(window)) / times)))

/** `startOf` every part but the first, which begins with the window. */
const cutAt = ({ start, end }: DateWindow, times: number, startOf: (part: number) => LocalDate): readonly DateWindow[] =>
  Array.from({ length: times }, (_, part) => ({
    start: part === 0 ? start : startOf(part),
    end: part === times - 1 ? end : addDays(startOf(part + 1), -1),
  }))

/** A batch as a planner gives it; what is left out follows from the window and the number of batches. */
export interface BatchInput {
  readonly window: DateWindow
  readonly scope?: ObjectScope
  readonly share?: Ratio
  readonly freezeAt?: Instant
  readonly commitAt?: Instant
}

/** Batches in the order of their windows, with the published schedule of each; even parts where no shares are given, of a fixed number or of each scope. */
export function scheduleBatches(
  calendar: WorkingCalendar,
  inputs: readonly BatchInput[],
  { ofNumber = false }: { readonly ofNumber?: boolean } = {},
): readonly LineBatch[] {
  const sharing = ({ scope }: BatchInput): number =>
    ofNumber ? inputs.length : inputs.filter((other) => scopeKey(other.scope) === scopeKey(scope)).length
  const inOrder = inputs.toSorted((a, b) => compareText(a.window.start, b.window.start) || compareText(a.window.end, b.window.end))
  return inOrder.map((input, index) => {
    const { window, scope, share, freezeAt, commitAt } = input
    const opening = firstWorkingDay(calendar, window)
    const freeze = freezeAt ?? (`${opening.date}T01:00:00.000Z` as Instant)
    return {
      number: index + 1,
      window,
      freezeAt: freeze,
      commitAt: commitAt ?? addMs(freeze, tenMinutesMs),
      scheduleProvisional: freezeAt === undefined && opening.provisional,
      ...(scope === undefined ? {} : { scope }),
      share: share ?? ratioOf(1, sharing(input)),
    }
  })
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The first working day of a window; its first day when it has none. Days of years without a notice count as weekdays, provisionally. */
function firstWorkingDay(calendar: WorkingCalendar, { start, end }: DateWindow): CountedDate {
  const first = addWorkingDays(calendar, addDays(start, -1), 1)
  return first.date <= end ? first : { date: start, provisional: first.provisional }
}

/** Whether shares add up to exactly one. */
export function isWhole(shares: readonly Ratio[]): boolean {
  let numerator = 0n
  let denominator = 1n
  for (const share of shares) {
    numerator = numerator * BigInt(share.denominator) + BigInt(share.numerator) * denominator
    denominator *= BigInt(share.denominator)
  }
  return numerator === denominator
}

interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

const sumOf = (a: Fraction, b: Ratio): Fraction => ({
  numerator: a.numerator * BigInt(b.denominator) + BigInt(b.numerator) * a.denominator,
  denominator: a.denominator * BigInt(b.denominator),
})

const nothing: Fraction = { numerator: 0n, denominator: 1n }

/** Whole objects for each batch that add up to the number: up to each as many as the shares so far make of all of them. */
function cutByShares(
  count: number,
  shares: readonly Ratio[],
  round: (numerator: bigint, denominator: bigint) => bigint,
): readonly number[] {
  const all = shares.reduce(sumOf, nothing)
  let so = nothing
  let before = 0
  return shares.map((share) => {
    so = sumOf(so, share)
    const upTo = Number(round(BigInt(count) * so.numerator * all.denominator, so.denominator * all.numerator))
    const own = upTo - before
    before = upTo
    return own
  })
}

/** As many objects per batch as are planned, rounded down up to each. */
export const plannedPerBatch = (planned: number, batches: readonly Pick<LineBatch, 'share'>[]): readonly number[] =>
  cutByShares(
    planned,
    batches.map(({ share }) => share),
    (numerator, denominator) => numerator / denominator,
  )

/** A fixed number cut into batches as the draws cut it: rounded up, up to each. */
export const countPerBatch = (count: number, batches: readonly Pick<LineBatch, 'share'>[]): readonly number[] =>
  cutByShares(
    count,
    batches.map(({ share }) => share),
    (numerator, denominator) => (numerator + denominator - 1n) / denominator,
  )
