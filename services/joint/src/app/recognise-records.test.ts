import { describe, expect, it } from 'vitest'
import type { RegionGroup } from '../domain/sharing.ts'
import type { FindGroups, RecognisedRecord, RecognisedRecords } from './ports.ts'
import { recognisedByPolicy } from './recognise-records.ts'

const group: RegionGroup = {
  id: 'four-coal-cities',
  regions: [
    { regionCode: '230300', alias: 'jixi' },
    { regionCode: '230500', alias: 'shuangyashan' },
    { regionCode: '230400', alias: 'hegang' },
  ],
  aspects: [{ id: 'MUTUAL_RECOGNITION', text: '监管信息互认', enabled: true }],
  recognisedKinds: [{ id: 'CHECK_RESULT' }],
}

const offer = (regionCode: string): RecognisedRecord => ({
  regionCode,
  recordId: 'rec-1',
  groupId: 'of-the-issuer',
  issuingRegionCode: '230400',
  kind: 'CHECK_RESULT',
  objectCode: '91230300MA18B7XQ8Q',
  objectName: '示例企业',
  content: '营业执照规范使用情况的检查：ORDERED_CORRECT',
  issuedAt: '2026-04-20T06:00:00.000Z',
  withdrawn: false,
})

describe('what receivers recognise', () => {
  const kept: RecognisedRecord[] = []
  const store: RecognisedRecords = {
    add: async (records) => void kept.push(...records),
    markWithdrawn: async () => undefined,
    find: async () => [],
  }

  it('XRG-10 keeps the copies of those whose own policy recognises the issuer, under the group it does so by', async () => {
    const groupsOf: Readonly<Record<string, readonly RegionGroup[]>> = { '230300': [group], '230500': [] }
    const asked: string[] = []
    const findGroups: FindGroups = async (regionCode, issuedAt) => {
      asked.push(`${regionCode} ${issuedAt}`)
      return groupsOf[regionCode] ?? []
    }
    await recognisedByPolicy(store, findGroups).add([offer('230300'), offer('230500')], 'hegang')
    expect(kept).toEqual([{ ...offer('230300'), groupId: 'four-coal-cities' }])
    expect(asked).toEqual(['230300 2026-04-20T06:00:00.000Z', '230500 2026-04-20T06:00:00.000Z'])
  })

  it('INT-15 keeps nothing while a receiver’s policy cannot be read: the record waits', async () => {
    kept.length = 0
    const findGroups: FindGroups = async (regionCode) => {
      if (regionCode === '230500') throw new Error('registry is away')
      return [group]
    }
    await expect(recognisedByPolicy(store, findGroups).add([offer('230300'), offer('230500')], 'hegang')).rejects.toThrow('away')
    expect(kept).toEqual([])
  })
})
