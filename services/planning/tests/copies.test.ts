import { isDeepStrictEqual } from 'node:util'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import type { ReceivedEvent } from '@dual-random/messaging'
import { eventually, type ServiceChild } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { copiesWorld } from './support/copies-world.ts'
import { ratiosInBands as ratios } from './support/line-ratios.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1).padStart(2, '0'))
const counties = numbered(20).map((number) => `2303${number}` as RegionCode)
const unitIds = numbered(32).map((number) => `230300-u${number}` as UnitId)
const planIdOf = (unitId: UnitId): string => `plan-230300-2026-INTERNAL-${unitId}`

const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
const line = { taskName: '商品质量检查', itemCodes: ['G1'], ratios, window: { start: '2026-05-01', end: '2026-11-30' } }

/** What a plan goes through here, by the events that tell of it. */
const wholeLife = ['drafted', 'filed', 'accepted', 'published'].map((what) => `cn.dualrandom.planning.plan.${what}.v1`)
const steps = 5

const patience = { timeoutMs: 60_000 }

interface Raised {
  readonly items: readonly {
    readonly key: string
    readonly kind: string
    readonly regionCode: string
    readonly delivery: { readonly status: string }
  }[]
}

/** Events of an aggregate in the order in which they first came; what comes again must say what it said before. */
function toldOf(heard: readonly ReceivedEvent[], aggregateId: string): readonly ReceivedEvent[] {
  const byId = Map.groupBy(
    heard.filter((event) => event.aggregateId === aggregateId),
    ({ id }) => id,
  )
  const differing = [...byId].filter(([, [first, ...again]]) => again.some(({ payload }) => !isDeepStrictEqual(payload, first?.payload)))
  expect(differing).toEqual([])
  return [...byId.values()].flatMap(([first]) => first ?? [])
}

/** A gate that everybody waits at until it opens. */
function gate() {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), opened }
}

