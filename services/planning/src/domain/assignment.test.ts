import { type Instant, type RegionCode, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, city, code, days, lineId, percent, planLine, scj } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import {
  type Assignment,
  type AssignmentTerms,
  assignedLine,
  assignmentTotals,
  type DrawnTask,
  missingAssignments,
  newlyTakenIn,
  standingOf,
  taskWithin,
  termsProblems,
} from './assignment.ts'
import { wholeScope } from './object-scope.ts'
import type { PlanLine } from './plan.ts'

const window = days('2026-04-01', '2026-06-30')
const task = { taskName: '省局派发的商品质量检查', itemCodes: [code('G1')], window }

const assignment = (assignmentId: string, members: Partial<Assignment> = {}): Assignment => ({
  assignmentId,
  fromRegionCode: '230000' as Assignment['fromRegionCode'],
  fromUnitId: '230000-scj' as Assignment['fromUnitId'],
  regionCode: city,
  unitId: scj,
  year: 2026,
  planType: 'INTERNAL',
  task,
  assigned: act,
  ...members,
})
const a = assignment('a')
const withdrawn = assignment('w', { withdrawn: { ...act, reason: '并入专项' } })
const originOf = ({ assignmentId, fromRegionCode, fromUnitId }: Assignment) => ({
  assignmentId,
  regionCode: fromRegionCode,
  unitId: fromUnitId,
})
const taken: PlanLine = { ...planLine('L01'), origin: originOf(a) }
const own = planLine('L02')

