import type { Api } from '@dual-random/testkit'
import { policyOf } from '@dual-random/testkit/shipped'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'

interface Body {
  readonly planId: string
  readonly errors: readonly { readonly pointer: string; readonly code: string; readonly message?: string }[]
  readonly lines: readonly { readonly lineId: string; readonly checkBatches?: number }[]
}

const line = {
  taskName: '特种设备使用单位检查',
  itemCodes: ['K1'],
  ratios: [{ stratum: 'ALL', ratio: '50%' }],
  window: { start: '2026-04-15', end: '2026-06-30' },
  units: [{ unitId: '230300-scj', teamSize: 2 }],
}

describe('the check batches of a line', () => {
  let harness: Harness
  let planner: Api
  let path: string

  beforeAll(async () => {
    harness = await planningHarness()
    harness.registry.content.policy = policyOf('local/four-coal-cities', { 'draw.batchOrder': 'FIXED_FOR_HIGH_RATIO_KEY_ITEMS' })
    planner = await harness.as('planner', '230300-scj', '230300', 'PLANNER')
    const { body } = await planner.post<Body>('/v1/plans', {
      year: 2026,
      planType: 'INTERNAL',
      selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING' },
    })
    path = `/v1/plans/${body.planId}`
  })
  afterAll(() => harness.dispose())

  it('DRW-16 are asked for where the line is entered, and stand in it from then on', async () => {
    const refused = await planner.post<Body>(`${path}/lines`, { lines: [line] })
    expect(refused.status).toBe(400)
    expect(refused.body.errors.map(({ pointer, code }) => [pointer, code])).toEqual([['/lines/0/checkBatches', 'check-batches-missing']])
    const added = await planner.post<Body>(`${path}/lines`, { lines: [{ ...line, checkBatches: 3 }] })
    expect([added.status, added.body.lines[0]?.checkBatches]).toEqual([201, 3])
    expect((await planner.get<Body>(path)).body.lines[0]?.checkBatches).toBe(3)
  })

  it('DRW-16 are weighed with the rest of a line: a change that needs none keeps those it has', async () => {
    const weighed = async (change: object) =>
      (await planner.post<Body>(`${path}/what-if`, { change: [{ lineId: 'L01', ...change }] })).body.lines[0]?.checkBatches
    expect(await weighed({ checkBatches: 4 })).toBe(4)
    expect(await weighed({ ratios: [{ stratum: 'ALL', ratio: '60%' }] })).toBe(3)
  })
})
