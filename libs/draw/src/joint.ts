import { err, ok, type Result } from '@dual-random/kernel'
import type { Commitment } from './commitment.ts'
import { compareText } from './order.ts'
import { type RosterEntry, type RosterError, type StratumSize, sortRoster } from './roster.ts'
import type { SignatureRecord } from './signature.ts'
import type { Snapshot } from './snapshot.ts'

/** What S holds of one city: the pool that its registry froze under a K of its own, and the witnesses that stand beside its log. */
export type DrawPart = {
  readonly snapshot: Snapshot
  readonly snapshotSignature: SignatureRecord
  readonly witnesses: { readonly count: number; readonly quorum: number }
}

/** What S has further where several cities draw together (rule 13): the parts of all but the organiser's, ascending by region code. */
export type Joint = {
  /** Whether strata of one name are one stratum; else each city has its own. */
  readonly merged: boolean
  readonly parts: readonly DrawPart[]
}

/** The organiser's city's part, which stands in S itself, then those of the others. */
export const partsOf = ({ snapshot, snapshotSignature, witnesses, joint }: DrawPart & Pick<Commitment, 'joint'>): readonly DrawPart[] => [
  { snapshot, snapshotSignature, witnesses },
  ...(joint?.parts ?? []),
]

/** How S names the stratum of a city: as the city does where strata merge or no other city takes part, else with the region code before it. */
export const stratumOfPart = (joint: Pick<Joint, 'merged'> | undefined, regionCode: string, stratum: string): string =>
  joint === undefined || joint.merged ? stratum : `${regionCode}/${stratum}`

/** Sizes of the strata of S, in the byte order of their names; merged ones are added up before anything is rounded. */
export function jointStrata(
  parts: readonly Pick<DrawPart, 'snapshot'>[],
  joint: Pick<Joint, 'merged'> | undefined,
): readonly StratumSize[] {
  const sizes = new Map<string, StratumSize>()
  for (const { snapshot } of parts)
    for (const { stratum: own, mapped, eligible } of snapshot.strata) {
      const stratum = stratumOfPart(joint, snapshot.regionCode, own)
      const before = sizes.get(stratum) ?? { stratum, mapped: 0, eligible: 0 }
      sizes.set(stratum, { stratum, mapped: before.mapped + mapped, eligible: before.eligible + eligible })
    }
  return [...sizes.values()].sort((a, b) => compareText(a.stratum, b.stratum))
}

export type JointRosterError = RosterError | { readonly code: 'roster-missing'; readonly regionCode: string }

/** One roster of all parts under the names that S gives their strata, ascending by label; equal labels across parts are refused. */
export function jointRoster(
  parts: readonly Pick<DrawPart, 'snapshot'>[],
  joint: Pick<Joint, 'merged'> | undefined,
  rosters: ReadonlyMap<string, readonly RosterEntry[]>,
): Result<readonly RosterEntry[], JointRosterError> {
  const all: RosterEntry[] = []
  for (const { snapshot } of parts) {
    const roster = rosters.get(snapshot.regionCode)
    if (roster === undefined) return err({ code: 'roster-missing', regionCode: snapshot.regionCode })
    for (const entry of roster) all.push({ ...entry, stratum: stratumOfPart(joint, snapshot.regionCode, entry.stratum) })
  }
  return sortRoster(all)
}

export type JointError =
  /** A redraw is of one city's log, and its parent's labels. */
  { readonly code: 'joint-redraw' } | { readonly code: 'no-other-part' } | { readonly code: 'part-twice'; readonly regionCode: string }

/** The parts in their order; refuses those that are none, or stand there twice. */
export function sortedJoint(joint: Joint, own: string, isRedraw: boolean): Result<Joint, JointError> {
  if (isRedraw) return err({ code: 'joint-redraw' })
  if (joint.parts.length === 0) return err({ code: 'no-other-part' })
  const seen = new Set([own])
  for (const { snapshot } of joint.parts) {
    if (seen.has(snapshot.regionCode)) return err({ code: 'part-twice', regionCode: snapshot.regionCode })
    seen.add(snapshot.regionCode)
  }
  const parts = joint.parts.map(({ snapshot, snapshotSignature, witnesses }) => ({ snapshot, snapshotSignature, witnesses }))
  return ok({ merged: joint.merged, parts: parts.sort((a, b) => compareText(a.snapshot.regionCode, b.snapshot.regionCode)) })
}
