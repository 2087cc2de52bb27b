import { err, ok, type Result } from '@dual-random/kernel'
import type { RedrawApproval, RedrawPurpose, RedrawSubject } from './identity.ts'
import { compareHex, compareText } from './order.ts'
import type { StratumRule } from './quota.ts'
import type { RosterEntry } from './roster.ts'

/** A draw of a family, which is a parent and the redraws of it drawn so far: what it drew, and whom it let go. */
export interface FamilyDraw {
  /** Absent of the parent. */
  readonly purpose?: RedrawPurpose
  readonly drawn: readonly string[]
  /** `labels` of its subject; none of the parent. */
  readonly labels: readonly string[]
}

/** Grounds by which a redraw itself keeps members of its roster from being drawn. */
export const redrawGrounds = { drawn: 'DRAWN', notConcerned: 'NOT_CONCERNED' } as const

/** All labels drawn in a family. */
export const drawnIn = (family: readonly FamilyDraw[]): ReadonlySet<string> => new Set(family.flatMap(({ drawn }) => drawn))

/** The drawn labels that no replacement let go (§18). */
export function standingIn(family: readonly FamilyDraw[]): ReadonlySet<string> {
  const standing = new Set(drawnIn(family))
  for (const { purpose, labels } of family) if (purpose === 'replacement') for (const label of labels) standing.delete(label)
  return standing
}

export type RedrawError =
  /** A label that was not drawn, or has been replaced. */
  | { readonly code: 'label-not-standing'; readonly label: string }
  | { readonly code: 'labels-mismatch-purpose'; readonly purpose: RedrawPurpose }
  /** An escalation by nothing, or by counts where the purpose gives them. */
  | { readonly code: 'counts-mismatch-purpose'; readonly purpose: RedrawPurpose }

/** What a redraw is asked for. `counts` by stratum are an escalation's alone. */
export interface RedrawRequest {
  readonly purpose: RedrawPurpose
  readonly labels: readonly string[]
  readonly counts: Readonly<Record<string, number>>
}

/** Whether a family allows a redraw; a label named twice counts once. */
export function checkRedraw({ purpose, labels, counts }: RedrawRequest, family: readonly FamilyDraw[]): Result<void, RedrawError> {
  if ((labels.length === 0) !== (purpose === 'escalation')) return err({ code: 'labels-mismatch-purpose', purpose })
  const asked = Object.values(counts)
  const isByCounts = asked.some((count) => count > 0) && asked.every((count) => Number.isSafeInteger(count) && count >= 0)
  if (purpose === 'escalation' ? !isByCounts : asked.length > 0) return err({ code: 'counts-mismatch-purpose', purpose })
  const standing = standingIn(family)
  const gone = labels.find((label) => !standing.has(label))
  return gone === undefined ? ok(undefined) : err({ code: 'label-not-standing', label: gone })
}

/** The rule of every stratum: as many as leave or stay by its labels, or the counts of an escalation. */
export function redrawRules(
  { purpose, labels, counts }: RedrawRequest,
  strata: readonly string[],
  stratumOf: (label: string) => string | undefined,
): Readonly<Record<string, StratumRule>> {
  const named = [...new Set(labels)].map(stratumOf)
  const countOf = (stratum: string): number =>
    purpose === 'escalation' ? (counts[stratum] ?? 0) : named.filter((one) => one === stratum).length
  return Object.fromEntries(strata.map((stratum) => [stratum, { kind: 'count', count: countOf(stratum) }]))
}

/**
 * Why a member of the parent's roster cannot be drawn in a redraw; undefined where it can. `since` says what holds of it as of the new
 * snapshot, and what held at the parent's stays: nobody comes back by a redraw.
 */
export function redrawExclusion<Ground>(
  request: Pick<RedrawRequest, 'purpose'> & { readonly labels: ReadonlySet<string>; readonly drawn: ReadonlySet<string> },
  { label }: Pick<RosterEntry, 'label'>,
  grounds: { readonly before: Ground | undefined; readonly since: Ground | undefined; readonly own: (ground: string) => Ground },
): Ground | undefined {
  if (request.purpose === 'rematch') return request.labels.has(label) ? undefined : grounds.own(redrawGrounds.notConcerned)
  if (request.drawn.has(label)) return grounds.own(redrawGrounds.drawn)
  return grounds.before ?? grounds.since
}

/** The subject with its lists in canonical order. */
export const sortedRedraw = ({ kind, parentDrawId, purpose, labels, after, approval }: RedrawSubject): RedrawSubject => ({
  kind,
  parentDrawId,
  purpose,
  labels: [...new Set(labels)].sort(compareHex),
  after: after.map(({ drawId, transcript }) => ({ drawId, transcript })).sort((a, b) => compareHex(a.drawId, b.drawId)),
  approval: sortedApproval(approval),
})

const sortedApproval = ({ approvedAt, unitId, reasons }: RedrawApproval): RedrawApproval => ({
  approvedAt,
  unitId,
  reasons: reasons.map(({ reason, count }) => ({ reason, count })).sort((a, b) => compareText(a.reason, b.reason)),
})
