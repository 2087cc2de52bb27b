import { createHash } from 'node:crypto'
import { events } from '@dual-random/contracts'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { item, items, unit, units } from './support/lines.ts'

interface PlanBody {
  readonly planId: string
  readonly code: string
  readonly errors: readonly { readonly pointer: string; readonly code: string }[]
  readonly lines: readonly { readonly lineId: string; readonly joint?: object; readonly lineDigest?: string }[]
  readonly filing: { readonly figures: { readonly planned: number; readonly pool: number; readonly lines: readonly object[] } }
}

const theirs = unit('230400-scj' as UnitId, { regionCode: '230400' as RegionCode, name: '鹤岗市市场监督管理局' })
const far = unit('231000-scj' as UnitId, { regionCode: '231000' as RegionCode, name: '牡丹江市市场监督管理局' })
const objects = (code: string, grade: string, count: number) => Array.from({ length: count }, () => ({ items: [code], grade }))
const line = (regionCode: string, unitId: string, itemCode: string, agreement?: object) => ({
  taskName: '四煤城跨区域联合抽查',
  itemCodes: ['G1', ...(itemCode === 'G1' ? [] : [itemCode])],
  ratios,
  window: { start: '2026-03-01', end: '2026-12-31' },
  units: [
    { unitId: '230300-scj', itemCodes: ['G1'] },
    { unitId, itemCodes: [itemCode] },
  ],
  joint: { cities: [{ regionCode, ...(agreement === undefined ? {} : { agreement }) }] },
})

