import { err, ok, type Result } from '@dual-random/kernel'
import type { SelectionModeError, SelectionRule } from './match-input.ts'

/** The four modes every preset has (DRW-03): whether the office takes part, and how many stations the organiser must name. */
const modes = {
  BUREAU_WIDE: { offices: true, stations: null, pairable: false },
  OFFICE_AND_STATIONS: { offices: true, stations: null, pairable: true },
  MULTI_STATION: { offices: false, stations: { atLeast: 2, atMost: Number.MAX_SAFE_INTEGER }, pairable: false },
  SINGLE_STATION: { offices: false, stations: { atLeast: 1, atMost: 1 }, pairable: false },
} as const

export type SelectionMode = keyof typeof modes

/** The rule of one of the four modes. `paired` is policy and counts only for the office with stations (DRW-05). */
export function selectionRule(
  mode: SelectionMode,
  ground: string,
  stations: readonly string[],
  paired: boolean,
): Result<SelectionRule, SelectionModeError> {
  const { offices, stations: named, pairable } = modes[mode]
  if (named === null) return ok({ mode, ground, offices, stations: null, paired: pairable && paired })
  const distinct = [...new Set(stations)].sort()
  if (distinct.length < named.atLeast) return err({ code: 'too-few-stations', mode, atLeast: named.atLeast })
  if (distinct.length > named.atMost) return err({ code: 'too-many-stations', mode, atMost: named.atMost })
  return ok({ mode, ground, offices, stations: distinct, paired: false })
}
