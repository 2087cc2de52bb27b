import { describe, expect, it } from 'vitest'
import { valueOf } from '../../tests/support/policies.ts'
import { at, newTask, task } from '../../tests/support/records.ts'
import { type AttachedExpert, attachExpert, engagementIdOf, type RegisteredExpert, removeExpert } from './expert.ts'
import { isAssigned, type Task } from './task.ts'

const now = at('2026-04-02T01:00:00.000Z')
const later = at('2026-04-03T01:00:00.000Z')
const professor: AttachedExpert = { kind: 'EXPERT', name: '赵教授', institution: '示例大学', speciality: '特种设备' }
const registered: RegisteredExpert = { institutionId: 'a'.repeat(32), field: '食品', work: 'TESTING' }
const lab: AttachedExpert = {
  kind: 'TESTING_BODY',
  name: '某检测中心',
  institution: '某检测中心',
  speciality: registered.field,
  registered: { institutionId: registered.institutionId, work: registered.work },
}

const attaching = (of: Task, expert: AttachedExpert) => attachExpert(of, expert, { by: 'wang.wu', at: now })
const attached = (of: Task, ...experts: readonly AttachedExpert[]): Task =>
  experts.reduce((current, expert) => valueOf(attaching(current, expert))?.task ?? current, of)
const removing = (of: Task, index = 0, reason = '与检查对象有业务往来') =>
  removeExpert(of, { expertId: of.team.experts[index]?.expertId ?? '', reason }, { by: 'zhao.liu', at: later })
const removed = (of: Task): Task => valueOf(removing(of))?.task ?? of

const short: Task = { ...task, team: { ...newTask.team, members: newTask.team.members.slice(0, 1), short: true } }

describe('experts and institutions beside a team', () => {
  it('DRW-24 INS-29 are attached with who, since when and by whom, once', () => {
    const team = attached(task, professor, lab)
    expect(team.team.experts).toMatchObject([
      { ...professor, attachedBy: 'wang.wu', attachedAt: now },
      { ...lab, attachedBy: 'wang.wu', attachedAt: now },
    ])
    expect(attached(team, professor, { ...professor, speciality: '电梯' }, lab).team.experts).toHaveLength(2)
    expect(attached(team, { ...professor, institution: '另一所大学' }).team.experts).toHaveLength(3)
    expect(attached(team, { ...lab, speciality: '药品' }).team.experts).toHaveLength(3)
    expect(team.trace.map(({ what, by }) => [what, by]).slice(1)).toEqual([
      ['EXPERT_ATTACHED', 'wang.wu'],
      ['EXPERT_ATTACHED', 'wang.wu'],
    ])
  })

  it('DRW-24 count nothing towards the team, and are no inspectors', () => {
    const team = attached(short, professor, lab)
    expect(team.team).toMatchObject({ members: short.team.members, short: true })
    expect(isAssigned(team, professor.name)).toBe(false)
    expect(valueOf(attaching(task, lab))?.events).toEqual([])
  })

  it('DRW-24 are removed with a reason, and stay on record; who comes back is another entry', () => {
    const without = removed(attached(task, lab))
    expect(without.team.experts).toMatchObject([{ ...lab, removed: { reason: '与检查对象有业务往来', by: 'zhao.liu', at: later } }])
    expect(without.trace.at(-1)).toEqual({ at: later, what: 'EXPERT_REMOVED', by: 'zhao.liu' })
    expect(removing(without)).toEqual({ ok: true, value: undefined })
    expect(removing(without, 0, '另一理由')).toEqual({ ok: false, error: { code: 'expert-removed' } })
    expect(removing(without, 1)).toEqual({ ok: false, error: { code: 'expert-unknown' } })
    const back = attached(without, lab).team.experts
    expect(back.map(({ removed: out }) => out === undefined)).toEqual([false, true])
    expect(new Set(back.map(({ expertId }) => expertId)).size).toBe(2)
  })

  it('DRW-24 have the id of their engagement before they are attached, and the same after', () => {
    const id = engagementIdOf(task, registered)
    const team = attached(task, professor, lab)
    expect(team.team.experts[1]?.expertId).toBe(id)
    expect(engagementIdOf(team, registered)).toBe(id)
    expect(engagementIdOf(removed(attached(task, lab)), registered)).not.toBe(id)
  })

  it.each(['COMPLETED', 'WITHDRAWN'] as const)('DRW-24 neither join nor leave once the task is %s', (status) => {
    const done: Task = { ...attached(task, lab), status }
    expect([attaching(done, professor), removing(done)]).toEqual([
      { ok: false, error: { code: 'team-settled' } },
      { ok: false, error: { code: 'team-settled' } },
    ])
    expect(attaching(done, lab)).toEqual({ ok: true, value: undefined })
    const gone: Task = { ...removed(attached(task, lab)), status }
    expect(removing(gone)).toEqual({ ok: true, value: undefined })
  })
})
