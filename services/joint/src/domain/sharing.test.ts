import { describe, expect, it } from 'vitest'
import { type RegionGroup, type SharedRecord, sharingOf, withdraw } from './sharing.ts'

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
    expect(sharingOf([group], '230400', 'CHECK_RESULT')).toEqual({
      groupId: 'four-coal-cities',
      alias: 'hegang',
      receivers: ['230300', '230500', '230900'],
    })
  })

  it('XRG-01 shares nothing of a region outside the group', () => {
    expect(sharingOf([group], '230200', 'CHECK_RESULT')).toBeUndefined()
  })

  it('XRG-01 sends one record to the members of all groups a region is in, each once', () => {
    const border = { ...group, id: 'border', regions: group.regions.slice(0, 1).concat({ regionCode: '231000', alias: 'mudanjiang' }) }
    expect(sharingOf([group, border], '230300', 'CHECK_RESULT')).toEqual({
      groupId: 'four-coal-cities',
      alias: 'jixi',
      receivers: ['230500', '230900', '230400', '231000'],
    })
    const alone = { ...group, regions: group.regions.slice(0, 1) }
    expect(sharingOf([alone], '230300', 'CHECK_RESULT')).toBeUndefined()
  })

  it('XRG-03 shares nothing while recognition is switched off', () => {
    const off = { ...group, aspects: [{ id: 'MUTUAL_RECOGNITION', enabled: false }] }
    expect(sharingOf([off], '230400', 'CHECK_RESULT')).toBeUndefined()
  })

  it('XRG-06 shares only the kinds the group recognises', () => {
    expect(sharingOf([group], '230400', 'CREDIT_REPAIR')).toBeUndefined()
  })

  it('XRG-07 withdraws a record once', () => {
    const record = { recordId: 'rec-1' } as SharedRecord
    const gone = withdraw(record, '信用修复', '2026-05-01T00:00:00.000Z')
    expect(gone?.withdrawn).toEqual({ reason: '信用修复', at: '2026-05-01T00:00:00.000Z' })
    expect(gone && withdraw(gone, '再次', '2026-05-02T00:00:00.000Z')).toBeUndefined()
  })
})
