import type { RegionCode, UnitId } from '@dual-random/kernel'
import { type Policy, policyOf } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { act, bureauWide, city, code, days, inBands, items, lineId, planLine, scj, units } from '../../tests/support/lines.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { fourCoalCities, shaoxing, shippedCalendar } from '../../tests/support/shipped.ts'
import type { AssignedTask, Assignment, AssignmentTerms } from '../domain/assignment.ts'
import { evolve } from '../domain/evolve.ts'
import { wholeScope } from '../domain/object-scope.ts'
import type { Plan, PlanLine, PlanVersion } from '../domain/plan.ts'
import { assignmentRoutes } from '../http/assignment-routes.ts'
import { adjustPlan } from './adjust-plan.ts'
import { removeLine } from './edit-lines.ts'
import type { Caller, Ports } from './ports.ts'
import { takeInAssignments } from './take-in-assignments.ts'

const caller = {
  principal: { subject: 'planner', regionCode: city, unitId: scj, roles: ['PLANNER'] },
  context: {},
} as unknown as Caller
const narrow = { ...wholeScope, industryPrefixes: ['C14'] }
const task: AssignedTask = { taskName: '省派任务', itemCodes: [code('G1')], window: days('2026-04-01', '2026-09-30'), ratios: inBands }
const withFields = ({ content }: Policy): Policy => {
  const entry = shaoxing.content.values.get('plan.lineFields')
  if (entry === undefined) throw new Error('plan.lineFields is not set')
  return policyOf({ ...content, values: new Map(content.values).set('plan.lineFields', entry) })
}
/** Has a line state its objects among other things, which the others here do. */
const asksForObjects = withFields(fourCoalCities)
const withdrawn = { ...act, reason: '并入专项' }

const assignment = (members: Partial<AssignedTask> = {}): Assignment => ({
  assignmentId: 'a1',
  fromRegionCode: '230000' as RegionCode,
  fromUnitId: '230000-scj' as UnitId,
  regionCode: city,
  unitId: scj,
  year: 2026,
  planType: 'INTERNAL',
  task: { ...task, ...members },
  assigned: act,
})

/** The ports that taking in, removing and cancelling use, over one plan and one dispatched task. */
function world(dispatched: Assignment, version: PlanVersion = draftOf(), policy: Policy = fourCoalCities) {
  let plan: Plan = planAt(version, { selection: bureauWide })
  const ports = {
    clock: () => act.at,
    calendar: shippedCalendar,
    policies: { get: async () => policy },
    blobs: { has: async () => false },
    draws: { ofPlans: async () => [] },
    registry: { itemsInForce: async () => items, units: async () => units, elsewhere: { units: async () => [] } },
    assignments: { ofPlan: async () => [dispatched], takeIn: async () => undefined },
    plans: {
      load: async () => plan,
      all: async () => [],
      change: async (_id: string, decide: Parameters<Ports['plans']['change']>[1]) => {
        plan = (await decide(plan)).reduce<Plan>(evolve, plan)
        return plan
      },
    },
  } as unknown as Ports
  const takeIn = async (terms: Partial<AssignmentTerms> = {}, commandId = 'c1') =>
    takeInAssignments(ports, plan.planId, [{ assignmentId: 'a1', ...terms }], commandId, caller)
  const lines = () => plan.versions.at(-1)?.lines.map(({ lineId: id, origin }) => [id, origin?.assignmentId])
  return { ports, planId: plan.planId, takeIn, lines }
}

const draftOf = (...lines: readonly PlanLine[]): PlanVersion => ({ state: 'DRAFT', number: 1, lines, changes: [] })
const origin = { assignmentId: 'a1', regionCode: '230000' as RegionCode, unitId: '230000-scj' as UnitId }
const assigned: PlanLine = { ...planLine('L01'), origin }
const fixedAt = (pointer: string) => ({ violations: [{ code: 'assigned-scope-fixed', pointer: `/assignments/0${pointer}` }] })

