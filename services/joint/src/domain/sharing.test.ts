import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { decidingDate, type RegionGroup, recognisingGroup, type SharedRecord, sharingOf, withdraw } from './sharing.ts'

const aspects = (off: readonly string[] = []) =>
  [
    { id: 'INFORMATION_SHARING', text: '监管信息共享' },
    { id: 'UNIFIED_RULES', text: '监管规则统一' },
    { id: 'MUTUAL_RECOGNITION', text: '监管信息互认' },
  ].map((aspect) => ({ ...aspect, enabled: !off.includes(aspect.id) }))

const sevenKinds = [
  'ABNORMAL_LIST',
  'SERIOUS_VIOLATION_LIST',
  'CHECK_RESULT',
  'CREDIT_RISK_GRADE',
  'JOINT_PUNISHMENT',
  'CREDIT_REPAIR',
  'CREDIT_INCENTIVE',
] as const

const group: RegionGroup = {
  id: 'four-coal-cities',
  regions: [
    { regionCode: '230300', alias: 'jixi' },
    { regionCode: '230500', alias: 'shuangyashan' },
    { regionCode: '230900', alias: 'qitaihe' },
    { regionCode: '230400', alias: 'hegang' },
  ],
  aspects: aspects(),
  recognisedKinds: sevenKinds.map((id) => ({ id })),
}
const border: RegionGroup = {
  ...group,
  id: 'border',
  regions: [
    { regionCode: '230300', alias: 'jixi' },
    { regionCode: '231000', alias: 'mudanjiang' },
  ],
}
const without = (regionCode: string): RegionGroup => ({ ...group, regions: group.regions.filter((each) => each.regionCode !== regionCode) })

describe('sharing in a group of regions', () => {
  it('XRG-01 sends a member’s record to the other members', () => {
    expect(sharingOf([group], '230400', 'CHECK_RESULT')).toEqual({
      groupId: 'four-coal-cities',
      alias: 'hegang',
      purpose: '监管信息互认',
      receivers: ['230300', '230500', '230900'],
    })
  })

  it('XRG-01 shares with a city that has joined, and no longer with one that has left', () => {
    const joined = { ...group, regions: [...group.regions, { regionCode: '230700', alias: 'yichun' }] }
    expect(sharingOf([joined], '230400', 'CHECK_RESULT')?.receivers).toEqual(['230300', '230500', '230900', '230700'])
    expect(sharingOf([joined], '230700', 'CHECK_RESULT')).toMatchObject({
      alias: 'yichun',
      receivers: ['230300', '230500', '230900', '230400'],
    })
    expect(sharingOf([without('230900')], '230400', 'CHECK_RESULT')?.receivers).toEqual(['230300', '230500'])
    expect(sharingOf([without('230900')], '230900', 'CHECK_RESULT')).toBeUndefined()
  })

  it('XRG-01 shares nothing of a region outside the group, in no group, or alone in one', () => {
    expect(sharingOf([group], '230200', 'CHECK_RESULT')).toBeUndefined()
    expect(sharingOf([], '230300', 'CHECK_RESULT')).toBeUndefined()
    expect(sharingOf([{ ...group, regions: group.regions.slice(0, 1) }], '230300', 'CHECK_RESULT')).toBeUndefined()
  })

  it('XRG-01 sends one record to the members of all groups a region is in, each once', () => {
    expect(sharingOf([group, border], '230300', 'CHECK_RESULT')).toEqual({
      groupId: 'four-coal-cities',
      alias: 'jixi',
      purpose: '监管信息互认',
      receivers: ['230500', '230900', '230400', '231000'],
    })
  })

  it('XRG-03 shares nothing while recognition is switched off, whatever the other two aspects are', () => {
    expect(sharingOf([{ ...group, aspects: aspects(['MUTUAL_RECOGNITION']) }], '230400', 'CHECK_RESULT')).toBeUndefined()
    expect(sharingOf([{ ...group, aspects: [] }], '230400', 'CHECK_RESULT')).toBeUndefined()
    const others = { ...group, aspects: aspects(['INFORMATION_SHARING', 'UNIFIED_RULES']) }
    expect(sharingOf([others], '230400', 'CHECK_RESULT')).toEqual(sharingOf([group], '230400', 'CHECK_RESULT'))
  })

  it('XRG-03 is switched per group', () => {
    const off = { ...group, aspects: aspects(['MUTUAL_RECOGNITION']) }
    expect(sharingOf([off, border], '230300', 'CHECK_RESULT')).toMatchObject({ groupId: 'border', receivers: ['231000'] })
  })

  it.each(sevenKinds)('XRG-06 shares %s where the group recognises it, and not where it does not', (kind) => {
    expect(sharingOf([group], '230400', kind)?.receivers).toHaveLength(3)
    const others = { ...group, recognisedKinds: group.recognisedKinds.filter(({ id }) => id !== kind) }
    expect(sharingOf([others], '230400', kind)).toBeUndefined()
  })

  it('SEC-10 names the purpose in the words of the policy', () => {
    const renamed = { ...group, aspects: group.aspects.map((aspect) => ({ ...aspect, text: `${aspect.text}（试点）` })) }
    expect(sharingOf([renamed], '230400', 'CHECK_RESULT')?.purpose).toBe('监管信息互认（试点）')
  })

  it('XRG-07 withdraws a record once', () => {
    const record = { recordId: 'rec-1' } as SharedRecord
    const gone = withdraw(record, '信用修复', '2026-05-01T00:00:00.000Z')
    expect(gone?.withdrawn).toEqual({ reason: '信用修复', at: '2026-05-01T00:00:00.000Z' })
    expect(gone && withdraw(gone, '再次', '2026-05-02T00:00:00.000Z')).toBeUndefined()
  })
})

