import type { Api } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, type TaskAnswer } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

interface WithExperts extends ProblemAnswer {
  readonly team: {
    readonly short: boolean
    readonly members: readonly { readonly subject: string }[]
    readonly experts: readonly { readonly expertId: string; readonly kind: string; readonly removed?: object }[]
  }
}

const lab = 'a1'.repeat(16)
const draw = drawOf({ name: 'experts', codes: ['E-1'], units: [{ unitId: market, itemCodes: ['SCJG-01'] }], teamSize: 1 })

describe('experts and institutions attached to a team', () => {
  let world: World
  let dispatcher: Api
  let task: TaskAnswer

  beforeAll(async () => {
    world = await startWorld()
    world.peers.institutions.set(lab, { kind: 'TESTING_BODY', name: '某检测中心', fields: ['食品'] })
    await world.dispatch(draw)
    dispatcher = await world.as(['DISPATCHER'])
    const [found] = (await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks')).body.items
    if (found === undefined) throw new Error('no task')
    task = found
  })
  afterAll(() => world?.dispose())

  const attach = (body: unknown, api = dispatcher) => api.post<WithExperts>(`/v1/tasks/${task.taskId}/experts`, body)
  const registered = { institutionId: lab, field: '食品', work: 'TESTING' }

  it('DRW-24 a testing body of the register joins, engaged by registry with the dispatcher’s rights; the team stays short', async () => {
    const { status, body } = await attach(registered)
    expect(status).toBe(200)
    expect(body.team).toMatchObject({
      short: true,
      members: task.team.members,
      experts: [{ kind: 'TESTING_BODY', name: '某检测中心', speciality: '食品', registered: { institutionId: lab, work: 'TESTING' } }],
    })
    expect((await attach(registered)).body.team.experts).toHaveLength(1)
    const [expert] = body.team.experts
    expect([...world.peers.engagements]).toEqual([[expert?.expertId, { taskId: task.taskId, by: `${market}-DISPATCHER`, ended: false }]])
  })

  it('DRW-24 nobody joins whom the register does not allow, nor by another unit', async () => {
    expect(await attach({ ...registered, field: '特种设备' })).toMatchObject({ status: 409, body: { code: 'field-not-agreed' } })
    expect((await attach({ ...registered, institutionId: 'b1'.repeat(16) })).status).toBe(404)
    expect((await attach(registered, await world.as(['DISPATCHER'], { unitId: fire }))).status).toBe(403)
    expect((await attach({ ...registered, name: '两者皆有' })).status).toBe(400)
  })

  it('DRW-24 the inspectors see who helps; an expert enters no result', async () => {
    expect((await attach({ name: '赵教授', institution: '示例大学', speciality: '特种设备' })).body.team.experts).toHaveLength(2)
    const inspector = await world.as(['INSPECTOR'], { subject: task.team.members[0]?.subject ?? '' })
    const [seen] = (await inspector.get<Paged<WithExperts>>('/v1/my/tasks')).body.items
    expect(seen?.team.experts.map(({ kind }) => kind)).toEqual(['TESTING_BODY', 'EXPERT'])
    const expert = await world.as(['INSPECTOR'], { subject: '赵教授' })
    expect((await expert.post<ProblemAnswer>(`/v1/tasks/${task.taskId}/results`, entryOf('SCJG-01'))).body.code).toBe(
      'inspector-not-assigned',
    )
  })

  it('DRW-24 is removed with a reason, which ends the engagement and stays on the task', async () => {
    const [first] = (await dispatcher.get<WithExperts>(`/v1/tasks/${task.taskId}`)).body.team.experts
    const path = `/v1/tasks/${task.taskId}/experts/${first?.expertId}/remove`
    const reason = '与检查对象有业务往来'
    expect((await dispatcher.post(path, {})).status).toBe(400)
    expect((await (await world.as(['DISPATCHER'], { unitId: fire })).post(path, { reason })).status).toBe(403)
    for (const _time of [1, 2]) {
      expect((await dispatcher.post<WithExperts>(path, { reason })).body.team.experts[0]).toMatchObject({ removed: { reason } })
    }
    expect((await dispatcher.post<ProblemAnswer>(path, { reason: '另一理由' })).body.code).toBe('expert-removed')
    expect((await dispatcher.post(path.replace(/ex-\w+/, 'ex-0'), { reason })).status).toBe(404)
    expect(world.peers.engagements.get(first?.expertId ?? '')?.ended).toBe(true)
    expect((await attach(registered)).body.team.experts).toHaveLength(3)
    expect(world.peers.engagements.size).toBe(2)
  })
})
