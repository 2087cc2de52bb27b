import { describe, expect, it } from 'vitest'
import { act, code, days, gaj, lineId, planLine, scj } from '../../tests/support/lines.ts'
import { publishedVersionOf } from '../../tests/support/plans.ts'
import { fourCoalCities, samrDraft, shaoxing, valueOf } from '../../tests/support/shipped.ts'
import { assignmentOf, caller, draftOf, drawnTask, type TakingIn, withLineFields, withRule, world } from '../../tests/support/taking-in.ts'
import { lifts, undrawnInput } from '../../tests/support/undrawn.ts'
import type { AssignedTask } from '../domain/assignment.ts'
import { wholeScope } from '../domain/object-scope.ts'
import { planOverrides } from '../domain/overrides.ts'
import { keyTask, type UndrawnTask } from '../domain/undrawn-task.ts'
import { adjustPlan } from './adjust-plan.ts'
import { requireAssignmentsTakenIn } from './assignments-kept.ts'
import { removeLine } from './edit-lines.ts'
import { takeInAssignments } from './take-in-assignments.ts'

const window = days('2026-04-01', '2026-06-30')
const { unitIds: _units, ...said } = undrawnInput({ window })
const campaign: UndrawnTask = { ...said, kind: 'CAMPAIGN', taskName: '专项整治', basis: '省局方案' }
const special: UndrawnTask = { ...said, taskName: '专项检查' }
const problem = { trigger: 'WIDESPREAD_PROBLEM', description: '电池超标' }
const key = valueOf(keyTask({ kind: 'KEY_SUPERVISION', taskName: '电梯重点监管', matterId: 'ZD-01', window }, [lifts]))
const withdrawn = { ...act, reason: '并入专项' }
const { ratios: _ratios, ...rest } = drawnTask
const counted = { ...rest, count: 9 }
const reasonFor = (rule: 'CHECK_WITHOUT_DRAW') => [{ rule, reason: '省局部署', legalBasis: '条例第一条' }]

const taken = (task: AssignedTask, members?: TakingIn) => world(assignmentOf(task), members)

