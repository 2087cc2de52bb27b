import { movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRegistryService } from '../src/index.ts'
import { creditCode, type ImportAnswer, inspectorsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { bureau, type Harness, registryKeys, startRegistry } from './harness.ts'

const dayMs = 86_400_000
const clock = movableClock('2026-03-02T01:00:00.000Z')

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry({ clock: clock.now })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'heilongjiang', from: '2026-01-01' })
  const clerk = await registry.as(['REGISTRY_CLERK'])
  await clerk.upload('/v1/objects/import', objectsCsv([objectRow(1), objectRow(2), objectRow(3)]), 'text/csv')
  await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv')
  const credit = await registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
  const push = ['统一社会信用代码,等级', `${creditCode(1)},A`, `${creditCode(99)},A`, ''].join('\n')
  await credit.upload('/v1/credit-results/import?asOf=2026-01-31', push, 'text/csv')
})
afterAll(() => registry.dispose())

interface Run {
  readonly id: string
  readonly kind: string
  readonly subject: string
  readonly date: string
  readonly figures: Record<string, number>
  readonly source: { readonly asOf: string } | null
  readonly rowsUrl: string | null
}
const runs = async (query: string) =>
  (await (await registry.as(['REGISTRY_CLERK'])).get<{ items: Run[]; next?: string }>(`/v1/reports?${query}`)).body

async function nextDay(): Promise<void> {
  clock.advance(dayMs)
  await registry.service.runSweep('reports')
}

describe('DQ-02 scheduled reports', () => {
  it('DQ-02 REG-24 run once a day, whatever the number of copies, and are kept as trend', async () => {
    const second = await createRegistryService({ ...registry.scope.env, ...registryKeys }, { clock: clock.now })
    await second.start()
    try {
      clock.advance(dayMs)
      await Promise.all([registry.service.runSweep('reports'), second.runSweep('reports')])
      await Promise.all([registry.service.runSweep('reports'), second.runSweep('reports')])
    } finally {
      await second[Symbol.asyncDispose]()
    }
    const first = await runs(`kind=OBJECT_POOL_RECONCILIATION&subject=${bureau}`)
    expect(first.items).toMatchObject([{ date: '2026-03-03', figures: { pool: 3 }, source: null, rowsUrl: null }])

    const clerk = await registry.as(['REGISTRY_CLERK'])
    const source = ['统一社会信用代码', creditCode(1), creditCode(2), creditCode(50), ''].join('\n')
    const sent = await clerk.upload<ImportAnswer>('/v1/objects/reconciliation?sourceAsOf=2026-03-03', source, 'text/csv')
    expect(sent.body).toMatchObject({ absentFromPool: 1, absentFromSource: 1 })
    await nextDay()
    await clerk.upload('/v1/objects/import', objectsCsv([objectRow(50)]), 'text/csv')
    await nextDay()
    const trend = await runs(`kind=OBJECT_POOL_RECONCILIATION&subject=${bureau}`)
    expect(trend.items.map(({ date, figures }) => [date, figures])).toEqual([
      ['2026-03-05', { pool: 4, source: 3, absentFromPool: 0, absentFromSource: 1 }],
      ['2026-03-04', { pool: 3, source: 3, absentFromPool: 1, absentFromSource: 1 }],
      ['2026-03-03', { pool: 3 }],
    ])
    expect(trend.items[0]?.source).toMatchObject({ asOf: '2026-03-02T16:00:00.000Z' })
    expect((await clerk.get<string>(trend.items[1]?.rowsUrl ?? '')).body).toContain(`${creditCode(50)},absent-from-pool`)
    const one = await runs(`kind=OBJECT_POOL_RECONCILIATION&subject=${bureau}&limit=1`)
    expect((await runs(`kind=OBJECT_POOL_RECONCILIATION&subject=${bureau}&after=${one.next}`)).items).toHaveLength(2)
  })

  it('DQ-02 CRD-01 count what the credit push matched, and the market subjects that have a result', async () => {
    await nextDay()
    const { items } = await runs('kind=CREDIT_MATCH&subject=230300')
    expect(items[0]).toMatchObject({
      figures: { withResult: 1, received: 2, matched: 1, unmatched: 1, rejected: 0 },
      source: { asOf: '2026-01-30T16:00:00.000Z' },
    })
    const { marketSubjects = 0, withoutResult = 0 } = items[0]?.figures ?? {}
    expect(marketSubjects).toBe(withoutResult + 1)
  })

  it('DQ-02 REG-32 count the certified inspectors of a pool', async () => {
    await nextDay()
    const { items } = await runs(`kind=INSPECTOR_POOL_COMPLETENESS&subject=${bureau}`)
    expect(items[0]).toMatchObject({ figures: { total: 5, active: 4, certified: 4 }, source: null })
  })

  it('DQ-02 leaves the rows to the unit they are about', async () => {
    const { items } = await runs(`kind=OBJECT_POOL_RECONCILIATION&subject=${bureau}&limit=500`)
    const url = items.find(({ rowsUrl }) => rowsUrl !== null)?.rowsUrl ?? ''
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    expect(await other.get(url)).toMatchObject({ status: 403, body: { code: 'unit-not-allowed' } })
    expect(await (await registry.as(['AUDITOR'])).get(url)).toMatchObject({ status: 200 })
    expect(await (await registry.as(['PLANNER'])).get('/v1/reports')).toMatchObject({ status: 403 })
  })
})
