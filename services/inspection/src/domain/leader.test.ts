import type { DrawId, InspectorId, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { valueOf } from '../../tests/support/policies.ts'
import { at, newTask, resultOf, task } from '../../tests/support/records.ts'
import { enteredOf } from '../app/enter-result.ts'
import { taskIdOf } from './ids.ts'
import { candidatesOf, designateLeader, type Leading, lacksLeader, leaderOf, leadingFor, ledBy, tasksOfCheck } from './leader.ts'
import { reassign } from './reassign.ts'
import { dispatchTask, type Task } from './task.ts'

const scj = '230300-scj' as UnitId
const gaj = '230300-gaj' as UnitId
const byInitiator = { by: 'INITIATOR', from: 'DRAWN_INSPECTORS' } as const
const act = { by: 'wang.wu', at: at('2026-04-01T03:00:00.000Z') }
const later = { by: 'wang.wu', at: at('2026-04-01T04:00:00.000Z') }

const member = (id: string, unitId: UnitId) => ({
  inspectorId: id as InspectorId,
  label: `l-${id}`,
  name: id,
  unitId,
  subject: id,
  leader: false,
})

const taskOf = (unitId: UnitId, ids: readonly string[], from: Leading['from'] = 'DRAWN_INSPECTORS'): Task =>
  dispatchTask(
    {
      ...newTask,
      taskId: taskIdOf('d1' as DrawId, 'aa', unitId),
      unitId,
      organiserUnitId: scj,
      team: { drawId: 'd1' as DrawId, members: ids.map((id) => member(id, unitId)), short: false, experts: [] },
      leading: { from, unitIds: [scj, gaj] },
    },
    at('2026-04-01T01:00:00.000Z'),
    2,
  ).task

const check = (from?: Leading['from']): readonly [Task, Task] => [taskOf(scj, ['s1', 's2'], from), taskOf(gaj, ['g1', 'g2'], from)]

/** The tasks of a check once somebody was designated. */
const led = (tasks: readonly Task[], inspectorId: string, by = act): readonly Task[] => {
  const designated = valueOf(designateLeader(tasks, inspectorId, by))
  return tasks.map((one) => ledBy(one, designated)?.task ?? one)
}
const refusal = (tasks: readonly Task[], inspectorId: string) => {
  const decided = designateLeader(tasks, inspectorId, later)
  return decided.ok ? undefined : decided.error.code
}
const leadersIn = (tasks: readonly Task[]) =>
  tasks.flatMap(({ team }) => team.members.filter(({ leader }) => leader).map(({ inspectorId }) => inspectorId))

describe('the leader of a joint check', () => {
  it('DRW-23 is designated where policy says so and several units of the city check; else the smallest ticket leads', () => {
    const facts = { leaderLabel: '', hasInitiatorTeam: true, cityUnitIds: [scj, gaj], unitIds: [scj, gaj] }
    expect(leadingFor(byInitiator, facts)).toEqual({ from: 'DRAWN_INSPECTORS', unitIds: [scj, gaj] })
    expect(leadingFor({ ...byInitiator, by: 'SMALLEST_TICKET' }, { ...facts, hasInitiatorTeam: false })).toBeUndefined()
    expect(leadingFor(byInitiator, { ...facts, hasInitiatorTeam: false })).toEqual({ from: 'DRAWN_INSPECTORS', unitIds: [scj, gaj] })
    expect(leadingFor(byInitiator, { ...facts, cityUnitIds: [scj] })).toBeUndefined()
    expect(leadingFor(byInitiator, { ...facts, leaderLabel: 'l1' })).toBeUndefined()
  })

  it('DRW-23 POL-05 is designated where the draw left it open so, although a later policy goes by ticket', () => {
    const facts = { leaderLabel: '', hasInitiatorTeam: true, cityUnitIds: [scj, gaj], unitIds: [scj, gaj] }
    const byTicket = { by: 'SMALLEST_TICKET', from: 'DRAWN_INSPECTORS_OF_INITIATOR' } as const
    expect(leadingFor(byTicket, facts)).toEqual({ from: 'DRAWN_INSPECTORS_OF_INITIATOR', unitIds: [scj, gaj] })
    expect(leadingFor(byTicket, { ...facts, leaderLabel: 'l1' })).toBeUndefined()
  })

  it('DRW-23 is one of the matched inspectors of any unit, or of the initiator alone, as policy says', () => {
    expect(candidatesOf(check()).map(({ inspectorId }) => inspectorId)).toEqual(['s1', 's2', 'g1', 'g2'])
    const own = check('DRAWN_INSPECTORS_OF_INITIATOR')
    expect(candidatesOf(own).map(({ inspectorId }) => inspectorId)).toEqual(['s1', 's2'])
    expect([refusal(check(), 'g1'), refusal(own, 'g1'), refusal(own, 's1')]).toEqual([undefined, 'leader-not-drawn', undefined])
    expect(refusal(check(), 'nobody')).toBe('leader-not-drawn')
  })

  it('DRW-23 INS-26 leads on every task of the check, with who designated when in the trace, and tells nobody else', () => {
    const [first, second] = check()
    const designated = valueOf(designateLeader([first, second], 'g2', act))
    expect(designated).toEqual({ number: 1, inspectorId: 'g2', ...act })
    const changes = [first, second].map((one) => ledBy(one, designated))
    expect(changes.map((change) => change?.task.trace.at(-1))).toEqual([first, second].map(() => ({ what: 'LEADER_DESIGNATED', ...act })))
    expect(changes.flatMap((change) => change?.events ?? [])).toEqual([])
    expect(leadersIn(led([first, second], 'g2'))).toEqual(['g2'])
  })

  it('DRW-23 may be another one before the check begins; the same one again is the same designation', () => {
    const once = led(check(), 'g2')
    expect(designateLeader(once, 'g2', later)).toEqual({ ok: true, value: { number: 1, inspectorId: 'g2', ...act } })
    const twice = led(once, 's1', later)
    expect(leaderOf(twice)).toEqual({ number: 2, inspectorId: 's1', ...later })
    expect(leadersIn(twice)).toEqual(['s1'])
    const [first, second] = twice as [Task, Task]
    // A task that the later designation has not reached yet, or the earlier one, takes nothing from it.
    const behind = once[1] as Task
    expect([leaderOf([first, behind]), leaderOf([behind, first])].map((one) => one?.number)).toEqual([2, 2])
    expect(leaderOf([check()[0], second])?.number).toBe(2)
    expect(ledBy(first, { number: 1, inspectorId: 'g2' as InspectorId, ...act })).toBeUndefined()
    expect(ledBy(first, { number: 2, inspectorId: 's1' as InspectorId, ...later })).toBeUndefined()
  })

  it('DRW-23 stays once a notice was handed over or a result entered at any task of the check', () => {
    const [first, second] = led(check(), 'g2') as [Task, Task]
    const entered = { ...second, results: [enteredOf(resultOf())] }
    expect(refusal([first, second], 's1')).toBeUndefined()
    expect(refusal([{ ...first, notice: act }, second], 's1')).toBe('leader-check-begun')
    expect(refusal([first, entered], 's1')).toBe('leader-check-begun')
    expect(refusal([first, entered], 'g2')).toBeUndefined()
  })

  it('DRW-23 is waited for while somebody could be designated, and not where nobody was matched', () => {
    expect([lacksLeader(check()), lacksLeader(led(check(), 's2'))]).toEqual([true, false])
    const [first, second] = check('DRAWN_INSPECTORS_OF_INITIATOR')
    expect(lacksLeader([{ ...first, team: { ...first.team, members: [] } }, second])).toBe(false)
    expect(lacksLeader([{ ...first, status: 'WITHDRAWN' }, second])).toBe(false)
    expect(lacksLeader([])).toBe(false)
  })

  it('DRW-23 DRW-14 is designated anew where a re-match takes the leader away, also after the beginning; who stays leads on', () => {
    const [first, second] = led(check(), 'g2') as [Task, Task]
    const rematched = (ids: readonly string[]): Task =>
      reassign(second, { drawId: 'd2' as DrawId, members: ids.map((id) => member(id, gaj)), short: false }, later.at)?.task ?? second
    const begun = { ...first, notice: act }
    const stays = [begun, rematched(['g2', 'g3'])]
    expect([lacksLeader(stays), leadersIn(stays), refusal(stays, 's1')]).toEqual([false, ['g2'], 'leader-check-begun'])
    const leaves = [begun, rematched(['g3', 'g4'])]
    expect([lacksLeader(leaves), leadersIn(leaves), refusal(leaves, 'g2')]).toEqual([true, [], 'leader-not-drawn'])
    expect(designateLeader(leaves, 'g3', later)).toEqual({ ok: true, value: { number: 2, inspectorId: 'g3', ...later } })
    expect(leadersIn(led(leaves, 'g3', later))).toEqual(['g3'])
  })

  it('DRW-23 DRW-14 a re-match before anybody was designated gives the lead to nobody', () => {
    const [first] = check()
    const team = { drawId: 'd2' as DrawId, members: [{ ...member('s3', scj), leader: true }, member('s4', scj)], short: false }
    expect(reassign(first, team, later.at)?.task.team.members.map(({ leader }) => leader)).toEqual([false, false])
  })

  it('DRW-23 is designated no more once every task has ended', () => {
    const over = (...statuses: readonly Task['status'][]) => {
      const tasks = check()
      return refusal(
        tasks.map((one, index) => ({ ...one, status: statuses[index] ?? one.status })),
        's1',
      )
    }
    expect([over('COMPLETED', 'COMPLETED'), over('COMPLETED', 'OPEN')]).toEqual(['team-settled', undefined])
  })

  it('DRW-23 is of the tasks of one draw at one object; a task led by ticket is of no such check, and takes no designation', () => {
    const [first, second] = check()
    expect(tasksOfCheck(second)).toEqual([first.taskId, second.taskId])
    expect(tasksOfCheck(task)).toEqual([])
    expect([candidatesOf([task]), leaderOf([task])]).toEqual([[], undefined])
    expect(ledBy(task, { number: 1, inspectorId: 'i2' as InspectorId, ...act })).toBeUndefined()
  })
})