describe('the objects of a dispatched task that is taken in', () => {
  it.each(['全市企业', '抽查对象'])('PLN-15 PLN-13 are not narrowed where its words mean all of them: %s', async (objectScope) => {
    const { takeIn } = world(assignment({ objectScope }))
    await expect(takeIn({ scope: narrow })).rejects.toMatchObject(fixedAt('/scope'))
    expect((await takeIn()).versions.at(-1)?.lines).toMatchObject([{ objectScope }])
  })

  it('PLN-15 PLN-13 are those that the planner says where its words leave it open, and all where it has none', async () => {
    const open = world(assignment({ objectScope: '规模以上食品生产企业' }))
    expect((await open.takeIn({ scope: narrow })).versions.at(-1)?.lines).toMatchObject([{ scope: narrow }])
    await expect(world(assignment()).takeIn({ scope: narrow })).rejects.toMatchObject(fixedAt('/scope'))
  })

  it('PLN-15 of a task with an item off the lists are not judged before that is told', async () => {
    const unlisted = world(assignment({ objectScope: '全市企业', itemCodes: [code('X9')] }))
    await expect(unlisted.takeIn({ scope: narrow })).rejects.toMatchObject({ violations: [{ code: 'item-not-on-list' }] })
  })

  it('PLN-15 are not narrowed by batches: these take no scope', () => {
    const asked = assignmentRoutes({} as Ports).find(({ path }) => path === '/v1/plans/:planId/assignments')
    if (asked?.kind !== 'route' || asked.body === undefined || 'raw' in asked.body) throw new Error('no such route')
    const { body } = asked
    const given = (batch: object) =>
      body.safeParse({ assignments: [{ assignmentId: 'a1', batches: [{ window: { start: '2026-04-01', end: '2026-06-30' }, ...batch }] }] })
    expect(given({ share: { numerator: 1, denominator: 2 } })).toMatchObject({ success: true })
    expect(given({ scope: { tags: ['甲'] } })).toMatchObject({
      success: false,
      error: { issues: [{ code: 'unrecognized_keys', keys: ['scope'], path: ['assignments', 0, 'batches', 0] }] },
    })
  })
})

describe('a line that could not be filed', () => {
  it('PLN-15 PLN-13 is not taken in: what policy has a line state is asked for at once', async () => {
    const bare = world(assignment(), draftOf(), asksForObjects)
    await expect(bare.takeIn()).rejects.toMatchObject({
      violations: [{ code: 'line-field-missing', pointer: '/assignments/0/objectScope', meta: { field: 'OBJECTS' } }],
    })
    expect(bare.lines()).toEqual([])
    const whole = world(assignment({ objectScope: '全市企业' }), draftOf(), asksForObjects)
    await whole.takeIn()
    expect(whole.lines()).toEqual([['L01', 'a1']])
  })

  it('PLN-15 PLN-13 states its objects in the planner’s words that mean all of them, and in no others', async () => {
    const bare = world(assignment(), draftOf(), asksForObjects)
    await expect(bare.takeIn({ objectScope: '规模以上企业' })).rejects.toMatchObject(fixedAt('/objectScope'))
    expect((await bare.takeIn({ objectScope: '全市企业' })).versions.at(-1)?.lines).toMatchObject([{ objectScope: '全市企业' }])
    const worded = world(assignment({ objectScope: '全市企业' }))
    await expect(worded.takeIn({ objectScope: '抽查对象' })).rejects.toMatchObject(fixedAt('/objectScope'))
  })
})

describe('taking out a line that was dispatched', () => {
  it('PLN-15 is done in a draft, after which it is taken in again with other terms', async () => {
    const { ports, planId, takeIn, lines } = world(assignment(), draftOf(assigned))
    await removeLine(ports, planId, assigned.lineId, caller)
    expect(lines()).toEqual([])
    await takeIn({ checkBatches: 3 })
    expect(lines()).toEqual([['L02', 'a1']])
  })

  it('PLN-15 is not done in what was published, until it is withdrawn', async () => {
    const cancelling = { commandId: 'c2', reason: '人手不足', add: [], addUndrawn: [], cancel: [assigned.lineId] }
    const published = publishedVersionOf([assigned, planLine('L02')])
    const standing = world(assignment(), published)
    const wanted = { code: 'line-was-assigned', meta: { lineId: 'L01', assignmentId: 'a1' } }
    await expect(adjustPlan(standing.ports, standing.planId, cancelling, caller)).rejects.toMatchObject(wanted)
    const gone = world({ ...assignment(), withdrawn }, published)
    await adjustPlan(gone.ports, gone.planId, cancelling, caller)
    expect(gone.lines()).toEqual([['L02', undefined]])
  })

  it('PLN-15 is done in an adjustment where only that took it in', async () => {
    const { ports, planId, takeIn, lines } = world(assignment(), publishedVersionOf([planLine('L01')]))
    await takeIn()
    const cancelling = { commandId: 'c2', reason: '改定条件', add: [], addUndrawn: [], cancel: [lineId('L02')] }
    await adjustPlan(ports, planId, cancelling, caller)
    expect(lines()).toEqual([['L01', undefined]])
    await takeIn({ checkBatches: 3 }, 'c3')
    expect(lines()).toEqual([
      ['L01', undefined],
      ['L03', 'a1'],
    ])
  })
})
