import type { DrawId, InspectorId, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { valueOf } from '../../tests/support/policies.ts'
import { at, item, newTask, resultOf, task } from '../../tests/support/records.ts'
import { enteredOf } from '../app/enter-result.ts'
import { type MatchedTeam, reassign } from './reassign.ts'
import { type Grounds, type RecusalRequest, raiseRecusal, rejectRecusal, seesRecusal } from './recusal.ts'
import { attachResult, lapseForEntry, type Task, type TaskChange } from './task.ts'

const raisedAt = at('2026-04-02T01:00:00.000Z')
const decidedAt = at('2026-04-03T01:00:00.000Z')
const [zhang, li] = newTask.team.members.map(({ inspectorId }) => inspectorId) as [InspectorId, InspectorId]

const request: RecusalRequest = { raisedBy: 'OBJECT', inspectorIds: [zhang], ground: 'KINSHIP', statement: '检查人员系法定代表人的近亲属' }
const ownOf = (inspectorId: InspectorId): RecusalRequest => ({ ...request, raisedBy: 'INSPECTOR', inspectorIds: [inspectorId] })
const grounds: Grounds = { members: [{ id: 'KINSHIP' }, { id: 'INTEREST' }], open: false }

const tryRaising = (of: Task, what: RecusalRequest, by = 'wang.wu', known: Grounds | undefined = grounds) =>
  raiseRecusal(of, what, { by, at: raisedAt, grounds: known })
const raised = (of: Task, what: RecusalRequest = request): Task => valueOf(tryRaising(of, what)).change?.task ?? of
const idOf = (of: Task, index = 0): string => of.recusals[index]?.recusalId ?? ''
const rejecting = (of: Task, recusalId = idOf(of), reasons = '经核实无亲属关系', by = 'zhao.liu') =>
  rejectRecusal(of, { recusalId, reasons }, { by, at: decidedAt })
const changeOf = (change: TaskChange | undefined): TaskChange => {
  if (change === undefined) throw new Error('nothing changed')
  return change
}

const team = (drawId: string, ...ids: readonly string[]): MatchedTeam => ({
  drawId: drawId as DrawId,
  members: ids.map((id, index) => ({
    inspectorId: id as InspectorId,
    label: `label ${id}`,
    name: id,
    unitId: '230300-scj' as UnitId,
    subject: `subject.${id}`,
    leader: index === 0,
  })),
  short: false,
})

const whats = ({ trace }: Task) => trace.map(({ what }) => what)

describe('a recusal raised after the draw', () => {
  it('DRW-14 stops the assignment, and tells of it by the labels of the draw', () => {
    const { change, recusal } = valueOf(tryRaising(task, request))
    const stopped = changeOf(change)
    expect(stopped.task).toMatchObject({ status: 'SUSPENDED', team: task.team })
    expect(stopped.events).toEqual([{ type: 'recused', recusal }])
    expect(recusal).toMatchObject({ ...request, subjects: ['zhang.san'], enteredBy: 'wang.wu', raisedAt, status: 'PENDING' })
    expect(stopped.task.trace.at(-1)).toEqual({ at: raisedAt, what: 'SUSPENDED' })
  })

  it('DRW-14 is taken once for the same content, in whatever order it names the persons', () => {
    const both = { ...request, inspectorIds: [li, zhang] }
    const stopped = raised(task, both)
    const again = valueOf(tryRaising(stopped, { ...both, inspectorIds: [zhang, li, zhang] }, 'someone'))
    expect(again).toEqual({ recusal: stopped.recusals[0] })
    expect(raised(stopped, { ...both, statement: '另有事实' }).recusals).toHaveLength(2)
  })

  it('DRW-14 a second one while the first is pending leaves one stop in the trace', () => {
    const twice = raised(raised(task), ownOf(li))
    expect([twice.status, twice.recusals.length, whats(twice)]).toEqual(['SUSPENDED', 2, ['DISPATCHED', 'SUSPENDED']])
  })

  it('DRW-14 concerns members of the team, by a ground of the region', () => {
    expect(tryRaising(task, { ...request, inspectorIds: [zhang, 'i9' as InspectorId] })).toEqual({
      ok: false,
      error: { code: 'inspector-not-in-team', index: 1, inspectorId: 'i9' },
    })
    const other = { ...request, ground: 'RUMOUR' }
    expect(tryRaising(task, other)).toEqual({
      ok: false,
      error: { code: 'unknown-ground', ground: 'RUMOUR', allowed: ['KINSHIP', 'INTEREST'] },
    })
    expect(tryRaising(task, other, 'wang.wu', { ...grounds, open: true }).ok).toBe(true)
    expect(raiseRecusal(task, other, { by: 'wang.wu', at: raisedAt, grounds: undefined }).ok).toBe(true)
  })

  it('DRW-14 comes too late for a completed task', () => {
    expect(tryRaising({ ...task, status: 'COMPLETED' }, request)).toEqual({ ok: false, error: { code: 'task-completed' } })
  })

  it('DRW-14 does not stop the clock: a suspended task whose entry is missing lapses', () => {
    expect(changeOf(lapseForEntry(raised(task), at('2026-04-30T16:00:00.000Z'))).task).toMatchObject({ status: 'SUSPENDED' })
  })
})

describe('the organiser rejects a recusal', () => {
  it('DRW-14 with reasons; the team goes on', () => {
    const { task: after, events } = changeOf(valueOf(rejecting(raised(task))))
    expect(after).toMatchObject({
      status: 'OPEN',
      team: task.team,
      recusals: [{ status: 'REJECTED', reasons: '经核实无亲属关系', decidedBy: 'zhao.liu', decidedAt }],
    })
    expect(events).toEqual([{ type: 'recusal-rejected', recusalId: idOf(after), rejectedAt: decidedAt }])
    expect(whats(after)).toEqual(['DISPATCHED', 'SUSPENDED', 'RESUMED'])
  })

  it('DRW-14 the task stays suspended while another recusal is pending', () => {
    const twice = raised(raised(task), ownOf(li))
    const one = changeOf(valueOf(rejecting(twice))).task
    expect([one.status, whats(one)]).toEqual(['SUSPENDED', ['DISPATCHED', 'SUSPENDED']])
    expect(changeOf(valueOf(rejecting(one, idOf(one, 1)))).task.status).toBe('OPEN')
  })

  it('DRW-14 once, for the same reasons; nobody decides on their own', () => {
    const stopped = raised(task)
    expect(rejecting(stopped, idOf(stopped), '理由', 'zhang.san')).toEqual({ ok: false, error: { code: 'recusal-own' } })
    expect(rejecting(stopped, 'rc-0')).toEqual({ ok: false, error: { code: 'recusal-unknown' } })
    const rejected = changeOf(valueOf(rejecting(stopped))).task
    expect(rejecting(rejected)).toEqual({ ok: true, value: undefined })
    expect(rejecting(rejected, idOf(rejected), '其他理由')).toEqual({ ok: false, error: { code: 'recusal-decided', status: 'REJECTED' } })
  })
})

describe('another team takes the place', () => {
  it('DRW-14 the recusal is upheld, the task goes on, and the old team stays in the history', () => {
    const { task: after, events } = changeOf(reassign(raised(task), team('d2', 'i3', 'i2'), decidedAt))
    expect(after).toMatchObject({
      status: 'OPEN',
      team: { drawId: 'd2', members: [{ inspectorId: 'i3' }, { inspectorId: 'i2' }], experts: [] },
      earlierTeams: [{ drawId: 'd1', members: task.team.members, until: decidedAt }],
      recusals: [{ status: 'UPHELD', decidedAt }],
    })
    expect(events).toEqual([{ type: 'reassigned', reassignedAt: decidedAt }])
    expect(whats(after)).toEqual(['DISPATCHED', 'SUSPENDED', 'REASSIGNED', 'RESUMED'])
    expect(rejecting(after)).toEqual({ ok: false, error: { code: 'recusal-decided', status: 'UPHELD' } })
  })

  it('DRW-14 stays suspended where the new team has somebody whom a recusal concerns', () => {
    const after = changeOf(reassign(raised(raised(task), ownOf(li)), team('d2', 'i3', 'i2'), decidedAt)).task
    expect([after.status, after.recusals.map(({ status }) => status)]).toEqual(['SUSPENDED', ['UPHELD', 'PENDING']])
    expect(whats(after)).toEqual(['DISPATCHED', 'SUSPENDED', 'REASSIGNED'])
    expect(changeOf(reassign(after, team('d3', 'i3', 'i4'), decidedAt)).task).toMatchObject({
      status: 'OPEN',
      earlierTeams: [{ drawId: 'd1' }, { drawId: 'd2' }],
    })
  })

  it('DRW-14 the same team told again changes nothing, nor one that was replaced, nor any on a completed task', () => {
    const after = changeOf(reassign(raised(task), team('d2', 'i3'), decidedAt)).task
    for (const drawId of ['d1', 'd2']) expect(reassign(after, team(drawId, 'i4'), decidedAt)).toBeUndefined()
    expect(reassign({ ...after, status: 'COMPLETED' }, team('d3', 'i4'), decidedAt)).toBeUndefined()
  })

  it('DRW-14 an open task takes another team without having been suspended, and keeps its experts', () => {
    const named = { kind: 'EXPERT', name: '赵教授', institution: '示例大学', speciality: '特种设备' }
    const expert = { ...named, expertId: 'ex-1', attachedBy: 'wang.wu', attachedAt: raisedAt }
    const after = changeOf(reassign({ ...task, team: { ...task.team, experts: [expert] } }, team('d2', 'i3'), decidedAt)).task
    expect([after.status, whats(after), after.team.experts]).toEqual(['OPEN', ['DISPATCHED', 'REASSIGNED'], [expert]])
  })
})

describe('a result that was on its way when the recusal came', () => {
  const entered = enteredOf(resultOf())
  const last = enteredOf(resultOf({ itemCode: item('SCJG-02') }))
  const stopped = changeOf(attachResult(raised(task), entered)).task

  it('DRW-14 stands on the task, which is complete once the recusal is decided', () => {
    const { task: whole, events } = changeOf(attachResult(stopped, last))
    expect([whole.status, whole.entryDue, events]).toEqual(['SUSPENDED', undefined, []])
    expect(lapseForEntry(whole, at('2026-06-01T00:00:00.000Z'))).toBeUndefined()
    const after = changeOf(valueOf(rejecting(whole)))
    expect(after.task).toMatchObject({ status: 'COMPLETED', completedAt: last.enteredAt })
    expect(after.events.map(({ type }) => type)).toEqual(['recusal-rejected', 'completed'])
    expect(changeOf(reassign(whole, team('d2', 'i3'), decidedAt)).events.map(({ type }) => type)).toEqual(['reassigned', 'completed'])
  })
})

describe('who reads a recusal', () => {
  const stopped = { ...raised(task), organiserUnitId: '230300-zzj' as UnitId }
  const [recusal] = stopped.recusals
  const sees = (subject: string, roles: readonly string[], unitId = '230300-scj') =>
    recusal !== undefined && seesRecusal({ subject, roles, unitId: unitId as UnitId }, stopped, recusal)

  it.each([
    ['whom it concerns', 'zhang.san', ['INSPECTOR'], undefined, true],
    ['who entered it', 'wang.wu', ['INSPECTOR'], '230300-xfj', true],
    ['the other inspector of the team', 'li.si', ['INSPECTOR'], undefined, false],
    ['the dispatcher of the unit that checks', 'd', ['DISPATCHER'], undefined, true],
    ['the dispatcher of the organiser', 'd', ['DISPATCHER'], '230300-zzj', true],
    ['who organises its draws', 'o', ['DRAW_ORGANISER'], '230300-zzj', true],
    ['who organises draws of the unit that only checks', 'o', ['DRAW_ORGANISER'], undefined, false],
    ['the dispatcher of another unit', 'd', ['DISPATCHER'], '230300-xfj', false],
    ['an auditor of the organiser', 'a', ['AUDITOR'], '230300-zzj', false],
  ] as const)('DRW-34 %s', (_who, subject, roles, unitId, seen) => {
    expect(sees(subject, roles, unitId)).toBe(seen)
  })
})
