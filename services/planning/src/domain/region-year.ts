import { formatPercent, nearestShare, ok, type Result, ratioOf } from '@dual-random/kernel'
import { type Policy, type PolicyUnset, yearFloorProgress } from '@dual-random/policy'

/** A draw of the year as far as the floor looks at it. */
export interface DrawOfYear {
  readonly drawn: number
  /** Distinct enterprises of the region's year up to this draw; absent until it is matched. */
  readonly yearEnterprises?: number
}

/** The whole region's year against the yearly floor: what the standing plans draw together, and what is drawn already (CRD-08). */
export interface RegionYear {
  /** Objects, one that two plans draw counted twice. */
  readonly planned: number
  /** Enterprises expected among them, each once. */
  readonly plannedEnterprises: number
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

export interface YearOfPlans {
  readonly ofPlans: {
    /** Objects that the region's plans draw, and the enterprises expected among them, each once. */
    readonly planned: number
    readonly enterprises: number
    /** Enterprises that any of the plans may draw. */
    readonly drawable: number
  }
  /** Objects that other cities drew, and the enterprises among them at most. */
  readonly elsewhere: { readonly drawn: number; readonly enterprises: number }
  readonly draws: readonly DrawOfYear[]
  readonly enterprises: number
}

/**
 * Policy says whether distinct enterprises count or draws. What the plans still draw is a number of objects: of them as many new enterprises are
 * expected as of all that they draw, to the nearest whole, and no more than are left of those they may draw.
 */
export function regionYear(policy: Policy, { ofPlans, elsewhere, draws, enterprises }: YearOfPlans): Result<RegionYear, PolicyUnset> {
  const counting = policy.get('ratio.yearFloor.count')
  if (!counting.ok) return counting
  const drawn = draws.reduce((sum, draw) => sum + draw.drawn, 0)
  // Each count includes all that was drawn before it, so the highest is that of the year.
  const drawnEnterprises = Math.max(0, ...draws.map(({ yearEnterprises = 0 }) => yearEnterprises))
  // What another city planned it has drawn: nothing of that is left.
  const planned = ofPlans.planned + elsewhere.drawn
  const plannedEnterprises = ofPlans.enterprises + elsewhere.enterprises
  const left = Math.max(0, planned - drawn)
  const distinct = counting.value.numerator === 'DISTINCT_ENTERPRISES'
  const expected = ofPlans.planned === 0 ? 0 : nearestShare(left, ratioOf(ofPlans.enterprises, ofPlans.planned))
  const others = Math.max(0, Math.min(ofPlans.drawable + elsewhere.enterprises, enterprises) - drawnEnterprises)
  const counts = distinct
    ? { drawn: drawnEnterprises, stillPlanned: Math.min(expected, others), enterprises }
    : { drawn, stillPlanned: left, enterprises }
  const progress = yearFloorProgress(policy, counts)
  if (!progress.ok) return progress
  const { share, gap, state } = progress.value
  return ok({ planned, plannedEnterprises, drawn, drawnEnterprises, enterprises, share: formatPercent(share), gap, state })
}
