import { events } from '@dual-random/contracts'
import { appError } from '@dual-random/errors'
import { epochMsOf, type Instant } from '@dual-random/kernel'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness, poolOf } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'

const { drawFrozen, drawCommitted, drawDrawn } = events.drawing
const { taskDispatched, taskCompleted } = events.inspection

const city = '230300'
const scj = '230300-scj'
const gaj = '230300-gaj'
const joint = `plan-${city}-2026-JOINT-${scj}`
const internal = `plan-${city}-2026-INTERNAL-${scj}`
const plans = [joint, internal]
const adjustments = 30

const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const lineOf = (planId: string, taskName: string) => ({
  taskName,
  itemCodes: [planId === joint ? 'G2' : 'G1'],
  ratios,
  window: { start: '2026-09-01', end: '2026-11-30' },
  ...(planId === joint ? { units: [{ unitId: scj }, { unitId: gaj }] } : {}),
})
const asPlanned = [...poolOf('G1', { A: 90, D: 4 }), ...poolOf('G2', { A: 60 })]

interface PlanBody {
  readonly state: string
  readonly version: number
  readonly publishedVersion: number | null
  readonly versions: readonly { readonly version: number; readonly state: string }[]
  readonly lines: readonly {
    readonly lineId: string
    readonly itemCodes: readonly string[]
    readonly units: readonly { readonly unitId: string }[]
  }[]
}

let harness: Harness
/** What the service told of a plan at the end of a day, by the routes that tell of the present: none of it was reconstructed. */
interface Told {
  readonly planId: string
  readonly day: string
  /** At the version worked on. */
  readonly now: PlanBody
  /** At the version in force, where there is another. */
  readonly inForce?: object
  /** To the public; undefined where it was told of no such plan. */
  readonly published?: {
    readonly version: number
    readonly digest: string
    readonly publishedAt: string
    readonly channels: readonly string[]
  }
  /** Its first line, without a day. */
  readonly line: object
}

const days: Told[] = []

