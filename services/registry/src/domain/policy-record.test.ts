import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { addPresetVersion, type BindingRecord, bindRegion, type PresetVersion } from './policy-record.ts'

const version = (number: number, digest: string): PresetVersion => ({
  version: number,
  digest,
  status: 'in-force',
  effectiveFrom: '2024-01-01' as LocalDate,
  effectiveTo: null,
  file: {},
})

describe('POL-05 preset versions', () => {
  const known = { preset: 'p', versions: [version(1, 'a')] }

  it('are added once, refused when a published number changes', () => {
    expect(addPresetVersion(known, 'p', version(1, 'a'))).toEqual({ ok: true, value: undefined })
    expect(addPresetVersion(known, 'p', version(1, 'b'))).toEqual({ ok: false, error: { code: 'version-differs', version: 1 } })
    expect(addPresetVersion(undefined, 'p', version(1, 'a'))).toEqual({ ok: true, value: known })
    expect(addPresetVersion(known, 'p', version(2, 'b'))).toMatchObject({ ok: true, value: { versions: [{ version: 1 }, { version: 2 }] } })
  })
})

describe('POL-05 the versions of a preset', () => {
  it('stand in the order of their numbers, also when an older one is loaded later', () => {
    const later = { preset: 'p', versions: [version(2, 'b'), version(4, 'd')] }
    expect(addPresetVersion(later, 'p', version(3, 'c'))).toMatchObject({
      ok: true,
      value: { versions: [{ version: 2 }, { version: 3 }, { version: 4 }] },
    })
    expect(addPresetVersion(later, 'p', version(1, 'a'))).toMatchObject({
      ok: true,
      value: { versions: [{ version: 1 }, { version: 2 }, { version: 4 }] },
    })
  })
})

describe('POL-06 a region is bound to one preset at a time', () => {
  const region = '230300' as RegionCode
  const decision = (from: string, digest: string) => ({ from: from as LocalDate, digest, file: { regionCode: region } })
  const bound: BindingRecord = { regionCode: region, bindings: [{ ...decision('2026-01-01', 'a'), version: 1, to: null }] }

  it('a later binding ends the one before on the day before', () => {
    expect(bindRegion(bound, region, decision('2026-03-01', 'b'))).toMatchObject({
      ok: true,
      value: {
        bindings: [
          { version: 1, from: '2026-01-01', to: '2026-02-28' },
          { version: 2, from: '2026-03-01', to: null },
        ],
      },
    })
  })

  it('the first binding of a region has nothing before it and no end', () => {
    expect(bindRegion(undefined, region, decision('2026-01-01', 'a'))).toEqual({ ok: true, value: bound })
  })

  it('a third binding leaves the first as it ended, and a decision of long ago is known again', () => {
    const second = bindRegion(bound, region, decision('2026-03-01', 'b'))
    const two = (second.ok && second.value) || bound
    expect(bindRegion(two, region, decision('2026-05-01', 'c'))).toMatchObject({
      ok: true,
      value: {
        bindings: [
          { version: 1, to: '2026-02-28' },
          { version: 2, to: '2026-04-30' },
          { version: 3, to: null },
        ],
      },
    })
    expect(bindRegion(two, region, decision('2026-01-01', 'a'))).toEqual({ ok: true, value: undefined })
  })

  it('refuses one that is not later, and does nothing for the same decision', () => {
    expect(bindRegion(bound, region, decision('2026-01-01', 'b'))).toMatchObject({
      ok: false,
      error: { code: 'not-later', after: '2026-01-01' },
    })
    expect(bindRegion(bound, region, decision('2026-01-02', 'b'))).toMatchObject({
      ok: true,
      value: { bindings: [{ to: '2026-01-01' }, { version: 2 }] },
    })
    expect(bindRegion(bound, region, decision('2026-01-01', 'a'))).toEqual({ ok: true, value: undefined })
  })
})
