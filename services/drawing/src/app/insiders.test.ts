import type { DrawId } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import type { Draw } from '../domain/draw.ts'
import { insidersOf } from './insiders.ts'
import type { Draws } from './ports.ts'

const unitOf = (unitId: string) => ({ unitId, itemCodes: [] })
const city = (regionCode: string) => ({ regionCode, initiatorUnitId: `${regionCode}-scj`, unitIds: [`${regionCode}-scj`] })
const alone = { regionCode: '230300', initiatorUnitId: '230300-scj', units: [unitOf('230300-scj')], itemCodes: [] }
const units = ['230300-scj', '230400-scj', '230600-scj'].map(unitOf)
const together = { ...alone, units, joint: { merged: false, cities: [city('230600'), city('230400')] } }
const parentDrawId = 'a'.repeat(64) as DrawId
const of = (status: Draw['status']): Draw =>
  ({
    drawId: parentDrawId,
    status,
    line: together,
    commitment: { matchInputs: ['230300-fire', '230300-scj', '230600-scj'].map((unitId) => ({ unitId })) },
  }) as unknown as Draw
const insiders = (draw: object, parent: Draw = of('MATCHED')) =>
  insidersOf({ draws: { load: () => Promise.resolve(parent) } as unknown as Draws }, { unitId: '230300-scj', ...draw } as unknown as Draw)
const redraw = (regionCode: string, organiserRegionCode?: string) => ({
  regionCode,
  line: { ...alone, regionCode },
  redraw: { parentDrawId, ...(organiserRegionCode === undefined ? {} : { organiserRegionCode }) },
})

it('DRW-26 DRW-32 insiders of a draw are the cities that take part and the organiser', async () => {
  expect(await insiders({ line: alone, regionCode: '230300' })).toEqual({ regions: ['230300'], unitIds: ['230300-scj'] })
  expect(await insiders({ line: together, regionCode: '230300' })).toEqual({
    regions: ['230300', '230400', '230600'],
    unitIds: ['230300-scj'],
  })
})

it('DRW-26 DRW-32 insiders of a redraw in another city than the organiser’s are its parent’s cities and whoever checks there', async () => {
  const inside = { regions: ['230300', '230400', '230600'], unitIds: ['230300-scj', '230300-fire', '230600-scj'] }
  for (const status of ['MATCHED', 'CLOSED'] as const) expect(await insiders(redraw('230600', '230300'), of(status))).toEqual(inside)
  for (const own of [redraw('230300', '230300'), redraw('230300')])
    expect(await insiders(own)).toEqual({ regions: ['230300'], unitIds: ['230300-scj'] })
})
