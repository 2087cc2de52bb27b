import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, code, lineId, planLine } from '../../tests/support/lines.ts'
import { publishedVersionOf } from '../../tests/support/plans.ts'
import { fourCoalCities } from '../../tests/support/shipped.ts'
import { assignmentOf, caller, draftOf, drawnTask, withLineFields, world } from '../../tests/support/taking-in.ts'
import type { DrawnTask } from '../domain/assignment.ts'
import { wholeScope } from '../domain/object-scope.ts'
import type { PlanLine } from '../domain/plan.ts'
import { assignmentRoutes } from '../http/assignment-routes.ts'
import { adjustPlan } from './adjust-plan.ts'
import { removeLine } from './edit-lines.ts'
import type { Ports } from './ports.ts'
import { takeInAssignments } from './take-in-assignments.ts'

const narrow = { ...wholeScope, industryPrefixes: ['C14'] }
/** Has a line state its objects among other things, which the others here do. */
const asksForObjects = withLineFields(fourCoalCities)
const withdrawn = { ...act, reason: '并入专项' }

const assignment = (members: Partial<DrawnTask> = {}) => assignmentOf({ ...drawnTask, ...members })
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
    await expect(unlisted.takeIn({ scope: narrow })).rejects.toMatchObject({
      violations: [{ code: 'assignment-not-plannable' }, { code: 'item-not-on-list', pointer: '/assignments/0/itemCodes' }],
    })
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

describe('a task that is named twice', () => {
  it('PLN-15 is not taken in twice by one request, which says where the second stands', async () => {
    const { ports, planId, lines } = world(assignment())
    const twice = [{ assignmentId: 'a1' }, { assignmentId: 'a1' }]
    await expect(takeInAssignments(ports, planId, twice, 'c1', caller)).rejects.toMatchObject({
      violations: [{ code: 'assignment-twice', pointer: '/assignments/1/assignmentId' }],
    })
    expect(lines()).toEqual([])
  })
})

describe('a line that could not be filed', () => {
  it('PLN-15 PLN-13 is not taken in: what policy has a line state is asked for at once', async () => {
    const bare = world(assignment(), { policy: asksForObjects })
    await expect(bare.takeIn()).rejects.toMatchObject({
      violations: [{ code: 'line-field-missing', pointer: '/assignments/0/objectScope', meta: { field: 'OBJECTS' } }],
    })
    expect(bare.lines()).toEqual([])
    const whole = world(assignment({ objectScope: '全市企业' }), { policy: asksForObjects })
    await whole.takeIn()
    expect(whole.lines()).toEqual([['L01', 'a1']])
  })

  it('PLN-15 PLN-13 states its objects in the planner’s words that mean all of them, and in no others', async () => {
    const bare = world(assignment(), { policy: asksForObjects })
    await expect(bare.takeIn({ objectScope: '规模以上企业' })).rejects.toMatchObject(fixedAt('/objectScope'))
    expect((await bare.takeIn({ objectScope: '全市企业' })).versions.at(-1)?.lines).toMatchObject([{ objectScope: '全市企业' }])
    const worded = world(assignment({ objectScope: '全市企业' }))
    await expect(worded.takeIn({ objectScope: '抽查对象' })).rejects.toMatchObject(fixedAt('/objectScope'))
  })
})

describe('taking out a line that was dispatched', () => {
  it('PLN-15 is done in a draft, after which it is taken in again with other terms', async () => {
    const { ports, planId, takeIn, lines } = world(assignment(), { version: draftOf(assigned) })
    await removeLine(ports, planId, assigned.lineId, caller)
    expect(lines()).toEqual([])
    await takeIn({ checkBatches: 3 })
    expect(lines()).toEqual([['L02', 'a1']])
  })

  it('PLN-15 is not done in what was published, until it is withdrawn', async () => {
    const cancelling = { commandId: 'c2', reason: '人手不足', add: [], addUndrawn: [], cancel: [assigned.lineId] }
    const published = publishedVersionOf([assigned, planLine('L02')])
    const standing = world(assignment(), { version: published })
    const wanted = { code: 'line-was-assigned', meta: { lineId: 'L01', assignmentId: 'a1' } }
    await expect(adjustPlan(standing.ports, standing.planId, cancelling, caller)).rejects.toMatchObject(wanted)
    const gone = world({ ...assignment(), withdrawn }, { version: published })
    await adjustPlan(gone.ports, gone.planId, cancelling, caller)
    expect(gone.lines()).toEqual([['L02', undefined]])
  })

  it('PLN-15 is done in an adjustment where only that took it in', async () => {
    const { ports, planId, takeIn, lines } = world(assignment(), { version: publishedVersionOf([planLine('L01')]) })
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
