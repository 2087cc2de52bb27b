import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type Applicability, appliesTo } from './applicability.ts'
import type { ObjectContent } from './check-object.ts'

const restaurant: ObjectContent = {
  name: '示例',
  kind: 'ENTERPRISE',
  industry: 'H6210',
  regionCode: '230302' as RegionCode,
  address: '',
  tags: ['业态:网络餐饮', '重点对象'],
  status: 'ACTIVE',
}
const applicability = (changes: Partial<Applicability>): Applicability => ({
  kinds: ['ENTERPRISE'],
  industryPrefixes: [],
  tags: [],
  ...changes,
})

describe('REG-28 an item applies', () => {
  it.each([
    ['to every object of its kinds when it names no industry and no tag', {}, true],
    ['to no other kind', { kinds: ['INDIVIDUAL_BUSINESS'] }, false],
    ['to an industry below the one it names', { industryPrefixes: ['H62'] }, true],
    ['to the very industry it names', { industryPrefixes: ['H6210'] }, true],
    ['not to a neighbour', { industryPrefixes: ['H6220'] }, false],
    ['not to an industry above the one it names', { industryPrefixes: ['H62101'] }, false],
    ['by tag though the industry differs', { industryPrefixes: ['F52'], tags: ['业态:网络餐饮'] }, true],
    ['by any of its tags, whichever others the object bears', { tags: ['规模:大型', '业态:网络餐饮'] }, true],
    ['not when neither industry nor tag fits', { industryPrefixes: ['F52'], tags: ['规模:大型'] }, false],
  ] as const)('%s', (_name, changes, expected) => {
    expect(appliesTo(applicability(changes as Partial<Applicability>), restaurant)).toBe(expected)
  })

  it('not to an object without industry when it names one', () => {
    expect(appliesTo(applicability({ industryPrefixes: ['H'] }), { ...restaurant, industry: '' })).toBe(false)
  })
})
