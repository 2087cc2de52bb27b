import type { Principal } from '@dual-random/auth'
import { describe, expect, it } from 'vitest'
import { memory } from '../../tests/support/memory.ts'
import { fourCities } from '../../tests/support/policies.ts'
import { at, task } from '../../tests/support/records.ts'
import type { KnownClue } from '../domain/known-clue.ts'
import type { OnSiteRequest } from '../domain/on-site.ts'
import type { Task } from '../domain/task.ts'
import { allowOnSiteCheck } from './allow-on-site.ts'

const listed: Task = { ...task, object: { ...task.object, alliance: '广告产业信用同盟' } }
const dispatcher: Principal = { subject: 'wang.wu', unitId: task.unitId, regionCode: task.regionCode, roles: ['DISPATCHER'], token: '' }
const complaint = { ground: 'COMPLAINT', source: '12315-1', clueIds: ['c1'] }

/** One task, and planning's register with clues of these states. */
function world(of: Task, states: Readonly<Record<string, KnownClue['status']>> = { c1: 'OPEN' }) {
  const register = new Map(Object.entries(states))
  const asked: (readonly string[])[] = []
  const clues = async (ids: readonly string[]): Promise<readonly KnownClue[]> => {
    asked.push(ids)
    return ids.flatMap((clueId) => {
      const status = register.get(clueId)
      return status === undefined ? [] : [{ clueId, regionCode: of.regionCode, status }]
    })
  }
  const { tasks } = memory({ tasks: [of] })
  const policies = { get: async () => fourCities, keep: async () => undefined }
  const deps = { tasks, policies, peers: { clues }, clock: () => at('2026-04-02T01:00:00.000Z') }
  return { register, asked, tasks, allow: async (request: OnSiteRequest) => allowOnSiteCheck(deps, dispatcher, of.taskId, request) }
}

describe('the clues of a reason to go there', () => {
  it('TGT-21 TGT-15 the same request again is no change, also once its clue was settled', async () => {
    const { allow, register, asked } = world(listed)
    const first = await allow(complaint)
    expect(first.onSite).toMatchObject([complaint])
    register.set('c1', 'CHECKED')
    expect(await allow(complaint)).toEqual(first)
    expect(asked).toEqual([['c1']])
  })

  it('TGT-21 TGT-15 of another reason are judged where the task does not name them already', async () => {
    const { allow, register } = world(listed, { c1: 'OPEN', c2: 'CLOSED', c3: 'OPEN' })
    await allow(complaint)
    register.set('c1', 'CHECKED')
    const more = (...clueIds: readonly string[]) => allow({ ...complaint, source: '12315-2', clueIds })
    await expect(more('c1', 'c2')).rejects.toMatchObject({ code: 'clue-settled', meta: { clueId: 'c2' } })
    expect((await more('c1', 'c3')).onSite).toMatchObject([complaint, { clueIds: ['c1', 'c3'] }])
  })

  it('TGT-15 that are settled are refused at first, and nothing is recorded', async () => {
    const { allow, tasks } = world(listed, { c1: 'CLOSED' })
    await expect(allow(complaint)).rejects.toMatchObject({ code: 'clue-settled' })
    expect(await tasks.get(listed.taskId)).toEqual(listed)
  })

  it('TGT-21 a task that ended, or is not restricted, is refused for that before its clues', async () => {
    const settled = { c1: 'CHECKED' } as const
    const ended = world({ ...listed, status: 'COMPLETED' }, settled)
    await expect(ended.allow(complaint)).rejects.toMatchObject({ code: 'on-site-task-ended' })
    const free = world(task, settled)
    await expect(free.allow(complaint)).rejects.toMatchObject({ code: 'on-site-not-restricted' })
    expect([...ended.asked, ...free.asked]).toEqual([])
  })
})
