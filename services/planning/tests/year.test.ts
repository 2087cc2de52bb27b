import { events } from '@dual-random/contracts'
import { appError } from '@dual-random/errors'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import { eventually, type ServiceChild } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CopiesWorld, copiesWorld } from './support/copies-world.ts'
import { poolOf } from './support/harness.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'
import { unit, units } from './support/lines.ts'

const { drawFrozen, drawCommitted, drawDrawn } = events.drawing
const { taskDispatched, taskCompleted } = events.inspection

const gaj = '230300-gaj'

/** A plan of the year: whose it is, and which region it is filed to. */
interface Kept {
  readonly planId: string
  readonly regionCode: string
  readonly unitId: string
  readonly planType: 'JOINT' | 'INTERNAL'
  readonly filesTo: string
}
const planOf = (regionCode: string, planType: Kept['planType'], filesTo: string): Kept => {
  const unitId = `${regionCode}-scj`
  return { planId: `plan-${regionCode}-2026-${planType}-${unitId}`, regionCode, unitId, planType, filesTo }
}
const joint = planOf('230300', 'JOINT', '230000')
const internal = planOf('230300', 'INTERNAL', '230000')
/** A county files with its city, which files with the province. */
const ofCounty = planOf('230302', 'INTERNAL', '230300')
const ofCity = [joint, internal]
const plans = [...ofCity, ofCounty]
const adjustments = 30

