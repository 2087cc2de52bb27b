import { describe, expect, it } from 'vitest'
import { heilongjiang, policyOfPreset, samr2024, shippedPresets } from '../../tests/shipped-presets.ts'
import { checkClueSource } from './clue-source.ts'

describe('where clues come from', () => {
  it('DRW-25 is a list of policy; one that ends with 等 takes another source with a note', () => {
    expect(checkClueSource(samr2024, 'COMPLAINT', undefined).ok).toBe(true)
    expect(checkClueSource(samr2024, 'OTHER', '新闻报道').ok).toBe(true)
    expect(checkClueSource(samr2024, 'OTHER', undefined)).toEqual({ ok: false, error: { code: 'clue-source-needs-note' } })
    expect(checkClueSource(samr2024, 'WARNING', undefined)).toEqual({
      ok: false,
      error: { code: 'clue-source-unknown', source: 'WARNING', allowed: 'COMPLAINT, OPINION_MONITORING, OTHER' },
    })
    expect(checkClueSource(heilongjiang, 'WARNING', undefined).ok).toBe(true)
    expect(checkClueSource(heilongjiang, 'OTHER', '新闻报道')).toMatchObject({ ok: false, error: { code: 'clue-source-unknown' } })
  })

  it('TGT-07 POL-04 where policy lists none, each is told in a note, and none is borrowed', () => {
    const draft2023 = policyOfPreset('samr-2023-draft')
    expect(draft2023.find('clue.sources')).toBeUndefined()
    expect(checkClueSource(draft2023, 'OTHER', '投诉举报')).toEqual({ ok: true, value: true })
    expect(checkClueSource(draft2023, 'OTHER', undefined)).toEqual({ ok: false, error: { code: 'clue-source-needs-note' } })
    expect(checkClueSource(draft2023, 'COMPLAINT', undefined)).toEqual({
      ok: false,
      error: { code: 'clue-source-unknown', source: 'COMPLAINT', allowed: 'OTHER' },
    })
  })

  it.each(shippedPresets.map(({ name }) => name))(
    'TGT-21 the grounds for going to a white-list member rest on sources that policy has: %s',
    (name) => {
      const policy = policyOfPreset(name)
      const sources = (policy.find('whiteList')?.onSiteGrounds ?? []).flatMap((ground) => ('sources' in ground ? ground.sources : []))
      expect(sources.filter((source) => !checkClueSource(policy, source, undefined).ok)).toEqual([])
    },
  )
})
