import type { Instant, ItemCode, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { CheckItem } from '../domain/check-item.ts'
import type { CheckItemList } from '../domain/check-item-list.ts'
import type { ObjectContent } from '../domain/check-object.ts'
import type { TagRule, TagRuleContent } from '../domain/tag-rule.ts'
import type { RuleTag } from '../domain/tagging.ts'
import { type Timeline, withVersion } from '../domain/versions.ts'
import type { CheckItemLists, TagRules, Units } from './ports.ts'
import { type TaggedWriter, taggedWriter } from './tagging.ts'

const now = '2026-03-02T01:00:00.000Z' as Instant
const regionCode = '230300' as RegionCode
const unitId = '230300-scj' as UnitId
const content: ObjectContent = {
  name: '网络饭店',
  kind: 'ENTERPRISE',
  industry: 'H6210',
  regionCode,
  address: '',
  tags: [],
  status: 'ACTIVE',
}
const list: CheckItemList = {
  listId: 'list',
  regionCode,
  unitId,
  businessLine: '市场监管',
  versions: [
    {
      number: 1,
      effectiveFrom: '2026-01-01' as LocalDate,
      trigger: null,
      triggerNote: null,
      publishedAt: now,
      load: '',
      importId: '',
      items: [{ code: 'WC-01' as ItemCode } as CheckItem],
    },
  ],
}

describe('writing under the rules of the moment', () => {
  let timeline: Timeline<TagRuleContent>
  let looks: number
  let given: (readonly RuleTag[])[]
  let meanwhile: (() => void)[]
  let write: TaggedWriter

  const ruleSays = (tag: string): void => {
    const condition = { kinds: [], industryPrefixes: [], nameContains: ['网络'], tags: [] }
    timeline = withVersion(timeline, now, { load: '', importId: '' }, { itemCode: 'WC-01' as ItemCode, tag, condition, status: 'ACTIVE' })
  }
  const batch = () =>
    write((retag) => {
      given.push(retag(unitId, content).ruleTags ?? [])
      return []
    })

  beforeEach(() => {
    timeline = []
    looks = 0
    given = []
    meanwhile = []
    ruleSays('旧')
    const tagRules = {
      all: async (): Promise<readonly TagRule[]> => {
        looks += 1
        return [{ ruleId: 'r1', unitId, regionCode, timeline }]
      },
    } as TagRules
    const checkItemLists = { all: async () => [list] as readonly CheckItemList[] } as CheckItemLists
    const units = { inRegion: async () => [] } as unknown as Units
    write = taggedWriter({ tagRules, checkItemLists, units, clock: () => now }, async () => {
      meanwhile.shift()?.()
      return []
    })
  })

  it('REG-27 does a batch again whose rules changed while it was written', async () => {
    meanwhile = [() => ruleSays('新')]
    await batch()
    expect(given).toEqual([[{ tag: '旧', ruleId: 'r1' }], [{ tag: '新', ruleId: 'r1' }]])
  })

  it('REG-27 looks once after each batch, and finds what changed between two', async () => {
    await batch()
    await batch()
    expect(looks).toBe(3)
    ruleSays('新')
    await batch()
    expect(given.map(([tag]) => tag?.tag)).toEqual(['旧', '旧', '旧', '新'])
  })

  it('REG-27 does each of the batches under way beside each other again', async () => {
    meanwhile = [() => ruleSays('新')]
    await Promise.all([batch(), batch(), batch()])
    expect(given.map(([tag]) => tag?.tag).sort()).toEqual(['新', '新', '新', '旧', '旧', '旧'].sort())
  })
})
