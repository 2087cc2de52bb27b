import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { after, happened, hex, line, request } from '../../tests/fixtures.ts'
import { lineOfCity } from '../domain/cities.ts'
import type { DrawEvent } from '../domain/commands.ts'
import type { Draw } from '../domain/draw.ts'
import { drawEvents } from './publish.ts'

const other = '230400' as RegionCode
const theirs = '230400-scj' as UnitId
const ofBoth = {
  ...line,
  units: [...line.units, ...line.units.map((unit) => ({ ...unit, unitId: theirs }))],
  joint: { merged: false, cities: [{ regionCode: other, initiatorUnitId: theirs, unitIds: [theirs] }] },
}
const { frozen, prepared, committed, drawn, matched, closed, voided } = happened

/** Region and unit that the events of a draw name, each once. */
const told = (draw: Draw, events: readonly DrawEvent[]) => [
  ...new Set(
    drawEvents(draw, events).map(({ json }) => {
      const { regionCode, unitId } = JSON.parse(json) as { readonly regionCode: string; readonly unitId: string }
      return `${regionCode} ${unitId}`
    }),
  ),
]

/** All that is told of a redraw in a city, of a draw that the first city organised. */
const toldOfRedraw = (regionCode: RegionCode, organiserRegionCode?: RegionCode) => {
  const redraw = { parentDrawId: request.drawId, purpose: 'escalation', counts: { A: 1 }, after: [], places: [], teams: [] } as const
  const approval = { approvedAt: '2026-04-01T02:00:00.000Z', unitId: '230000-scj', reasons: [] } as const
  const again = {
    ...frozen,
    request: {
      ...request,
      drawId: hex('c'),
      regionCode,
      line: organiserRegionCode === undefined ? line : lineOfCity(ofBoth, regionCode),
      redraw: { ...redraw, approval, ...(organiserRegionCode === undefined ? {} : { organiserRegionCode }) },
    },
  } as unknown as DrawEvent
  const way = [again, prepared, committed, drawn, matched, closed]
  return [...told(after(...way), way), ...told(after(again, voided), [voided])]
}

describe('the unit that events of a draw name', () => {
  it('DRW-26 DRW-30 is of a redraw the one that initiates in its city, whoever organised what several cities drew', () => {
    expect(new Set(toldOfRedraw(other, request.regionCode))).toEqual(new Set([`${other} ${theirs}`]))
    expect(new Set(toldOfRedraw(request.regionCode, request.regionCode))).toEqual(new Set([`${request.regionCode} ${request.unitId}`]))
  })

  it('DRW-30 is the organiser of a draw, of several cities too, and of what follows a draw of one city', () => {
    expect(new Set(toldOfRedraw(request.regionCode))).toEqual(new Set([`${request.regionCode} ${request.unitId}`]))
    const together = { ...frozen, request: { ...request, line: ofBoth } }
    expect(told(after(together), [together])).toEqual([`${request.regionCode} ${request.unitId}`])
  })
})
