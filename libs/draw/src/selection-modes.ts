import { err, ok, type Result } from '@dual-random/kernel'
import type { SelectionModeError, SelectionRule } from './match-input.ts'

/** What makes a selection mode: whether the office takes part, how many stations the organiser must name, and whether policy may ask for pairs. */
export interface SelectionModeSpec {
  readonly offices: boolean
  /** Null: every station takes part and none is named. */
  readonly stations: { readonly atLeast: number; readonly atMost: number | null } | null
  /** Whether a team may be asked to have a member from each side. */
  readonly pairable: boolean
}

/** The four modes every preset has (DRW-03). */
const standardModes = {
  BUREAU_WIDE: { offices: true, stations: null, pairable: false },
  OFFICE_AND_STATIONS: { offices: true, stations: null, pairable: true },
  MULTI_STATION: { offices: false, stations: { atLeast: 2, atMost: null }, pairable: false },
  SINGLE_STATION: { offices: false, stations: { atLeast: 1, atMost: 1 }, pairable: false },
} as const satisfies Readonly<Record<string, SelectionModeSpec>>

/** The modes there are, by name. */
export type SelectionModes = ReadonlyMap<string, SelectionModeSpec>

const standard: SelectionModes = new Map<string, SelectionModeSpec>(Object.entries(standardModes))

export type SelectionModesError =
  | { readonly code: 'mode-exists'; readonly mode: string }
  | { readonly code: 'mode-name'; readonly mode: string }
  /** Nobody could ever be selected, or the numbers of stations contradict each other. */
  | { readonly code: 'mode-without-candidates'; readonly mode: string }

/** The standard modes and further ones (“其他有效方式”, DRW-08), which are data: no mode that is there already can be given another meaning. */
export function selectionModes(further: Readonly<Record<string, SelectionModeSpec>> = {}): Result<SelectionModes, SelectionModesError> {
  const modes = new Map(standard)
  for (const [mode, spec] of Object.entries(further)) {
    if (modes.has(mode)) return err({ code: 'mode-exists', mode })
    if (!/^[A-Z][A-Z0-9_]{0,63}$/.test(mode)) return err({ code: 'mode-name', mode })
    if (!isSatisfiable(spec)) return err({ code: 'mode-without-candidates', mode })
    modes.set(mode, spec)
  }
  return ok(modes)
}

function isSatisfiable({ offices, stations, pairable }: SelectionModeSpec): boolean {
  // A pair has a side that offices alone can give.
  if (pairable && !offices) return false
  if (stations === null) return true
  const { atLeast, atMost } = stations
  const isCount = Number.isSafeInteger(atLeast) && atLeast >= (offices ? 0 : 1)
  return isCount && (atMost === null || (Number.isSafeInteger(atMost) && atMost >= Math.max(atLeast, 1)))
}

/**
 * The rule of a mode, with the ground it was chosen on (DRW-09). `paired` is policy and counts only where the mode may ask for pairs (DRW-05);
 * where a mode names no stations, stations given are none of its business.
 */
export function selectionRule(
  mode: string,
  ground: string,
  stations: readonly string[],
  paired: boolean,
  modes: SelectionModes = standard,
): Result<SelectionRule, SelectionModeError> {
  const spec = modes.get(mode)
  if (spec === undefined) return err({ code: 'unknown-mode', mode, allowed: [...modes.keys()] })
  const { offices, stations: named, pairable } = spec
  const isPaired = pairable && paired
  if (named === null) return ok({ mode, ground, offices, stations: null, paired: isPaired })
  const distinct = [...new Set(stations)].sort()
  if (distinct.length < named.atLeast) return err({ code: 'too-few-stations', mode, atLeast: named.atLeast })
  if (named.atMost !== null && distinct.length > named.atMost) return err({ code: 'too-many-stations', mode, atMost: named.atMost })
  return ok({ mode, ground, offices, stations: distinct, paired: isPaired })
}
