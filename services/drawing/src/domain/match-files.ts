import {
  candidatesFor,
  compareText,
  type HomeKind,
  type MatchInput,
  type MatchInspector,
  noNeeds,
  type ObjectNeeds,
  parseNdjson,
  type SelectionModeError,
  type SelectionModesError,
  selectionModes,
  selectionRule,
} from '@dual-random/draw'
import { err, type LocalDate, ok, type Result, type UnitId } from '@dual-random/kernel'
import { checksWithOthers } from './cities.ts'
import { type DrawLine, type LineUnit, matchingUnitOf } from './plan-line.ts'
import type { RemainingTeam } from './redraw.ts'
import type { DrawTerms } from './terms.ts'

/** An inspector as registry describes one for a draw. */
export interface Candidate {
  readonly label: string
  readonly inspectorId: string
  readonly salt: string
  readonly unitId: string
  readonly homeUnitId: string
  readonly homeKind: HomeKind
  readonly specialities: readonly string[]
  readonly validTo: LocalDate | null
  readonly hasRecusalScope: boolean
}

/** What an object asks of the inspectors of a draw, by label. */
export interface Needs {
  readonly label: string
  readonly specialities: readonly string[]
  readonly recusals: readonly { readonly inspector: string; readonly ground: string }[]
  /** Labels of those who made its last check by their unit. */
  readonly lastInspectors: readonly string[]
}

export type MatchFileError =
  | SelectionModeError
  | SelectionModesError
  | { readonly code: 'no-eligible-inspector'; readonly unitId: UnitId }
  | { readonly code: 'team-size-unset'; readonly unitId: UnitId }

export interface UnitInput {
  readonly drawId: string
  readonly nonce: string
  readonly line: DrawLine
  readonly terms: DrawTerms
  readonly unit: LineUnit
  readonly candidates: readonly Candidate[]
  readonly needs: readonly Needs[]
  /** Objects assigned earlier in the year, by inspector id. */
  readonly loads: ReadonlyMap<string, number>
  /** Of a re-match: what remains of this unit's teams. */
  readonly remaining?: readonly RemainingTeam[]
  /** The unit's own, where several cities draw together. */
  readonly city?: { readonly regionCode: string; readonly initiatorUnitId: UnitId }
}

/**
 * The private file that a unit's matching rests on (rule 10). Registry gives the inspectors in post only; one without an entry of a
 * recusal scope is not available where policy asks for it. Refused when nobody could be matched to any object (DRW-33).
 */
export function matchInputOf({
  drawId,
  nonce,
  line,
  terms,
  unit,
  candidates,
  needs,
  loads,
  remaining,
  city,
}: UnitInput): Result<MatchInput, MatchFileError> {
  const matchingUnitId = matchingUnitOf(unit)
  const teamSize = unit.teamSize > 0 ? unit.teamSize : terms.minTeamSize
  if (teamSize === undefined) return err({ code: 'team-size-unset', unitId: matchingUnitId })
  const modes = selectionModes(terms.furtherModes)
  if (!modes.ok) return modes
  const selection = selectionRule(unit.mode, unit.ground, unit.stationUnitIds, terms.officeStationPairing, modes.value)
  if (!selection.ok) return selection
  const inspectors = candidates.filter(({ unitId }) => unitId === matchingUnitId).map((candidate) => inspectorOf(candidate, terms, loads))
  const own = new Set(inspectors.map(({ label }) => label))
  const asked = needs.flatMap((one) => needsOf(one, own, terms))
  const input: MatchInput = {
    drawId,
    unitId: matchingUnitId,
    nonce,
    day: line.batch.window.end,
    teamSize,
    // Where the initiator designates the leader of a joint team (DRW-23) nobody leads by ticket (docs/draw-protocol.md §11).
    initiator:
      unit.unitId === (city?.initiatorUnitId ?? line.initiatorUnitId) &&
      !(terms.leaderBy === 'INITIATOR' && checksWithOthers(line, unit.unitId)),
    ...(city === undefined ? {} : { cities: { own: city.regionCode, of: [city.regionCode] } }),
    ...(remaining === undefined ? {} : { rematch: true as const }),
    selection: selection.value,
    loadCap: terms.loadCap,
    lastInspector: terms.lastInspector,
    inspectors,
    objects: remaining === undefined ? asked : rematchedNeeds(remaining, asked, own),
  }
  const anyone = candidatesFor(input, noNeeds, ({ load }) => load).candidates.length > 0
  return anyone ? ok(input) : err({ code: 'no-eligible-inspector', unitId: matchingUnitId })
}

