import type { Instant, LocalDate, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { CheckItem } from './check-item.ts'
import type { CheckObject, ObjectContent, ObjectStatus } from './check-object.ts'
import type { DrawScope } from './draw-scope.ts'
import { inactiveExclusion, memberOf, neededSpecialities, regimeEffect } from './mapped-set.ts'
import type { Membership } from './regime.ts'
import { type Timeline, withVersion } from './versions.ts'

const item = (code: string, industry: string, specialities: readonly string[] = []): CheckItem =>
  checkItem(code, { specialities, applicability: { kinds: ['ENTERPRISE'], industryPrefixes: [industry], tags: [] } })

const content: ObjectContent = {
  name: '示例',
  kind: 'ENTERPRISE',
  industry: 'H6210',
  regionCode: '230302' as RegionCode,
  address: '',
  tags: [],
  status: 'ACTIVE',
}

type Step = readonly [string, ObjectStatus]

const objectOf = (...steps: readonly Step[]): CheckObject => ({
  objectId: 'ab'.repeat(16) as ObjectId,
  objectCode: 'code',
  unitId: '230300-scj' as UnitId,
  timeline: steps.reduce<Timeline<ObjectContent>>(
    (timeline, [at, status]) => withVersion(timeline, at as Instant, { load: `file ${status}`, importId: 'i' }, { ...content, status }),
    [],
  ),
})

const mapping = (changes: { readonly regionCode?: string; readonly items?: readonly CheckItem[]; readonly asOf?: string } = {}) => ({
  regionCode: (changes.regionCode ?? '230300') as RegionCode,
  items: changes.items ?? [item('A', 'H'), item('B', 'F')],
  asOf: (changes.asOf ?? '2026-03-02T01:00:00.000Z') as Instant,
})

describe('mapped set', () => {
  const active = objectOf(['2025-06-01T00:00:00.000Z', 'ACTIVE'])

  it('REG-28 holds what any of the items fits, with the items that fit', () => {
    expect(memberOf(active, mapping())?.items.map(({ code }) => code)).toEqual(['A'])
    expect(memberOf(active, mapping({ items: [item('B', 'F')] }))).toBeUndefined()
    const both = mapping({ items: [item('A', 'H'), item('B', 'F'), item('C', 'H62')] })
    expect(memberOf(active, both)?.items.map(({ code }) => code)).toEqual(['A', 'C'])
  })

  it('TGT-09 a targeted draw is narrowed to its industries and to its regions, each to whatever lies below it', () => {
    const scope = (industryPrefixes: readonly string[], regionCodes: readonly string[]) => ({
      ...mapping(),
      scope: { industryPrefixes, regionCodes: regionCodes as readonly RegionCode[] },
    })
    const isIn = (industryPrefixes: readonly string[], regionCodes: readonly string[]) =>
      memberOf(active, scope(industryPrefixes, regionCodes)) !== undefined
    expect([isIn([], []), isIn(['H62'], []), isIn(['H6210'], []), isIn(['R89', 'H'], [])]).toEqual([true, true, true, true])
    expect([isIn(['H61'], []), isIn(['H62101'], [])]).toEqual([false, false])
    expect([isIn([], ['230302']), isIn([], ['230303', '230302']), isIn([], ['230300']), isIn([], ['230303'])]).toEqual([
      true,
      true,
      true,
      false,
    ])
    expect([isIn(['H62'], ['230303']), isIn(['R89'], ['230302'])]).toEqual([false, false])
    // What no item fits is not drawn for, however the scope is set.
    expect(memberOf(active, { ...scope(['H62'], []), items: [item('B', 'F')] })).toBeUndefined()
  })

  it('PLN-13 a plan line is narrowed to its kinds and tags as well: every list that is not empty takes the object in', () => {
    const tagged: CheckObject = {
      ...active,
      timeline: active.timeline.map((version) => ({
        ...version,
        content: { ...version.content, unitTags: [{ unitId: active.unitId, tags: ['星级饭店'] }] },
      })),
    }
    const isIn = (object: CheckObject, scope: Partial<DrawScope>) =>
      memberOf(object, { ...mapping(), scope: { industryPrefixes: [], regionCodes: [], ...scope } }) !== undefined
    expect([isIn(tagged, { tags: ['星级饭店'] }), isIn(active, { tags: ['星级饭店'] }), isIn(tagged, { tags: ['冷链'] })]).toEqual([
      true,
      false,
      false,
    ])
    expect([isIn(active, { kinds: ['ENTERPRISE'] }), isIn(active, { kinds: ['PRODUCT', 'PROJECT'] })]).toEqual([true, false])
    expect([
      isIn(tagged, { kinds: ['ENTERPRISE'], tags: ['星级饭店', '冷链'] }),
      isIn(tagged, { kinds: ['PRODUCT'], tags: ['星级饭店'] }),
    ]).toEqual([true, false])
  })

  it('REG-28 goes by the kinds and tags of an item as well', () => {
    const withTag = (tag: string, kind: 'ENTERPRISE' | 'PRODUCT' = 'ENTERPRISE'): CheckItem => ({
      ...item(tag, 'F'),
      applicability: { kinds: [kind], industryPrefixes: [], tags: [tag] },
    })
    const pool: CheckObject = {
      ...active,
      timeline: active.timeline.map((version) => ({ ...version, content: { ...version.content, tags: ['业态:游泳场馆'] } })),
    }
    const items = [withTag('业态:游泳场馆'), withTag('业态:预付卡'), withTag('业态:游泳场馆', 'PRODUCT')]
    expect(memberOf(pool, mapping({ items }))?.items).toEqual([items[0]])
    expect(memberOf(active, mapping({ items }))).toBeUndefined()
  })

  it('SEC-02 holds the region and below', () => {
    expect(memberOf(active, mapping({ regionCode: '230302' }))).toBeDefined()
    expect(memberOf(active, mapping({ regionCode: '230000' }))).toBeDefined()
    expect(memberOf(active, mapping({ regionCode: '230303' }))).toBeUndefined()
  })

  it('knows an object from the first instant of its first version', () => {
    expect(memberOf(active, mapping({ asOf: '2025-05-31T23:59:59.999Z' }))).toBeUndefined()
    expect(memberOf(active, mapping({ asOf: '2025-06-01T00:00:00.000Z' }))).toBeDefined()
  })

  it('REG-30 who left this year is a member, excluded with the ground; who left before the year began in China is none', () => {
    const leftThisYear = objectOf(['2025-06-01T00:00:00.000Z', 'ACTIVE'], ['2025-12-31T16:00:00.001Z', 'DEREGISTERED'])
    const member = memberOf(leftThisYear, mapping())
    expect(member && inactiveExclusion(member)).toEqual({ ground: 'NOT_ACTIVE', evidence: 'DEREGISTERED file DEREGISTERED' })
    const leftBefore = objectOf(['2025-06-01T00:00:00.000Z', 'ACTIVE'], ['2025-12-31T16:00:00.000Z', 'DEREGISTERED'])
    expect(memberOf(leftBefore, mapping())).toBeUndefined()
    expect(memberOf(objectOf(['2026-01-05T00:00:00.000Z', 'REVOKED']), mapping())).toBeUndefined()
  })

  it('REG-30 who becomes active after the instant was not active in its year', () => {
    const later = objectOf(['2025-06-01T00:00:00.000Z', 'REVOKED'], ['2026-03-02T01:00:00.001Z', 'ACTIVE'])
    expect(memberOf(later, mapping())).toBeUndefined()
    expect(memberOf(later, mapping({ asOf: '2026-03-02T01:00:00.001Z' }))).toBeDefined()
  })

  it('REG-30 who came back is not excluded', () => {
    const back = objectOf(
      ['2025-06-01T00:00:00.000Z', 'ACTIVE'],
      ['2026-01-05T00:00:00.000Z', 'REVOKED'],
      ['2026-02-05T00:00:00.000Z', 'ACTIVE'],
    )
    const member = memberOf(back, mapping())
    expect(member && inactiveExclusion(member)).toBeUndefined()
  })

  it('needs every speciality that one of its items asks for, each once', () => {
    expect(neededSpecialities([item('A', 'H', ['食品', '计量']), item('B', 'H', ['食品'])])).toEqual(['计量', '食品'].sort())
  })
})

describe('special regimes in a draw', () => {
  const entry = { on: '2026-03-01' as LocalDate, reason: '', by: 'li', at: '2026-03-01T00:00:00.000Z' as Instant, load: 'ab' }
  const listed: Membership = { kind: 'WHITE_LIST', membershipId: 'w', entry, alliance: '广告产业信用同盟' }
  const tolerancePeriod = { start: entry.on, end: '2027-03-01' as LocalDate }
  const sandbox: Membership = { kind: 'SANDBOX', membershipId: 's', entry, innovations: ['NEW_MODEL'], tolerancePeriod }
  const ownRatio = { effect: 'OWN_RATIO', ratio: { numerator: 1, denominator: 100 } } as const

  it('TGT-18 DRW-22 a sandbox object is left out, with the days of its tolerance period as evidence and no instant of this system', () => {
    const evidence = '2026-03-01/2027-03-01 ab'
    const left = { effect: 'EXCLUDED', exclusion: { ground: 'SANDBOX', evidence }, load: 'ab' }
    expect(regimeEffect([sandbox], { hasSandbox: true, whiteList: undefined })).toEqual(left)
    expect(regimeEffect([listed, sandbox], { hasSandbox: true, whiteList: ownRatio })).toEqual(left)
  })

  it('TGT-20 DRW-22 a white-list member has a stratum of its own where policy has a ratio, and is left out where it has none', () => {
    expect(regimeEffect([listed], { hasSandbox: true, whiteList: ownRatio })).toEqual({ effect: 'OWN_STRATUM', load: 'ab' })
    expect(regimeEffect([listed], { hasSandbox: true, whiteList: { effect: 'LEFT_OUT' } })).toEqual({
      effect: 'EXCLUDED',
      exclusion: { ground: 'WHITE_LIST', evidence: '2026-03-01 ab' },
      load: 'ab',
    })
  })

  it('POL-01 a regime that the policy in force does not have means nothing', () => {
    expect(regimeEffect([sandbox], { hasSandbox: false, whiteList: ownRatio })).toBeUndefined()
    expect(regimeEffect([listed], { hasSandbox: true, whiteList: undefined })).toBeUndefined()
    expect(regimeEffect([], { hasSandbox: true, whiteList: ownRatio })).toBeUndefined()
  })
})
