import { chinaDateOf, type Instant, type LocalDate } from '@dual-random/kernel'

/** The date whose policy and item lists hold for a plan: today, moved into the plan's year where it lies outside. */
export function ruleDate(year: number, now: Instant): LocalDate {
  const today = chinaDateOf(now)
  const first = `${year}-01-01` as LocalDate
  const last = `${year}-12-31` as LocalDate
  return today < first ? first : today > last ? last : today
}
