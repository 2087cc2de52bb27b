import { createServiceTokens } from '@dual-random/auth'
import { InspectionServiceClient } from '@dual-random/contracts/inspection'
import { createGrpcClient } from '@dual-random/grpc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market, subjectOf } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, type TaskAnswer } from './support/entries.ts'
import { type Caller, startWorld, type World } from './support/world.ts'

const draw = drawOf({ name: 'visible', codes: ['V-1'] })
const province = { unitId: '230000-scj', regionCode: '230000' }

describe('who may know of a task before the visit', () => {
  let world: World
  let task: TaskAnswer

  beforeAll(async () => {
    world = await startWorld()
    await world.dispatch(draw)
    const dispatcher = await world.as(['DISPATCHER'])
    const [found] = (await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks')).body.items
    if (found === undefined) throw new Error('no task')
    task = found
  })
  afterAll(() => world?.dispose())

  const callers: readonly (readonly [string, string, Caller, number])[] = [
    ['the assigned inspector', 'INSPECTOR', { subject: subjectOf(market, 1) }, 200],
    ['another inspector of the unit', 'INSPECTOR', { subject: subjectOf(market, 5) }, 403],
    ['the dispatcher of the unit', 'DISPATCHER', {}, 200],
    ['the dispatcher of another unit', 'DISPATCHER', { unitId: fire }, 403],
    ['an auditor of the province', 'AUDITOR', province, 200],
    ['an auditor of the city itself', 'AUDITOR', {}, 403],
    ['a publisher of the unit', 'PUBLISHER', {}, 403],
    ['an evaluator of the province', 'EVALUATOR', province, 403],
  ]

  it.each(callers)('DRW-34 SEC-05 %s', async (_who, role, caller, status) => {
    const answer = await (await world.as([role], caller)).get<ProblemAnswer>(`/v1/tasks/${task.taskId}`)
    expect(answer.status).toBe(status)
    expect(JSON.stringify(answer.body).includes('V-1')).toBe(status === 200)
  })

  it('DRW-34 lists hold what the caller may see, and nothing else', async () => {
    const counts = async (role: string, caller: Caller, path: string) =>
      (await (await world.as([role], caller)).get<Paged<TaskAnswer>>(path)).body.items.length
    expect(await counts('AUDITOR', province, '/v1/tasks')).toBe(1)
    expect(await counts('AUDITOR', {}, '/v1/tasks')).toBe(0)
    expect(await counts('DISPATCHER', { unitId: fire }, '/v1/tasks')).toBe(0)
    expect(await counts('INSPECTOR', { subject: subjectOf(market, 5) }, '/v1/my/tasks')).toBe(0)
    expect(await counts('AUDITOR', {}, '/v1/visits')).toBe(0)
    expect(await counts('AUDITOR', province, '/v1/visits')).toBe(1)
    const naive = await world.as(['INSPECTOR'], { subject: subjectOf(market, 1) })
    expect((await naive.get<ProblemAnswer>('/v1/tasks')).status).toBe(403)
  })

  it('SEC-05 after the visit a result is open to the unit’s publisher and to who oversees the region, not to other units', async () => {
    const inspector = await world.as(['INSPECTOR'], { subject: subjectOf(market, 1) })
    const { resultId } = (await inspector.post<{ resultId: string }>(`/v1/tasks/${task.taskId}/results`, entryOf('SCJG-01'))).body
    const statusFor = async (role: string, caller: Caller) => (await (await world.as([role], caller)).get(`/v1/results/${resultId}`)).status
    expect(await statusFor('PUBLISHER', {})).toBe(200)
    expect(await statusFor('EVALUATOR', {})).toBe(200)
    expect(await statusFor('EVALUATOR', province)).toBe(200)
    expect(await statusFor('PUBLISHER', { unitId: fire })).toBe(403)
    expect(await statusFor('EVALUATOR', { unitId: '230400-scj', regionCode: '230400' })).toBe(403)
    expect(await statusFor('INSPECTOR', { subject: subjectOf(market, 5) })).toBe(403)
  })

  it('INS-26 GetTask answers services and those who may see the task, and nobody else', async () => {
    const client = createGrpcClient(InspectionServiceClient, { address: `127.0.0.1:${world.service.grpcPort}`, peer: 'inspection' })
    const getTask = (token: string) =>
      client.unary('getTask', { taskId: task.taskId }, { deadline: Date.now() + 10_000, token, traceId: '0'.repeat(32) })
    const service = await createServiceTokens({ service: 'publication', key: await world.scope.issuer.serviceKey('publication') }).token()
    expect(await getTask(service)).toMatchObject({ taskId: task.taskId, unitId: market, status: 'OPEN', resultIds: [expect.any(String)] })
    await expect(getTask(await world.tokenOf(['DISPATCHER'], { unitId: fire }))).rejects.toMatchObject({ code: 'task-hidden' })
    client.close()
  })
})
