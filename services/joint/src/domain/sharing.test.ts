import { describe, expect, it } from 'vitest'
import { type RegionGroup, type SharedRecord, sharingsOf, withdraw } from './sharing.ts'

const group: RegionGroup = {
  id: 'four-coal-cities',
  regions: [
    { regionCode: '230300', alias: 'jixi' },
    { regionCode: '230500', alias: 'shuangyashan' },
    { regionCode: '230900', alias: 'qitaihe' },
    { regionCode: '230400', alias: 'hegang' },
  ],
  aspects: [{ id: 'MUTUAL_RECOGNITION', enabled: true }],
  recognisedKinds: [{ id: 'CHECK_RESULT' }],
}

describe('sharing in a group of regions', () => {
  it('XRG-01 sends a member’s record to the other members', () => {
    expect(sharingsOf([group], '230400', 'CHECK_RESULT')).toEqual([
      { groupId: 'four-coal-cities', alias: 'hegang', receivers: ['230300', '230500', '230900'] },
    ])
  })

  it('XRG-01 shares nothing of a region outside the group', () => {
    expect(sharingsOf([group], '230200', 'CHECK_RESULT')).toEqual([])
  })

  it('XRG-03 shares nothing while recognition is switched off', () => {
    const off = { ...group, aspects: [{ id: 'MUTUAL_RECOGNITION', enabled: false }] }
    expect(sharingsOf([off], '230400', 'CHECK_RESULT')).toEqual([])
  })

  it('XRG-06 shares only the kinds the group recognises', () => {
    expect(sharingsOf([group], '230400', 'CREDIT_REPAIR')).toEqual([])
  })

  it('XRG-07 withdraws a record once', () => {
    const record = { recordId: 'rec-1' } as SharedRecord
    const gone = withdraw(record, '信用修复', '2026-05-01T00:00:00.000Z')
    expect(gone?.withdrawn).toEqual({ reason: '信用修复', at: '2026-05-01T00:00:00.000Z' })
    expect(gone && withdraw(gone, '再次', '2026-05-02T00:00:00.000Z')).toBeUndefined()
  })
})
