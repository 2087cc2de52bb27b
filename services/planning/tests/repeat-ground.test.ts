import type { Api } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'

interface Body {
  readonly planId: string
  readonly errors: readonly { readonly pointer: string }[]
  readonly lines: readonly { readonly lineId: string; readonly lineDigest: string; readonly repeatGround?: object }[]
}

const line = {
  taskName: '商品质量检查',
  itemCodes: ['K1'],
  ratios: [{ stratum: 'ALL', ratio: '50%' }],
  window: { start: '2026-04-15', end: '2026-06-30' },
  units: [{ unitId: '230300-scj', teamSize: 2 }],
}
const repeatGround = { reason: '必要时复查', citation: { kind: 'LAW', text: '《食品安全法》第一百零九条' } }

describe('why objects may be drawn again in a year', () => {
  let harness: Harness
  let planner: Api
  let path: string

  beforeAll(async () => {
    harness = await planningHarness()
    planner = await harness.as('planner', '230300-scj', '230300', 'PLANNER')
    const { body } = await planner.post<Body>('/v1/plans', {
      year: 2026,
      planType: 'INTERNAL',
      selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING' },
    })
    path = `/v1/plans/${body.planId}`
  })
  afterAll(() => harness.dispose())

  it('CRD-07 CRD-09 stands in the line that was added with it, and is refused where it says nothing', async () => {
    const refused = await planner.post<Body>(`${path}/lines`, { lines: [{ ...line, repeatGround: {} }] })
    expect(refused.status).toBe(400)
    expect(refused.body.errors.map(({ pointer }) => pointer)).toEqual(['/lines/0/repeatGround'])
    const added = await planner.post<Body>(`${path}/lines`, { lines: [line, { ...line, taskName: '另一检查', repeatGround }] })
    expect([added.status, added.body.lines.map((each) => each.repeatGround)]).toEqual([201, [undefined, repeatGround]])
  })

  it('CRD-07 is weighed by what-if: lines and changes with a ground', async () => {
    const change = [{ lineId: 'L01', repeatGround: { reason: '必要时复查' } }]
    const weighed = await planner.post<Body>(`${path}/what-if`, { change, add: [{ ...line, repeatGround }] })
    expect(weighed.body.lines.map((each) => each.repeatGround)).toEqual([{ reason: '必要时复查' }, repeatGround, repeatGround])
    expect((await planner.get<Body>(path)).body.lines[0]).not.toHaveProperty('repeatGround')
  })

  it('PLN-08 CRD-09 is filed, and published for everyone to read', async () => {
    expect((await planner.post<Body>(`${path}/file`, {})).status).toBe(200)
    expect((await (await harness.reviewer()).post(`${path}/accept`, {})).status).toBe(200)
    const published = await planner.post<Body>(`${path}/publish`, {})
    expect([published.status, published.body.lines[1]?.repeatGround]).toEqual([200, repeatGround])
    const { body: read } = await harness.anonymous().get<Body>(`/v1/public/plans/${published.body.planId}`)
    expect(read.lines.map((each) => each.repeatGround)).toEqual([undefined, repeatGround])
    expect(read.lines[1]?.lineDigest).toBe(published.body.lines[1]?.lineDigest)
  })
})
