import {
  type BlindedEntity,
  type DrawHash,
  labelBlinder,
  type MatchInput,
  type PrivateObject,
  privateExclusionsText,
  privateObjectsText,
  type RosterEntry,
  sortRoster,
} from '@dual-random/draw'
import type { NamedFile } from '@dual-random/draw/forms'
import type { LocalDate } from '@dual-random/kernel'
import { hex, keys, regionCode } from './parties.ts'

/** One of the mapped set as registry knows it. */
export interface DemoMember extends PrivateObject {
  readonly excluded: boolean
}

/** What the auditor and the superior may read of a draw. */
export interface DemoPrivate {
  readonly key: Uint8Array
  readonly objects: NamedFile
  readonly exclusions: NamedFile
  readonly matchInput: NamedFile
  readonly match: NamedFile
}

/** What a test may want otherwise of a pool. */
export interface PoolChanges {
  /** A cheating registry's last word on the mapped set, after which every file and digest follows from it. */
  readonly onMembers?: (members: readonly DemoMember[]) => readonly DemoMember[]
  /** What the bureau's matching rests on; `blind` labels its inspectors. */
  readonly onMatchInput?: (plain: MatchInput, blind: (id: string) => BlindedEntity) => MatchInput
}

export interface Pool {
  readonly drawId: string
  readonly key: Uint8Array
  /** In a redraw, the parent. */
  readonly labelsOf?: string
  readonly roster: readonly RosterEntry[]
  readonly members: readonly DemoMember[]
  readonly ids: ReadonlyMap<string, { readonly id: string; readonly salt: string }>
  readonly matchInput: MatchInput
}

/** The mapped set of a draw as a registry freezes it, and what the bureau's matching will rest on. */
export function frozenPool(
  hash: DrawHash,
  drawId: string,
  {
    objects = 40,
    onMembers,
    onMatchInput = (input) => input,
    city = regionCode,
    cloned = false,
  }: PoolChanges & {
    readonly objects?: number
    /** Whose registry it is: another city has a K and objects of its own. */
    readonly city?: string
    /** Its first object is one of the organiser's city too. */
    readonly cloned?: boolean
  },
): Pool {
  const isOrganisers = city === regionCode
  const key = keys.bytes('K', isOrganisers ? drawId : `${drawId} ${city}`)
  const blind = labelBlinder(hash, key, 'object', drawId)
  const honest = Array.from({ length: objects }, (_, index): DemoMember => {
    const stratum = 'ABD'[index % 3] ?? ''
    const grade = { value: stratum, source: 'GENERAL_RESULT', asOf: '2026-02-01' }
    const needs = index % 5 === 0 ? ['food'] : []
    return {
      ...blind(isOrganisers || (cloned && index === 0) ? `object-${index}` : `object-${city}-${index}`),
      ownerRegion: city,
      stratum,
      grade,
      needs,
      excluded: index % 9 === 4,
    }
  })
  const members = onMembers?.(honest) ?? honest
  const roster = sortRoster(members.map(({ label, stratum, excluded }) => ({ label, stratum, excluded })))
  if (!roster.ok) throw new Error(JSON.stringify(roster.error))
  const ids = new Map(members.map(({ id, label, salt }) => [label, { id, salt }]))
  const blindInspector = labelBlinder(hash, key, 'inspector', drawId)
  return {
    drawId,
    key,
    roster: roster.value,
    members,
    ids,
    matchInput: onMatchInput(matchInputOf(blindInspector, drawId, members), blindInspector),
  }
}

/** The bureau's file of matching: six inspectors, half of them with the speciality that some objects ask for. */
function matchInputOf(blind: (id: string) => BlindedEntity, drawId: string, members: readonly DemoMember[]): MatchInput {
  return {
    drawId,
    unitId: 'bureau-230300',
    nonce: hex('nonce', 'match input'),
    day: '2026-06-30' as LocalDate,
    teamSize: 2,
    initiator: true,
    selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING', offices: true, stations: null, paired: false },
    loadCap: null,
    lastInspector: 'ignore',
    inspectors: Array.from({ length: 6 }, (_, index) => ({
      ...blind(`inspector-${index}`),
      homeKind: 'OFFICE',
      homeUnitId: 'bureau-230300',
      specialities: index % 2 === 0 ? ['food'] : [],
      validTo: '2027-12-31' as LocalDate,
      available: true,
      load: 0,
    })),
    objects: members
      .filter(({ needs, excluded }) => needs.length > 0 && !excluded)
      .map(({ label, needs }) => ({ label, specialities: needs, recusals: [], lastInspectors: [] })),
  }
}

export const objectsTextOf = ({ members }: Pool): string =>
  privateObjectsText(
    members.map(({ label, id, salt, ownerRegion, stratum, grade, needs }) => ({ label, id, salt, ownerRegion, stratum, grade, needs })),
  )
export const exclusionsTextOf = ({ members }: Pool): string =>
  privateExclusionsText(
    hex('nonce', 'exclusions'),
    members.flatMap(({ label, excluded }) => (excluded ? { label, ground: 'REPEAT_BAR', evidence: drawnBefore(label) } : [])),
  )

/** As registry names the task of the earlier draw (docs/draw-protocol.md §4). */
const drawnBefore = (label: string): string =>
  [hex('drawId', 'before'), hex('label before', label), '2303002026-N-scj-L01B1-00007-01', 'BARRED'].join(' ')
