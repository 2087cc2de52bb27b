import type { LineId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { dispatchedBy, province } from '../../tests/support/dispatching.ts'
import { code, days, planLine } from '../../tests/support/lines.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { changed, fourCoalCities, shaoxing } from '../../tests/support/shipped.ts'
import { drawnTask, withLineFields } from '../../tests/support/taking-in.ts'
import { campaign, lifts, listed, undrawnInput } from '../../tests/support/undrawn.ts'
import { planIdOf } from '../domain/plan.ts'
import { type GivenUndrawnTask, undrawnTaskOf } from '../domain/undrawn-task.ts'

const window = days('2026-04-01', '2026-06-30')
const key: GivenUndrawnTask = { kind: 'KEY_SUPERVISION', taskName: '电梯重点监管', matterId: 'ZD-01', window }
const own = campaign('L09')
const task = undrawnTaskOf(own)
const { unitIds: _units, ...check } = undrawnInput({ window })
const refused = (place: number, taskName: string, regionCode: string) => ({
  pointer: `/targets/${place}/regionCode`,
  code: 'assignment-not-plannable',
  meta: { taskName, regionCode, fromUnitId: '230000-scj' },
})
const { ratios: _ratios, ...rest } = drawnTask
const counted = { ...rest, count: 9 }

describe('dispatching what is checked without a draw', () => {
  it('PLN-15 goes to each target beside what is drawn, after it and before the lines of the superior’s plan', async () => {
    const plan = planAt(
      { ...publishedVersionOf([planLine('L01')]), undrawn: [own] },
      { regionCode: province, unitId: '230000-scj' as UnitId },
    )
    const from = { planId: plan.planId, lineIds: ['L09', 'L01'] as LineId[] }
    const stored = await dispatchedBy({ tasks: [drawnTask], undrawnTasks: [key], from }, { plans: [plan], mattersOf: () => [lifts] })
    expect(stored).toHaveLength(8)
    expect(stored.slice(4).map(({ assignmentId, task: { kind }, source }) => [assignmentId, kind, source?.lineId])).toEqual([
      ['assignment-c1-2-1', undefined, undefined],
      ['assignment-c1-2-2', 'KEY_SUPERVISION', undefined],
      ['assignment-c1-2-3', 'CAMPAIGN', 'L09'],
      ['assignment-c1-2-4', undefined, 'L01'],
    ])
    expect(stored[1]?.task).toMatchObject({ matter: { listId: 'hlj-key', matterId: 'ZD-01' }, itemCodes: lifts.itemCodes })
    expect(stored[2]).toMatchObject({ task, source: { planId: plan.planId, lineId: 'L09' } })
  })

  it('PLN-15 TGT-03 is refused of a matter that is on no list of the superior’s, and for the target that does not inherit it', async () => {
    await expect(dispatchedBy({ undrawnTasks: [key] })).rejects.toMatchObject({
      violations: [{ pointer: '/undrawnTasks/0/matterId', code: 'key-matter-not-in-force', meta: { matterId: 'ZD-01' } }],
    })
    const mattersOf = (region: RegionCode) => (region === '230400' ? [] : [lifts])
    await expect(dispatchedBy({ undrawnTasks: [check, key] }, { mattersOf })).rejects.toMatchObject({
      violations: [refused(1, '电梯重点监管', '230400'), { pointer: '/undrawnTasks/1/matterId', code: 'key-matter-not-in-force' }],
    })
  })

  it('PLN-15 TGT-03 is of the list that it names where several have a matter of that id, and the target may have it on others too', async () => {
    const ofCity = { ...lifts, listId: '230300-key' }
    const everywhere = { mattersOf: () => [ofCity, lifts] }
    await expect(dispatchedBy({ undrawnTasks: [key] }, everywhere)).rejects.toMatchObject({
      violations: [{ pointer: '/undrawnTasks/0/listId', code: 'key-matter-ambiguous', meta: { lists: '230300-key、hlj-key' } }],
    })
    const [first] = await dispatchedBy({ undrawnTasks: [{ ...key, listId: 'hlj-key' }] }, everywhere)
    expect(first?.task).toMatchObject({ matter: { listId: 'hlj-key' } })
    const mattersOf = (region: RegionCode) => (region === '230300' ? [ofCity, lifts] : [lifts])
    expect(await dispatchedBy({ undrawnTasks: [key] }, { mattersOf })).toHaveLength(2)
  })

  it('PLN-15 from a line names the line where a target could not plan it', async () => {
    const plan = planAt(
      { ...publishedVersionOf([]), undrawn: [{ ...own, itemCodes: [code('T1')] }] },
      { regionCode: province, unitId: '230000-scj' as UnitId },
    )
    const from = { planId: plan.planId, lineIds: ['L09'] as LineId[] }
    const itemsOf = (region: RegionCode) => (region === '230300' ? [] : listed)
    await expect(dispatchedBy({ from }, { plans: [plan], itemsOf })).rejects.toMatchObject({
      violations: [refused(0, own.taskName, '230300'), { pointer: '/from/lineIds/0', code: 'item-not-on-list', meta: { itemCode: 'T1' } }],
    })
  })

  it('PLN-15 POL-04 tells which policy lacks what the task needs', async () => {
    const problem = { trigger: 'WIDESPREAD_PROBLEM', description: '电池超标', similar: '随机' }
    const without = changed(shaoxing, 'targetedDraw.triggers', undefined)
    const policyOf = (region: RegionCode) => (region === '230400' ? without : shaoxing)
    await expect(dispatchedBy({ undrawnTasks: [{ ...check, problem }] }, { policyOf })).rejects.toMatchObject({
      violations: [
        refused(1, check.taskName, '230400'),
        { code: 'policy-unset', meta: { key: 'targetedDraw.triggers', preset: 'shaoxing-2019-draft' } },
      ],
    })
  })
})

describe('dispatching what is to be drawn for', () => {
  it('PLN-15 REG-13 is refused for a target that could never take it in, whatever its quantity is', async () => {
    const itemsOf = (region: RegionCode) => (region === '230400' ? [] : listed)
    for (const each of [drawnTask, counted, rest]) {
      await expect(dispatchedBy({ tasks: [each] }, { itemsOf })).rejects.toMatchObject({
        violations: [refused(1, each.taskName, '230400'), { pointer: '/tasks/0/itemCodes', code: 'item-not-on-list' }],
      })
    }
  })
})

describe('dispatching a number of objects', () => {
  const binding = withLineFields(fourCoalCities)
  const wanted = (place: number, regionCode: string) => ({
    violations: [
      refused(place, counted.taskName, regionCode),
      { pointer: '/tasks/0/count', code: 'rule-not-by-default', meta: { key: 'plan.lineFields' } },
    ],
  })

  it('PLN-15 PLN-13 is refused where the policy of the target’s region has every line state its ratio', async () => {
    expect(await dispatchedBy({ tasks: [counted] })).toHaveLength(2)
    const policyOf = (region: RegionCode) => (region === '230400' ? binding : fourCoalCities)
    await expect(dispatchedBy({ tasks: [counted] }, { policyOf })).rejects.toMatchObject(wanted(1, '230400'))
    expect(await dispatchedBy({ tasks: [drawnTask] }, { policyOf })).toHaveLength(2)
    expect(await dispatchedBy({ tasks: [counted] }, { policyOf: () => withLineFields(fourCoalCities, 'by-default') })).toHaveLength(2)
  })

  it('PLN-15 POL-05 is judged by the policy of a plan that is there, and by what is in force in the plan’s year where none is', async () => {
    const header = { regionCode: '230300' as RegionCode, unitId: '230300-scj' as UnitId, year: 2026, planType: 'INTERNAL' as const }
    const plan = planAt(publishedVersionOf([]), { ...header, planId: planIdOf(header) })
    await expect(dispatchedBy({ tasks: [counted] }, { plans: [plan], kept: binding })).rejects.toMatchObject(wanted(0, '230300'))
    const in2027 = { ...counted, window: days('2027-04-01', '2027-06-30') }
    const from2027 = { policyOf: (_region: RegionCode, at: string) => (at < '2027-01-01' ? fourCoalCities : binding) }
    expect(await dispatchedBy({ tasks: [counted] }, from2027)).toHaveLength(2)
    await expect(dispatchedBy({ tasks: [in2027], year: 2027 }, from2027)).rejects.toMatchObject({ violations: { length: 4 } })
  })
})
