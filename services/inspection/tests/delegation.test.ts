import { createHash } from 'node:crypto'
import { events } from '@dual-random/contracts'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market, subjectOf } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, type TaskAnswer, toCorrect } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

interface Delegated extends TaskAnswer, ProblemAnswer {
  readonly organiserUnitId: string
  readonly delegation?: { readonly toUnitId: string; readonly toRegionCode: string }
  readonly feedback?: { readonly status: string; readonly dueDate?: string; readonly overdue?: boolean; readonly late?: boolean }
  readonly earlierResults?: readonly unknown[]
  readonly linkedTasks?: readonly unknown[]
}

const county = { unitId: '230302-scj', regionCode: '230302' }
const neighbour = { unitId: '230303-scj', regionCode: '230303' }

/** The market unit organises and delegates; the fire unit checks the same objects itself. */
const draw = drawOf({
  name: 'delegated',
  codes: ['D-1', 'D-2', 'D-3'],
  units: [
    { unitId: market, itemCodes: ['SCJG-01'], delegatedTo: { toUnitId: county.unitId, toRegionCode: county.regionCode } },
    { unitId: fire, itemCodes: ['XFJG-01'] },
  ],
})
const own = drawOf({ name: 'own', codes: ['O-1'], units: [{ unitId: market, itemCodes: ['SCJG-02'] }] })

const { taskDispatched, resultRecorded, taskFeedbackGiven } = events.inspection

