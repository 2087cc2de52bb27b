import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { CheckItemList } from './check-item-list.ts'
import { recordPublication, unpublishedChannels } from './list-publication.ts'

const at = '2026-01-02T00:00:00.000Z' as Instant
const list: CheckItemList = {
  listId: 'list-1',
  regionCode: '310000' as RegionCode,
  unitId: '310000-scj' as UnitId,
  businessLine: '市场监管',
  versions: [
    {
      number: 1,
      effectiveFrom: '2026-01-01' as LocalDate,
      trigger: null,
      triggerNote: null,
      publishedAt: at,
      load: 'd',
      importId: 'i',
      items: [checkItem('A')],
    },
  ],
}
const publication = { channel: 'PUBLICITY_SYSTEM', at, by: 'li', reference: 'https://www.gsxt.gov.cn/' }
const channels = ['PUBLICITY_SYSTEM', 'RELATED_WEBSITES']

describe('publication of a list', () => {
  it('REG-12 records each channel of a version, and of that version alone', () => {
    const twoVersions = { ...list, versions: list.versions.flatMap((each) => [each, { ...each, number: 2 }]) }
    const website = { ...publication, channel: 'RELATED_WEBSITES' }
    const once = recordPublication(twoVersions, 1, publication, channels)
    const twice = once.ok && once.value ? recordPublication(once.value, 1, website, channels) : once
    expect(twice.ok && twice.value?.versions.map(({ publications }) => publications)).toEqual([[publication, website], undefined])
  })

  it('REG-12 a version is open on each channel of policy until a publication there is recorded', () => {
    const recorded = recordPublication(list, 1, publication, channels)
    const version = recorded.ok ? recorded.value?.versions[0] : undefined
    expect(list.versions.map((each) => unpublishedChannels(each, channels))).toEqual([channels])
    expect(version && unpublishedChannels(version, channels)).toEqual(['RELATED_WEBSITES'])
  })

  it('REG-12 keeps the first record of a channel, and takes no channel or version that does not exist', () => {
    const once = recordPublication(list, 1, publication, channels)
    const again = once.ok && once.value ? recordPublication(once.value, 1, { ...publication, by: 'wang' }, channels) : once
    expect(again).toEqual({ ok: true, value: undefined })
    expect(recordPublication(list, 1, { ...publication, channel: 'RADIO' }, channels)).toMatchObject({
      error: { code: 'channel-not-in-policy' },
    })
    expect(recordPublication(list, 2, publication, channels)).toMatchObject({ error: { code: 'list-version-unknown', number: 2 } })
  })
})