describe('taking in what is checked without a draw', () => {
  it('PLN-15 becomes a line that says where it came from, and again changes nothing', async () => {
    const { takeIn, undrawn, lines } = taken(campaign)
    await takeIn()
    expect(undrawn()).toMatchObject([
      {
        ...campaign,
        lineId: 'L01',
        unitIds: [scj],
        initiatorUnitId: scj,
        origin: { assignmentId: 'a1', regionCode: '230000', unitId: '230000-scj' },
      },
    ])
    await takeIn({}, 'c2')
    expect(lines()).toEqual([['L01', 'a1']])
  })

  it('PLN-15 is checked by whom and when the planner says, within the days dispatched, and of objects and items as dispatched', async () => {
    const { takeIn, undrawn } = taken({ ...campaign, itemCodes: [code('G1')] })
    const april = days('2026-04-01', '2026-04-30')
    await expect(takeIn({ undrawn: { window: days('2026-03-31', '2026-04-30') } })).rejects.toMatchObject({
      violations: [{ code: 'window-outside-assignment', pointer: '/assignments/0/undrawn/window' }],
    })
    await expect(takeIn({ undrawn: { unitIds: [gaj] } })).rejects.toMatchObject({
      violations: [{ code: 'initiator-not-in-line', pointer: '/assignments/0/undrawn/initiatorUnitId' }],
    })
    await takeIn({ undrawn: { unitIds: [scj, gaj], initiatorUnitId: gaj, window: april } })
    expect(undrawn()).toMatchObject([
      { unitIds: [scj, gaj], initiatorUnitId: gaj, window: april, objects: campaign.objects, itemCodes: ['G1'] },
    ])
  })

  it('PLN-15 is taken in together with what is drawn, numbered after it, and each problem names its place', async () => {
    const both = world([assignmentOf(special), assignmentOf({ ...drawnTask }, 'a2')])
    const all = async (terms: Parameters<typeof takeInAssignments>[2]) => takeInAssignments(both.ports, both.planId, terms, 'c1', caller)
    await expect(all([])).rejects.toMatchObject({
      code: 'check-without-draw',
      violations: [{ code: 'check-without-draw', pointer: '/assignments/0/undrawn/kind' }],
    })
    await all([{ assignmentId: 'a1', undrawn: { reasons: reasonFor('CHECK_WITHOUT_DRAW') } }, { assignmentId: 'a2' }])
    expect(both.lines()).toEqual([
      ['L01', 'a2'],
      ['L02', 'a1'],
    ])
    const open = world([assignmentOf(special), assignmentOf(rest, 'a2')])
    await expect(takeInAssignments(open.ports, open.planId, [], 'c1', caller)).rejects.toMatchObject({
      violations: [{ code: 'quantity-missing', pointer: '/assignments/1/ratios' }],
    })
  })

  it('PLN-15 TGT-03 TGT-05 of key supervision takes field, objects and items from the list in force', async () => {
    const grown = { ...lifts, listVersion: 4, itemCodes: [code('T1'), code('G1')] }
    const { takeIn, undrawn } = taken(key, { matters: [grown] })
    await takeIn()
    expect(undrawn()).toMatchObject([{ matter: { listVersion: 4, matterId: 'ZD-01' }, itemCodes: ['T1', 'G1'], coveredBy: ['G1', 'T1'] }])
    await expect(taken(key, { matters: [] }).takeIn()).rejects.toMatchObject({
      violations: [
        {
          code: 'assignment-not-plannable',
          pointer: '/assignments/0',
          meta: { taskName: '电梯重点监管', regionCode: '230300', fromUnitId: '230000-scj' },
        },
        { code: 'key-matter-not-in-force', pointer: '/assignments/0/matterId' },
      ],
    })
  })

  it('PLN-15 TGT-02 PLN-02 is judged with what the planner says: a problem where there was none, days of the year', async () => {
    const { takeIn, undrawn } = taken(special, { policy: samrDraft, version: draftOf(planLine('L01')) })
    await expect(takeIn()).rejects.toMatchObject({
      violations: [{ code: 'rule-not-by-default', pointer: '/assignments/0/undrawn/reasons' }],
    })
    await takeIn({ undrawn: { problem: { trigger: 'PUBLIC_CONCERN', description: '电池超标', means: { lineId: lineId('L01') } } } })
    expect(undrawn()).toMatchObject([{ problem: { trigger: { id: 'PUBLIC_CONCERN' }, means: { lineId: 'L01' } } }])
    const winter = taken({ ...campaign, window: days('2025-12-01', '2026-03-31') })
    await expect(winter.takeIn()).rejects.toMatchObject({
      violations: [{ code: 'window-outside-year', pointer: '/assignments/0/undrawn/window' }],
    })
    const inYear = days('2026-01-01', '2026-03-31')
    await winter.takeIn({ undrawn: { window: inYear } })
    expect(winter.undrawn()).toMatchObject([{ window: inYear }])
  })

  it('PLN-15 TGT-11 asks by what a problem is answered here where the superior’s words do not say', async () => {
    const { takeIn, undrawn } = taken({ ...special, problem }, { policy: shaoxing, version: draftOf(planLine('L01')) })
    const exception = { ground: 'SUPERIOR_REQUIRES', basis: '省局部署' }
    await expect(takeIn({ undrawn: { jointException: exception } })).rejects.toMatchObject({
      violations: [{ code: 'assigned-means-missing', pointer: '/assignments/0/undrawn/problem/means' }],
    })
    const given = (means: { lineId: ReturnType<typeof lineId> } | { clueTaskId: string }) =>
      takeIn({ undrawn: { jointException: exception, problem: { means } } })
    await expect(given({ lineId: lineId('L07') })).rejects.toMatchObject({
      violations: [{ code: 'means-not-in-plan', pointer: '/assignments/0/undrawn/problem/means/lineId' }],
    })
    await given({ lineId: lineId('L01') })
    expect(undrawn()).toMatchObject([{ problem: { trigger: { id: 'WIDESPREAD_PROBLEM', text: '普遍问题' }, means: { lineId: 'L01' } } }])
    const byClues = taken({ ...special, problem, jointException: exception }, { policy: shaoxing, clueTasks: ['ct1'] })
    await byClues.takeIn({ undrawn: { problem: { means: { clueTaskId: 'ct1' } } } })
    expect(byClues.undrawn()).toMatchObject([{ jointException: exception, problem: { means: { clueTaskId: 'ct1' } } }])
  })

  it('PLN-15 PLN-22 takes the planner’s exception for a department that draws alone, too', async () => {
    const exception = { ground: 'LAW_STATES_METHOD', basis: '法律' }
    const policy = withRule(fourCoalCities, 'exemptFromJoint', { of: shaoxing, strength: 'shall' })
    const { takeIn } = taken(drawnTask, { policy })
    await expect(takeIn()).rejects.toMatchObject({ code: 'joint-exception-missing' })
    expect((await takeIn({ jointException: exception })).versions.at(-1)?.lines).toMatchObject([{ jointException: exception }])
  })
})

