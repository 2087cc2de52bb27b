import type { Principal } from '@dual-random/auth'
import type { DrawId, InspectorId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { memory } from '../../tests/support/memory.ts'
import { fourCities } from '../../tests/support/policies.ts'
import { at, entry, task as ledByTicket, newTask } from '../../tests/support/records.ts'
import { taskIdOf } from '../domain/ids.ts'
import { dispatchTask, type Task } from '../domain/task.ts'
import { designate, readLeader, waitsForLeader } from './designate-leader.ts'
import { enterResult } from './enter-result.ts'
import { handOverNotice } from './give-notice.ts'

const scj = '230300-scj' as UnitId
const gaj = '230300-gaj' as UnitId
const clerk: Principal = { subject: 'wang.wu', unitId: scj, regionCode: '230300' as RegionCode, roles: ['DISPATCHER'], token: '' }

const taskOf = (unitId: UnitId): Task =>
  dispatchTask(
    {
      ...newTask,
      taskId: taskIdOf('d1' as DrawId, 'aa', unitId),
      unitId,
      organiserUnitId: scj,
      team: {
        drawId: 'd1' as DrawId,
        members: [1, 2].map((number) => ({
          inspectorId: `${unitId}-${number}` as InspectorId,
          name: `${number}`,
          unitId,
          subject: `${unitId}-${number}`,
          leader: false,
        })),
        short: false,
        experts: [],
      },
      leading: { from: 'DRAWN_INSPECTORS', unitIds: [scj, gaj] },
    },
    at('2026-04-01T01:00:00.000Z'),
    2,
  ).task

const [first, second] = [taskOf(scj), taskOf(gaj)]
const clock = () => at('2026-04-01T03:00:00.000Z')
const leaders = async ({ tasks }: ReturnType<typeof memory>) => {
  const both = await Promise.all([first, second].map(({ taskId }) => tasks.get(taskId)))
  return both.flatMap((task) => task?.team.members.filter(({ leader }) => leader).map(({ inspectorId }) => inspectorId) ?? [])
}

describe('designating a leader', () => {
  it('DRW-23 the same again finishes a designation that was cut off after the first task', async () => {
    const ports = memory({ tasks: [first, second] })
    const cut = { ...ports.tasks, changeMany: async () => Promise.reject(new Error('cut off')) }
    await expect(designate({ tasks: cut, clock }, clerk, second.taskId, `${gaj}-1`)).rejects.toThrow('cut off')
    expect(await leaders(ports)).toEqual([])
    const led = await designate({ tasks: ports.tasks, clock }, clerk, second.taskId, `${gaj}-1`)
    expect(led.designated).toMatchObject({ number: 1, inspectorId: `${gaj}-1` })
    expect(await leaders(ports)).toEqual([`${gaj}-1`])
  })

  it('DRW-23 refuses another unit’s clerk, whom the draw did not match, and a check that has begun', async () => {
    const { tasks } = memory({ tasks: [first, second] })
    const by = (inspectorId: string, principal = clerk) => designate({ tasks, clock }, principal, first.taskId, inspectorId)
    const other = { ...clerk, unitId: gaj }
    const foreign = { kind: 'forbidden', code: 'unit-not-allowed', meta: { unitId: scj } }
    await expect(by(`${scj}-1`, other)).rejects.toMatchObject(foreign)
    await expect(readLeader({ tasks, clock }, other, first.taskId)).rejects.toMatchObject(foreign)
    await expect(by(`${scj}-3`)).rejects.toMatchObject({
      violations: [{ pointer: '/inspectorId', code: 'leader-not-drawn', meta: { inspectorId: `${scj}-3` } }],
    })
    expect((await readLeader({ tasks, clock }, clerk, first.taskId)).designated).toBeUndefined()
    await by(`${scj}-1`)
    await tasks.change(second.taskId, (task) => ({ task: { ...task, notice: { by: 'x', at: clock() } }, events: [] }))
    const { taskNumber } = first
    await expect(by(`${scj}-2`)).rejects.toMatchObject({ kind: 'failed-precondition', code: 'leader-check-begun', meta: { taskNumber } })
  })

  it.each(['notice', 'result'])('DRW-23 is overtaken by the beginning of the check at another unit’s task: %s', async (beginning) => {
    const ports = memory({ tasks: [first, second] })
    await designate({ tasks: ports.tasks, clock }, clerk, first.taskId, `${gaj}-1`)
    const inspector: Principal = { ...clerk, subject: `${gaj}-1`, unitId: gaj, roles: ['INSPECTOR'] }
    const begin = () =>
      beginning === 'notice'
        ? handOverNotice({ tasks: ports.tasks, objectOpenings: { of: async () => '' }, clock }, inspector, second.taskId)
        : enterResult(
            { ...ports, policies: { keep: async () => undefined, get: async () => fourCities }, clock },
            inspector,
            second.taskId,
            entry,
          )
    // The clerk has read the other task by then, and not yet changed the first.
    const overtaken: typeof ports.tasks = {
      ...ports.tasks,
      change: async (...args) => {
        await begin()
        return ports.tasks.change(...args)
      },
    }
    const begun = { kind: 'failed-precondition', code: 'leader-check-begun', meta: { taskNumber: first.taskNumber } }
    await expect(designate({ tasks: overtaken, clock }, clerk, first.taskId, `${scj}-2`)).rejects.toMatchObject(begun)
    expect(await leaders(ports)).toEqual([`${gaj}-1`])
  })

  it('DRW-23 a notice that is refused begins no check', async () => {
    const ports = memory({ tasks: [first, second] })
    const refusedAt = (instant: string, subject: string) =>
      handOverNotice(
        { tasks: ports.tasks, objectOpenings: { of: async () => '' }, clock: () => at(instant) },
        { ...clerk, subject, unitId: gaj, roles: ['INSPECTOR'] },
        second.taskId,
      )
    await expect(refusedAt('2026-04-01T03:00:00.000Z', `${gaj}-1`)).rejects.toMatchObject({ code: 'leader-not-designated' })
    await designate({ tasks: ports.tasks, clock }, clerk, first.taskId, `${gaj}-1`)
    await expect(refusedAt('2026-03-31T15:59:59.999Z', `${gaj}-1`)).rejects.toMatchObject({ code: 'notice-before-window' })
    await expect(refusedAt('2026-04-01T03:00:00.000Z', `${scj}-1`)).rejects.toMatchObject({ code: 'inspector-not-assigned' })
    await designate({ tasks: ports.tasks, clock }, clerk, first.taskId, `${scj}-2`)
    expect(await leaders(ports)).toEqual([`${scj}-2`])
  })

  it('DRW-23 refuses where a ticket leads, and where all is over', async () => {
    const ended = memory({ tasks: [first, second].map((task) => ({ ...task, status: 'COMPLETED' as const })) })
    const { taskNumber } = first
    const settled = { kind: 'failed-precondition', code: 'team-settled', meta: { taskNumber } }
    await expect(designate({ tasks: ended.tasks, clock }, clerk, first.taskId, `${scj}-1`)).rejects.toMatchObject(settled)
    const led = memory({ tasks: [ledByTicket] })
    const refused = { kind: 'failed-precondition', code: 'leader-by-ticket', meta: { taskNumber: ledByTicket.taskNumber } }
    await expect(designate({ tasks: led.tasks, clock }, clerk, ledByTicket.taskId, 'i1')).rejects.toMatchObject(refused)
  })

  it('DRW-23 is waited for by every task of the check while its fan-out goes on too, and by none that a ticket leads', async () => {
    const going = memory({ tasks: [second] })
    expect(await waitsForLeader(going.tasks, second)).toBe(true)
    const missing = { kind: 'not-found', code: 'not-found', meta: { what: 'task', id: first.taskId } }
    await expect(designate({ tasks: going.tasks, clock }, clerk, second.taskId, `${gaj}-1`)).rejects.toMatchObject(missing)
    const whole = memory({ tasks: [first, second, ledByTicket] })
    const waiting = () => Promise.all([first, second, ledByTicket].map((task) => waitsForLeader(whole.tasks, task)))
    expect(await waiting()).toEqual([true, true, false])
    await designate({ tasks: whole.tasks, clock }, clerk, first.taskId, `${gaj}-1`)
    expect(await waiting()).toEqual([false, false, false])
  })

  it('DRW-23 of two who designate at once the later one at the first task counts, in whatever order the others follow', async () => {
    const ports = memory({ tasks: [first, second] })
    const overtaken = {
      ...ports.tasks,
      changeMany: async (...args: Parameters<typeof ports.tasks.changeMany>) => {
        await designate({ tasks: ports.tasks, clock }, { ...clerk, subject: 'zhao.liu' }, first.taskId, `${scj}-2`)
        await ports.tasks.changeMany(...args)
      },
    }
    await designate({ tasks: overtaken, clock }, clerk, first.taskId, `${gaj}-1`)
    expect(await leaders(ports)).toEqual([`${scj}-2`])
    expect((await readLeader({ tasks: ports.tasks, clock }, clerk, second.taskId)).designated).toMatchObject({ number: 2, by: 'zhao.liu' })
  })
})
