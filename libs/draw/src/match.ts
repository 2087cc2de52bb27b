import { canonicalJson, utf8 } from '@dual-random/kernel'
import { type Candidate, type Candidates, candidatesFor, type Filter, isKept, noNeeds } from './candidates.ts'
import type { DrawnStratum } from './draw.ts'
import { type DrawHash, hexDigest } from './hash.ts'
import type { HomeKind, MatchInput, MatchInspector, ObjectNeeds } from './match-input.ts'
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

/** The region in whose roster a label stands, where several cities draw together; undefined where one draws. */
export type RegionOf = (label: string) => string | undefined
const ofOneCity: RegionOf = () => undefined

/** Whether a unit matches objects of a city (§23): all where it names none. */
const isOfUnit = ({ cities }: MatchInput, regionCode: string | undefined): boolean =>
  cities === undefined || cities.of.some((one) => one === regionCode)

/** Rule 10: matches inspectors to the drawn objects. It never changes which objects are drawn, and never goes back. */
export function matchInspectors(
  hash: DrawHash,
  seed: string,
  drawn: readonly DrawnStratum[],
  inputs: readonly MatchInput[],
  regionOf: RegionOf = ofOneCity,
): readonly MatchedObject[] {
  const units = [...inputs].sort((a, b) => compareText(a.unitId, b.unitId)).map((input) => ({ input, needs: needsByLabel(input) }))
  const added = new Map<string, number>()
  const order = drawn.flatMap(({ stratum, drawn: members }) => members.map(({ label }) => ({ label, stratum })))
  return order.map(({ label, stratum }, index) => {
    const teams: { unitId: string; members: readonly string[] }[] = []
    const shortages: Shortage[] = []
    let leader: string | null = null
    for (const { input, needs } of units) {
      const own = needs.get(label)
      if (!isOfUnit(input, regionOf(label)) || (own === undefined && input.rematch === true)) continue
      const asked = own ?? noNeeds
      const found = candidatesFor(input, asked, (one) => one.load + (added.get(one.label) ?? 0))
      const team = teamOf(hash, seed, label, { unit: input, needs: asked }, found)
      if (!team.complete) {
        shortages.push(team.shortage)
        continue
      }
      for (const member of team.assigned) added.set(member, (added.get(member) ?? 0) + 1)
      if (input.initiator) leader = team.keptLeader ?? team.smallestTicket ?? null
      teams.push({ unitId: input.unitId, members: team.members })
    }
    return { position: index + 1, object: label, stratum, teams, leader, shortages }
  })
}

const needsByLabel = (input: MatchInput): ReadonlyMap<string, ObjectNeeds> => new Map(input.objects.map((needs) => [needs.label, needs]))

type Team =
  | {
      readonly complete: true
      readonly members: readonly string[]
      /** The members who are new to the object. */
      readonly assigned: readonly string[]
      /** Who led and stays. */
      readonly keptLeader: string | undefined
      /** Undefined of a team of nobody. */
      readonly smallestTicket: string | undefined
    }
  | { readonly complete: false; readonly shortage: Shortage }

/** What one object asks of one unit. */
interface Asked {
  readonly unit: MatchInput
  readonly needs: Omit<ObjectNeeds, 'label'>
}

function teamOf(hash: DrawHash, seed: string, object: string, asked: Asked, found: Candidates): Team {
  const { unit } = asked
  const { candidates, ruledOut } = found
  const kept = keptOf(asked)
  const missingSide = missingSideOf(unit, [...kept, ...candidates.map(({ inspector }) => inspector)])
  const needed = Math.max(0, teamSizeOf(unit) - kept.length)
  if (candidates.length < needed || missingSide !== null) {
    return { complete: false, shortage: { unitId: unit.unitId, needed, available: candidates.length, missingSide, ruledOut } }
  }
  const labels = [...kept.map(({ label }) => label), ...candidates.map(({ inspector }) => inspector.label)]
  const ranked = rankLabels(hash, seed, ['inspector', unit.unitId, object], labels)
  const place = new Map(ranked.map(({ label }, index) => [label, index]))
  const placeOf = ({ inspector }: Candidate): number => place.get(inspector.label) ?? 0
  const preferred = [...candidates].sort((a, b) => a.reluctance - b.reluctance || placeOf(a) - placeOf(b))
  const assigned = chosen(unit, kept, preferred, needed).map(({ inspector }) => inspector.label)
  const members = [...kept.map(({ label }) => label), ...assigned]
  const smallestTicket = ranked.find(({ label }) => members.includes(label))?.label
  const keptLeader = kept.find(({ label }) => label === asked.needs.leader)?.label
  return { complete: true, members, assigned, keptLeader, smallestTicket }
}

const keptOf = ({ unit, needs }: Asked): readonly MatchInspector[] => unit.inspectors.filter((inspector) => isKept(unit, needs, inspector))

/** A pairing rule needs a member from each side whatever the team size says. */
const teamSizeOf = ({ selection, teamSize }: MatchInput): number => (selection.paired ? Math.max(teamSize, 2) : teamSize)

/** The first of each side that a pairing rule still asks for, then the next in order until the team is full. */
function chosen(unit: MatchInput, kept: readonly MatchInspector[], preferred: readonly Candidate[], needed: number): readonly Candidate[] {
  if (!unit.selection.paired) return preferred.slice(0, needed)
  // No side is missing, so whichever is not kept has its candidate.
  const sides = (['OFFICE', 'STATION'] as const)
    .filter((side) => !kept.some(({ homeKind }) => homeKind === side))
    .map((side) => preferred.find(({ inspector }) => inspector.homeKind === side) as Candidate)
  const others = preferred.filter((candidate) => !sides.includes(candidate))
  const more = Math.max(0, needed - sides.length)
  return [...sides, ...others.slice(0, more)].sort((a, b) => preferred.indexOf(a) - preferred.indexOf(b))
}

function missingSideOf(unit: MatchInput, inspectors: readonly Pick<MatchInspector, 'homeKind'>[]): HomeKind | null {
  if (!unit.selection.paired) return null
  const present = new Set(inspectors.map(({ homeKind }) => homeKind))
  return !present.has('OFFICE') ? 'OFFICE' : !present.has('STATION') ? 'STATION' : null
}

/**
 * Before the commitment: which of the objects could not get a full team with the loads as of the snapshot. They are reported and
 * approved, never excluded (rule 10).
 */
export function objectsWithoutTeam(
  inputs: readonly MatchInput[],
  labels: readonly string[],
  regionOf: RegionOf = ofOneCity,
): readonly { readonly object: string; readonly unitIds: readonly string[] }[] {
  const units = inputs.map((input) => ({
    unitId: input.unitId,
    isIts: (object: string): boolean => isOfUnit(input, regionOf(object)),
    isRematch: input.rematch === true,
    needs: needsByLabel(input),
    lacksTeam: (needs: Omit<ObjectNeeds, 'label'>): boolean => {
      const { candidates } = candidatesFor(input, needs, ({ load }) => load)
      const kept = keptOf({ unit: input, needs })
      const inspectors = [...kept, ...candidates.map(({ inspector }) => inspector)]
      return inspectors.length < teamSizeOf(input) || missingSideOf(input, inspectors) !== null
    },
  }))
  const withoutLine = new Map(units.map(({ unitId, isRematch, lacksTeam }) => [unitId, !isRematch && lacksTeam(noNeeds)]))
  return labels.flatMap((object) => {
    const short = units.filter(({ unitId, isIts, needs, lacksTeam }) => {
      if (!isIts(object)) return false
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
