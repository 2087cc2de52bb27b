import type { MatchInput, ObjectNeeds } from '@dual-random/draw'
import { describe, expect, it } from 'vitest'
import { auditNeedsTogether } from './audit-matching.ts'
import type { Audited, CityPool } from './audit-pool.ts'

const region = '230300'
const [object, plain] = ['a'.repeat(64), 'b'.repeat(64)]
const asks = (label: string, ...specialities: string[]): ObjectNeeds => ({ label, specialities, recusals: [], lastInspectors: [] })
const unit = (unitId: string, objects: readonly ObjectNeeds[], more: Partial<MatchInput> = {}) =>
  ({ unitId, objects, ...more }) as unknown as MatchInput
/** One object that food and fire items fit, one that asks for nothing. */
const pool = (excluded = false): CityPool =>
  ({
    regionCode: region,
    roster: [
      { label: object, excluded },
      { label: plain, excluded: false },
    ],
    asked: [
      { label: object, needs: ['fire', 'food'], file: 'objects.ndjson', where: 'line 1 /needs' },
      { label: plain, needs: [], file: 'objects.ndjson', where: 'line 2 /needs' },
    ],
  }) as unknown as CityPool
const found = (inputs: readonly MatchInput[], of = pool()) =>
  [...auditNeedsTogether({ commitment: { regionCode: region } } as Audited, [of], inputs, (unitId) => `${unitId}.ndjson`)].map(
    (finding) => `${finding.code} ${finding.file} ${finding.where}`,
  )

describe('what objects ask of the units that check them together', () => {
  const missing = ['label-missing objects.ndjson line 1 /needs']

  it('DRW-30 is asked by each unit for its own items, and all of it by one or another', () => {
    expect(found([unit('market', [asks(object, 'food')]), unit('fire', [asks(object, 'fire')])])).toEqual([])
    expect(found([unit('market', [asks(object, 'fire', 'food')]), unit('fire', [])])).toEqual([])
    expect(found([unit('market', [asks(object, 'food')]), unit('fire', [])])).toEqual(missing)
    expect(found([unit('market', [])])).toEqual(missing)
    expect(found([unit('market', [])], pool(true))).toEqual([])
  })

  it('DRW-26 is asked by units that match in its city, wherever they are at home', () => {
    const elsewhere = { cities: { own: '230400', of: ['230400'] } }
    expect(found([unit('market', [asks(object, 'food', 'fire')], elsewhere)])).toEqual(missing)
    expect(found([unit('market', [asks(object, 'food', 'fire')], { cities: { own: '230400', of: ['230400', region] } })])).toEqual([])
  })

  it('DRW-30 says nothing of a re-match, in which units have lines for their own objects alone', () => {
    expect(found([unit('market', [], { rematch: true })])).toEqual([])
  })
})
