import type { Instant, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { CheckItem } from './check-item.ts'
import type { CheckObject, ObjectContent, ObjectStatus } from './check-object.ts'
import { inactiveExclusion, memberOf, neededSpecialities } from './mapped-set.ts'
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
