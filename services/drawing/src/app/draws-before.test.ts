import type { DrawId, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { CityBefore, Draw, RegionBefore } from '../domain/draw.ts'
import type { RegionLog } from '../domain/region-log.ts'
import { requireBesideUnchanged } from './draws-before.ts'

const [own, other, county, elsewhere] = ['230300', '230400', '230302', '230402'] as unknown as readonly [
  RegionCode,
  RegionCode,
  RegionCode,
  RegionCode,
]
const drawId = 'd1' as DrawId
const knew = (regionCode: RegionCode): RegionBefore => ({ regionCode, logSeq: 4, earlierDrawIds: [] })

/** A draw of two cities, each with a county beside it. */
const drawOf = (repeatBar: boolean, ofOther: Partial<CityBefore> = {}): Draw => {
  const line = { regionCode: own, units: [], itemCodes: [], joint: { merged: false, cities: [{ regionCode: other, unitIds: [] }] } }
  const others = [{ ...knew(other), beside: [knew(elsewhere)], ...ofOther }]
  return { drawId, line, terms: { repeatBar }, ...knew(own), beside: [knew(county)], others } as unknown as Draw
}
const judged = (draw: Draw, logs: Partial<Record<RegionCode, Partial<RegionLog>>> = {}) =>
  requireBesideUnchanged(
    {
      logs: {
        head: (regionCode: RegionCode) => Promise.resolve({ open: [], lastTranscriptSeq: 4, ...logs[regionCode] } as unknown as RegionLog),
      },
      draws: { load: () => Promise.resolve(undefined) },
    } as unknown as Parameters<typeof requireBesideUnchanged>[0],
    draw,
  ).then(
    () => 'unchanged',
    ({ code }: { readonly code: string }) => code,
  )

describe('a commitment under the bar on repeats', () => {
  it('CRD-09 misses no draw of a region beside: none open there, none drawn since the freeze', async () => {
    expect(await judged(drawOf(true))).toBe('unchanged')
    for (const regionCode of [county, elsewhere]) {
      expect(await judged(drawOf(true), { [regionCode]: { lastTranscriptSeq: 5 } })).toBe('freeze-outdated')
      expect(await judged(drawOf(true), { [regionCode]: { open: ['d2' as DrawId] } })).toBe('freeze-outdated')
      // A draw of several cities stands in both logs itself.
      expect(await judged(drawOf(true), { [regionCode]: { open: [drawId] } })).toBe('unchanged')
    }
  })

  it('DRW-26 goes in each city by the city’s own policy', async () => {
    const drawn = { [county]: { lastTranscriptSeq: 5 }, [elsewhere]: { lastTranscriptSeq: 5 } }
    expect(await judged(drawOf(false, { repeatBar: false }), drawn)).toBe('unchanged')
    expect(await judged(drawOf(false, { repeatBar: true }), drawn)).toBe('freeze-outdated')
    expect(await judged(drawOf(true, { repeatBar: false }), { [elsewhere]: { lastTranscriptSeq: 5 } })).toBe('unchanged')
    // Frozen before it was kept by city: the organiser's policy decides.
    expect(await judged(drawOf(true), { [elsewhere]: { lastTranscriptSeq: 5 } })).toBe('freeze-outdated')
  })
})
