import {
  candidatesFor,
  type HomeKind,
  type MatchInput,
  type MatchInspector,
  type ObjectNeeds,
  parseNdjson,
  type SelectionModeError,
  selectionRule,
} from '@dual-random/draw'
import { err, type LocalDate, ok, type Result, type UnitId } from '@dual-random/kernel'
import type { DrawLine, LineUnit } from './plan-line.ts'
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
}

export type MatchFileError =
  | SelectionModeError
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
}: UnitInput): Result<MatchInput, MatchFileError> {
  const teamSize = unit.teamSize > 0 ? unit.teamSize : terms.minTeamSize
  if (teamSize === undefined) return err({ code: 'team-size-unset', unitId: unit.unitId })
  const selection = selectionRule(unit.mode, unit.ground, unit.stationUnitIds, terms.officeStationPairing)
  if (!selection.ok) return selection
  const inspectors = candidates.filter(({ unitId }) => unitId === unit.unitId).map((candidate) => inspectorOf(candidate, terms, loads))
  const own = new Set(inspectors.map(({ label }) => label))
  const input: MatchInput = {
    drawId,
    unitId: unit.unitId,
    nonce,
    day: line.batch.window.end,
    teamSize,
    initiator: unit.unitId === line.initiatorUnitId,
    selection: selection.value,
    loadCap: terms.loadCap,
    lastInspector: terms.lastInspector,
    inspectors,
    objects: needs.flatMap((one) => needsOf(one, own)),
  }
  const anyone = candidatesFor(input, { specialities: [], recusals: [], lastInspectors: [] }, () => 0).candidates.length > 0
  return anyone ? ok(input) : err({ code: 'no-eligible-inspector', unitId: unit.unitId })
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

/** Only what a unit must heed stands in its file: an object that asks for nothing has no line. */
function needsOf({ label, specialities, recusals }: Needs, own: ReadonlySet<string>): readonly ObjectNeeds[] {
  const ofUnit = recusals.filter(({ inspector }) => own.has(inspector)).sort((a, b) => (a.inspector < b.inspector ? -1 : 1))
  if (specialities.length === 0 && ofUnit.length === 0) return []
  return [{ label, specialities: [...specialities].sort(), recusals: ofUnit, lastInspectors: [] }]
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