describe('recognising what another region shares', () => {
  const offered = { regionCode: '230300', issuingRegionCode: '230400', kind: 'CHECK_RESULT', alias: 'hegang' }

  it('XRG-01 recognises a record of another member, by the group both are in', () => {
    expect(recognisingGroup([group], offered)?.id).toBe('four-coal-cities')
    expect(recognisingGroup([without('230400'), border], { ...offered, issuingRegionCode: '231000', alias: 'mudanjiang' })?.id).toBe(
      'border',
    )
  })

  it('XRG-10 recognises nothing in a region that has left, nor of one that has', () => {
    expect(recognisingGroup([], offered)).toBeUndefined()
    expect(recognisingGroup([without('230300')], offered)).toBeUndefined()
    expect(recognisingGroup([without('230400')], offered)).toBeUndefined()
  })

  it('XRG-03 recognises nothing while the receiver has recognition switched off', () => {
    expect(recognisingGroup([{ ...group, aspects: aspects(['MUTUAL_RECOGNITION']) }], offered)).toBeUndefined()
    expect(recognisingGroup([{ ...group, aspects: aspects(['INFORMATION_SHARING', 'UNIFIED_RULES']) }], offered)).toBeDefined()
  })

  it('XRG-06 recognises only the kinds of the receiver’s policy', () => {
    expect(recognisingGroup([{ ...group, recognisedKinds: [{ id: 'CREDIT_REPAIR' }] }], offered)).toBeUndefined()
    expect(recognisingGroup([group], { ...offered, kind: 'RUMOUR' })).toBeUndefined()
  })

  it('XRG-07 recognises a record only from the topic of the region it names as its issuer', () => {
    expect(recognisingGroup([group], { ...offered, alias: 'qitaihe' })).toBeUndefined()
    expect(recognisingGroup([group], { ...offered, issuingRegionCode: '230900' })).toBeUndefined()
  })

  it('XRG-07 ignores a region’s own record that comes back to it, whatever topic brings it', () => {
    for (const alias of ['jixi', 'hegang']) {
      expect(recognisingGroup([group], { ...offered, issuingRegionCode: '230300', alias })).toBeUndefined()
    }
  })
})

describe('the day whose policy decides', () => {
  const issued = '2026-04-20T06:00:00.000Z' as Instant

  it('XRG-10 is today for what was issued before, so that a region that has stopped sharing has stopped at once', () => {
    expect(decidingDate(issued, '2026-04-20T15:59:59.999Z' as Instant)).toBe('2026-04-20')
    expect(decidingDate(issued, '2026-04-20T16:00:00.000Z' as Instant)).toBe('2026-04-21')
  })

  it('XRG-10 is the day of issue where the issuer’s clock is ahead', () => {
    expect(decidingDate(issued, '2026-04-19T15:59:59.999Z' as Instant)).toBe('2026-04-20')
  })
})
