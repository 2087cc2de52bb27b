import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { heilongjiang, samr2024, samrDraft, shanghai, shaoxing, valueOf } from '../../tests/support/shipped.ts'
import { filingRoute } from './filing-route.ts'

const to = (policy: typeof shanghai, regionCode: string, isAdjustment = false) =>
  valueOf(filingRoute(policy, regionCode as RegionCode, isAdjustment))

describe('where the shipped presets have plans filed', () => {
  it('PLN-07 samr-2023-draft: with the next higher market regulator, up to the provinces', () => {
    expect(to(samrDraft, '330602')).toBe('330600')
    expect(to(samrDraft, '330600')).toBe('330000')
    expect(to(samrDraft, '330000')).toBeUndefined()
  })

  it('PLN-07 shanghai-2019: district bureaux, and the airport branch, which is of the municipality’s own region, with the municipal bureau', () => {
    for (const regionCode of ['310101', '310115', '310151', '310000']) expect(to(shanghai, regionCode), regionCode).toBe('310000')
  })

  it('PLN-07 districts of every municipality of a province’s level file with it, those of a city of a province with the city', () => {
    const nextAbove = ['110101', '120101', '310115', '500101', '500229'].map((regionCode) => to(samrDraft, regionCode))
    expect(nextAbove).toEqual(['110000', '120000', '310000', '500000', '500000'])
    expect(['110000', '310000', '500000'].map((regionCode) => to(samrDraft, regionCode))).toEqual([undefined, undefined, undefined])
    expect(['320102', '130102', '510104', '440305'].map((regionCode) => to(samrDraft, regionCode))).toEqual([
      '320100',
      '130100',
      '510100',
      '440300',
    ])
    expect(to(heilongjiang, '500101')).toBe('500000')
  })

  it('PLN-07 counties that stand under their province at once file with it: no city lies between', () => {
    const counties = ['429004', '419001', '469001', '659001']
    for (const policy of [samrDraft, heilongjiang]) {
      expect(counties.map((regionCode) => to(policy, regionCode))).toEqual(['420000', '410000', '460000', '650000'])
      expect(to(policy, '420102')).toBe('420100')
    }
  })

  it('PLN-07 shaoxing-2019-draft: departments of city and counties alike with the municipal market regulator', () => {
    for (const regionCode of ['330600', '330602', '330681']) expect(to(shaoxing, regionCode), regionCode).toBe('330600')
  })

  it('PLN-07 samr-2024 states no filing', () => {
    for (const regionCode of ['330602', '330600', '330000']) expect(to(samr2024, regionCode), regionCode).toBeUndefined()
  })

  it('PLN-06 heilongjiang: level by level', () => {
    expect(to(heilongjiang, '230302')).toBe('230300')
    expect(to(heilongjiang, '230300')).toBe('230000')
    expect(to(heilongjiang, '230000')).toBeUndefined()
  })

  it('PLN-10 an adjustment is filed again under heilongjiang, under no other shipped preset that says how to adjust', () => {
    expect(to(heilongjiang, '230300', true)).toBe('230000')
    for (const policy of [samrDraft, shanghai, samr2024]) expect(to(policy, '330600', true)).toBeUndefined()
  })
})