describe('two copies of planning', () => {
  it('PLN-04 PLN-28 under load, killed one after the other, lose no transition and write one reminder a key, which people get once', {
    timeout: 600_000,
  }, async () => {
    await using world = await copiesWorld(counties, unitIds)
    await world.moveClock('2026-03-20T04:00:00.000Z')
    let started = 0
    const start = () => world.start(`copy-${++started}`)
    let copies: readonly ServiceChild[] = [await start(), await start()]

    /** Kills the older copy, and starts another in its place. */
    async function replaceOldest(onceDead = (): void => undefined): Promise<void> {
      const [oldest, ...others] = copies
      copies = others
      await oldest?.kill()
      onceDead()
      copies = [...copies, await start()]
    }

    async function wholeWay(unitId: UnitId, answered: () => void): Promise<void> {
      const planner = await world.as(() => copies, unitId, '230300', 'PLANNER')
      const reviewer = await world.as(() => copies, '230000-scj', '230000', 'FILING_REVIEWER')
      const path = `/v1/plans/${planIdOf(unitId)}`
      for (const step of [
        () => planner.post('/v1/plans', { year: 2026, planType: 'INTERNAL', selection }),
        () => planner.post(`${path}/lines`, { lines: [line] }),
        () => planner.post(`${path}/file`, {}),
        () => reviewer.post(`${path}/accept`, {}),
        () => planner.post(`${path}/publish`, {}),
      ]) {
        const { status, body } = await step()
        expect(status, JSON.stringify(body)).toBeLessThan(300)
        answered()
      }
    }

    /** Plans of these units go their whole way over both copies; the older is killed once such a share of the steps is answered. */
    async function loadAndKill(units: readonly UnitId[], share: number, onceDead?: () => void): Promise<void> {
      let answered = 0
      const load = Promise.all(units.map((unitId) => wholeWay(unitId, () => answered++)))
      await eventually(() => expect(answered).toBeGreaterThanOrEqual(share * units.length * steps), { ...patience, everyMs: 1 })
      expect(answered).toBeLessThan(units.length * steps)
      await Promise.all([load, replaceOldest(onceDead)])
      expect(answered).toBe(units.length * steps)
    }

    // Each copy is held in the middle of its look at one of the counties, and both are under load, when the first is killed.
    const looks = gate()
    const lookedAt: string[] = []
    world.registry.beforeUnits = async (regionCode) => {
      if (!counties.includes(regionCode as RegionCode)) return
      lookedAt.push(regionCode)
      await looks.opened
    }
    for (const county of counties) await world.register(county)
    await eventually(() => expect(lookedAt).toHaveLength(2), patience)
    await loadAndKill(unitIds.slice(0, 8), 0.4, looks.open)

    /** Lets ten minutes of the clock pass until it holds: holds run out, and what could not be looked at is tried again. */
    const inTenMinutes = (from: string, check: () => Promise<void>): Promise<void> => {
      let at = Date.parse(from)
      const later = async (): Promise<void> => {
        at += 600_000
        await world.moveClock(new Date(at).toISOString())
        await check()
      }
      return eventually(later, { ...patience, everyMs: 2000 })
    }

    // Once the hold of the killed copy has run out, the county that it held is looked at by another.
    const auditor = await world.as(() => copies, '230300-scj', '230300', 'JOINT_COORDINATOR')
    const raised = async (kind: string) => (await auditor.get<Raised>(`/v1/reminders?year=2026&kind=${kind}&limit=500`)).body.items
    await inTenMinutes('2026-03-20T04:00:00.000Z', async () => {
      expect((await raised('PLAN_DUE')).map(({ regionCode }) => regionCode).toSorted()).toEqual(counties)
    })
    expect(lookedAt.length).toBeGreaterThan(counties.length)

    await loadAndKill(unitIds.slice(8, 16), 0.05)
    await loadAndKill(unitIds.slice(16, 24), 0.6)
    await loadAndKill(unitIds.slice(24), 0.85)

    // Every transition is in the store once, and was told, in order.
    const { body: plans } = await auditor.get<{ items: readonly { planId: string; state: string; version: number; lineCount: number }[] }>(
      '/v1/plans?year=2026&limit=500',
    )
    expect(plans.items).toMatchObject(unitIds.map((unitId) => ({ planId: planIdOf(unitId), state: 'PUBLISHED', version: 1, lineCount: 1 })))
    await eventually(() => {
      for (const { planId } of plans.items) {
        const told = toldOf(world.heard, planId)
        expect(told.map(({ type }) => type)).toEqual(wholeLife)
        expect(told.map(({ id }) => id)).toEqual([1, 2, 3, 4].map((seq) => `${planId}:${seq}`))
      }
    }, patience)
    await eventually(async () => {
      const stored = await world.stored('plans')
      expect(stored.map(({ _id, version, seq, outbox }) => [_id, version, seq, outbox])).toEqual(
        unitIds.map((unitId) => [planIdOf(unitId), steps, wholeLife.length, []]),
      )
    }, patience)

    // The day after the due date: both copies have given the gateway reminders, which it has sent on without an answer, when one is killed.
    const answers = gate()
    world.gateway.beforeAnswer = () => answers.opened
    const before = world.gateway.received.length
    const oldest = `Bearer copy-${started - 1}`
    const newlyReceived = () => world.gateway.received.slice(before)
    await world.moveClock('2026-04-01T04:00:00.000Z')
    await eventually(
      () => expect(new Set(newlyReceived().map(({ from }) => from))).toEqual(new Set([oldest, `Bearer copy-${started}`])),
      patience,
    )
    let unheard: readonly string[] = []
    await replaceOldest(() => {
      unheard = newlyReceived().flatMap(({ from, idempotencyId }) => (from === oldest ? [idempotencyId] : []))
      world.gateway.beforeAnswer = async () => undefined
      answers.open()
    })
    await inTenMinutes('2026-04-01T04:00:00.000Z', async () => {
      const overdue = (await raised('PLAN_OVERDUE')).filter(({ key }) => key.includes('INTERNAL'))
      expect(overdue.map(({ regionCode }) => regionCode).toSorted()).toEqual(counties)
    })

    // One record a key, told under one id, and one message to people: what the killed copy had given came again under the same id.
    const records = async () => [...(await raised('PLAN_DUE')), ...(await raised('PLAN_OVERDUE'))]
    await eventually(async () => expect((await records()).filter(({ delivery }) => delivery.status !== 'DELIVERED')).toEqual([]), patience)
    const keys = (await records()).map(({ key }) => key).toSorted()
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toHaveLength(3 * counties.length)
    expect([...world.gateway.messages.keys()].toSorted()).toEqual(keys)
    for (const [key, message] of world.gateway.messages) expect(message['key']).toBe(key)
    expect(unheard).not.toEqual([])
    for (const key of unheard) {
      const senders = newlyReceived().flatMap(({ from, idempotencyId }) => (idempotencyId === key ? [from] : []))
      expect(new Set(senders).size, key).toBeGreaterThan(1)
    }
    await eventually(() => {
      for (const key of keys) expect(toldOf(world.heard, key).map(({ id }) => id)).toEqual([`${key}:1`])
    }, patience)
    const reminders = await world.stored('reminders')
    expect(reminders.map(({ _id, seq, outbox }) => [_id, seq, outbox])).toEqual(keys.map((key) => [key, 1, []]))

    // The next day is due in every county, and is looked at by one of the copies alone.
    lookedAt.length = 0
    await world.moveClock('2026-04-02T04:00:00.000Z')
    const nextDay = '2026-04-02T16:00:00.000Z'
    await eventually(async () => expect(await world.schedules()).toEqual(counties.map((county) => [county, nextDay])), patience)
    expect(lookedAt.toSorted()).toEqual(counties)
    expect((await records()).map(({ key }) => key).toSorted()).toEqual(keys)
    for (const copy of copies) await copy.kill()
  })
})
