import type { LocalDate } from '@dual-random/kernel'
import { ndjson } from './ndjson.ts'
import { compareHex } from './order.ts'

/** Where an inspector serves: the bureau's office (局机关) or a station (所). */
export type HomeKind = 'OFFICE' | 'STATION'

/**
 * The candidates a selection mode admits (DRW-03 to DRW-08). A new mode is another value of this record, not new code.
 * `stations` null admits every station; `paired` asks for a member from each side (DRW-05).
 */
export type SelectionRule = {
  readonly mode: string
  /** The recorded ground of the mode (DRW-09). */
  readonly ground: string
  readonly offices: boolean
  readonly stations: readonly string[] | null
  readonly paired: boolean
}

/** An inspector as of the snapshot, with the filters as data. Label and salt open like an object's, kind "inspector". */
export type MatchInspector = {
  readonly label: string
  readonly id: string
  readonly salt: string
  readonly homeKind: HomeKind
  readonly homeUnitId: string
  readonly specialities: readonly string[]
  /** Last day of the qualification; null where none is held. */
  readonly validTo: LocalDate | null
  /** False for whoever is on leave, suspended, retired or transferred. */
  readonly available: boolean
  /** Objects already assigned as of the snapshot. */
  readonly load: number
}

/** What one object asks of one unit. Objects without a line ask for nothing and recuse nobody. */
export type ObjectNeeds = {
  readonly label: string
  readonly specialities: readonly string[]
  readonly recusals: readonly { readonly inspector: string; readonly ground: string }[]
  /** Labels of the inspectors of the object's last check. */
  readonly lastInspectors: readonly string[]
  /** Members of the unit's team who stay, and the leader who stays: in a rematch alone (§18). */
  readonly kept?: readonly string[]
  readonly leader?: string | null
}

/** Everything a unit's matching rests on (rule 10): one private file, its digest in S. */
export type MatchInput = {
  readonly drawId: string
  readonly unitId: string
  /** 32 random bytes in hex: without them the digest could be guessed from staff lists. */
  readonly nonce: string
  /** Qualifications must hold on this day. */
  readonly day: LocalDate
  readonly teamSize: number
  /** Whether the joint team's leader comes from this unit (DRW-23). */
  readonly initiator: boolean
  /** Where several cities draw together: the unit's own, under whose K its inspectors are labelled, and those whose objects it matches (§23). */
  readonly cities?: { readonly own: string; readonly of: readonly string[] }
  /** Only objects with a line are matched (§18). */
  readonly rematch?: true
  readonly selection: SelectionRule
  readonly loadCap: { readonly cap: number; readonly rule: 'strict' | 'prefer' } | null
  readonly lastInspector: 'strict' | 'prefer' | 'ignore'
  readonly inspectors: readonly MatchInspector[]
  readonly objects: readonly ObjectNeeds[]
}

/** The private file: a header, then the inspectors, then the objects, each ascending by label. */
export function matchInputText(input: MatchInput): string {
  const { inspectors, objects, ...header } = input
  const byLabel = (a: { readonly label: string }, b: { readonly label: string }): number => compareHex(a.label, b.label)
  return ndjson([
    { ...header, type: 'dual-random/match-input/v1' },
    ...[...inspectors].sort(byLabel).map((inspector) => ({ inspector })),
    ...[...objects].sort(byLabel).map((object) => ({ object })),
  ])
}

export type SelectionModeError =
  | { readonly code: 'unknown-mode'; readonly mode: string; readonly allowed: readonly string[] }
  | { readonly code: 'too-few-stations'; readonly mode: string; readonly atLeast: number }
  | { readonly code: 'too-many-stations'; readonly mode: string; readonly atMost: number }