const inspectorOf = (candidate: Candidate, terms: DrawTerms, loads: ReadonlyMap<string, number>): MatchInspector => ({
  label: candidate.label,
  id: candidate.inspectorId,
  salt: candidate.salt,
  homeKind: candidate.homeKind,
  homeUnitId: candidate.homeUnitId,
  specialities: [...candidate.specialities].sort(),
  validTo: candidate.validTo,
  available: candidate.hasRecusalScope || !terms.recusalScopeRequired,
  load: loads.get(candidate.inspectorId) ?? 0,
})

/** Only what a unit must heed stands in its file: an object that asks for nothing has no line, and who checked it last none where policy asks nothing of them. */
function needsOf(
  { label, specialities, recusals, lastInspectors }: Needs,
  own: ReadonlySet<string>,
  terms: Pick<DrawTerms, 'lastInspector'>,
): readonly ObjectNeeds[] {
  const ofUnit = recusals.filter(({ inspector }) => own.has(inspector)).sort((a, b) => compareText(a.inspector, b.inspector))
  const last = terms.lastInspector === 'ignore' ? [] : lastInspectors.filter((inspector) => own.has(inspector)).sort(compareText)
  if (specialities.length === 0 && ofUnit.length === 0 && last.length === 0) return []
  return [{ label, specialities: [...specialities].sort(), recusals: ofUnit, lastInspectors: last }]
}

/** Every object that the unit matches anew has a line: what it asks for, who stays, and who may not come back (docs/draw-protocol.md §18). */
function rematchedNeeds(
  remaining: readonly RemainingTeam[],
  asked: readonly ObjectNeeds[],
  own: ReadonlySet<string>,
): readonly ObjectNeeds[] {
  const byLabel = new Map(asked.map((one) => [one.label, one]))
  return remaining.map(({ label, kept, leader, leaving }) => {
    const { specialities, recusals, lastInspectors } = byLabel.get(label) ?? noNeeds
    const recused = [...recusals, ...leaving.filter(({ inspector }) => !recusals.some((one) => one.inspector === inspector))]
    return {
      label,
      specialities,
      recusals: recused.sort((a, b) => compareText(a.inspector, b.inspector)),
      lastInspectors,
      // Who has left the unit's pool since cannot stay.
      kept: kept.filter((member) => own.has(member)),
      leader: leader !== null && own.has(leader) ? leader : null,
    }
  })
}

/** Reads a private file back as it was written; anything else is a bug or a changed store, and throws. */
export function parseMatchInput(text: string): MatchInput {
  const lines = parseNdjson(text)
  if (!lines.ok) throw new Error(`match input is broken at line ${lines.error.line}: ${lines.error.reason}`)
  const [{ type, ...header }, ...rest] = lines.value as unknown as [
    Omit<MatchInput, 'inspectors' | 'objects'> & { readonly type: string },
    ...{ readonly inspector?: MatchInspector; readonly object?: ObjectNeeds }[],
  ]
  if (type !== 'dual-random/match-input/v1') throw new Error(`not a match input: ${type}`)
  return {
    ...header,
    inspectors: rest.flatMap(({ inspector }) => inspector ?? []),
    objects: rest.flatMap(({ object }) => object ?? []),
  }
}
