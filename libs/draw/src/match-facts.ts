import type { Instant, LocalDate } from '@dual-random/kernel'
import type { HomeKind } from './match-input.ts'
import { ndjson } from './ndjson.ts'
import { compareHex } from './order.ts'

/** An inspector of a matching unit as registry knew them at the snapshot. */
export type InspectorFacts = {
  readonly label: string
  readonly id: string
  readonly salt: string
  readonly unitId: string
  readonly homeKind: HomeKind
  readonly homeUnitId: string
  readonly specialities: readonly string[]
  /** Last day of the qualification; null where none is held. */
  readonly validTo: LocalDate | null
  /** Whether a recusal scope is on record, be it that there is nobody to recuse from. */
  readonly recusalScope: boolean
}

/** What an object that may be drawn asks for, of all items that fit it, who is recused from it, and who made its last check by their unit. */
export type ObjectFacts = {
  readonly label: string
  readonly specialities: readonly string[]
  readonly recusals: readonly { readonly inspector: string; readonly ground: string }[]
  /** Ascending, whatever policy says of them. */
  readonly lastInspectors: readonly string[]
}

/** What registry answers the auditor of a draw, by which drawing's files of matching are compared (docs/draw-protocol.md §11). */
export type MatchFacts = {
  readonly drawId: string
  readonly regionCode: string
  /** As of the draw's own snapshot, of a redraw too. */
  readonly asOf: Instant
  readonly inspectors: readonly InspectorFacts[]
  /** Those that ask for something, or were checked. */
  readonly objects: readonly ObjectFacts[]
}

/** The file: a header, then the inspectors, then the objects, each ascending by label; recusals ascend by inspector. */
export function matchFactsText({ inspectors, objects, ...header }: MatchFacts): string {
  const byLabel = (a: { readonly label: string }, b: { readonly label: string }): number => compareHex(a.label, b.label)
  const ascending = (one: ObjectFacts): ObjectFacts => ({
    ...one,
    recusals: one.recusals.toSorted((a, b) => compareHex(a.inspector, b.inspector)),
  })
  return ndjson([
    { ...header, type: 'dual-random/match-facts/v1' },
    ...inspectors.toSorted(byLabel).map((inspector) => ({ inspector })),
    ...objects.toSorted(byLabel).map((object) => ({ object: ascending(object) })),
  ])
}