const planner = () => harness.planner()
const ask = async <T>(path: string): Promise<T> => (await (await planner()).get<T>(path)).body
const onPlan = async (planId: string, step: string, body: object = {}): Promise<PlanBody> => {
  const answer = await (await planner()).post<PlanBody>(`/v1/plans/${planId}/${step}`, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}
const decided = async (planId: string, how: 'accept' | 'return') => {
  const body = how === 'return' ? { reason: '补充依据' } : {}
  expect((await (await harness.reviewer()).post(`/v1/plans/${planId}/${how}`, body)).status).toBe(200)
}

async function live(planId: string, day: string): Promise<Told> {
  const now = await ask<PlanBody>(`/v1/plans/${planId}`)
  const { version, publishedVersion } = now
  const inForce = publishedVersion === null || publishedVersion === version ? undefined : `/v1/plans/${planId}/versions/${publishedVersion}`
  const publicly = await harness.anonymous().get<NonNullable<Told['published']>>(`/v1/public/plans/${planId}`)
  return {
    planId,
    day,
    now,
    ...(inForce === undefined ? {} : { inForce: await ask<object>(inForce) }),
    ...(publicly.status === 404 ? {} : { published: publicly.body }),
    line: await ask<object>(`/v1/plans/${planId}/lines/L01`),
  }
}

/** How that day is told of later: at the version in force then, else at the one worked on, of which a draft's lines were nobody's yet. */
function reconstructed({ day, now, inForce, published }: Told): object {
  const nobodys = published === undefined && now.state === 'DRAFT' ? { lines: [] } : {}
  return { ...now, ...inForce, state: now.state, ...nobodys, asOf: day }
}

/** Ends the day, of which every plan is recorded, and begins another at ten in the morning of China. */
async function on(day: string): Promise<void> {
  const today = harness.clock.now().slice(0, 10)
  for (const planId of plans) days.push(await live(planId, today))
  harness.clock.advance(epochMsOf(`${day}T02:00:00.000Z` as Instant) - epochMsOf(harness.clock.now()))
}

const filedAndPublished = async (planId: string): Promise<void> => {
  await onPlan(planId, 'file')
  await decided(planId, 'accept')
  await onPlan(planId, 'publish')
}

/** Adjustments of the two plans in turn, one every five days from the middle of March; the service restarts after the last. */
async function adjusted(from: number, to: number): Promise<void> {
  for (let step = from; step <= to; step++) {
    await on(new Date(Date.UTC(2026, 2, 11 + step * 5)).toISOString().slice(0, 10))
    const planId = plans[step % 2] ?? internal
    // Every other of a plan takes back what the one before had brought.
    const { lines } = await ask<PlanBody>(`/v1/plans/${planId}`)
    const cancel = step % 4 < 2 ? [] : lines.slice(-1).map(({ lineId }) => lineId)
    await onPlan(planId, 'adjustments', { reason: `第${step}次调整`, add: [lineOf(planId, `追加任务${step}`)], cancel })
    // Two steps stand in one version now and then.
    if (step % 6 > 1) await filedAndPublished(planId)
  }
  await harness.restart()
}

beforeAll(async () => {
  harness = await planningHarness({ objects: asPlanned }, '2025-11-20T02:00:00.000Z')
})
afterAll(() => harness.dispose())

interface PlanProgress {
  readonly version: number
  readonly lines: readonly { readonly lineId: string; readonly planned?: number }[]
}

describe('a year of plans', () => {
  it('PLN-01 PLN-04 is drafted in November and filed in January and March, over a failed and a returned filing', async () => {
    for (const planType of ['JOINT', 'INTERNAL']) {
      expect((await (await planner()).post('/v1/plans', { year: 2026, planType, selection })).status).toBe(201)
    }
    for (const planId of plans) await onPlan(planId, 'lines', { lines: [lineOf(planId, '全年任务'), lineOf(planId, '备用任务')] })
    await harness.restart()
    await on('2026-01-12')
    // Registry is away in the middle of the filing: nothing of it stays.
    harness.registry.content.beforeUnits = async () => {
      throw appError('unavailable', 'store-unavailable')
    }
    expect((await (await planner()).post(`/v1/plans/${joint}/file`, {})).status).toBeGreaterThanOrEqual(500)
    harness.registry.content.beforeUnits = async () => undefined
    expect(await ask(`/v1/plans/${joint}`)).toMatchObject({ state: 'DRAFT', version: 1 })
    await onPlan(joint, 'file')
    await on('2026-01-18')
    await decided(joint, 'return')
    await on('2026-01-20')
    await filedAndPublished(joint)
    await harness.restart()
    await on('2026-03-10')
    await filedAndPublished(internal)
    expect(await ask('/v1/filings?year=2026')).toMatchObject({
      items: [
        { unitId: gaj, status: 'PENDING' },
        { planId: internal, status: 'ON_TIME', dueDate: '2026-03-31' },
        { planId: joint, status: 'ON_TIME', dueDate: '2026-01-31' },
      ],
    })
  })

  it('PLN-09 PLN-10 is adjusted ten times', async () => {
    await adjusted(1, 10)
    for (const planId of plans) expect((await ask<PlanBody>(`/v1/plans/${planId}`)).version).toBeGreaterThan(3)
  })

  it('CRD-11 PLN-09 PLN-10 is adjusted ten times more after grades changed', async () => {
    harness.registry.content.past = { until: harness.clock.now(), objects: asPlanned }
    harness.registry.content.objects = [...poolOf('G1', { A: 80, D: 14 }), ...poolOf('G2', { A: 60 })]
    await on('2026-05-02')
    expect((await ask<{ items: unknown[] }>(`/v1/plans/${internal}/re-evaluation`)).items).not.toEqual([])
    expect((await ask<{ items: unknown[] }>(`/v1/plans/${joint}/re-evaluation`)).items).toEqual([])
    await adjusted(11, 20)
  })

  it('PLN-09 PLN-10 is adjusted the last ten times', async () => {
    await adjusted(21, adjustments)
    await on('2026-08-20')
    for (const planId of plans) if ((await ask<PlanBody>(`/v1/plans/${planId}`)).state === 'ADJUSTING') await filedAndPublished(planId)
    for (const planId of plans) expect((await ask<PlanBody>(`/v1/plans/${planId}`)).state).toBe('ADJUSTED')
  })

  it('PLN-11 PLN-24 DQ-03 is drawn and checked as planned: tasks agree with the published lines', async () => {
    await on('2026-09-05')
    let short = ''
    for (const planId of plans) {
      const { version, lines: planned } = await ask<PlanProgress>(`/v1/plans/${planId}/progress`)
      for (const { lineId, itemCodes, units } of (await ask<PlanBody>(`/v1/plans/${planId}`)).lines) {
        const drawId = `draw-${planId}-${lineId}`
        const head = { drawId, regionCode: city, unitId: scj }
        const at = harness.clock.now()
        await harness.publish(drawFrozen, drawId, 1, { ...head, planId, lineId, batch: 1, planVersion: version, attempt: 1, asOf: at })
        await harness.publish(drawCommitted, drawId, 2, {
          ...head,
          commitmentDigest: 'c',
          committedAt: at,
          beaconSource: 'self',
          round: 7n,
        })
        const ofLine = planned.find((one) => one.lineId === lineId)?.planned ?? 0
        // The pool of one line has an object less by then.
        const drawn = short === '' && ofLine > 1 ? ofLine - 1 : ofLine
        if (drawn < ofLine) short = drawId
        await harness.publish(drawDrawn, drawId, 3, { ...head, strata: [], drawn })
        for (const object of Array.from({ length: drawn }, (_, index) => index)) {
          for (const { unitId } of units) {
            const taskId = `${drawId}-${object}-${unitId}`
            const task = { taskId, regionCode: city, unitId, drawId, visitId: `visit-${drawId}-${object}` }
            const window = { start: '2026-09-01', end: '2026-11-30' }
            const planType = planId === joint ? ('PLAN_TYPE_JOINT' as const) : ('PLAN_TYPE_INTERNAL' as const)
            const told = { planId, lineId, itemCodes: [...itemCodes], window, mergeWindowId: 'w', unitCount: units.length }
            await harness.publish(taskDispatched, taskId, 1, { ...task, ...told, planType, taskNumber: taskId })
            await harness.publish(taskCompleted, taskId, 2, { ...task, checkEndedAt: at, completedAt: at, resultIds: [], clueIds: [] })
          }
        }
      }
    }
    await harness.restart()
    await on('2026-12-31')
    await eventually(async () => {
      const { counts, total } = await ask<{ counts: Record<string, number>; total: number }>('/v1/progress?year=2026')
      expect(counts['DONE']).toBe(total)
      expect(total).toBeGreaterThan(10)
    })
    await harness.runSweep('consistency-reports')
    expect((await ask<{ items: readonly { exceptions: unknown[] }[] }>('/v1/consistency-reports?date=2026-12-31')).items).toMatchObject([
      { plans: 2, exceptions: [{ code: 'FEWER_DRAWN_THAN_PLANNED', drawIds: [short] }] },
    ])
  })

  it('PLN-08 PLN-10 PLN-28 ends with published versions and filings that agree with each other and with what was told', async () => {
    const stream = await harness.collect(events.planning.planPublished.topic)
    await on('2027-01-05')
    for (const planId of plans) expect((await onPlan(planId, 'close')).state).toBe('CLOSED')
    for (const planId of plans) {
      const { versions, version } = await ask<PlanBody>(`/v1/plans/${planId}`)
      const published = versions.filter(({ state }) => state === 'SUPERSEDED' || state === 'PUBLISHED').map((each) => each.version)
      expect(versions.filter(({ state }) => state === 'PUBLISHED')).toEqual([{ version, state: 'PUBLISHED' }])
      for (const number of published) {
        expect(await ask(`/v1/plans/${planId}/versions/${number}`)).toMatchObject({
          filing: { accepted: {}, filedTo: '230000' },
          published: {},
        })
      }
      await eventually(() => {
        const told = stream.received.filter(
          ({ aggregateId, type }) => aggregateId === planId && type === events.planning.planPublished.type,
        )
        expect(told.map(({ payload }) => (payload as { planVersion: number }).planVersion)).toEqual(published)
      })
      expect(await ask(`/v1/public/plans/${planId}`)).toMatchObject({ version })
    }
    await stream.stop()
  })

  it('ACC-02 is reconstructed as of every day that anything was done on as the service told it on that day', async () => {
    await on('2027-01-06')
    expect(new Set(days.map(({ day }) => day)).size).toBeGreaterThan(35)
    // The year went through every state.
    const states = new Set(days.map(({ now }) => now.state))
    expect([...states].sort()).toEqual(['ADJUSTED', 'ADJUSTING', 'CLOSED', 'DRAFT', 'FILED', 'PUBLISHED', 'RETURNED'])
    for (const each of days) {
      const { planId, day, published, line } = each
      const then = await ask<{ published?: object }>(`/v1/plans/${planId}?asOf=${day}`)
      expect(then, `${planId} ${day}`).toEqual(reconstructed(each))
      const { digest, publishedAt: at, channels } = published ?? {}
      expect(then.published, `${planId} ${day}`).toEqual(published === undefined ? undefined : { by: 'planner', digest, at, channels })
      expect(await ask(`/v1/plans/${planId}/lines/L01?asOf=${day}`), `${planId} ${day}`).toEqual(line)
    }
  })
})
