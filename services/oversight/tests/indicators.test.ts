import { events } from '@dual-random/contracts'
import { OversightServiceClient } from '@dual-random/contracts/oversight'
import { createGrpcClient } from '@dual-random/grpc'
import type { RunningService } from '@dual-random/service'
import { type Api, api, eventually, movableClock, type PolicyPeer, type TestScope, testScope } from '@dual-random/testkit'
import { changed, policyOf } from '@dual-random/testkit/shipped'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOversightService } from '../src/service.ts'
import { type Broker, broker } from './support/broker.ts'
import { city, factsBy, topics, unit } from './support/facts.ts'
import { registryPeer } from './support/registry-peer.ts'

interface Report {
  readonly snapshotId?: string
  readonly indicators: readonly {
    readonly code: string
    readonly numerator: number
    readonly denominator: number
    readonly rate?: string
    readonly periodStart: string
  }[]
  readonly unavailable: readonly { readonly code: string; readonly missing: readonly string[] }[]
  readonly beside: object
  readonly policy: { readonly preset: string }
}

const fire = '230300-xfj'
const county = '230302'

let scope: TestScope
let registry: PolicyPeer
let bus: Broker
let service: RunningService
let facts: ReturnType<typeof factsBy>
let evaluator: Api
const clock = movableClock('2026-06-01T01:00:00.000Z')

const as = async (roles: readonly string[], regionCode = city, unitId = unit): Promise<Api> =>
  api(`http://127.0.0.1:${service.httpPort}`, await scope.issuer.token({ subject: 'zhao.liu', unitId, regionCode, roles }))

const report = async (query = `regionCode=${city}&year=2026`, who = evaluator): Promise<Report> => {
  const { status, body } = await who.get<Report>(`/v1/indicators?${query}`)
  expect(status).toBe(200)
  return body
}

/** `numerator/denominator` by indicator. */
const countsOf = ({ indicators }: Report): Readonly<Record<string, string>> =>
  Object.fromEntries(indicators.map(({ code, numerator, denominator }) => [code, `${numerator}/${denominator}`]))

const settled = (expected: Readonly<Record<string, string>>, query?: string): Promise<Report> =>
  eventually(async () => {
    const found = await report(query)
    expect(countsOf(found)).toMatchObject(expected)
    return found
  })

beforeAll(async () => {
  scope = await testScope('oversight')
  await scope.createTopics(topics)
  registry = await registryPeer(scope.issuer)
  registry.bind(city, policyOf('local/four-coal-cities'))
  registry.bind('230000', policyOf('local/four-coal-cities'))
  service = await createOversightService({ ...scope.env, DR_REGISTRY_GRPC: registry.address }, { clock: clock.now })
  await service.start()
  bus = await broker(scope, [events.oversight.indicatorSnapshotComputed.topic])
  facts = factsBy(bus.tell)
  evaluator = await as(['EVALUATOR'])
})
afterAll(async () => {
  await bus.close()
  await service[Symbol.asyncDispose]()
  await registry.close()
  await scope.dispose()
})

const completedAt = '2026-04-10T09:00:00.000Z'