describe('a task whose matching and checking are delegated', () => {
  let world: World
  let delegate: Api
  let delegator: Api
  let tasks: readonly Delegated[]

  beforeAll(async () => {
    world = await startWorld({ now: '2026-04-08T02:00:00.000Z' })
    await world.dispatch(draw, own)
    delegate = await world.as(['DISPATCHER'], county)
    delegator = await world.as(['DISPATCHER'])
    tasks = (await delegate.get<Paged<Delegated>>('/v1/tasks')).body.items
  })
  afterAll(() => world?.dispose())

  const taskOn = (code: string): Delegated => {
    const found = tasks.find(({ object }) => object.code === code)
    if (found === undefined) throw new Error(`no task on ${code}`)
    return found
  }
  const enter = async (code: string, changes: Readonly<Record<string, unknown>> = {}) =>
    (await world.as(['INSPECTOR'], { ...county, subject: taskOn(code).team.members[0]?.subject ?? '' })).post<{ resultId: string }>(
      `/v1/tasks/${taskOn(code).taskId}/results`,
      entryOf('SCJG-01', changes),
    )
  const give = (code: string, body: unknown, api = delegate) => api.post<Delegated>(`/v1/tasks/${taskOn(code).taskId}/feedback`, body)
  const listed = async (feedback: string, api = delegate) =>
    (await api.get<Paged<Delegated>>(`/v1/tasks?feedback=${feedback}`)).body.items.map(({ object }) => object.code).sort()

  it('DRW-10 keeps organiser, delegator and delegate; the team is the delegate’s, with a leader', async () => {
    expect(tasks).toHaveLength(3)
    expect(taskOn('D-1')).toMatchObject({
      unitId: market,
      organiserUnitId: market,
      delegation: { toUnitId: county.unitId, toRegionCode: county.regionCode, kind: 'SUBORDINATE' },
      team: {
        members: [
          { unitId: county.unitId, leader: true },
          { unitId: county.unitId, leader: false },
        ],
        short: false,
      },
    })
    const told = await eventually(() => {
      const [heard] = world.heard(taskDispatched.type, taskOn('D-1').taskId)
      if (heard === undefined) throw new Error('not told')
      return heard
    })
    expect(told.payload).toMatchObject({ unitId: market, organiserUnitId: market, executingUnitId: county.unitId })
    const [other] = world.heard(taskDispatched.type).filter(({ payload }) => (payload as { unitId: string }).unitId === fire)
    expect(other?.payload).toMatchObject({ organiserUnitId: market })
    expect(other?.payload).not.toHaveProperty('executingUnitId')
  })

  it('SEC-11 shows the delegate the tasks it was given, and nothing else of the unit or the object', async () => {
    const ofDelegator = (await delegator.get<Paged<Delegated>>('/v1/tasks')).body.items
    expect(ofDelegator.map(({ object }) => object.code).sort()).toEqual(['D-1', 'D-2', 'D-3', 'O-1'])
    const ownTask = ofDelegator.find(({ object }) => object.code === 'O-1')
    expect((await delegate.get(`/v1/tasks/${ownTask?.taskId}`)).status).toBe(403)
    expect((await delegate.get<Paged<unknown>>('/v1/visits')).body.items).toEqual([])
    const stranger = await world.as(['DISPATCHER'], neighbour)
    expect((await stranger.get<Paged<unknown>>('/v1/tasks')).body.items).toEqual([])
    const path = `/v1/tasks/${taskOn('D-1').taskId}`
    expect((await delegate.get<Delegated>(path)).body).toMatchObject({ earlierResults: [], linkedTasks: [] })
    expect((await delegator.get<Delegated>(path)).body.linkedTasks).toHaveLength(1)
    const inspector = await world.as(['INSPECTOR'], { ...county, subject: taskOn('D-1').team.members[0]?.subject ?? '' })
    expect((await inspector.get<Delegated>(path)).body.linkedTasks).toHaveLength(1)
    const ofMarket = await world.as(['INSPECTOR'], { subject: subjectOf(market, 1) })
    expect((await ofMarket.get(path)).status).toBe(403)
  })

  it('SEC-11 the delegate checks; the result and what follows from it are the delegator’s', async () => {
    const { status, body } = await enter('D-1', toCorrect)
    expect(status).toBe(201)
    await eventually(() => expect(world.heard(resultRecorded.type, body.resultId)).toHaveLength(1))
    const [told] = world.heard(resultRecorded.type, body.resultId)
    expect(told?.payload).toMatchObject({ unitId: market, executingUnitId: county.unitId })
    const result = `/v1/results/${body.resultId}`
    expect((await delegate.get(result)).status).toBe(200)
    expect((await (await world.as(['PUBLISHER'])).get(result)).status).toBe(200)
    expect((await (await world.as(['PUBLISHER'], county)).get(result)).status).toBe(403)
    const followUps = async (api: Api) => (await api.get<Paged<{ followUpId: string }>>('/v1/follow-ups')).body.items
    const [followUp] = await eventually(async () => {
      const found = await followUps(delegator)
      expect(found).toHaveLength(1)
      return found
    })
    expect(await followUps(delegate)).toEqual([])
    const closing = { outcome: 'CASE_FILED', decision: '立案', link: { issuedBy: '市局', identifier: '1号', date: '2026-04-09' } }
    expect((await delegate.post(`/v1/follow-ups/${followUp?.followUpId}/close`, closing)).status).toBe(403)
  })

  it('DRW-12 feedback is missing for both once the check is done, due by policy in working days', async () => {
    await enter('D-2')
    await eventually(async () => expect((await listed('MISSING')).length).toBe(2))
    expect(await listed('MISSING', delegator)).toEqual(['D-1', 'D-2'])
    const [found] = await eventually(async () => {
      const { items } = (await delegator.get<Paged<Delegated>>('/v1/tasks?feedback=MISSING')).body
      expect(items.map(({ feedback }) => feedback?.dueDate)).toEqual(['2026-04-15', '2026-04-15'])
      return items
    })
    expect(found?.feedback).toEqual({ status: 'MISSING', dueDate: '2026-04-15' })
    expect(await listed('OVERDUE')).toEqual([])
    expect((await give('D-3', { text: '尚未检查' })).body.code).toBe('task-not-completed')
  })

  it('DRW-12 the delegate gives it in writing, a text or a document; the delegator reads it', async () => {
    const document = new TextEncoder().encode('检查情况反馈函')
    const digest = createHash('sha256').update(document).digest('hex')
    const path = `/v1/tasks/${taskOn('D-1').taskId}`
    expect((await give('D-1', {})).status).toBe(400)
    expect((await give('D-1', { document: { digest, title: '反馈函' } })).body.errors?.[0]?.code).toBe('document-unknown')
    const base = `http://127.0.0.1:${world.service.httpPort}`
    const upload = async (caller: { unitId: string; regionCode: string }) =>
      fetch(`${base}${path}/feedback-documents`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await world.tokenOf(['DISPATCHER'], caller)}`,
          'idempotency-key': crypto.randomUUID(),
          'content-type': 'application/pdf',
        },
        body: Buffer.from(document),
      })
    expect((await upload(neighbour)).status).toBe(403)
    expect((await upload(county)).status).toBe(201)

    const feedback = { text: '发现一项问题，已责令改正', document: { digest, title: '反馈函' } }
    for (const api of [delegator, await world.as(['DISPATCHER'], neighbour)]) expect((await give('D-1', feedback, api)).status).toBe(403)
    expect(await give('D-1', feedback)).toMatchObject({ status: 201, body: { feedback: { status: 'GIVEN', late: false, ...feedback } } })
    expect((await give('D-1', feedback)).status).toBe(200)
    expect((await give('D-1', { text: '另一份' })).body.code).toBe('feedback-given')
    const read = await fetch(`${base}${path}/feedback/document`, {
      headers: { authorization: `Bearer ${await world.tokenOf(['DISPATCHER'])}` },
    })
    expect(new Uint8Array(await read.arrayBuffer())).toEqual(document)
    expect([await listed('GIVEN', delegator), await listed('MISSING')]).toEqual([['D-1'], ['D-2']])
    const [told] = await eventually(() => {
      const heard = world.heard(taskFeedbackGiven.type, taskOn('D-1').taskId)
      expect(heard).toHaveLength(1)
      return heard
    })
    expect(told?.payload).toMatchObject({ unitId: market, executingUnitId: county.unitId })
    expect(JSON.stringify(told?.payload)).not.toContain('责令')
  })

  it('DRW-12 what is missing after its due date is overdue for both, and late when it comes', async () => {
    world.clock.advance(Date.parse('2026-04-15T15:59:59.999Z') - Date.parse(world.clock.now()))
    expect(await listed('OVERDUE', delegator)).toEqual([])
    world.clock.advance(1)
    expect([await listed('OVERDUE', delegator), await listed('OVERDUE')]).toEqual([['D-2'], ['D-2']])
    const [task] = (await delegator.get<Paged<Delegated>>('/v1/tasks?feedback=OVERDUE')).body.items
    expect(task?.feedback).toMatchObject({ status: 'MISSING', overdue: true })
    expect((await give('D-2', { text: '未发现问题' })).body.feedback).toMatchObject({ status: 'GIVEN', late: true })
    expect(await listed('OVERDUE')).toEqual([])
  })

  it('DRW-14 the delegate enters what the object asks for; the organiser decides', async () => {
    const { taskId, team } = taskOn('D-3')
    const request = {
      raisedBy: 'OBJECT',
      inspectorIds: [team.members[0]?.inspectorId],
      ground: 'INTEREST',
      statement: '与检查对象有利害关系',
    }
    const raised = await delegate.post<{ recusalId: string }>(`/v1/tasks/${taskId}/recusals`, request)
    expect(raised.status).toBe(201)
    const reject = `/v1/tasks/${taskId}/recusals/${raised.body.recusalId}/reject`
    expect((await delegate.post(reject, { reasons: '无' })).status).toBe(403)
    expect((await delegator.post(reject, { reasons: '经核实无利害关系' })).status).toBe(200)
  })
})
