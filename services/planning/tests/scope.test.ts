import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness, poolOf } from './support/harness.ts'

interface PlanBody {
  readonly planId: string
  readonly lines: readonly { readonly lineId: string; readonly scope?: unknown; readonly lineDigest?: string }[]
  readonly filing: { readonly figures: Figures }
}

interface Figures {
  readonly pool: number
  readonly lines: readonly { readonly mapped: number; readonly planned: number; readonly candidates: { readonly id: string } }[]
}

let harness: Harness

beforeAll(async () => {
  const hotels = poolOf('G1', { A: 10 }).map((each) => ({ ...each, tags: ['星级饭店'] }))
  harness = await planningHarness({ objects: [...poolOf('G1', { A: 50, B: 20 }), ...hotels, ...poolOf('G2', { A: 7 })] })
})
afterAll(() => harness.dispose())

const ratios = ['A=3%', 'B=4%', 'C=20%', 'D=100%', 'UNGRADED=5%'].map((each) => {
  const [stratum = '', ratio = ''] = each.split('=')
  return { stratum, ratio }
})
const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const window = { start: '2026-03-01', end: '2026-06-30' }
const line = (members: object) => ({ taskName: '旅馆业检查', itemCodes: ['G1'], ratios, window, ...members })
const scope = { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: ['星级饭店'], regionCodes: ['230302'] }
const planId = 'plan-230300-2026-INTERNAL-230300-scj'
const path = `/v1/plans/${planId}`

describe('a line about some of the objects that its items apply to', () => {
  it('PLN-13 CRD-18 PLN-18 is counted, compared and filed within its scope, each line within its own', async () => {
    const planner = await harness.planner()
    await planner.post('/v1/plans', { year: 2026, planType: 'INTERNAL', selection })
    const lines = [line({ objectScope: '星级饭店', scope }), line({}), line({ itemCodes: ['G2'] })]
    const added = await planner.post<PlanBody>(`${path}/lines`, { lines })
    expect(added.status).toBe(201)
    expect(added.body.lines.map((each) => each.scope)).toEqual([scope, undefined, undefined])

    const feasible = await planner.get<{ figures: Figures }>(`${path}/feasibility`)
    expect(feasible.body.figures).toMatchObject({ pool: 87, lines: [{ mapped: 10 }, { mapped: 80 }, { mapped: 7 }] })
    const { body } = await planner.get<{ items: readonly { objects: number }[] }>(`${path}/overlaps`)
    expect(body.items).toMatchObject([{ objects: 10 }])

    const filed = await planner.post<PlanBody>(`${path}/file`, {})
    expect(filed.body.filing.figures).toMatchObject({ pool: 87, lines: [{ mapped: 10, planned: 1 }, { mapped: 80 }, { mapped: 7 }] })
    const [scoped, whole] = filed.body.filing.figures.lines.map(({ candidates }) => candidates.id)
    expect([scoped, whole]).toEqual([`candidates-${planId}--G1-within-星级饭店`, `candidates-${planId}-G1`])
  })

  it('PLN-08 PLN-11 PLN-13 tells its scope to the public and to whoever draws', async () => {
    await (await harness.reviewer()).post(`${path}/accept`, {})
    const published = await (await harness.planner()).post<PlanBody>(`${path}/publish`, {})
    const response = await fetch(new URL(`/v1/public/plans/${planId}/lines/L01`, harness.baseUrl()))
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ objectScope: '星级饭店', scope })
    expect(createHash('sha256').update(text).digest('hex')).toBe(published.body.lines[0]?.lineDigest)
    expect((await harness.getPlanLine(planId, 'L01')).scope).toEqual({ ...scope, kinds: ['OBJECT_KIND_ENTERPRISE'] })
    expect((await harness.getPlanLine(planId, 'L02')).scope).toBeUndefined()
  })

  it.each([
    [{ regionCodes: ['230400'] }, 'scope-outside-region'],
    [{ kinds: ['PROJECT'] }, 'scope-without-objects'],
    [{ kinds: ['SHIP'] }, 'unknown-value'],
    [{ tags: ['甲、乙'] }, 'malformed-value'],
  ])('PLN-13 refuses %j with %s', async (members, code) => {
    const planner = await harness.planner()
    const next = { window: { start: '2027-03-01', end: '2027-06-30' }, scope: members }
    await planner.post('/v1/plans', { year: 2027, planType: 'INTERNAL', selection })
    const refused = await planner.post<{ errors: readonly { code: string }[] }>('/v1/plans/plan-230300-2027-INTERNAL-230300-scj/lines', {
      lines: [line(next)],
    })
    expect(refused.status).toBe(400)
    expect(refused.body.errors.map((error) => error.code)).toContain(code)
  })

  it('PLN-13 asks what words for its objects mean, as an import does', async () => {
    const planner = await harness.planner()
    await planner.post('/v1/plans', { year: 2028, planType: 'INTERNAL', selection })
    const lines = '/v1/plans/plan-230300-2028-INTERNAL-230300-scj/lines'
    const entered = line({ window: { start: '2028-03-01', end: '2028-06-30' }, objectScope: '城区星级饭店' })
    const refused = await planner.post<{ errors: readonly { code: string; pointer: string }[] }>(lines, { lines: [entered] })
    expect(refused.status).toBe(400)
    expect(refused.body.errors).toMatchObject([{ code: 'object-scope-unclear', pointer: '/lines/0/objectScope' }])
    const whole = { kinds: [], industryPrefixes: [], tags: [], regionCodes: [] }
    expect((await planner.post(lines, { lines: [{ ...entered, scope: whole }] })).status).toBe(201)
  })
})
