import { canonicalJson, type Json } from '@dual-random/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market, subjectOf } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, type TaskAnswer } from './support/entries.ts'
import { type Caller, startWorld, type World } from './support/world.ts'

const draw = drawOf({ name: 'notices', codes: ['N-1', 'N-2'] })
const province = { unitId: '230000-scj', regionCode: '230000' }

type Noticed = TaskAnswer & { readonly notice?: { readonly by: string; readonly at: string }; readonly trace?: readonly { what: string }[] }

describe('the notice of a check', () => {
  let world: World
  let tasks: readonly TaskAnswer[]

  beforeAll(async () => {
    world = await startWorld()
    await world.dispatch(draw)
    tasks = (await (await world.as(['DISPATCHER'])).get<Paged<TaskAnswer>>('/v1/tasks')).body.items
  })
  afterAll(() => world?.dispose())

  const taskOf = (code: string): TaskAnswer => {
    const found = tasks.find(({ object }) => object.code === code)
    if (found === undefined) throw new Error(`no task of ${code}`)
    return found
  }
  const inspectorOf = ({ team }: TaskAnswer) => world.as(['INSPECTOR'], { subject: team.members[0]?.subject ?? '' })
  const opening = async (role: string, caller: Caller, { taskId }: TaskAnswer) =>
    (await world.as([role], caller)).get<ProblemAnswer>(`/v1/tasks/${taskId}/notice/opening`)

  it('DRW-34 SEC-05 before it nobody gets the opening of the object, and registry is not asked', async () => {
    const task = taskOf('N-1')
    const member = { subject: task.team.members[0]?.subject ?? '' }
    for (const [role, caller] of [
      ['INSPECTOR', member],
      ['DISPATCHER', {}],
      ['AUDITOR', province],
    ] as const) {
      expect(await opening(role, caller, task)).toMatchObject({ status: 409, body: { code: 'notice-not-given' } })
    }
    expect(world.peers.objectOpenings).toEqual([])
  })

  it('DRW-34 SEC-05 is handed over by an inspector of the team; who is not of it cannot, nor a dispatcher', async () => {
    const task = taskOf('N-1')
    const path = `/v1/tasks/${task.taskId}/notice`
    const team = new Set(task.team.members.map(({ subject }) => subject))
    const outside = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => subjectOf(market, number)).find((subject) => !team.has(subject)) ?? ''
    expect(await (await world.as(['INSPECTOR'], { subject: outside })).post(path, {})).toMatchObject({
      status: 403,
      body: { code: 'inspector-not-assigned' },
    })
    expect(await (await world.as(['DISPATCHER'])).post(path, {})).toMatchObject({ status: 403, body: { code: 'role-required' } })

    const inspector = await inspectorOf(task)
    const given = await inspector.post<Noticed>(path, {})
    const notice = { by: task.team.members[0]?.subject, at: '2026-04-01T02:00:00.000Z' }
    expect(given).toMatchObject({ status: 200, body: { taskId: task.taskId, status: 'OPEN', notice } })
    world.clock.advance(60_000)
    expect((await inspector.post<Noticed>(path, {})).body.notice).toEqual(notice)
    const { trace } = (await inspector.get<Noticed>(`/v1/tasks/${task.taskId}`)).body
    expect(trace?.filter(({ what }) => what === 'NOTICE_GIVEN')).toEqual([{ what: 'NOTICE_GIVEN', ...notice }])
  })

  it('DRW-34 has the opening of its object, from registry as inspection, in the bytes of the file; of no other object', async () => {
    const [task, other] = [taskOf('N-1'), taskOf('N-2')]
    const token = await world.tokenOf(['INSPECTOR'], { subject: task.team.members[0]?.subject ?? '' })
    const response = await fetch(`http://127.0.0.1:${world.service.httpPort}/v1/tasks/${task.taskId}/notice/opening`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const text = await response.text()
    expect(response.status, text).toBe(200)
    const file = JSON.parse(text) as { readonly [name: string]: Json }
    expect(canonicalJson(file)).toBe(text)
    expect(file).toMatchObject({ type: 'dual-random/opening/v1', drawId: draw.drawId, id: 'N-1', label: draw.labelOf('N-1') })
    const { objectId } = draw.objects.get(draw.labelOf('N-1')) ?? { objectId: '' }
    expect(world.peers.objectOpenings).toEqual([{ drawId: draw.drawId, objectId, regionCode: '230300', by: 'service-inspection' }])
    expect(await opening('INSPECTOR', { subject: other.team.members[0]?.subject ?? '' }, other)).toMatchObject({ status: 409 })
    expect(world.peers.objectOpenings).toHaveLength(1)
  })

  it('DRW-34 SEC-05 its opening is read by who may see the task, and by nobody else', async () => {
    const task = taskOf('N-1')
    expect((await opening('DISPATCHER', {}, task)).status).toBe(200)
    expect((await opening('AUDITOR', province, task)).status).toBe(200)
    expect((await opening('DISPATCHER', { unitId: fire }, task)).status).toBe(403)
    expect((await opening('AUDITOR', {}, task)).status).toBe(403)
    expect((await opening('PUBLISHER', {}, task)).status).toBe(403)
    expect((await opening('PARTY', { unitId: 'N-1' }, task)).status).toBe(403)
  })

  it('DRW-34 INS-25 may follow the entry of the result, and hinders none', async () => {
    const task = taskOf('N-2')
    const inspector = await inspectorOf(task)
    for (const itemCode of ['SCJG-01', 'SCJG-02'])
      expect((await inspector.post(`/v1/tasks/${task.taskId}/results`, entryOf(itemCode))).status).toBe(201)
    expect(await inspector.post(`/v1/tasks/${task.taskId}/notice`, {})).toMatchObject({ status: 200, body: { status: 'COMPLETED' } })
    expect(await inspector.get(`/v1/tasks/${task.taskId}/notice/opening`)).toMatchObject({ status: 200, body: { id: 'N-2' } })
  })
})
