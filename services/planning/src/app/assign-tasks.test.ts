import { type LineId, type RegionCode, ratioOf, type UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { dispatchedBy, province } from '../../tests/support/dispatching.ts'
import { code, days, planLine } from '../../tests/support/lines.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import type { DrawnTask } from '../domain/assignment.ts'
import { wholeScope } from '../domain/object-scope.ts'
import type { Plan, PlanLine } from '../domain/plan.ts'

const task = { taskName: '省派任务', itemCodes: [code('G1')], window: days('2026-04-01', '2026-06-30') }
const within = (...regions: readonly string[]) => ({ ...task, scope: { ...wholeScope, regionCodes: regions as readonly RegionCode[] } })

const provincial = (...lines: readonly PlanLine[]): Plan =>
  planAt(publishedVersionOf(lines), { regionCode: province, unitId: '230000-scj' as UnitId })

const dispatched = (...tasks: readonly DrawnTask[]) => dispatchedBy({ tasks })

it('PLN-15 PLN-13 a dispatched task is narrowed to each target’s own regions', async () => {
  const stored = await dispatched(within('230302', '230400'))
  expect(stored).toMatchObject([
    { regionCode: '230300', task: { scope: { regionCodes: ['230302'] } } },
    { regionCode: '230400', task: { scope: wholeScope } },
  ])
})

it('PLN-15 PLN-13 a task of regions elsewhere is refused for the target, which could never take it in; nothing is dispatched', async () => {
  await expect(dispatched(within('230000'), within('230302'))).rejects.toMatchObject({
    violations: [
      { pointer: '/targets/1/regionCode', code: 'assignment-scope-elsewhere', meta: { taskName: '省派任务', regionCode: '230400' } },
    ],
  })
})

describe('the days of a dispatched task', () => {
  const half = ratioOf(1, 2)
  const [spring, early] = [days('2026-05-01', '2026-06-30'), days('2026-04-01', '2026-04-30')]
  const batchesOf = (...windows: readonly (typeof spring)[]) => windows.map((window) => ({ window, share: half }))

  it('PLN-15 go with its batches, in the order of their windows', async () => {
    const [stored] = await dispatched({ ...task, batches: batchesOf(spring, early), checkBatches: 2 })
    expect(stored?.task).toEqual({ ...task, batches: batchesOf(early, spring), checkBatches: 2 })
  })

  it.each([
    [{ batches: batchesOf(early, days('2026-05-01', '2026-07-01')) }, 'window-outside-assignment', '/tasks/0/batches/1/window'],
    [{ batches: batchesOf(days('2026-03-31', '2026-04-30'), spring) }, 'window-outside-assignment', '/tasks/0/batches/0/window'],
    [{ batches: batchesOf(spring) }, 'shares-not-whole', '/tasks/0/batches'],
    [{ batches: batchesOf(early, spring), times: 3 }, 'batches-and-times', '/tasks/0/times'],
  ])('PLN-15 that do not hold together are refused: %j', async (schedule, problem, pointer) => {
    await expect(dispatched({ ...task, ...schedule })).rejects.toMatchObject({ violations: [{ code: problem, pointer }] })
  })

  it('PLN-15 PLN-13 of a line whose batches have objects of their own are not dispatched as one task', async () => {
    const line = planLine('L01', { times: 2 })
    const scoped = { ...line, batches: line.batches.map((batch) => ({ ...batch, scope: { ...wholeScope, tags: ['甲'] } })) }
    const plan = provincial(scoped)
    const from = { planId: plan.planId, lineIds: [line.lineId] }
    await expect(dispatchedBy({ from }, { plans: [plan] })).rejects.toMatchObject({
      violations: [{ pointer: '/from/lineIds/0', code: 'assignment-batch-scopes', meta: { lineId: 'L01' } }],
    })
  })

  it('PLN-15 of a line that the plan does not have are not dispatched', async () => {
    const plan = provincial(planLine('L01'))
    await expect(dispatchedBy({ from: { planId: plan.planId, lineIds: ['L08' as LineId] } }, { plans: [plan] })).rejects.toMatchObject({
      code: 'line-not-in-plan',
    })
  })

  it('PLN-15 PLN-13 of a line without a scope are about all there is, whatever its words, and of one with a scope about that', async () => {
    const scope = { ...wholeScope, tags: ['甲'] }
    const plan = provincial({ ...planLine('L01'), objectScope: '全省商超' }, { ...planLine('L02'), scope })
    const [whole, narrowed] = await dispatchedBy({ from: { planId: plan.planId, lineIds: ['L01', 'L02'] as LineId[] } }, { plans: [plan] })
    expect(whole?.task).toMatchObject({ objectScope: '全省商超', scope: wholeScope })
    expect(narrowed?.task).toMatchObject({ scope })
  })

  it('PLN-15 PLN-21 of a line of several batches are these, of a line of one its window, and its check batches', async () => {
    const four = { ...planLine('L01', { window: days('2026-01-01', '2026-12-31'), times: 4 }), checkBatches: 3 }
    const one = planLine('L02', { window: days('2026-01-01', '2026-12-31') })
    const plan = provincial(four, one)
    const from = { planId: plan.planId, lineIds: [four.lineId, one.lineId] }
    const [first, second] = await dispatchedBy({ from }, { plans: [plan] })
    expect(first?.task).toMatchObject({ batches: four.batches.map(({ window, share }) => ({ window, share })), checkBatches: 3 })
    expect(four.batches).toHaveLength(4)
    for (const member of ['batches', 'times', 'checkBatches']) expect(second?.task).not.toHaveProperty(member)
    expect(second?.task.window).toEqual(days('2026-01-01', '2026-12-31'))
  })
})
