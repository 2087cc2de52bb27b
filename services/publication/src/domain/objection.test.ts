import type { RegionCode, UnitId } from '@dual-random/kernel'
import { given } from '@dual-random/testkit'
import { describe, it } from 'vitest'
import { at } from '../../tests/support/records.ts'
import { decideObjection, type Objection, type ObjectionId } from './objection.ts'
import type { PublicationId } from './publication.ts'

const objection: Objection = {
  objectionId: 'obj-1' as ObjectionId,
  publicationId: 'pub-r1' as PublicationId,
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
  text: '公示的检查日期有误',
  filedAt: at('2026-05-01T02:00:00.000Z'),
}
const decision = { outcome: 'UPHELD' as const, explanation: '经核实有误', by: 'li.si', at: at('2026-05-06T02:00:00.000Z') }

describe('an objection', () => {
  it('PUB-28 is logged with its outcome, once', () => {
    given(objection)
      .when((filed) => decideObjection(filed, decision))
      .outcome({ decision })
    const decided = given({ ...objection, decision })
    decided
      .when((settled) => decideObjection(settled, { ...decision, outcome: 'REJECTED' }))
      .refusal({ code: 'objection-decided', outcome: 'UPHELD' })
  })

  it('is not decided twice the same way', ({ expect }) => {
    expect(decideObjection({ ...objection, decision }, decision)).toEqual({ ok: true, value: undefined })
  })
})
