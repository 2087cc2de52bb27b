import type { UnitId } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { county, delegates, item, unit, units } from './support/lines.ts'
import { expectPaged } from './support/pages.ts'

const hrss = '230300-rsj' as UnitId
const bodies = {
  B1: '省、市、县级市场监督管理部门',
  B2: '市、县两级市场监管部门',
  B3: '市级及以上市场监督管理局',
  B4: '县级及其以下市场监管部门',
  B5: '市级、县级人力资源和社会保障部门',
  B6: '省级市场监管部门',
  B7: '本级市场监管部门',
}

let harness: Harness

beforeAll(async () => {
  harness = await planningHarness({
    items: Object.entries(bodies).map(([code, checkingBody]) => item(code, { checkingBody })),
    units: [...units, unit(hrss, { department: '人力资源社会保障' }), ...delegates.filter(({ unitId }) => unitId === county)],
  })
})
afterAll(() => harness.dispose())

const ofNobody = [
  { code: 'B6', name: '事项B6', checkingBody: bodies.B6, reason: 'NO_DEPARTMENT' },
  { code: 'B7', name: '事项B7', checkingBody: bodies.B7, reason: 'BODY_NOT_READ' },
]

describe('who answers for an item', () => {
  it('PLN-12 PLN-14 REG-14 in what is not planned each department has the items of its level, and the rest are named with the reason', async () => {
    const planner = await harness.planner()
    const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
    const { body: plan } = await planner.post<{ planId: string }>('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
    const { body } = await planner.get(`/v1/plans/${plan.planId}/not-planned`)
    expect(body).toMatchObject({
      items: [
        { unitId: '230300-gaj', answersFor: 0 },
        { unitId: hrss, notPlanned: [{ code: 'B5' }] },
        { unitId: '230300-scj', notPlanned: [{ code: 'B1' }, { code: 'B2' }, { code: 'B3' }] },
        { unitId: county, notPlanned: [{ code: 'B1' }, { code: 'B2' }, { code: 'B4' }] },
      ],
      ofNobody: ofNobody.map((each) => ({ ...each, listType: 'INTERNAL', times: 0 })),
    })
  })

  it('PLN-23 departments owe an internal plan for the items of their level alone', async () => {
    const coordinator = await harness.as('coordinator', '230300-scj', '230300', 'JOINT_COORDINATOR')
    const { body } = await coordinator.get('/v1/internal-plans?year=2026')
    expect(body).toMatchObject({
      items: [
        { unitId: '230300-gaj', items: 0, lacks: [] },
        { unitId: hrss, items: 1, lacks: ['PLAN'] },
        { unitId: '230300-scj', items: 3 },
      ],
      ofNobody,
    })
    await expectPaged(coordinator, '/v1/internal-plans?year=2026')
    expect((await coordinator.get('/v1/internal-plans?year=2026&limit=1&after=230300-gaj')).body).not.toHaveProperty('ofNobody')
    const below = await harness.as('below', county, '230302', 'JOINT_COORDINATOR')
    expect((await below.get('/v1/internal-plans?year=2026')).body).toMatchObject({
      items: [{ unitId: county, items: 3, lacks: ['PLAN'] }],
      ofNobody: [{ code: 'B3' }, { code: 'B5' }, { code: 'B6' }, { code: 'B7' }],
    })
  })
})
