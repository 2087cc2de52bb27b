import {
  compareText,
  type FamilyDraw,
  type MatchedObject,
  type RedrawApproval,
  type RedrawOrderRecord,
  type RedrawPurpose,
  redrawOrder,
} from '@dual-random/draw'
import type { DrawId, Instant, RegionCode, UnitId } from '@dual-random/kernel'

/** Why a redraw is asked for: of an object, of inspectors of one unit at an object, or, for an escalation, of neither. */
export interface RedrawGround {
  /** A code of policy `redraw.reasons`. */
  readonly reason: string
  readonly label?: string
  readonly unitId?: UnitId
  /** Labels of the inspectors who leave; none where a team was short. */
  readonly inspectors?: readonly string[]
  /** The recusal at inspection that it came with (DRW-14). */
  readonly recusalId?: string
}

/** What is asked for, whoever decides on it. */
export interface RedrawProposal {
  readonly purpose: RedrawPurpose
  readonly grounds: readonly RedrawGround[]
  /** Of an escalation: how many more in each stratum. */
  readonly counts: Readonly<Record<string, number>>
  /** Whose redraw it is, where several cities drew together (docs/draw-protocol.md §23). */
  readonly regionCode?: RegionCode
  readonly proposedAt: Instant
  readonly proposedBy: string
}

/** An order of a draw, by its place among them from 1. `number` counts the approved ones of its city: it stands in the drawId of the redraw. */
export type RedrawOrder = RedrawProposal & { readonly order: number } & (
    | { readonly status: 'PROPOSED' }
    | {
        readonly status: 'APPROVED'
        readonly number: number
        readonly approvedAt: Instant
        readonly approvedBy: string
        readonly unitId: UnitId
      }
    | { readonly status: 'REJECTED'; readonly rejectedAt: Instant; readonly rejectedBy: string; readonly reason: string }
  )

export type ApprovedOrder = Extract<RedrawOrder, { readonly status: 'APPROVED' }>

export type RejectedOrder = Extract<RedrawOrder, { readonly status: 'REJECTED' }>

/** In whose log a redraw of the order stands. */
export const cityOf = ({ regionCode }: { readonly regionCode: RegionCode }, order: Pick<RedrawOrder, 'regionCode'>): RegionCode =>
  order.regionCode ?? regionCode

export const isApproved = (order: RedrawOrder): order is ApprovedOrder => order.status === 'APPROVED'

/** What a redraw rests on, fixed at its freeze. */
export interface RedrawOf {
  readonly parentDrawId: DrawId
  readonly purpose: RedrawPurpose
  readonly counts: Readonly<Record<string, number>>
  readonly approval: RedrawApproval
  /** The parent and its redraws drawn before, with the digests of their transcripts. */
  readonly after: readonly { readonly drawId: DrawId; readonly transcript: string }[]
  /** The labels that leave or get other inspectors: their strata, and the draw that their tasks are of. */
  readonly places: readonly { readonly label: string; readonly stratum: string; readonly drawId: DrawId }[]
  /** Of a re-match: what remains of each unit's team. */
  readonly teams: readonly RemainingTeam[]
  /** Where several cities drew together: the redraw is of one of them, and who organised is of this one. */
  readonly organiserRegionCode?: RegionCode
}

export interface RemainingTeam {
  readonly label: string
  readonly unitId: UnitId
  readonly kept: readonly string[]
  /** The leader, where the unit leads and the leader stays. */
  readonly leader: string | null
  readonly leaving: readonly { readonly inspector: string; readonly ground: string }[]
}

/** A parent or a redraw of it, as far as a further redraw must know it. */
export interface FamilyMember extends FamilyDraw {
  readonly drawId: DrawId
  readonly transcript: string
  /** Strata of the labels drawn. */
  readonly stratumOf: ReadonlyMap<string, string>
  readonly matches: readonly Pick<MatchedObject, 'object' | 'teams' | 'leader'>[]
  /** Of a re-match the teams that it completed, or left short. */
  readonly asked: readonly Pick<RemainingTeam, 'label' | 'unitId' | 'leaving'>[]
}

export interface StandingTeam {
  readonly members: readonly string[]
  readonly leader: string | null
  /** The last draw that matched the unit to the object found too few. */
  readonly short: boolean
}

/** The draw that an object's tasks are of: the one that drew it, not one that matched it anew. */
export const originOf = (family: readonly FamilyMember[], label: string): FamilyMember | undefined =>
  family.find(({ purpose, stratumOf }) => purpose !== 'rematch' && stratumOf.has(label))

