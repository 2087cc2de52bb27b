import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { appliesTo, isMapped } from './applicability.ts'
import type { ObjectContent } from './check-object.ts'
import { allTags, givenTags, poolsOf, sourcedTags, unitTagsOf, withRuleTags, withUnitTags } from './tagging.ts'

const bureau = '230300-scj' as UnitId
const brigade = '230300-xfj' as UnitId
const content: ObjectContent = {
  name: '示例饭店',
  kind: 'ENTERPRISE',
  industry: 'H6210',
  regionCode: '230302' as RegionCode,
  address: '',
  tags: ['业态:堂食', '重点对象'],
  status: 'ACTIVE',
}

describe('REG-25 REG-27 tags of an object', () => {
  const tagged = withRuleTags(withUnitTags(content, brigade, ['消防重点', '业态:堂食']), [
    { tag: '业态:堂食', ruleId: 'r1' },
    { tag: '规模:大型', ruleId: 'r2' },
  ])

  it('REG-25 are any number, whoever gave them, each once', () => {
    expect(allTags(tagged)).toEqual(['业态:堂食', '消防重点', '规模:大型', '重点对象'].sort())
    expect(givenTags(tagged)).toEqual(['业态:堂食', '消防重点', '重点对象'].sort())
  })

  it('REG-27 say where each comes from', () => {
    expect(sourcedTags(tagged).find(({ tag }) => tag === '业态:堂食')?.sources).toEqual([
      { from: 'RECORD' },
      { from: 'UNIT', unitId: brigade },
      { from: 'RULE', ruleId: 'r1' },
    ])
    expect(sourcedTags(tagged).find(({ tag }) => tag === '规模:大型')?.sources).toEqual([{ from: 'RULE', ruleId: 'r2' }])
  })

  it('REG-27 of an object that neither unit nor rule tagged, every tag comes with its record', () => {
    expect(sourcedTags(content)).toEqual(['业态:堂食', '重点对象'].sort().map((tag) => ({ tag, sources: [{ from: 'RECORD' }] })))
  })

  it('REG-29 keeps the tags of each unit apart, in whichever order they came', () => {
    const school = '230300-jyj' as UnitId
    const byUnits = withUnitTags(withUnitTags(content, brigade, ['消防重点']), school, ['校园周边'])
    expect(byUnits.unitTags).toEqual([
      { unitId: school, tags: ['校园周边'] },
      { unitId: brigade, tags: ['消防重点'] },
    ])
    expect(withUnitTags(withUnitTags(content, school, ['校园周边']), brigade, ['消防重点'])).toEqual(byUnits)
    expect(withUnitTags(byUnits, brigade, undefined)).toEqual(withUnitTags(content, school, ['校园周边']))
    expect(unitTagsOf(byUnits, school)).toEqual(['校园周边'])
    expect(unitTagsOf(byUnits, brigade)).toEqual(['消防重点'])
  })

  it('REG-29 a unit’s own tags are neither those of another nor those of the record', () => {
    expect(unitTagsOf(content, bureau)).toEqual([])
    expect(unitTagsOf(tagged, bureau)).toEqual([])
    expect(unitTagsOf(withUnitTags(content, bureau, []), bureau)).toEqual([])
  })

  it('REG-29 a unit gives each tag once, and what it gives takes the place of what it gave', () => {
    const given = withUnitTags(content, brigade, ['消防重点', '业态:堂食', '消防重点'])
    expect(unitTagsOf(given, brigade)).toEqual(['业态:堂食', '消防重点'])
    expect(withUnitTags(given, brigade, ['规模:大型']).unitTags).toEqual([{ unitId: brigade, tags: ['规模:大型'] }])
  })

  it('REG-27 a rule that gives no more takes its own tags back and no tag that people gave', () => {
    expect(withRuleTags(tagged, [])).toEqual(withUnitTags(content, brigade, ['消防重点', '业态:堂食']))
    expect(withRuleTags(content, [])).toEqual(content)
  })

  it('REG-27 what rules give now takes the place of what they gave before', () => {
    const now = [{ tag: '规模:小型', ruleId: 'r2' }]
    expect(withRuleTags(tagged, now)).toEqual({ ...tagged, ruleTags: now })
  })

  it('REG-28 items go by all of them, and by none once the object has left the pool', () => {
    const applicability = { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: ['规模:大型'] } as const
    expect(appliesTo(applicability, content)).toBe(false)
    expect(isMapped(applicability, tagged)).toBe(true)
    expect(isMapped(applicability, { ...tagged, status: 'REVOKED' })).toBe(false)
  })

  it('REG-29 an object is in the pool of its owner and of every unit that tagged it, even with no tag', () => {
    expect(poolsOf({ unitId: bureau }, content)).toEqual([bureau])
    const taken = withUnitTags(content, brigade, [])
    expect(poolsOf({ unitId: bureau }, taken)).toEqual([bureau, brigade])
    expect(withUnitTags(taken, brigade, undefined)).toEqual(content)
  })
})
