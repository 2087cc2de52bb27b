import type { TaskId, VisitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { memory } from '../../tests/support/memory.ts'
import { calendarOf, fourCities } from '../../tests/support/policies.ts'
import { at, item, resultOf, task, visit } from '../../tests/support/records.ts'
import { mergeRuleOf } from '../domain/rules.ts'
import { type MergeProposal, proposalFor, type Visit } from '../domain/visit.ts'
import { followResult } from './follow-result.ts'
import { sweepEntries } from './lapse-tasks.ts'
import { sweepMerges } from './merge-visits.ts'
import { survivorsOf } from './survivors.ts'

const feedbackDue = { policies: { keep: async () => undefined, get: async () => fourCities }, calendar: calendarOf() }
const running = new AbortController().signal
const clockAt = (text: string) => () => at(text)

const first = resultOf({ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20' })
const second = resultOf({ itemCode: item('SCJG-02') }, '2026-04-30T15:00:00.000Z')

describe('what a crash left undone', () => {
  it('INS-23 a recorded result stands on its task and opens its follow-up once its event arrives, however often', async () => {
    const ports = memory({ tasks: [task], results: [first, second] })
    for (const { resultId } of [first, second, first]) await followResult({ ...ports, ...feedbackDue }, resultId)
    expect(await ports.tasks.get(task.taskId)).toMatchObject({ status: 'COMPLETED', completedAt: second.enteredAt })
    expect(ports.told.map(({ event }) => event.type)).toEqual(['completed'])
    expect(ports.followUpCount()).toBe(1)
  })

  it('INS-25 an entry made in time counts even if its task did not show it when the window ended', async () => {
    const ports = memory({ tasks: [task], results: [second, first] })
    await sweepEntries({ ...ports, clock: clockAt('2026-05-01T00:00:00.000Z') }, running)
    const swept = await ports.tasks.get(task.taskId)
    expect(swept).toMatchObject({ status: 'COMPLETED' })
    expect(swept?.lapse).toBeUndefined()
  })

  it('INS-25 one entry of two made in time is not enough', async () => {
    const ports = memory({ tasks: [task], results: [first] })
    await sweepEntries({ ...ports, clock: clockAt('2026-05-01T00:00:00.000Z') }, running)
    const swept = await ports.tasks.get(task.taskId)
    expect(swept).toMatchObject({ status: 'OPEN', lapse: { reason: 'ENTRY_MISSING' }, results: [{ itemCode: 'SCJG-01' }] })
  })
})

describe('merges of merges', () => {
  const on = (taskId: string, visitId: string) => ({ ...task, taskId: taskId as TaskId, visitId: visitId as VisitId })
  const visits = ['v1', 'v2', 'v3'].map((id) => visit(id))
  const accepted = (one: Visit | undefined, other: Visit | undefined): MergeProposal => {
    const proposal = one && other && proposalFor(mergeRuleOf(fourCities), one, other)
    if (proposal === undefined) throw new Error('no proposal')
    return { ...proposal, status: 'ACCEPTED' }
  }
  const [one, two, three] = visits
  const pairs = [accepted(one, two), accepted(two, three), accepted(one, three)]

  it.each([
    ['in order', [0, 1]],
    ['the other way round', [1, 0]],
    ['round the corner', [2, 1]],
    ['all of them', [1, 2, 0]],
  ])('DRW-18 three visits come together in the first, %s', async (_name, order) => {
    const proposals = order.flatMap((index) => pairs[index] ?? [])
    const ports = memory({ tasks: [on('t1', 'v1'), on('t2', 'v2'), on('t3', 'v3')], visits, proposals })
    await sweepMerges({ ...ports, clock: clockAt('2026-04-02T00:00:00.000Z') }, running)
    expect(['t1', 't2', 't3'].map(ports.visitOf)).toEqual(['v1', 'v1', 'v1'])
    expect(await ports.proposals.unapplied(10)).toEqual([])
    const survivors = await survivorsOf(
      ports.visits,
      visits.map(({ visitId }) => visitId),
    )
    expect([...survivors.values()]).toEqual(['v1', 'v1', 'v1'])
  })

  it('DRW-18 a merge that was cut off before its tasks moved is finished by the sweep', async () => {
    const cut = visits.map((each) => (each.visitId === 'v2' ? { ...each, mergedInto: 'v1' as VisitId } : each))
    const ports = memory({ tasks: [on('t1', 'v1'), on('t2', 'v2')], visits: cut, proposals: [pairs[0]].flatMap((pair) => pair ?? []) })
    await sweepMerges({ ...ports, clock: clockAt('2026-04-02T00:00:00.000Z') }, running)
    expect(ports.visitOf('t2')).toBe('v1')
    expect(ports.told).toEqual([{ taskId: 't2', event: { type: 'merged' } }])
  })
})
