import {
  type Commitment,
  compareHex,
  compareText,
  type DrawPart,
  drawnIn,
  type FamilyDraw,
  type RedrawSubject,
  type RosterEntry,
  standingIn,
  type Transcript,
} from '@dual-random/draw'
import type { Json } from '@dual-random/kernel'
import { dueMsOf } from '@dual-random/witness'
import { ascends, type Check, hold, same } from './difference.ts'

/** §13, item 2, of a redraw: what its subject says of itself. */
export function* checkRedrawSubject({ after, approval, labels, parentDrawId, purpose }: RedrawSubject, { committedAt }: Commitment): Check {
  const ids = after.map(({ drawId }) => drawId)
  yield* ascends('/subject/after', ids, compareHex)
  yield* hold('/subject/after', ids.includes(parentDrawId), 'parent-not-among-them')
  yield* hold('/subject/labels', (labels.length === 0) === (purpose === 'escalation'), 'labels-mismatch-purpose')
  yield* ascends('/subject/labels', labels, compareHex)
  yield* hold('/subject/approval/reasons', approval.reasons.length > 0, 'no-reason')
  yield* ascends(
    '/subject/approval/reasons',
    approval.reasons.map(({ reason }) => reason),
    compareText,
  )
  yield* hold('/subject/approval/approvedAt', approval.approvedAt <= committedAt, 'approved-after-commitment')
}

/** A draw that a redraw comes after, as far as the redraw rests on it. */
export interface Relative {
  readonly transcript: Transcript
  readonly commitment: Commitment
}

/** §18: whether the files of a draw that is named in `after` are its, and its rounds are over. Places are those of the redraw's S. */
export function* checkRelative(index: number, subject: RedrawSubject, s: Commitment, relative: Relative): Check {
  const { transcript, commitment } = relative
  const drawId = subject.after[index]?.drawId
  const of = commitment.subject
  const isSibling = of.kind === 'redraw' && of.parentDrawId === subject.parentDrawId && commitment.regionCode === s.regionCode
  const isKin = drawId === subject.parentDrawId ? of.kind !== 'redraw' : isSibling
  const isIt = transcript.drawId === drawId && commitment.drawId === drawId
  yield* hold(`/subject/after/${index}/drawId`, isIt && isKin, 'not-of-the-family')
  yield* hold('/committedAt', lastRoundMs(commitment) <= BigInt(Date.parse(s.committedAt)), 'before-round-of-family')
}

/** Exact, however far off a file says it is. */
const lastRoundMs = ({ beacons }: Commitment): bigint => beacons.map(dueMsOf).reduce((a, b) => (a > b ? a : b), 0n)

const familyOf = (relatives: readonly Relative[]): readonly FamilyDraw[] =>
  relatives.map(({ transcript, commitment: { subject } }) => {
    const drawn = transcript.strata.flatMap((one) => one.drawn.map(({ label }) => label))
    return subject.kind === 'redraw' ? { purpose: subject.purpose, drawn, labels: subject.labels } : { drawn, labels: [] }
  })

/** §23: what a parent has of the city that a redraw is of, and where in the parent's S that stands. */
export interface ParentPart {
  readonly part: Pick<DrawPart, 'snapshot'>
  readonly at: string
}

/** That of the organiser's city stands in S itself; undefined where the city took no part. */
export function partOfCity(parent: Commitment, regionCode: string): ParentPart | undefined {
  if (parent.regionCode === regionCode) return { part: parent, at: '' }
  const parts = parent.joint?.parts ?? []
  const index = parts.findIndex(({ snapshot }) => snapshot.regionCode === regionCode)
  const part = parts[index]
  return part === undefined ? undefined : { part, at: `/joint/parts/${index}` }
}

/** §18: the parent's labels, whom the redraw names, how many it draws. Places are those of its S. */
export function* checkRedraw(
  s: Commitment,
  subject: RedrawSubject,
  parent: Commitment,
  { part }: ParentPart,
  relatives: readonly Relative[],
  roster: readonly RosterEntry[],
): Check {
  for (const name of ['subjectDigest', 'organiserUnitId'] as const) yield* same(`/${name}`, s[name], parent[name])
  const [own, before] = [s.snapshot, part.snapshot]
  for (const name of ['root', 'keyDigest', 'privateFileDigest'] as const) yield* same(`/snapshot/${name}`, own[name], before[name])
  yield* same('/snapshot/strata', mappedIn(own), mappedIn(before))
  yield* hold('/snapshot/asOf', own.asOf > before.asOf, 'not-later-than-parent')
  // A rematch draws none but who stood before it.
  const standing = standingIn(familyOf(relatives.filter(({ commitment }) => !isRematch(commitment))))
  // What several cities drew stands in the rosters of all of them.
  const ofCity = new Set(roster.map(({ label }) => label))
  for (const [index, label] of subject.labels.entries())
    yield* hold(`/subject/labels/${index}`, standing.has(label) && ofCity.has(label), 'label-not-standing')
  if (subject.purpose === 'escalation') return
  const named = new Set(subject.labels)
  for (const [index, { stratum, rule }] of s.strata.entries()) {
    const count = roster.filter((one) => one.stratum === stratum && named.has(one.label)).length
    yield* same(`/strata/${index}/rule/count`, rule.kind === 'count' ? rule.count : null, count)
  }
}

const isRematch = ({ subject }: Commitment): boolean => subject.kind === 'redraw' && subject.purpose === 'rematch'

const mappedIn = ({ strata }: Commitment['snapshot']): Json => strata.map(({ stratum, mapped }) => [stratum, mapped])

/** §18: who must be excluded is, and in a rematch who must not be is not. Places are lines of the redraw's roster. */
export function* checkRedrawRoster(
  { purpose, labels }: RedrawSubject,
  relatives: readonly Relative[],
  before: readonly RosterEntry[],
  roster: readonly RosterEntry[],
): Check {
  const named = new Set(labels)
  const drawn = drawnIn(familyOf(relatives))
  const barred = new Set(before.flatMap(({ label, excluded }) => (excluded ? [label] : [])))
  for (const [index, { label, excluded }] of roster.entries()) {
    const where = `line ${index + 1} /excluded`
    if (purpose === 'rematch') yield* same(where, excluded, !named.has(label))
    else yield* hold(where, excluded || !(barred.has(label) || drawn.has(label)), 'drawable-again')
  }
}