const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const lineOf = ({ planType, unitId }: Kept, taskName: string) => ({
  taskName,
  itemCodes: [planType === 'JOINT' ? 'G2' : 'G1'],
  ratios,
  window: { start: '2026-09-01', end: '2026-11-30' },
  ...(planType === 'JOINT' ? { units: [{ unitId }, { unitId: gaj }] } : {}),
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

let world: CopiesWorld
let service: ServiceChild
let kills = 0
let today = '2025-11-20'

/** The service ends at once, without a chance to finish anything, and starts again on the same store. */
async function killed(): Promise<void> {
  kills++
  await service.kill()
  service = await world.start(`life-${kills}`)
}

const nothing = async (): Promise<void> => undefined

/** The next command that asks who is in a region is in the middle of it when the service is killed; whoever sent it sends it again to the next. */
function killInTheMiddle(): void {
  world.registry.beforeUnits = async () => {
    world.registry.beforeUnits = nothing
    await killed()
    throw appError('unavailable', 'store-unavailable')
  }
}

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

const as = (regionCode: string, role: string) => world.as(() => [service], `${regionCode}-scj`, regionCode, role)
const planner = () => as('230300', 'PLANNER')
/** The city sees what is its county's too. */
const ask = async <T>(path: string): Promise<T> => (await (await planner()).get<T>(path)).body
const onPlan = async ({ planId, regionCode }: Kept, step: string, body: object = {}): Promise<PlanBody> => {
  const answer = await (await as(regionCode, 'PLANNER')).post<PlanBody>(`/v1/plans/${planId}/${step}`, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}
const decided = async ({ planId, filesTo }: Kept, how: 'accept' | 'return') => {
  const body = how === 'return' ? { reason: '补充依据' } : {}
  expect((await (await as(filesTo, 'FILING_REVIEWER')).post(`/v1/plans/${planId}/${how}`, body)).status).toBe(200)
}

async function live(planId: string, day: string): Promise<Told> {
  const now = await ask<PlanBody>(`/v1/plans/${planId}`)
  const { version, publishedVersion } = now
  const inForce = publishedVersion === null || publishedVersion === version ? undefined : `/v1/plans/${planId}/versions/${publishedVersion}`
  const publicly = await world.anonymous(() => [service]).get<NonNullable<Told['published']>>(`/v1/public/plans/${planId}`)
  return {
    planId,
    day,
    now,
    ...(inForce === undefined ? {} : { inForce: await ask<object>(inForce) }),
    ...(publicly.status === 404 ? {} : { published: publicly.body }),
    line: await ask<object>(`/v1/plans/${planId}/lines/L01`),
  }
}

/**
 * How that day is told of later: at the version in force then, else at the one worked on, of which a draft's lines were nobody's yet, and its edits no acts
 * that are kept with their instant.
 */
function reconstructed({ day, now, inForce, published }: Told): object {
  const someInstant: unknown = expect.any(String)
  const nobodys = published === undefined && now.state === 'DRAFT' ? { lines: [], updatedAt: someInstant } : {}
  return { ...now, ...inForce, state: now.state, ...nobodys, asOf: day }
}

/** Ends the day, of which every plan is recorded, and begins another at ten in the morning of China. */
async function on(day: string): Promise<void> {
  for (const { planId } of plans) days.push(await live(planId, today))
  await world.moveClock(`${day}T02:00:00.000Z`)
  // The service looks at its clock when it is asked.
  await eventually(async () => expect((await (await planner()).get(`/v1/plans/${joint.planId}?asOf=${day}`)).status).toBe(200))
  today = day
}

const filedAndPublished = async (plan: Kept): Promise<void> => {
  await onPlan(plan, 'file')
  await decided(plan, 'accept')
  await onPlan(plan, 'publish')
}

/** One line more; every other adjustment of a plan, the odd ones, takes back what the one before had brought. */
async function adjust(plan: Kept, step: number, isOdd: boolean): Promise<void> {
  const { lines } = await ask<PlanBody>(`/v1/plans/${plan.planId}`)
  const cancel = isOdd ? lines.slice(-1).map(({ lineId }) => lineId) : []
  await onPlan(plan, 'adjustments', { reason: `第${step}次调整`, add: [lineOf(plan, `追加任务${step}`)], cancel })
}

/**
 * Adjustments of the city's two plans in turn, one every five days from the middle of March, and with every third one of the county's. The service is
 * killed in the middle of every fifth, and after the last.
 */
async function adjusted(from: number, to: number): Promise<void> {
  for (let step = from; step <= to; step++) {
    await on(new Date(Date.UTC(2026, 2, 11 + step * 5)).toISOString().slice(0, 10))
    const plan = ofCity[step % 2] ?? internal
    if (step % 5 === 0) killInTheMiddle()
    await adjust(plan, step, step % 4 >= 2)
    // Two steps stand in one version now and then.
    if (step % 6 > 1) await filedAndPublished(plan)
    if (step % 3 !== 0) continue
    await adjust(ofCounty, step, step % 6 === 0)
    if (step % 9 > 0) await filedAndPublished(ofCounty)
  }
  await killed()
}

beforeAll(async () => {
  const levels = [
    unit('230302-scj' as UnitId, { regionCode: '230302' as RegionCode }),
    unit('230000-scj' as UnitId, { regionCode: '230000' as RegionCode }),
  ]
  world = await copiesWorld([], [], {
    content: { objects: asPlanned, units: [...units, ...levels] },
    env: { DR_CONSISTENCY_SWEEP_MS: '50' },
  })
  await world.moveClock(`${today}T02:00:00.000Z`)
  service = await world.start('life-0')
})
afterAll(async () => {
  await service.kill()
  await world[Symbol.asyncDispose]()
})

interface Filings {
  readonly items: readonly { readonly planId?: string; readonly unitId?: string }[]
}

interface PlanProgress {
  readonly version: number
  readonly items: readonly { readonly lineId: string; readonly planned?: number }[]
}

describe('a year of plans', { timeout: 600_000 }, () => {
  it('PLN-01 PLN-04 PLN-06 is drafted in November and filed in January and March over three levels, over failed and returned filings', async () => {
    for (const { regionCode, planType } of plans) {
      expect((await (await as(regionCode, 'PLANNER')).post('/v1/plans', { year: 2026, planType, selection })).status).toBe(201)
    }
    for (const plan of plans) await onPlan(plan, 'lines', { lines: [lineOf(plan, '全年任务'), lineOf(plan, '备用任务')] })
    await killed()
    await on('2026-01-12')
    // Registry is away in the middle of the filing: nothing of it stays.
    world.registry.beforeUnits = async () => {
      throw appError('unavailable', 'store-unavailable')
    }
    expect((await (await planner()).post(`/v1/plans/${joint.planId}/file`, {})).status).toBeGreaterThanOrEqual(500)
    world.registry.beforeUnits = nothing
    expect(await ask(`/v1/plans/${joint.planId}`)).toMatchObject({ state: 'DRAFT', version: 1 })
    // So is the service, in the middle of the next: it is filed once all the same.
    killInTheMiddle()
    expect(await onPlan(joint, 'file')).toMatchObject({ state: 'FILED', version: 1 })
    await on('2026-01-18')
    await decided(joint, 'return')
    await on('2026-01-20')
    await filedAndPublished(joint)
    await killed()
    await on('2026-03-02')
    await onPlan(ofCounty, 'file')
    await decided(ofCounty, 'return')
    await on('2026-03-10')
    for (const plan of [ofCounty, internal]) await filedAndPublished(plan)
    const { body: filings } = await (await as('230000', 'FILING_REVIEWER')).get<Filings>('/v1/filings?year=2026')
    expect(filings.items).toContainEqual(expect.objectContaining({ unitId: gaj, status: 'PENDING' }))
    expect(filings.items.filter(({ planId }) => planId !== undefined)).toMatchObject([
      { planId: internal.planId, filesTo: '230000', status: 'ON_TIME', dueDate: '2026-03-31' },
      { planId: joint.planId, filesTo: '230000', status: 'ON_TIME', dueDate: '2026-01-31' },
      { planId: ofCounty.planId, filesTo: '230300', status: 'ON_TIME' },
    ])
  })

  it('PLN-09 PLN-10 is adjusted ten times', async () => {
    await adjusted(1, 10)
    for (const { planId } of ofCity) expect((await ask<PlanBody>(`/v1/plans/${planId}`)).version).toBeGreaterThan(3)
    expect((await ask<PlanBody>(`/v1/plans/${ofCounty.planId}`)).version).toBeGreaterThan(2)
  })

  it('CRD-11 PLN-09 PLN-10 is adjusted ten times more after grades changed', async () => {
    world.registry.past = { until: '2026-05-01T16:00:00.000Z', objects: asPlanned }
    world.registry.objects = [...poolOf('G1', { A: 80, D: 14 }), ...poolOf('G2', { A: 60 })]
    await on('2026-05-02')
    expect((await ask<{ items: unknown[] }>(`/v1/plans/${internal.planId}/re-evaluation`)).items).not.toEqual([])
    expect((await ask<{ items: unknown[] }>(`/v1/plans/${joint.planId}/re-evaluation`)).items).toEqual([])
    await adjusted(11, 20)
  })

  it('PLN-09 PLN-10 is adjusted the last ten times', async () => {
    await adjusted(21, adjustments)
    await on('2026-08-20')
    for (const plan of plans) if ((await ask<PlanBody>(`/v1/plans/${plan.planId}`)).state === 'ADJUSTING') await filedAndPublished(plan)
    for (const { planId } of plans) expect((await ask<PlanBody>(`/v1/plans/${planId}`)).state).toBe('ADJUSTED')
    // One each: two while it was planned, six in the middle of an adjustment, three after the tenth ones, and that in the middle of a filing.
    expect(kills).toBe(12)
  })

  it('PLN-11 PLN-24 DQ-03 is drawn and checked as planned: tasks agree with the published lines', async () => {
    await on('2026-09-05')
    let short = ''
    for (const { planId, planType, regionCode, unitId } of plans) {
      const { version, items: planned } = await ask<PlanProgress>(`/v1/plans/${planId}/progress`)
      for (const { lineId, itemCodes, units: checking } of (await ask<PlanBody>(`/v1/plans/${planId}`)).lines) {
        const drawId = `draw-${planId}-${lineId}`
        const head = { drawId, regionCode, unitId }
        const at = `${today}T03:00:00.000Z`
        await world.publish(drawFrozen, drawId, { ...head, planId, lineId, batch: 1, planVersion: version, attempt: 1, asOf: at })
        await world.publish(drawCommitted, drawId, { ...head, commitmentDigest: 'c', committedAt: at, beaconSource: 'self', round: 7n })
        const ofLine = planned.find((one) => one.lineId === lineId)?.planned ?? 0
        // The pool of one line has an object less by then.
        const drawn = short === '' && ofLine > 1 ? ofLine - 1 : ofLine
        if (drawn < ofLine) short = drawId
        await world.publish(drawDrawn, drawId, { ...head, strata: [], drawn })
        for (const object of Array.from({ length: drawn }, (_, index) => index)) {
          for (const { unitId: checker } of checking) {
            const taskId = `${drawId}-${object}-${checker}`
            const task = { taskId, regionCode, unitId: checker, drawId, visitId: `visit-${drawId}-${object}` }
            const window = { start: '2026-09-01', end: '2026-11-30' }
            const type = planType === 'JOINT' ? ('PLAN_TYPE_JOINT' as const) : ('PLAN_TYPE_INTERNAL' as const)
            const told = { planId, lineId, itemCodes: [...itemCodes], window, mergeWindowId: 'w', unitCount: checking.length }
            await world.publish(taskDispatched, taskId, { ...task, ...told, planType: type, taskNumber: taskId })
            await world.publish(taskCompleted, taskId, { ...task, checkEndedAt: at, completedAt: at, resultIds: [], clueIds: [] })
          }
        }
      }
    }
    await killed()
    await eventually(
      async () => {
        const { counts, total } = await ask<{ counts: Record<string, number>; total: number }>('/v1/progress?year=2026')
        expect(counts['DONE']).toBe(total)
        expect(total).toBeGreaterThan(10)
      },
      { timeoutMs: 60_000 },
    )
    await on('2026-12-31')
    type Reports = { readonly items: readonly { readonly regionCode: string; readonly exceptions: unknown[] }[] }
    await eventually(async () => {
      // The city's report and its county's.
      const { items } = await ask<Reports>('/v1/consistency-reports?regionCode=230300&date=2026-12-31')
      expect(items.toSorted((a, b) => a.regionCode.localeCompare(b.regionCode))).toMatchObject([
        { regionCode: '230300', plans: 2, exceptions: [{ code: 'FEWER_DRAWN_THAN_PLANNED', drawIds: [short] }] },
        { regionCode: '230302', plans: 1, exceptions: [] },
      ])
    })
  })

  it('PLN-08 PLN-10 PLN-28 ends with published versions and filings that agree with each other and with what was told', async () => {
    await on('2027-01-05')
    const { body: filings } = await (await as('230000', 'FILING_REVIEWER')).get<Filings>('/v1/filings?year=2026')
    for (const plan of plans) {
      expect((await onPlan(plan, 'close')).state).toBe('CLOSED')
      const { planId, filesTo } = plan
      const { versions, version } = await ask<PlanBody>(`/v1/plans/${planId}`)
      const published = versions.filter(({ state }) => state === 'SUPERSEDED' || state === 'PUBLISHED').map((each) => each.version)
      expect(versions.filter(({ state }) => state === 'PUBLISHED')).toEqual([{ version, state: 'PUBLISHED' }])
      for (const number of published) {
        expect(await ask(`/v1/plans/${planId}/versions/${number}`)).toMatchObject({
          // An adjustment is late by no date.
          filing: { accepted: {}, filedTo: filesTo, onTime: true },
          published: {},
        })
      }
      expect(filings.items.find((filing) => filing.planId === planId)).toMatchObject({ filesTo, status: 'ON_TIME' })
      await eventually(() => {
        const told = world.heard.filter(({ aggregateId, type }) => aggregateId === planId && type === events.planning.planPublished.type)
        // What was told before a kill may be told again after it.
        expect([...new Set(told.map(({ payload }) => (payload as { planVersion: number }).planVersion))]).toEqual(published)
      })
      expect(await ask(`/v1/public/plans/${planId}`)).toMatchObject({ version })
    }
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
      const by = `PLANNER of ${plans.find((plan) => plan.planId === planId)?.unitId}`
      // No publication service runs here: nothing has been delivered yet.
      const deliveries = channels?.map((channel) => ({ channel, status: 'PENDING' }))
      expect(then.published, `${planId} ${day}`).toEqual(published === undefined ? undefined : { by, digest, at, channels, deliveries })
      expect(await ask(`/v1/plans/${planId}/lines/L01?asOf=${day}`), `${planId} ${day}`).toEqual(line)
    }
  })
})
