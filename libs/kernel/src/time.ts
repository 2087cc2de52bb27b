import type { Brand } from './ids.ts'

/** A UTC instant in ISO 8601 with milliseconds, `2026-03-02T01:00:00.000Z`: it sorts as text. */
export type Instant = Brand<'Instant'>

/** A calendar date of China Standard Time, `2026-03-02`. */
export type LocalDate = Brand<'LocalDate'>

/** Where "now" comes from. Everything below a service's edge gets it passed in. */
export type Clock = () => Instant

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/
const chinaOffsetMs = 8 * 3600_000

/** Instant of a count of milliseconds since 1970-01-01T00:00:00Z. */
export const instantOf = (epochMs: number): Instant => new Date(epochMs).toISOString() as Instant

export const epochMsOf = (instant: Instant): number => Date.parse(instant)

/** Reads an ISO 8601 UTC instant; undefined when the text is not one. */
export function parseInstant(text: string): Instant | undefined {
  if (!instantPattern.test(text)) return undefined
  const epochMs = Date.parse(text)
  if (Number.isNaN(epochMs)) return undefined
  const instant = instantOf(epochMs)
  // Date.parse rolls 02-30 over to March; an instant that changes when written again was not one.
  return instant.slice(0, 19) === text.slice(0, 19) ? instant : undefined
}

/** Reads `YYYY-MM-DD`; undefined when the text is no date of the calendar. */
export function parseLocalDate(text: string): LocalDate | undefined {
  const epochMs = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(epochMs)) return undefined
  // Whatever else Date.parse takes comes out different when written again.
  return instantOf(epochMs).slice(0, 10) === text ? (text as LocalDate) : undefined
}

/** The date in China at an instant. */
export const chinaDateOf = (instant: Instant): LocalDate => instantOf(epochMsOf(instant) + chinaOffsetMs).slice(0, 10) as LocalDate

/** The first instant of a date in China. */
export const startOfChinaDate = (date: LocalDate): Instant => instantOf(Date.parse(`${date}T00:00:00Z`) - chinaOffsetMs)

/** The last instant (to the millisecond) of a date in China. */
export const endOfChinaDate = (date: LocalDate): Instant => instantOf(Date.parse(`${date}T00:00:00Z`) - chinaOffsetMs + 86_399_999)

export const addDays = (date: LocalDate, days: number): LocalDate =>
  instantOf(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).slice(0, 10) as LocalDate

/** How many days `to` lies after `from`; negative where it lies before. */
export const daysBetween = (from: LocalDate, to: LocalDate): number =>
  (epochMsOf(startOfChinaDate(to)) - epochMsOf(startOfChinaDate(from))) / 86_400_000

export const addMs = (instant: Instant, milliseconds: number): Instant => instantOf(epochMsOf(instant) + milliseconds)

export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4))
