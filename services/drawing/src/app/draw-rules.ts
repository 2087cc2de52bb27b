import { type CommitmentInput, redrawRules } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { DrawIn } from '../domain/draw.ts'
import { subjectIdOf } from '../domain/plan-line.ts'
import { strataRules } from '../domain/strata.ts'

/** The rule of every stratum of S: by the plan line, or by what a redraw is for. */
export function rulesOf({ line, terms, redraw, snapshot: { strata } }: DrawIn<'FROZEN'>): CommitmentInput['rules'] {
  if (redraw !== undefined) {
    const { purpose, counts, places } = redraw
    const stratumOf = new Map(places.map(({ label, stratum }) => [label, stratum]))
    const request = { purpose, counts, labels: places.map(({ label }) => label) }
    return redrawRules(
      request,
      strata.map(({ stratum }) => stratum),
      (label) => stratumOf.get(label),
    )
  }
  const rules = strataRules(line, terms, strata)
  if (rules.ok) return rules.value
  throw appError('failed-precondition', 'stratum-without-ratio', { meta: { lineId: subjectIdOf(line), stratum: rules.error.stratum } })
}