describe('a plan with tasks that are checked without a draw', () => {
  it('PLN-15 is not filed without one, and is with it', async () => {
    const { ports, plan, takeIn } = taken(campaign)
    await expect(requireAssignmentsTakenIn(ports, plan())).rejects.toMatchObject({
      code: 'assignment-not-taken-in',
      meta: { names: '专项整治', assignmentIds: 'a1' },
    })
    await takeIn()
    await expect(requireAssignmentsTakenIn(ports, plan())).resolves.toBeUndefined()
  })

  it('PLN-15 lets go of it in a draft, and takes it in again', async () => {
    const { ports, planId, takeIn, lines } = taken(campaign)
    await takeIn()
    await removeLine(ports, planId, lineId('L01'), caller)
    expect(lines()).toEqual([])
    await takeIn({ undrawn: { unitIds: [scj, gaj] } }, 'c2')
    expect(lines()).toEqual([['L02', 'a1']])
  })

  it('PLN-15 takes it in by an adjustment once it is published, and keeps a published one until it is withdrawn', async () => {
    const adjusting = taken(campaign, { version: publishedVersionOf([planLine('L01')]) })
    expect((await adjusting.takeIn()).versions.at(-1)).toMatchObject({ state: 'DRAFT', changes: [{ kind: 'ADD', lineId: 'L02' }] })
    const published = { ...publishedVersionOf([planLine('L01')]), undrawn: adjusting.undrawn() }
    const cancelling = { commandId: 'c9', reason: '人手不足', add: [], addUndrawn: [], cancel: [lineId('L02')] }
    const standing = taken(campaign, { version: published })
    await expect(adjustPlan(standing.ports, standing.planId, cancelling, caller)).rejects.toMatchObject({
      code: 'line-was-assigned',
      meta: { lineId: 'L02', assignmentId: 'a1' },
    })
    const gone = world({ ...assignmentOf(campaign), withdrawn }, { version: published })
    await adjustPlan(gone.ports, gone.planId, cancelling, caller)
    expect(gone.lines()).toEqual([['L01', undefined]])
  })
})

describe('a dispatched number of objects where lines state their ratio', () => {
  const objectScope = '全市企业'

  it('PLN-15 PLN-13 is for the superior to mend where that binds: the problem names the task and who dispatched it', async () => {
    const { takeIn } = taken({ ...counted, objectScope }, { policy: withLineFields(fourCoalCities) })
    await expect(takeIn()).rejects.toMatchObject({
      violations: [
        {
          code: 'assignment-not-plannable',
          pointer: '/assignments/0',
          meta: { taskName: '省派任务', regionCode: '230300', fromUnitId: '230000-scj' },
        },
        { code: 'rule-not-by-default', pointer: '/assignments/0/count', meta: { key: 'plan.lineFields' } },
      ],
    })
  })

  it('PLN-15 PLN-13 POL-07 passes with the planner’s reason where it is so by default, and is counted as an override', async () => {
    const policy = withLineFields(fourCoalCities, 'by-default')
    const { takeIn, plan } = taken({ ...counted, objectScope }, { policy })
    const basis = { reason: '省局定量', legalBasis: '条例第一条' }
    const instead = { rule: 'COUNT_INSTEAD_OF_RATIO', ...basis } as const
    await expect(takeIn({ reasons: [instead] })).rejects.toMatchObject({
      violations: [{ code: 'line-field-missing', pointer: '/assignments/0/ratios', meta: { field: 'RATIO' } }],
    })
    await takeIn({ reasons: [instead, { rule: 'LINE_FIELD_MISSING', ...basis }] })
    expect(planOverrides(plan(), policy).map(({ lineId: id, rule }) => [id, rule])).toEqual([
      ['L01', 'ratio.bands'],
      ['L01', 'plan.lineFields'],
    ])
  })
})

describe('a task that the superior said is about all objects', () => {
  const objectScope = '规模以上食品生产企业'

  it('PLN-15 PLN-13 is not asked about again, whatever its words; one of which nothing was said is', async () => {
    const whole = taken({ ...drawnTask, objectScope, scope: wholeScope })
    const [line] = (await whole.takeIn()).versions.at(-1)?.lines ?? []
    expect(line).toMatchObject({ objectScope })
    expect(line).not.toHaveProperty('scope')
    await expect(taken({ ...drawnTask, objectScope }).takeIn()).rejects.toMatchObject({
      violations: [{ code: 'object-scope-unclear', pointer: '/assignments/0/objectScope' }],
    })
  })

  it('PLN-15 PLN-13 may be put in the planner’s words where a line states its objects, in none that narrow them', async () => {
    const { takeIn } = taken({ ...drawnTask, scope: wholeScope }, { policy: withLineFields(fourCoalCities) })
    await expect(takeIn()).rejects.toMatchObject({ violations: [{ code: 'line-field-missing', meta: { field: 'OBJECTS' } }] })
    await expect(takeIn({ objectScope })).rejects.toMatchObject({
      violations: [{ code: 'assigned-scope-fixed', pointer: '/assignments/0/objectScope' }],
    })
    expect((await takeIn({ objectScope: '全市企业' })).versions.at(-1)?.lines).toMatchObject([{ objectScope: '全市企业' }])
  })
})
