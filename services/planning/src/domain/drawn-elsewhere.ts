import { sum } from './pool.ts'
import type { DrawOfYear } from './region-year.ts'

/** What other cities drew of a region: objects, and the enterprises among them at most that nobody had drawn before in the year. */
export interface DrawnElsewhere {
  readonly drawn: number
  readonly enterprises: number
}

/**
 * `yearEnterprises` of a draw counts all that was drawn in the region up to it, so that what it exceeds the count before is what the draw brought;
 * draws of equal counts are taken as if other cities' came first. Of a draw that is not matched any object may be a new enterprise.
 */
export function drawnElsewhere(ofPlans: readonly DrawOfYear[], elsewhere: readonly DrawOfYear[]): DrawnElsewhere {
  const unmatched = elsewhere.filter(({ yearEnterprises }) => yearEnterprises === undefined)
  const counted = [...elsewhere.map((draw) => ({ draw, isElsewhere: true })), ...ofPlans.map((draw) => ({ draw, isElsewhere: false }))]
    .flatMap(({ draw: { drawn, yearEnterprises }, isElsewhere }) =>
      yearEnterprises === undefined ? [] : [{ drawn, yearEnterprises, isElsewhere }],
    )
    .toSorted((a, b) => a.yearEnterprises - b.yearEnterprises)
  const brought = counted.map(({ drawn, yearEnterprises, isElsewhere }, index) =>
    isElsewhere ? Math.min(drawn, yearEnterprises - (counted[index - 1]?.yearEnterprises ?? 0)) : 0,
  )
  return { drawn: sum(elsewhere.map(({ drawn }) => drawn)), enterprises: sum(brought) + sum(unmatched.map(({ drawn }) => drawn)) }
}