describe('the indicators', () => {
  it('EVL-01 count a visit once, however many tasks it joined and whatever became of the task', async () => {
    await bus.send([
      ...facts.task('t1', { visitId: 'v1', completedAt }),
      ...facts.task('t2', { visitId: 'v1', completedAt, joint: true }),
      ...facts.task('t3', { visitId: 'v3', mergedInto: 'v1', completedAt, unitId: fire, joint: true }),
      ...facts.task('t4', { completedAt, lapsed: true }),
      ...facts.task('t5', { lapsed: true }),
      ...facts.task('t6'),
      ...facts.task('next-year', { checkEndedAt: '2026-12-31T10:00:00.000Z', completedAt: '2026-12-31T16:00:00.000Z' }),
    ])
    // Visited: v1, that of t4 and the last. Completed in 2026: t1, t2, t3; t4 lapsed, and the last was completed in the year after.
    await settled({ CHECK_VISIT_SHARE: '3/3', JOINT_SUPERVISION_RATE: '2/3' })
    expect(countsOf(await report(`regionCode=${city}&year=2027`))).toMatchObject({
      CHECK_VISIT_SHARE: '0/0',
      JOINT_SUPERVISION_RATE: '0/1',
    })
  })

  it('EVL-01 take visits outside double-random supervision as a planner reports them, with the source', async () => {
    const planner = await as(['PLANNER'])
    const figure = { regionCode: city, year: 2026, measure: 'OTHER_VISITS', count: 7, source: '年度检查统计报表' }
    expect(await planner.post('/v1/reported-figures', figure)).toMatchObject({ status: 200, body: { ...figure, by: 'zhao.liu' } })
    await settled({ CHECK_VISIT_SHARE: '3/10' })
    expect((await planner.post('/v1/reported-figures', { ...figure, count: 1 })).status).toBe(200)
    await settled({ CHECK_VISIT_SHARE: '3/4' })
    expect(await planner.post('/v1/reported-figures', { ...figure, measure: 'TASKS_COMPLETED' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/measure', code: 'measure-computed' }] },
    })
    expect((await planner.post('/v1/reported-figures', { ...figure, regionCode: '230400' })).status).toBe(403)
    expect((await evaluator.post('/v1/reported-figures', figure)).status).toBe(403)
  })

  it('EVL-03 PUB-08 leave exempt results out of both parts, and what is not due yet', async () => {
    await bus.send([
      ...facts.publication('p1', { published: 'on-time' }),
      ...facts.publication('p2', { published: 'late' }),
      ...facts.publication('p3', { overdue: true }),
      ...facts.publication('p4', { exempt: true }),
      ...facts.publication('p5', { overdue: true, exempt: true }),
      ...facts.publication('p6', { dueDate: '2026-06-01' }),
      ...facts.publication('p7', { dueDate: '2026-06-20', published: 'on-time' }),
      ...facts.publication('p8', { dueDate: '2027-01-05', published: 'on-time' }),
    ])
    const found = await settled({ ON_TIME_PUBLICATION_RATE: '2/4' })
    expect(found.indicators.find(({ code }) => code === 'ON_TIME_PUBLICATION_RATE')).toMatchObject({
      rate: '50%',
      text: '检查结果按时公示率',
      numeratorText: '期内到期且按时公示的检查结果数',
      scope: '本级及下级市场监管部门',
      period: 'CALENDAR_YEAR',
      periodEnd: '2026-12-31',
      formulaVersion: '1',
    })
    // p6 is due on 1 June: late from the second on.
    clock.advance(86_400_000)
    await settled({ ON_TIME_PUBLICATION_RATE: '2/5' })
  })

  it('EVL-04 FUP-12 count a problem as handled when its follow-up is closed, in the year it was found', async () => {
    await bus.send([
      ...facts.result('r1', { problem: true }),
      ...facts.followUp('r1', { closed: true }),
      ...facts.result('r2', { problem: true }),
      ...facts.followUp('r2'),
      ...facts.result('r3', { investigation: true, problem: true }),
      ...facts.followUp('r3'),
      ...facts.result('r4', { investigation: true }),
      ...facts.result('r5'),
      ...facts.result('last-moment', { problem: true, recordedAt: '2025-12-31T15:59:59.999Z' }),
      ...facts.followUp('last-moment', { closed: true }),
    ])
    const found = await settled({ PROBLEM_HANDLING_RATE: '1/4' })
    expect(found.beside).toMatchObject({ openInvestigations: 2 })
    expect(countsOf(await report(`regionCode=${city}&year=2025`))).toMatchObject({ PROBLEM_HANDLING_RATE: '1/1' })
    await bus.send([
      bus.tell(events.inspection.followUpClosed, 'fu-r3', {
        followUpId: 'fu-r3',
        resultId: 'r3',
        regionCode: city,
        unitId: unit,
        outcome: 'PENALTY_DECIDED',
      }),
    ])
    expect((await settled({ PROBLEM_HANDLING_RATE: '2/4' })).beside).toMatchObject({ openInvestigations: 1 })
  })

  it('EVL-10 report joint shares, and say what a coverage lacks', async () => {
    await bus.send([
      ...facts.plan('plan-a', { lines: 6 }),
      ...facts.plan('plan-b', { lines: 2, joint: true }),
      ...facts.draw('d1', { drawn: 30 }),
      ...facts.draw('d2', { drawn: 10, joint: true }),
      ...facts.draw('d3', { drawn: 99, voided: true }),
      ...facts.draw('d4', { drawn: 77, failed: true }),
      // DRW-26: of each city what was drawn there, whoever organised the draw; nothing of one that came to nothing.
      ...facts.draw('d5', { drawn: 16, elsewhere: { '230400': 11 } }),
      ...facts.draw('d6', { drawn: 20, regionCode: '230400', elsewhere: { [city]: 5 } }),
      ...facts.draw('d7', { drawn: 20, regionCode: '230400', elsewhere: { [city]: 5 }, voided: true }),
    ])
    const found = await settled({ JOINT_TASK_SHARE: '2/8', JOINT_OBJECT_SHARE: '10/50' })
    expect(found.unavailable).toMatchObject([
      { code: 'YEAR_FLOOR_COVERAGE', missing: ['DISTINCT_ENTERPRISES_DRAWN', 'ENTERPRISES_AT_PLAN_FILING'] },
    ])
    const planner = await as(['PLANNER'])
    for (const [measure, count] of [
      ['DISTINCT_ENTERPRISES_DRAWN', 40],
      ['ENTERPRISES_AT_PLAN_FILING', 800],
    ] as const)
      await planner.post('/v1/reported-figures', { regionCode: city, year: 2026, measure, count, source: '计划报备' })
    expect((await settled({ YEAR_FLOOR_COVERAGE: '40/800' })).unavailable).toEqual([])
  })

  it('EVL-16 stand beside objections and lapsed tasks', async () => {
    await bus.send([
      ...facts.objection('o1'),
      ...facts.objection('o2', { outcome: 'UPHELD' }),
      ...facts.objection('o3', { outcome: 'REJECTED' }),
    ])
    await eventually(async () =>
      expect((await report()).beside).toMatchObject({ objections: { filed: 3, open: 1, upheld: 1 }, lapsedTasks: 2 }),
    )
  })

  it('EVL-10 PUB-12 are reportable per unit, late results at the unit that answers for them', async () => {
    await bus.send(facts.publication('answered', { unitId: fire, overdue: true, lateUnitId: '230300-org' }))
    await settled({ ON_TIME_PUBLICATION_RATE: '0/1' }, `regionCode=${city}&year=2026&unitId=230300-org`)
    const found = await report(`regionCode=${city}&year=2026&unitId=${fire}`)
    expect(countsOf(found)).toMatchObject({ JOINT_SUPERVISION_RATE: '1/1', ON_TIME_PUBLICATION_RATE: '0/0' })
    expect(found.indicators.find(({ code }) => code === 'ON_TIME_PUBLICATION_RATE')).not.toHaveProperty('rate')
    expect(found.unavailable.map(({ code }) => code)).toEqual(['YEAR_FLOOR_COVERAGE'])
  })
})

describe('regions and policy', () => {
  it('EVL-12 SEC-02 cover what lies below, and are closed to what lies beside', async () => {
    await bus.send(facts.task('county-task', { regionCode: county, completedAt }))
    await settled({ JOINT_SUPERVISION_RATE: '2/4' })
    const province = await as(['AUDITOR'], '230000')
    expect(countsOf(await report('regionCode=230000&year=2026', province))).toMatchObject({ JOINT_SUPERVISION_RATE: '2/4' })
    expect((await evaluator.get('/v1/indicators?regionCode=230000&year=2026')).status).toBe(403)
    expect((await evaluator.get('/v1/indicators?regionCode=230400&year=2026')).status).toBe(403)
    expect((await (await as(['INSPECTOR'])).get(`/v1/indicators?regionCode=${city}&year=2026`)).status).toBe(403)
    expect((await evaluator.get(`/v1/indicators?regionCode=${city}`)).status).toBe(400)
    expect((await evaluator.get('/v1/indicators?regionCode=city&year=2026')).status).toBe(400)
  })

  it('POL-04 stop with the key where the policy has no formulas', async () => {
    registry.bind('230400', policyOf('samr-2024'))
    const there = await as(['EVALUATOR'], '230400')
    expect(await there.get('/v1/indicators?regionCode=230400&year=2026')).toMatchObject({
      status: 409,
      body: { code: 'policy-unset', detail: expect.stringContaining('indicator.formulas') as string },
    })
  })

  it('EVL-09 follow a formula that the policy changes, here to one value a quarter', async () => {
    const region = '230500'
    const formula = {
      indicator: 'JOINT_SUPERVISION_RATE',
      version: 2,
      numerator: { measure: 'JOINT_TASKS_COMPLETED', text: '季度联合' },
      denominator: { measure: 'TASKS_COMPLETED', text: '季度全部' },
      scope: '本级',
      period: 'QUARTER',
    }
    registry.bind(region, changed(policyOf('local/four-coal-cities'), 'indicator.formulas', [formula]))
    await bus.send([
      ...facts.task('q1', { regionCode: region, completedAt: '2026-03-31T15:59:59.999Z' }),
      ...facts.task('q2', { regionCode: region, completedAt: '2026-03-31T16:00:00.000Z', joint: true }),
    ])
    const there = await as(['EVALUATOR'], region)
    await eventually(async () => {
      const { indicators, unavailable } = await report(`regionCode=${region}&year=2026`, there)
      expect(indicators.map(({ periodStart, numerator, denominator }) => [periodStart, numerator, denominator])).toEqual([
        ['2026-01-01', 0, 1],
        ['2026-04-01', 1, 1],
        ['2026-07-01', 0, 0],
        ['2026-10-01', 0, 0],
      ])
      expect(unavailable.find(({ code }) => code === 'CHECK_VISIT_SHARE')?.missing).toEqual(['indicator.formulas'])
    })
  })

  it('answer other services over gRPC', async () => {
    const client = createGrpcClient(OversightServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: 'oversight' })
    const token = await scope.issuer.token({ subject: 'zhao.liu', unitId: unit, regionCode: city, roles: ['EVALUATOR'] })
    const context = () => ({ deadline: Date.now() + 5000, token, traceId: 'a'.repeat(32) })
    const { indicators } = await client.unary('getIndicators', { regionCode: city, year: 2026 }, context())
    expect(indicators).toContainEqual({ code: 'JOINT_SUPERVISION_RATE', numerator: 2, denominator: 4, formulaVersion: '1' })
    await expect(client.unary('getIndicators', { regionCode: '230400', year: 2026 }, context())).rejects.toMatchObject({
      code: 'region-not-allowed',
    })
    client.close()
  })
})

