import { describe, expect, it } from 'vitest'
import { code, item, lineContext, lineInput, scj } from '../../tests/support/lines.ts'
import { wholeScope } from '../domain/object-scope.ts'
import { scopeWordsProblems } from './scope-words.ts'

const hotels = item('G1', { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: ['业态:星级饭店', '业态:民宿'] } })
const context = lineContext({ items: new Map([[hotels.code as string, hotels]]) })
const problems = (members: Parameters<typeof lineInput>[0]) => scopeWordsProblems(lineInput(members), context)

describe('the words for its objects of a line that somebody enters', () => {
  it('PLN-13 are asked about where they do not plainly mean all that the items apply to, with what they may mean', () => {
    expect(problems({ objectScope: '城区星级饭店' })).toEqual([
      {
        code: 'object-scope-unclear',
        pointer: '/objectScope',
        objectScope: '城区星级饭店',
        proposed: '事项的全部对象 | 标签：业态:星级饭店',
      },
    ])
  })

  it.each(['全市企业', '抽查对象', '事项适用的全部对象'])('PLN-13 may mean all of them: %s', (objectScope) => {
    expect(problems({ objectScope })).toEqual([])
  })

  it('PLN-13 are said by a scope, whole or narrower, and need not be there', () => {
    expect(problems({ objectScope: '城区星级饭店', scope: wholeScope })).toEqual([])
    expect(problems({ objectScope: '城区星级饭店', scope: { ...wholeScope, tags: ['业态:星级饭店'] } })).toEqual([])
    expect(problems({})).toEqual([])
  })

  it('PLN-13 are held against the items wherever these stand, and not before all of them are known', () => {
    const { itemCodes: _codes, ...rest } = lineInput({ objectScope: '星级饭店' })
    const ofUnits = (itemCode: string) => scopeWordsProblems({ ...rest, units: [{ unitId: scj, itemCodes: [code(itemCode)] }] }, context)
    expect(ofUnits('G1').map((problem) => problem.code)).toEqual(['object-scope-unclear'])
    expect(ofUnits('X9')).toEqual([])
    expect(problems({ objectScope: '星级饭店', itemCodes: [hotels.code, code('X9')] })).toEqual([])
  })
})
