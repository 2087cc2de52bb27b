import { formatPercent, ok, type Result } from '@dual-random/kernel'
import { type Policy, type PolicyUnset, yearFloorProgress } from '@dual-random/policy'

/** A draw of the year as far as the floor looks at it. */
export interface DrawOfYear {
  readonly drawn: number
  /** Distinct enterprises of the region's year up to this draw; absent until it is matched. */
  readonly yearEnterprises?: number
}

/** The whole region's year against the yearly floor: what the standing plans draw together, and what is drawn already (CRD-08). */
export interface RegionYear {
  readonly planned: number
  /** Objects drawn: one that was drawn twice counts twice. */
  readonly drawn: number
  /** Distinct enterprises drawn. */
  readonly drawnEnterprises: number
  /** All enterprises of the jurisdiction, as of when policy says. */
  readonly enterprises: number
  /** The running value, of the figure that policy counts, as percent text. */
  readonly share: string
  /** What is missing to the floor. */
  readonly gap: number
  /** `red`: what is left of the plans cannot close the gap. */
  readonly state: 'met' | 'on-course' | 'red'
}

/**
 * Policy says whether distinct enterprises count or draws. What the plans still draw is a number of draws: it can add as many enterprises at
 * most, and no more than there are left.
 */
export function regionYear(
  policy: Policy,
  { planned, draws, enterprises }: { readonly planned: number; readonly draws: readonly DrawOfYear[]; readonly enterprises: number },
): Result<RegionYear, PolicyUnset> {
  const counting = policy.get('ratio.yearFloor.count')
  if (!counting.ok) return counting
  const drawn = draws.reduce((sum, draw) => sum + draw.drawn, 0)
  // Each count includes all that was drawn before it, so the highest is that of the year.
  const drawnEnterprises = Math.max(0, ...draws.map(({ yearEnterprises = 0 }) => yearEnterprises))
  const left = Math.max(0, planned - drawn)
  const distinct = counting.value.numerator === 'DISTINCT_ENTERPRISES'
  const counts = distinct
    ? { drawn: drawnEnterprises, stillPlanned: Math.min(left, Math.max(0, enterprises - drawnEnterprises)), enterprises }
    : { drawn, stillPlanned: left, enterprises }
  const progress = yearFloorProgress(policy, counts)
  if (!progress.ok) return progress
  const { share, gap, state } = progress.value
  return ok({ planned, drawn, drawnEnterprises, enterprises, share: formatPercent(share), gap, state })
}
