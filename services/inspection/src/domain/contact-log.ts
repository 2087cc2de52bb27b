import { addDays, chinaDateOf, type Instant, type LocalDate } from '@dual-random/kernel'
import type { PolicyValues } from '@dual-random/policy'
import { type EntryProblem, unknown } from './entry-problem.ts'
import type { ContactAttempt } from './result.ts'

type ContactRule = PolicyValues['unreachable.attempts']

/** Whether the log shows that the object was looked for as often, in the manners and as far apart as policy asks (INS-19). */
export function contactProblems(rule: ContactRule, attempts: readonly ContactAttempt[], checkedAt: Instant): readonly EntryProblem[] {
  const manners = new Set<string>(rule.manners.map(({ id }) => id))
  const problems = attempts.flatMap(({ at, manner }, index): EntryProblem[] => {
    const pointer = `/contactAttempts/${index}`
    return [
      ...(manners.has(manner) ? [] : [unknown(`${pointer}/manner`, manner)]),
      ...(at <= checkedAt ? [] : [{ pointer: `${pointer}/at`, code: 'instant-in-future' as const, meta: { limit: checkedAt } }]),
    ]
  })
  const counted = countApart(attempts, rule.minDaysBetween)
  if (counted >= rule.attempts) return problems
  const meta = { attempts: rule.attempts, days: rule.minDaysBetween, counted }
  return [...problems, { pointer: '/contactAttempts', code: 'contact-attempts-short', meta }]
}

/** How many attempts count when each must come at least so many days after the one counted before it. */
function countApart(attempts: readonly ContactAttempt[], minDays: number): number {
  const dates = attempts.map(({ at }) => chinaDateOf(at)).sort()
  let counted = 0
  let next: LocalDate | undefined
  for (const date of dates) {
    if (next !== undefined && date < next) continue
    counted++
    next = addDays(date, minDays)
  }
  return counted
}