describe('dispatched tasks', () => {
  const ratios = [{ stratum: 'A', ratio: percent('3%') }]
  const codes = (of: Assignment, terms: Partial<AssignmentTerms>) =>
    termsProblems(of, { assignmentId: 'a', ...terms }).map(({ code: problem, pointer }) => `${problem} ${pointer}`)

  it('PLN-15 a quantity that the superior set is not set anew; one it left open is the local planner’s', () => {
    expect(codes(a, { ratios })).toEqual([])
    expect(codes(a, { count: 3 })).toEqual([])
    expect(codes(assignment('a', { task: { ...task, count: 5 } }), {})).toEqual([])
    expect(codes(assignment('a', { task: { ...task, count: 5 } }), { count: 3 })).toEqual(['assigned-quantity-fixed /count'])
    expect(codes(assignment('a', { task: { ...task, ratios } }), { ratios })).toEqual(['assigned-quantity-fixed /ratios'])
  })

  it('PLN-15 a scope is the local planner’s only where words leave it open; words are where there is neither', () => {
    const of = (members: Partial<DrawnTask>) => assignment('a', { task: { ...task, ...members } })
    const [scope, objectScope] = [{ ...wholeScope, tags: ['甲'] }, '规模以上食品生产企业']
    expect(codes(of({ objectScope }), { scope })).toEqual([])
    expect(codes(of({}), { scope })).toEqual(['assigned-scope-fixed /scope'])
    expect(codes(of({}), { scope: wholeScope })).toEqual(['assigned-scope-fixed /scope'])
    expect(codes(of({ scope }), { scope })).toEqual(['assigned-scope-fixed /scope'])
    expect(codes(of({ objectScope, scope }), { scope })).toEqual(['assigned-scope-fixed /scope'])
    expect(codes(of({}), { objectScope })).toEqual([])
    expect(codes(of({ objectScope }), { objectScope })).toEqual(['assigned-scope-fixed /objectScope'])
    expect(codes(of({ scope }), { objectScope })).toEqual(['assigned-scope-fixed /objectScope'])
    // All there is may still be put in words, and is narrowed by no scope.
    expect(codes(of({ scope: wholeScope }), { objectScope })).toEqual([])
    expect(codes(of({ scope: wholeScope }), { scope })).toEqual(['assigned-scope-fixed /scope'])
    expect(codes(of({ objectScope, scope: wholeScope }), { scope })).toEqual(['assigned-scope-fixed /scope'])
  })

  it.each([
    ['2026-04-01', '2026-06-30', []],
    ['2026-03-31', '2026-06-30', ['window-outside-assignment /batches/0/window']],
    ['2026-04-01', '2026-07-01', ['window-outside-assignment /batches/0/window']],
  ])('PLN-15 a batch from %s to %s against April to June: %j', (start, end, expected) => {
    expect(codes(a, { batches: [{ window: days(start, end) }] })).toEqual(expected)
  })

  const quarters = [
    days('2026-01-01', '2026-03-31'),
    days('2026-04-01', '2026-06-30'),
    days('2026-07-01', '2026-09-30'),
    days('2026-10-01', '2026-12-31'),
  ]
  const shares = [ratioOf(1, 10), ratioOf(2, 10), ratioOf(3, 10), ratioOf(4, 10)] as const
  const year = { ...task, window: days('2026-01-01', '2026-12-31') }
  const fourTask: DrawnTask = {
    ...year,
    batches: quarters.map((each, index) => ({ window: each, share: shares[index] ?? ratioOf(1, 1) })),
  }
  const four = assignment('a', { task: fourTask })
  const fixed = (pointer: string) => `assigned-batches-fixed ${pointer}`
  const windowsOf = (...windows: readonly (typeof window)[]) => ({ batches: windows.map((each) => ({ window: each })) })

  it('PLN-15 that have four quarterly batches arrive as four, with their days and shares, and as many check batches', () => {
    const built = assignedLine({ ...fourTask, checkBatches: 3 }, { assignmentId: 'a' })
    expect(built.batches).toEqual(fourTask.batches)
    expect(built).not.toHaveProperty('window')
    expect(built).not.toHaveProperty('times')
    expect(built.checkBatches).toBe(3)
  })

  it('PLN-15 that have four batches take no three and no five, nor another number of times', () => {
    const [first = window, second = window, third = window] = quarters
    expect(codes(four, windowsOf(first, second, third))).toEqual([fixed('/batches')])
    expect(codes(four, windowsOf(first, ...quarters))).toEqual([fixed('/batches')])
    expect(codes(four, { times: 3 })).toEqual([fixed('/times')])
    expect(codes(four, { times: 4 })).toEqual([])
  })

  it('PLN-15 that have batches are narrowed within each, in whatever order, and keep the shares', () => {
    const narrow = [
      days('2026-02-01', '2026-03-31'),
      days('2026-04-01', '2026-06-29'),
      days('2026-07-02', '2026-09-29'),
      days('2026-10-01', '2026-10-31'),
    ]
    const [first = window, second = window, ...others] = narrow
    const terms = { assignmentId: 'a', ...windowsOf(second, first, ...others) }
    expect(termsProblems(four, terms)).toEqual([])
    expect(assignedLine(fourTask, terms).batches).toEqual(narrow.map((each, index) => ({ window: each, share: shares[index] })))
  })

  it.each([
    [days('2026-04-01', '2026-06-30'), []],
    [days('2026-03-31', '2026-06-30'), [fixed('/batches/1/window')]],
    [days('2026-04-01', '2026-07-01'), [fixed('/batches/1/window')]],
  ])('PLN-15 whose second batch is April to June take one of %j: %j', (second, expected) => {
    const [first = window, , ...others] = quarters
    expect(codes(four, windowsOf(first, second, ...others))).toEqual(expected)
  })

  it('PLN-15 keep the share of each batch: the same in other numbers is no change, another is one', () => {
    const given = (share: ReturnType<typeof ratioOf>) => ({
      batches: quarters.map((each, index) => (index === 1 ? { window: each, share } : { window: each })),
    })
    expect(codes(four, given(ratioOf(1, 5)))).toEqual([])
    expect(codes(four, given(ratioOf(1, 4)))).toEqual([fixed('/batches/1/share')])
  })

  it('PLN-15 that set how many times and check batches have as many, on days of the local planner’s', () => {
    const twiceTask = { ...task, times: 2, checkBatches: 2 }
    const twice = assignment('a', { task: twiceTask })
    const halves = windowsOf(days('2026-04-01', '2026-05-15'), days('2026-05-16', '2026-06-30'))
    expect(codes(twice, halves)).toEqual([])
    expect(codes(twice, windowsOf(window))).toEqual([fixed('/batches')])
    expect(codes(twice, { checkBatches: 2 })).toEqual([])
    expect(codes(twice, { checkBatches: 3 })).toEqual([fixed('/checkBatches')])
    expect(codes(a, { checkBatches: 3, times: 3 })).toEqual([])
    expect(assignedLine(twiceTask, { assignmentId: 'a' })).toEqual({ ...task, times: 2, checkBatches: 2 })
    expect(assignedLine(twiceTask, { assignmentId: 'a', ...halves })).toMatchObject({ ...halves, times: 2, checkBatches: 2 })
    expect(assignedLine(task, { assignmentId: 'a', checkBatches: 3 })).toMatchObject({ window, checkBatches: 3 })
  })

  it('PLN-15 become lines of the items, scope, quantity and days dispatched, with the local units and batches', () => {
    const units = [{ unitId: scj }]
    const whole = { ...task, objectScope: '商超', scope: { ...wholeScope, tags: ['业态:商超'] }, count: 9 }
    expect(assignedLine(whole, { assignmentId: 'a', units, times: 2 })).toEqual({ ...whole, units, times: 2 })
    const batches = [{ window: days('2026-05-01', '2026-05-31') }]
    const repeatGround = { reason: '重点复查' }
    expect(assignedLine(task, { assignmentId: 'a', batches, repeatGround })).toEqual({
      taskName: task.taskName,
      itemCodes: task.itemCodes,
      batches,
      repeatGround,
    })
    expect(assignedLine(task, { assignmentId: 'a', batches })).toEqual({ taskName: task.taskName, itemCodes: task.itemCodes, batches })
  })

  it.each([
    ['230000', []],
    ['230300', []],
    ['230302', ['230302']],
    ['230304,230302,230402', ['230302', '230304']],
    ['230302,230300', []],
    ['230400', undefined],
    ['230402,440300', undefined],
  ])('PLN-15 PLN-13 scoped to %s are cut to the city they go to: %j', (regions, expected) => {
    const tags = ['业态:商超']
    const scope = { ...wholeScope, tags, regionCodes: regions.split(',') as RegionCode[] }
    const cut = taskWithin({ ...task, scope }, city)
    expect(cut).toEqual(expected === undefined ? undefined : { ...task, scope: { ...wholeScope, tags, regionCodes: expected } })
  })

  it('PLN-15 PLN-13 are about all there is where the superior said so, and open where it said nothing', () => {
    expect(taskWithin(task, city)).not.toHaveProperty('scope')
    expect(taskWithin({ ...task, scope: wholeScope }, city)).toEqual({ ...task, scope: wholeScope })
    const ofRegions = { ...wholeScope, regionCodes: ['230000', '230400'] as RegionCode[] }
    expect(taskWithin({ ...task, scope: ofRegions }, city)).toEqual({ ...task, scope: wholeScope })
  })

  it('PLN-15 are missing from lines that came from none of them, unless withdrawn or dispatched later', () => {
    const ids = (lines: readonly PlanLine[], until?: string) =>
      missingAssignments([a, assignment('b'), withdrawn], lines, until as Instant | undefined).map(({ assignmentId }) => assignmentId)
    expect(ids([own])).toEqual(['a', 'b'])
    expect(ids([own, taken])).toEqual(['b'])
    expect(ids([], act.at)).toEqual(['a', 'b'])
    expect(ids([], '2026-01-10T01:59:59.999Z')).toEqual([])
  })

  it('PLN-15 are taken in once: those that stand in the working version, and were not recorded or withdrawn', () => {
    const where = { planId: 'plan-230300-2026-INTERNAL-230300-scj', version: 1, lineId: lineId('L01'), ...act }
    const plan = planAt({ state: 'DRAFT', number: 1, lines: [taken, own], changes: [] })
    expect(newlyTakenIn([a, assignment('b')], plan, act)).toEqual([{ assignmentId: 'a', takenIn: where }])
    expect(newlyTakenIn([assignment('a', { takenIn: { ...where, planId: plan.planId } })], plan, act)).toEqual([])
    expect(newlyTakenIn([assignment('a', { withdrawn: { ...act, reason: '并入专项' } })], plan, act)).toEqual([])
  })

  it('PLN-15 are open, taken in, filed, published or withdrawn, and name the line they became', () => {
    const draft = { state: 'DRAFT', number: 1, lines: [own, taken], changes: [] } as const
    const status = (plan: Parameters<typeof standingOf>[1], of = a) => standingOf(of, plan)
    expect(status(undefined)).toMatchObject({ status: 'OPEN', planId: 'plan-230300-2026-INTERNAL-230300-scj' })
    expect(status(planAt({ ...draft, lines: [own] })).status).toBe('OPEN')
    expect(status(planAt(draft))).toMatchObject({ status: 'TAKEN_IN', lineId: lineId('L01') })
    expect(status(planAt(filedVersionOf([taken], act.at)))).toMatchObject({ status: 'FILED', lineId: lineId('L01') })
    expect(status(planAt(publishedVersionOf([taken])))).toMatchObject({ status: 'PUBLISHED', lineId: lineId('L01') })
    expect(status(planAt(draft), withdrawn).status).toBe('WITHDRAWN')
  })

  it('PLN-15 stand in a plan as lines without a draw, too: none is missing, and each is recorded and followed', () => {
    const undrawn = [{ ...campaign('L05'), origin: originOf(a) }]
    const plan = planAt({ state: 'DRAFT', number: 1, lines: [own], undrawn, changes: [] })
    expect(standingOf(a, plan)).toMatchObject({ status: 'TAKEN_IN', lineId: lineId('L05') })
    expect(standingOf(a, planAt({ ...publishedVersionOf([]), undrawn }))).toMatchObject({ status: 'PUBLISHED', lineId: lineId('L05') })
    expect(newlyTakenIn([a], plan, act)).toMatchObject([{ assignmentId: 'a', takenIn: { lineId: 'L05', version: 1 } }])
    expect(missingAssignments([a], undrawn)).toEqual([])
  })

  it('PLN-15 are counted: dispatched are those not withdrawn, and each of them is open or taken in', () => {
    const standings = (['OPEN', 'OPEN', 'TAKEN_IN', 'FILED', 'PUBLISHED', 'WITHDRAWN'] as const).map((status) => ({ status }))
    expect(assignmentTotals(standings)).toEqual({ dispatched: 5, takenIn: 3, open: 2, withdrawn: 1 })
  })
})
