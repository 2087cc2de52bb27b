import type { Principal } from '@dual-random/auth'
import { err, type Instant, type RegionCode, type UnitId } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { after, happened, hex, line, request, transcript } from '../../tests/fixtures.ts'
import { proposeRedraw } from './propose-redraw.ts'

const other = '230400' as RegionCode
const theirs = '230400-scj' as UnitId
const [own, there] = [hex('d'), hex('e')]
const organiser: Principal = { subject: 'o', unitId: request.unitId, regionCode: request.regionCode, roles: ['DRAW_ORGANISER'], token: '' }

const { frozen, prepared, committed, drawn, matched } = happened
const ofBoth = {
  ...line,
  units: [...line.units, ...line.units.map((unit) => ({ ...unit, unitId: theirs }))],
  joint: { merged: false, cities: [{ regionCode: other, initiatorUnitId: theirs, unitIds: [theirs] }] },
}
const ofCities = [
  { regionCode: request.regionCode, labels: [own] },
  { regionCode: other, labels: [there] },
]
const draw = after(
  { ...frozen, request: { ...request, line: ofBoth } },
  prepared,
  committed,
  { ...drawn, transcript: { ...transcript, ofCities } },
  matched,
)

type Deps = Parameters<typeof proposeRedraw>[0]
/** No region's policy says which reasons there are; each preset is named after its region. */
const deps = {
  draws: { load: async () => draw, redrawsOf: async () => [] },
  registry: {
    policy: async (regionCode: RegionCode) => ({ policy: { get: (key: string) => err({ key, preset: `of-${regionCode}` }) } }),
  },
  clock: () => '2026-04-01T01:00:00.000Z' as Instant,
} as unknown as Deps

it.each([
  [own, request.regionCode],
  [there, other],
])('DRW-26 DRW-30 the reasons are those of the city whose object leaves: %s', async (label, regionCode) => {
  const command = { purpose: 'replacement', grounds: [{ reason: 'OBJECT_GONE', label }], counts: {} } as const
  const unset = { code: 'policy-unset', meta: { key: 'redraw.reasons', preset: `of-${regionCode}` } }
  await expect(proposeRedraw(deps, draw.drawId, command, organiser)).rejects.toMatchObject(unset)
})
