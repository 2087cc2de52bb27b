import type { BlindedEntity, MatchInput, MatchInspector } from '@dual-random/draw'
import type { LocalDate } from '@dual-random/kernel'

/** What sets each inspector of the example apart: half of the ten are candidates, each of the others falls to another filter. */
const staff: readonly Partial<Omit<MatchInspector, 'id' | 'salt' | 'label'>>[] = [
  {},
  { validTo: '2026-06-29' as LocalDate },
  { load: 3 },
  { specialities: [] },
  {},
  { available: false },
  { load: 2 },
  {},
  { validTo: '2026-06-30' as LocalDate },
  { homeKind: 'OFFICE', homeUnitId: 'bureau-230300' },
]
const whoChecksLast = 'inspector-4'
const whoIsRecused = 'inspector-7'

/** The bureau's file of the example: two named stations, a cap and a last inspector that policy would rather pass over, a recusal at every object with a line. */
export function exampleMatchInput(plain: MatchInput, blind: (id: string) => BlindedEntity): MatchInput {
  return {
    ...plain,
    selection: { mode: 'MULTI_STATION', ground: 'GEOGRAPHY', offices: false, stations: ['station-1', 'station-2'], paired: false },
    loadCap: { cap: 3, rule: 'prefer' },
    lastInspector: 'prefer',
    inspectors: staff.map((one, index) => ({
      ...blind(`inspector-${index}`),
      homeKind: 'STATION',
      homeUnitId: `station-${1 + (index % 2)}`,
      specialities: ['food'],
      validTo: '2027-12-31' as LocalDate,
      available: true,
      load: 0,
      ...one,
    })),
    objects: plain.objects.map((needs) => ({
      ...needs,
      recusals: [{ inspector: blind(whoIsRecused).label, ground: 'RELATIVE' }],
      lastInspectors: [blind(whoChecksLast).label],
    })),
  }
}