describe('a snapshot', () => {
  it('EVL-09 keeps values and formulas as they were, and is told once', async () => {
    const body = { regionCode: city, year: 2026 }
    const taken = await evaluator.post<Report>('/v1/indicator-snapshots', body, { key: 'snapshot-1' })
    expect(taken).toMatchObject({ status: 201, body: { takenBy: 'zhao.liu', policy: { preset: 'local/four-coal-cities', version: 1 } } })
    await bus.send(facts.task('afterwards', { completedAt }))
    await settled({ JOINT_SUPERVISION_RATE: '2/5' })
    const id = taken.body.snapshotId ?? ''
    expect((await evaluator.post<Report>('/v1/indicator-snapshots', body, { key: 'snapshot-1' })).body).toEqual(taken.body)
    expect((await evaluator.get<Report>(`/v1/indicator-snapshots/${id}`)).body).toEqual(taken.body)
    const listed = await evaluator.get<{ items: readonly Report[] }>(`/v1/indicator-snapshots?regionCode=${city}&year=2026`)
    expect(listed.body.items).toEqual([taken.body])
    expect((await evaluator.get(`/v1/indicator-snapshots?regionCode=${city}&year=2025`)).body).toMatchObject({ items: [] })
    const told = await eventually(() => {
      expect(bus.heard).toHaveLength(1)
      return bus.heard[0]
    })
    expect(told).toMatchObject({ aggregateId: id, payload: { snapshotId: id, regionCode: city, year: 2026 } })
    expect(JSON.stringify(told?.payload)).toContain('"JOINT_SUPERVISION_RATE"')
  })

  it('SEC-02 is closed to other regions', async () => {
    const beside = await as(['EVALUATOR'], '230400')
    expect((await beside.post('/v1/indicator-snapshots', { regionCode: city, year: 2026 })).status).toBe(403)
    expect((await beside.get(`/v1/indicator-snapshots?regionCode=${city}`)).status).toBe(403)
    const listed = await evaluator.get<{ items: readonly Report[] }>(`/v1/indicator-snapshots?regionCode=${city}`)
    expect((await beside.get(`/v1/indicator-snapshots/${listed.body.items[0]?.snapshotId ?? ''}`)).status).toBe(403)
    expect((await evaluator.get('/v1/indicator-snapshots/snap-none')).status).toBe(404)
    expect((await (await as(['AUDITOR'])).post('/v1/indicator-snapshots', { regionCode: city, year: 2026 })).status).toBe(403)
  })
})