/**
 * The team of a unit at an object after all that the family matched, in the order of its draws; empty where it never had one. Whoever left it for a
 * re-match is gone, whether or not that found a successor.
 */
export function teamAt(family: readonly FamilyMember[], label: string, unitId: string): StandingTeam {
  let standing: StandingTeam = { members: [], leader: null, short: true }
  for (const { purpose, matches, asked } of family) {
    const own = asked.find((one) => one.label === label && one.unitId === unitId)
    const { members, leader, short } = withoutWhoLeft(standing, new Set(own?.leaving.map(({ inspector }) => inspector)))
    const match = matches.find(({ object }) => object === label)
    const team = match?.teams.find((one) => one.unitId === unitId)
    const isMatchedHere = (purpose === 'rematch' ? own : match) !== undefined
    standing = { members: team?.members ?? members, leader: match?.leader ?? leader, short: isMatchedHere ? team === undefined : short }
  }
  return standing
}

const withoutWhoLeft = ({ members, leader, short }: StandingTeam, left: ReadonlySet<string>): StandingTeam => ({
  members: members.filter((member) => !left.has(member)),
  leader: leader !== null && left.has(leader) ? null : leader,
  short,
})

/** How often each reason was given. */
export function reasonsOf(grounds: readonly RedrawGround[]): RedrawApproval['reasons'] {
  const counts = new Map<string, number>()
  for (const { reason } of grounds) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => compareText(a.reason, b.reason))
}

export const labelsOf = (grounds: readonly RedrawGround[]): readonly string[] =>
  [...new Set(grounds.flatMap(({ label }) => label ?? []))].sort()

/** What the superior approves of a redraw in the log (docs/draw-protocol.md §18): what its S will say. */
export const orderRecordOf = (
  draw: { readonly drawId: DrawId; readonly regionCode: RegionCode },
  order: ApprovedOrder,
): RedrawOrderRecord => {
  const { purpose, grounds, counts, number, approvedAt, unitId } = order
  return redrawOrder({
    regionCode: cityOf(draw, order),
    batch: number,
    subject: {
      kind: 'redraw',
      parentDrawId: draw.drawId,
      purpose,
      labels: labelsOf(grounds),
      approval: { approvedAt, unitId, reasons: reasonsOf(grounds) },
    },
    strata: Object.entries(counts).map(([stratum, count]) => ({ stratum, rule: { kind: 'count', count } })),
  })
}

/** What is left of the teams that a re-match completes; several grounds of one unit at one object are one. */
export function remainingTeams(family: readonly FamilyMember[], grounds: readonly RedrawGround[]): readonly RemainingTeam[] {
  const teams = new Map<string, RemainingTeam>()
  for (const { label, unitId, inspectors = [], reason } of grounds) {
    if (label === undefined || unitId === undefined) continue
    const key = `${label} ${unitId}`
    const { members, leader } = teamAt(family, label, unitId)
    const leaving = [
      ...(teams.get(key)?.leaving ?? leftBefore(family, label, unitId, members)),
      ...inspectors.map((inspector) => ({ inspector, ground: reason })),
    ]
    const kept = members.filter((member) => !leaving.some(({ inspector }) => inspector === member))
    teams.set(key, { label, unitId, kept: [...kept].sort(), leader: leader !== null && kept.includes(leader) ? leader : null, leaving })
  }
  return [...teams.values()]
}

/** Who was of this team and is no more: a second re-match must not bring back whom the first one took out (docs/draw-protocol.md §18). */
const leftBefore = (
  family: readonly FamilyMember[],
  label: string,
  unitId: string,
  members: readonly string[],
): RemainingTeam['leaving'] => {
  const ever = family.flatMap(({ matches }) =>
    matches.flatMap(({ object, teams }) => (object === label ? teams.flatMap((team) => (team.unitId === unitId ? team.members : [])) : [])),
  )
  return [...new Set(ever)].filter((inspector) => !members.includes(inspector)).map((inspector) => ({ inspector, ground: 'LEFT_BEFORE' }))
}

/** The draw that the tasks of a drawn label are of. */
export const taskDrawOf = ({ drawId, redraw }: { readonly drawId: DrawId; readonly redraw?: RedrawOf }, label: string): DrawId =>
  redraw?.purpose === 'rematch' ? (redraw.places.find((place) => place.label === label)?.drawId ?? drawId) : drawId
