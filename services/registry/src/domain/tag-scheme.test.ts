import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { changeScheme, dimensionsOf, newDimension, type SchemeChange, schemeRegion, schemeVersionOf, type TagScheme } from './tag-scheme.ts'

const province = '230000' as RegionCode
const base = [newDimension('BUSINESS_FORM', '业态'), newDimension('SCALE', '规模')]
const about = { at: '2026-03-02T01:00:00.000Z' as Instant, by: { subject: 'wang', unitId: '230000-scj' as UnitId }, reason: '规范更新' }

const change = (scheme: TagScheme | undefined, command: SchemeChange) => changeScheme(scheme, base, province, command, about)

function changed(...commands: readonly SchemeChange[]): TagScheme | undefined {
  return commands.reduce<TagScheme | undefined>((scheme, command) => {
    const next = change(scheme, command)
    if (!next.ok) throw new Error(next.error.code)
    return next.value
  }, undefined)
}

describe('REG-26 the dimensions of a province', () => {
  it('REG-26 are those shipped until it changes them, and every change is a version that keeps the one before', () => {
    expect(dimensionsOf(undefined, base)).toBe(base)
    expect(schemeVersionOf(undefined)).toBe(1)
    const scheme = changed(
      { action: 'ADD', dimensionId: 'COLOUR', name: '颜色' },
      { action: 'RENAME', dimensionId: 'BUSINESS_FORM', name: '经营形态' },
      { action: 'RETIRE', dimensionId: 'SCALE' },
    )
    expect(scheme?.versions.map(({ number, change: { action }, by, reason }) => ({ number, action, by, reason }))).toEqual([
      { number: 2, action: 'ADD', by: about.by, reason: about.reason },
      { number: 3, action: 'RENAME', by: about.by, reason: about.reason },
      { number: 4, action: 'RETIRE', by: about.by, reason: about.reason },
    ])
    expect(scheme?.versions[0]?.dimensions.map(({ name }) => name)).toEqual(['业态', '规模', '颜色'])
    expect(dimensionsOf(scheme, base)).toMatchObject([
      { dimensionId: 'BUSINESS_FORM', key: '业态', name: '经营形态', names: ['业态', '经营形态'] },
      { dimensionId: 'SCALE', retiredAt: about.at },
      { dimensionId: 'COLOUR', key: '颜色', retiredAt: null },
    ])
  })

  it('REG-26 a name once used stays with its dimension, retired or renamed', () => {
    const scheme = changed({ action: 'RENAME', dimensionId: 'BUSINESS_FORM', name: '经营形态' }, { action: 'RETIRE', dimensionId: 'SCALE' })
    for (const name of ['业态', '经营形态', '规模', 'SCALE']) {
      expect(change(scheme, { action: 'ADD', dimensionId: 'OTHER', name })).toMatchObject({
        ok: false,
        error: { code: 'tag-dimension-name-taken', name },
      })
    }
    expect(change(scheme, { action: 'RENAME', dimensionId: 'BUSINESS_FORM', name: '业态' })).toMatchObject({ ok: true })
  })

  it('REG-26 refuses a dimension that exists, one that does not, and what is so already', () => {
    expect(change(undefined, { action: 'ADD', dimensionId: 'SCALE', name: '大小' })).toMatchObject({
      error: { code: 'tag-dimension-known' },
    })
    expect(change(undefined, { action: 'RETIRE', dimensionId: 'NONE' })).toMatchObject({ error: { code: 'tag-dimension-unknown' } })
    expect(change(undefined, { action: 'RENAME', dimensionId: 'SCALE', name: '规模' })).toMatchObject({
      error: { code: 'tag-dimension-already-so' },
    })
    expect(change(undefined, { action: 'REINSTATE', dimensionId: 'SCALE' })).toMatchObject({ error: { code: 'tag-dimension-already-so' } })
    const retired = changed({ action: 'RETIRE', dimensionId: 'SCALE' })
    expect(change(retired, { action: 'RETIRE', dimensionId: 'SCALE' })).toMatchObject({ error: { code: 'tag-dimension-already-so' } })
    const back = change(retired, { action: 'REINSTATE', dimensionId: 'SCALE' })
    expect(back.ok && dimensionsOf(back.value, base)[1]?.retiredAt).toBeNull()
  })

  it.each(['230000', '230300', '230302'])('REG-26 the scheme of %s is its province’s', (regionCode) => {
    expect(schemeRegion(regionCode as RegionCode)).toBe('230000')
  })
})
