import type { RegionCode, UnitId } from '@dual-random/kernel'
import { eventually, type ServiceChild } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { copiesWorld } from './support/copies-world.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1).padStart(2, '0'))
const counties = numbered(20).map((number) => `2303${number}` as RegionCode)
const unitIds = numbered(24).map((number) => `230300-u${number}` as UnitId)

const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const line = { taskName: '商品质量检查', itemCodes: ['G1'], ratios, window: { start: '2026-05-01', end: '2026-11-30' } }

interface Raised {
  readonly items: readonly { readonly key: string; readonly kind: string; readonly regionCode: string }[]
}

describe('two copies of planning', () => {
  it('PLN-04 PLN-28 under load, one killed in the middle, lose no transition and write one reminder a key', {
    timeout: 180_000,
  }, async () => {
    await using world = await copiesWorld(counties, unitIds)
    await world.moveClock('2026-03-20T04:00:00.000Z')
    const [first, second] = await Promise.all([world.start(), world.start()])
    let copies: readonly ServiceChild[] = [first, second]
    let answered = 0

    async function wholeWay(unitId: UnitId): Promise<void> {
      const planner = await world.as(() => copies, unitId, '230300', 'PLANNER')
      const reviewer = await world.as(() => copies, '230000-scj', '230000', 'FILING_REVIEWER')
      const planId = `plan-230300-2026-INTERNAL-${unitId}`
      const steps = [
        () => planner.post('/v1/plans', { year: 2026, planType: 'INTERNAL', selection }),
        () => planner.post(`/v1/plans/${planId}/lines`, { lines: [line] }),
        () => planner.post(`/v1/plans/${planId}/file`, {}),
        () => reviewer.post(`/v1/plans/${planId}/accept`, {}),
        () => planner.post(`/v1/plans/${planId}/publish`, {}),
      ]
      for (const step of steps) {
        const { status, body } = await step()
        expect(status, JSON.stringify(body)).toBeLessThan(300)
        answered += 1
      }
    }

    // Each copy is held in the middle of its look at one of the counties, and both are under load, when the first is killed.
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let looking = 0
    world.registry.beforeUnits = async (regionCode) => {
      if (!counties.includes(regionCode as RegionCode)) return
      looking += 1
      await held
    }
    for (const county of counties) await world.register(county)
    await eventually(() => expect(looking).toBe(2))
    const load = Promise.all(unitIds.map(wholeWay))
    await eventually(() => expect(answered).toBeGreaterThan(unitIds.length), { everyMs: 1, timeoutMs: 60_000 })
    const before = answered
    const killing = first.kill()
    copies = [second]
    await killing
    world.registry.beforeUnits = async () => undefined
    release()
    await load
    expect(before).toBeLessThan(unitIds.length * 5)
    expect(answered).toBe(unitIds.length * 5)

    // Every transition is in the store, and was told once and in order.
    const auditor = await world.as(() => copies, '230300-scj', '230300', 'JOINT_COORDINATOR')
    const { body: plans } = await auditor.get<{ items: readonly { planId: string; state: string; version: number; lineCount: number }[] }>(
      '/v1/plans?year=2026&limit=500',
    )
    expect(plans.items.map(({ state, version, lineCount }) => [state, version, lineCount])).toEqual(unitIds.map(() => ['PUBLISHED', 1, 1]))
    await eventually(
      () => {
        for (const { planId } of plans.items)
          expect([...(world.idsOf.get(planId) ?? [])]).toEqual([1, 2, 3, 4].map((seq) => `${planId}:${seq}`))
      },
      { timeoutMs: 40_000 },
    )

    // The county that the killed copy held is nobody's until the hold runs out; then the other has it.
    const raised = async (kind: string) => (await auditor.get<Raised>(`/v1/reminders?year=2026&kind=${kind}&limit=500`)).body.items
    await eventually(async () => expect(await raised('PLAN_DUE')).toHaveLength(counties.length - 1))
    await world.moveClock('2026-03-20T04:10:00.000Z')
    await eventually(async () => expect((await raised('PLAN_DUE')).map(({ regionCode }) => regionCode).sort()).toEqual(counties))

    // Two copies again, which look at all counties at once on the day after the due date.
    copies = [await world.start(), second]
    await world.moveClock('2026-04-01T04:00:00.000Z')
    const overdue = async () => (await raised('PLAN_OVERDUE')).filter(({ key }) => key.includes('INTERNAL'))
    await eventually(async () => expect((await overdue()).map(({ regionCode }) => regionCode).sort()).toEqual(counties))

    // One record a key, and one id for whoever delivers it.
    const records = [...(await raised('PLAN_DUE')), ...(await raised('PLAN_OVERDUE'))].map(({ key }) => key)
    expect(new Set(records).size).toBe(records.length)
    await eventually(() => {
      const sent = [...world.idsOf].filter(([id]) => id.startsWith('reminder-'))
      expect(sent.map(([id]) => id).sort()).toEqual(records.toSorted())
      for (const [key, ids] of sent) expect([...ids]).toEqual([`${key}:1`])
    })
    for (const copy of copies) await copy.kill()
  })
})