describe('a plan line that several cities draw together', () => {
  let harness: Harness
  let planner: Api
  let planId: string

  beforeAll(async () => {
    harness = await planningHarness({
      units: [...units, theirs, far],
      elsewhere: { '230400': { items: [...items, item('H1')], objects: objects('H1', 'C', 11) } },
    })
    planner = await harness.planner()
    const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
    planId = (await planner.post<PlanBody>('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })).body.planId
  })
  afterAll(() => harness?.dispose())

  const add = (given: object) => planner.post<PlanBody>(`/v1/plans/${planId}/lines`, { lines: [given] })
  const refusal = async (given: object) => {
    const { status, body } = await add(given)
    return [status, body.errors.map(({ code, pointer }) => `${pointer} ${code}`)]
  }

  it('DRW-26 REG-13 is refused by what the lists and units of the other city lack', async () => {
    expect(await refusal(line('230400', '230500-scj', 'G1'))).toEqual([
      400,
      ['/lines/0/units/1 unit-unknown', '/lines/0/joint/cities/0 city-without-units'],
    ])
    expect(await refusal(line('231000', '231000-scj', 'H1'))).toEqual([
      400,
      ['/lines/0/itemCodes item-not-on-list', '/lines/0/joint/cities/0/agreement city-needs-agreement'],
    ])
  })

  it('XRG-09 SEC-02 beside a group a city draws along by a written agreement, which its unit may read', async () => {
    const document = new TextEncoder().encode('关于联合抽查的协议')
    const digest = createHash('sha256').update(document).digest('hex')
    const token = await harness.token('planner', '230300-scj', '230300', 'PLANNER')
    const path = `${harness.baseUrl()}/v1/plans/${planId}/delegation-agreements`
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': crypto.randomUUID(), 'content-type': 'application/pdf' }
    expect((await fetch(path, { method: 'POST', headers, body: Buffer.from(document) })).status).toBe(201)
    expect(await add(line('231000', '231000-scj', 'G1', { digest, title: '协议' }))).toMatchObject({ status: 201 })
    const read = async (unitId: string) => {
      const reader = await harness.token('reader', unitId, unitId.slice(0, 6), 'PLANNER')
      return (await fetch(`${path}/${digest}`, { headers: { authorization: `Bearer ${reader}` } })).status
    }
    expect([await read('231000-scj'), await read('230400-scj')]).toEqual([200, 403])
    expect((await planner.post(`/v1/plans/${planId}/lines/L01/remove`, {})).status).toBe(200)
  })

  it('DRW-26 is filed with what each city brings, published with its cities, and given to the draw', async () => {
    expect(await add(line('230400', '230400-scj', 'H1'))).toMatchObject({
      status: 201,
      body: {
        lines: [{ joint: { merged: false, cities: [{ regionCode: '230400', initiatorUnitId: '230400-scj', unitIds: ['230400-scj'] }] } }],
      },
    })
    const { body: filed } = await planner.post<PlanBody>(`/v1/plans/${planId}/file`, {})
    // Of 77: A 2, B 1, C 1, D 2; and 20 % of 11 there.
    expect(filed.filing.figures).toMatchObject({
      pool: 77,
      planned: 6,
      lines: [{ mapped: 77, planned: 6, elsewhere: [{ regionCode: '230400', mapped: 11, planned: 3 }] }],
    })
    const reviewer = await harness.reviewer()
    expect((await reviewer.post(`/v1/plans/${planId}/accept`, {})).status).toBe(200)
    const published = await planner.post<PlanBody>(`/v1/plans/${planId}/publish`, {})
    const [found] = published.body.lines
    const lineId = found?.lineId ?? ''
    const answered = await harness.getPlanLine(planId, lineId)
    expect(answered).toMatchObject({
      regionCode: '230300',
      itemCodes: ['G1', 'H1'],
      units: [{ unitId: '230300-scj' }, { unitId: '230400-scj' }],
      joint: { merged: false, cities: [{ regionCode: '230400', initiatorUnitId: '230400-scj', unitIds: ['230400-scj'] }] },
    })
    const file = await (await fetch(`${harness.baseUrl()}/v1/public/plans/${planId}/lines/${lineId}`)).text()
    expect(createHash('sha256').update(file).digest('hex')).toBe(answered.lineDigest)
    expect(JSON.parse(file)).toMatchObject({ joint: { cities: [{ regionCode: '230400' }] } })
  })

  it('DRW-26 counts reports of the region by its own part alone', async () => {
    const { body: visits } = await planner.get<{ readonly items: readonly object[] }>(`/v1/plans/${planId}/visits`)
    expect(visits.items).toMatchObject([{ unitIds: ['230300-scj'], items: 1 }])
    const { body } = await planner.get<{ readonly figures: object }>(`/v1/plans/${planId}/feasibility`)
    expect(body.figures).toMatchObject({ pool: 77, planned: 6 })
  })

  it('CRD-08 DRW-26 counts in its own year what another city drew of it', async () => {
    type Year = { readonly regionYear: { readonly drawn: number; readonly drawnEnterprises: number; readonly planned: number } }
    const year = async () => (await planner.get<Year>(`/v1/plans/${planId}/feasibility`)).body.regionYear
    const before = await year()
    const draw = { drawId: 'd-elsewhere', regionCode: '230400', unitId: '230400-scj' }
    const cities = [
      { regionCode: '230400', drawn: 5, yearEnterprises: 5 },
      { regionCode: '230300', drawn: 4, yearEnterprises: 3 },
    ]
    const ofLine = { planId: 'plan-230400-2026-INTERNAL-230400-scj', lineId: 'L01', batch: 1 }
    const { drawFrozen, drawDrawn, drawMatched } = events.drawing
    await harness.publish(drawFrozen, draw.drawId, 1, { ...draw, ...ofLine, planVersion: 1, attempt: 1, asOf: '2026-03-02T01:00:00.000Z' })
    await harness.publish(drawDrawn, draw.drawId, 2, { ...draw, strata: [], drawn: 9, jointCounts: { cities } })
    const counts = { drawn: 9, shortOfTeam: 0, transcriptDigest: 't', yearEnterprises: 5, jointCounts: { cities } }
    await harness.publish(drawMatched, draw.drawId, 3, { ...draw, ...ofLine, ...counts })
    await eventually(async () => expect(await harness.drawSeen(draw.drawId)).toBe(3))
    expect(await year()).toMatchObject({ drawn: before.drawn + 4, drawnEnterprises: 3, planned: before.planned + 4 })
  })
})
