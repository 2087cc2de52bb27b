import { canonicalJson, utf8 } from '@dual-random/kernel'
import { type Candidate, type Candidates, candidatesFor, type Filter, noNeeds } from './candidates.ts'
import type { DrawnStratum } from './draw.ts'
import { type DrawHash, hexDigest } from './hash.ts'
import type { HomeKind, MatchInput, ObjectNeeds } from './match-input.ts'
import { compareText } from './order.ts'
import { rankLabels } from './rank.ts'

/** A unit that cannot give an object its full team; nobody of it is assigned, and nothing is relaxed (DRW-15). */
export type Shortage = {
  readonly unitId: string
  readonly needed: number
  readonly available: number
  /** The side that a pairing rule misses; null where numbers alone are short. */
  readonly missingSide: HomeKind | null
  readonly ruledOut: readonly { readonly filter: Filter; readonly count: number }[]
}

/** The teams of one drawn object by inspector label; the leader is of the initiating unit (DRW-23). */
export type MatchedObject = {
  /** Place in the order of matching, from 1: strata by bytes, then tickets. */
  readonly position: number
  readonly object: string
  readonly stratum: string
  readonly teams: readonly { readonly unitId: string; readonly members: readonly string[] }[]
  readonly leader: string | null
  readonly shortages: readonly Shortage[]
}

/** Rule 10: matches inspectors to the drawn objects. It never changes which objects are drawn, and never goes back. */
export function matchInspectors(
  hash: DrawHash,
  seed: string,
  drawn: readonly DrawnStratum[],
  inputs: readonly MatchInput[],
): readonly MatchedObject[] {
  const units = [...inputs].sort((a, b) => compareText(a.unitId, b.unitId)).map((input) => ({ input, needs: needsByLabel(input) }))
  const added = new Map<string, number>()
  const order = drawn.flatMap(({ stratum, drawn: members }) => members.map(({ label }) => ({ label, stratum })))
  return order.map(({ label, stratum }, index) => {
    const teams: { unitId: string; members: readonly string[] }[] = []
    const shortages: Shortage[] = []
    let leader: string | null = null
    for (const { input, needs } of units) {
      const found = candidatesFor(input, needs.get(label) ?? noNeeds, (one) => one.load + (added.get(one.label) ?? 0))
      const team = teamOf(hash, seed, label, input, found)
      if (!team.complete) {
        shortages.push(team.shortage)
        continue
      }
      for (const member of team.members) added.set(member, (added.get(member) ?? 0) + 1)
      if (input.initiator) leader = team.smallestTicket
      teams.push({ unitId: input.unitId, members: team.members })
    }
    return { position: index + 1, object: label, stratum, teams, leader, shortages }
  })
}

const needsByLabel = (input: MatchInput): ReadonlyMap<string, ObjectNeeds> => new Map(input.objects.map((needs) => [needs.label, needs]))

type Team =
  | { readonly complete: true; readonly members: readonly string[]; readonly smallestTicket: string }
  | { readonly complete: false; readonly shortage: Shortage }

function teamOf(hash: DrawHash, seed: string, object: string, unit: MatchInput, found: Candidates): Team {
  const { candidates, ruledOut } = found
  const missingSide = missingSideOf(unit, candidates)
  const needed = teamSizeOf(unit)
  if (candidates.length < needed || missingSide !== null) {
    const shortage = { unitId: unit.unitId, needed, available: candidates.length, missingSide, ruledOut }
    return { complete: false, shortage }
  }
  const labels = candidates.map(({ inspector }) => inspector.label)
  const ranked = rankLabels(hash, seed, ['inspector', unit.unitId, object], labels)
  const place = new Map(ranked.map(({ label }, index) => [label, index]))
  const placeOf = ({ inspector }: Candidate): number => place.get(inspector.label) ?? 0
  const preferred = [...candidates].sort((a, b) => a.reluctance - b.reluctance || placeOf(a) - placeOf(b))
  const members = chosen(unit, preferred).map(({ inspector }) => inspector.label)
  const smallestTicket = ranked.find(({ label }) => members.includes(label))?.label ?? ''
  return { complete: true, members, smallestTicket }
}

/** A pairing rule needs a member from each side whatever the team size says. */
const teamSizeOf = ({ selection, teamSize }: MatchInput): number => (selection.paired ? Math.max(teamSize, 2) : teamSize)

/** The first of each side that a pairing rule asks for, then the next in order until the team is full. */
function chosen(unit: MatchInput, preferred: readonly Candidate[]): readonly Candidate[] {
  if (!unit.selection.paired) return preferred.slice(0, unit.teamSize)
  const sides = (['OFFICE', 'STATION'] as const).flatMap((side) => preferred.find(({ inspector }) => inspector.homeKind === side) ?? [])
  const others = preferred.filter((candidate) => !sides.includes(candidate))
  return [...sides, ...others.slice(0, teamSizeOf(unit) - sides.length)].sort((a, b) => preferred.indexOf(a) - preferred.indexOf(b))
}

function missingSideOf(unit: MatchInput, candidates: readonly Candidate[]): HomeKind | null {
  if (!unit.selection.paired) return null
  const present = new Set(candidates.map(({ inspector }) => inspector.homeKind))
  return !present.has('OFFICE') ? 'OFFICE' : !present.has('STATION') ? 'STATION' : null
}

/**
 * Before the commitment: which of the objects could not get a full team with the loads as of the snapshot. They are reported and
 * approved, never excluded (rule 10).
 */
export function objectsWithoutTeam(
  inputs: readonly MatchInput[],
  labels: readonly string[],
): readonly { readonly object: string; readonly unitIds: readonly string[] }[] {
  const units = inputs.map((input) => ({
    unitId: input.unitId,
    needs: needsByLabel(input),
    lacksTeam: (needs: Omit<ObjectNeeds, 'label'>): boolean => {
      const { candidates } = candidatesFor(input, needs, ({ load }) => load)
      return candidates.length < teamSizeOf(input) || missingSideOf(input, candidates) !== null
    },
  }))
  const withoutLine = new Map(units.map(({ unitId, lacksTeam }) => [unitId, lacksTeam(noNeeds)]))
  return labels.flatMap((object) => {
    const short = units.filter(({ unitId, needs, lacksTeam }) => {
      const own = needs.get(object)
      return own === undefined ? withoutLine.get(unitId) === true : lacksTeam(own)
    })
    return short.length === 0 ? [] : [{ object, unitIds: short.map(({ unitId }) => unitId).sort(compareText) }]
  })
}

/** The private match record; the nonce salts its digest, which alone enters the region log. */
export type MatchRecord = {
  readonly type: 'dual-random/match/v1'
  readonly drawId: string
  readonly transcriptDigest: string
  /** 32 random bytes in hex. */
  readonly nonce: string
  readonly matches: readonly MatchedObject[]
}

export const matchRecordText = (record: MatchRecord): string => canonicalJson(record)

export const matchRecordDigest = (hash: DrawHash, record: MatchRecord): string => hexDigest(hash, utf8(matchRecordText(record)))
