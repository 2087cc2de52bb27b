import { hex32, integer, list, type Members, nullOr, oneOf, record, type Shape, words } from '@dual-random/draw/forms'
import type { Json } from '@dual-random/kernel'

// The private files of docs/draw-protocol.md, §4 and §11, member by member.

export const privateObjectShape = record({
  label: hex32,
  id: words,
  salt: hex32,
  ownerRegion: words,
  stratum: words,
  grade: nullOr(record({ value: words, source: words, asOf: words })),
  needs: list(words),
})

/** Tells the kinds of lines of one file apart by a member that the others lack. */
const lines =
  (kinds: Members, otherwise: Shape): Shape =>
  (value, where) => {
    const given = typeof value === 'object' && value !== null ? (value as { readonly [name: string]: Json }) : {}
    const name = Object.keys(kinds).find((member) => Object.hasOwn(given, member))
    return (name === undefined ? otherwise : (kinds[name] as Shape))(value, where)
  }

export const exclusionLineShape = lines(
  { type: record({ type: oneOf('dual-random/exclusions/v1'), nonce: hex32 }) },
  record({ label: hex32, ground: words, evidence: words }),
)

const repeatEvidencePattern = /^[0-9a-f]{64} [0-9a-f]{64} (-|[A-Za-z0-9][A-Za-z0-9_-]*) (BARRED|NEEDS_REASON)$/

/** The evidence of `REPEAT_BAR` (§4): where the object was drawn before, and why that keeps it out. Of other grounds it has no form. */
export const repeatEvidence: Shape = (value, where) =>
  typeof value === 'string' && repeatEvidencePattern.test(value)
    ? undefined
    : { where, code: 'not-a', expected: '<drawId> <label> <task number | -> <BARRED | NEEDS_REASON>' }

const inspector = record({
  label: hex32,
  id: words,
  salt: hex32,
  homeKind: oneOf('OFFICE', 'STATION'),
  homeUnitId: words,
  specialities: list(words),
  validTo: nullOr(words),
  available: oneOf(true, false),
  load: integer(0),
})

const needs = {
  label: hex32,
  specialities: list(words),
  recusals: list(record({ inspector: hex32, ground: words })),
  lastInspectors: list(hex32),
}

const header = {
  type: oneOf('dual-random/match-input/v1'),
  drawId: hex32,
  unitId: words,
  nonce: hex32,
  day: words,
  teamSize: integer(1),
  initiator: oneOf(true, false),
  selection: record({ mode: words, ground: words, offices: oneOf(true, false), stations: nullOr(list(words)), paired: oneOf(true, false) }),
  loadCap: nullOr(record({ cap: integer(0), rule: oneOf('strict', 'prefer') })),
  lastInspector: oneOf('strict', 'prefer', 'ignore'),
}

export const matchFactsLineShape = lines(
  {
    inspector: record({
      inspector: record({
        label: hex32,
        id: words,
        salt: hex32,
        unitId: words,
        homeKind: oneOf('OFFICE', 'STATION'),
        homeUnitId: words,
        specialities: list(words),
        validTo: nullOr(words),
        recusalScope: oneOf(true, false),
      }),
    }),
    object: record({
      object: record(needs),
    }),
  },
  record({ type: oneOf('dual-random/match-facts/v1'), drawId: hex32, regionCode: words, asOf: words }),
)

// The further members of a rematch (§18) come together.
export const matchInputLineShape = lines(
  {
    inspector: record({ inspector }),
    object: record({ object: lines({ kept: record({ ...needs, kept: list(hex32), leader: nullOr(hex32) }) }, record(needs)) }),
    rematch: record({ ...header, rematch: oneOf(true) }),
    // Where several cities draw together (§23).
    cities: record({ ...header, cities: record({ of: list(words), own: words }) }),
  },
  record(header),
)

export const matchRecordShape = record({
  type: oneOf('dual-random/match/v1'),
  drawId: hex32,
  transcriptDigest: hex32,
  nonce: hex32,
  matches: list(
    record({
      position: integer(1),
      object: hex32,
      stratum: words,
      teams: list(record({ unitId: words, members: list(hex32) })),
      leader: nullOr(hex32),
      shortages: list(
        record({
          unitId: words,
          needed: integer(1),
          available: integer(0),
          missingSide: nullOr(oneOf('OFFICE', 'STATION')),
          ruledOut: list(record({ filter: words, count: integer(1) })),
        }),
      ),
    }),
  ),
})

const openings = { blob: words, digest: hex32 }

export const closedRecordShape = lines(
  { otherOpenings: closed({ otherOpenings: list(record({ ...openings, regionCode: words })) }) },
  closed({}),
)

/** Of several cities with a member of its own (§7). */
function closed(ofCities: Members): Shape {
  const reasoned = record({ label: hex32, outcome: oneOf('NOT_VISITED'), reason: words })
  const outcome = lines({ reason: reasoned }, record({ label: hex32, outcome: oneOf('VISITED') }))
  return record({ ...ofCities, drawId: hex32, openings: record(openings), outcomes: list(outcome), type: oneOf('dual-random/closed/v1') })
}
