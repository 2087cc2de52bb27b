import { events } from '@dual-random/contracts'
import { type Api, type ApiAnswer, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drawOf, fire, market, subjectOf } from './support/draws.ts'
import { entryOf, type Paged, type ProblemAnswer, pointersOf, type TaskAnswer, toCorrect } from './support/entries.ts'
import { startWorld, type World } from './support/world.ts'

interface Entered extends ProblemAnswer {
  readonly resultId: string
  readonly enteredAt: string
  readonly enteredLate: boolean
  readonly opensFollowUp: boolean
  readonly followUpId?: string
  readonly taskStatus: string
  readonly remainingItemCodes: readonly string[]
}

interface FollowUpAnswer extends ProblemAnswer {
  readonly followUpId: string
  readonly kind: string
  readonly status: string
  readonly dueDate?: string
  readonly timeline?: { readonly closed: boolean; readonly steps: readonly { readonly what: string }[] }
}

const codes = Array.from({ length: 8 }, (_, index) => `R-${index + 1}`)
const draw = drawOf({ name: 'results', codes })

describe('entering results', () => {
  let world: World
  let dispatcher: Api
  let tasks: readonly TaskAnswer[]

  beforeAll(async () => {
    world = await startWorld({ now: '2026-04-08T02:00:00.000Z' })
    await world.dispatch(draw)
    dispatcher = await world.as(['DISPATCHER'])
    tasks = (await dispatcher.get<Paged<TaskAnswer>>('/v1/tasks')).body.items
  })
  afterAll(() => world?.dispose())

  const taskOn = (code: string): TaskAnswer => {
    const found = tasks.find(({ object }) => object.code === code)
    if (found === undefined) throw new Error(`no task on ${code}`)
    return found
  }

  const inspectorOf = (code: string, number = 0): Promise<Api> =>
    world.as(['INSPECTOR'], { subject: taskOn(code).team.members[number]?.subject ?? '' })

  const enter = async (code: string, entry: unknown, options?: { key: string }): Promise<ApiAnswer<Entered>> =>
    (await inspectorOf(code)).post<Entered>(`/v1/tasks/${taskOn(code).taskId}/results`, entry, options)

  it('INS-25 PUB-01 takes one result per item, and the last one completes the task', async () => {
    const first = await enter('R-1', entryOf('SCJG-01'))
    expect(first).toMatchObject({
      status: 201,
      body: { opensFollowUp: false, taskStatus: 'OPEN', remainingItemCodes: ['SCJG-02'], enteredLate: false },
    })
    world.clock.advance(60_000)
    const second = await enter('R-1', entryOf('SCJG-02', { checkedAt: '2026-04-08T01:30:00.000Z' }))
    expect(second).toMatchObject({ status: 201, body: { taskStatus: 'COMPLETED', remainingItemCodes: [] } })
    const [completed] = await eventually(() => {
      const heard = world.heard(events.inspection.taskCompleted.type, taskOn('R-1').taskId)
      expect(heard).toHaveLength(1)
      return heard
    })
    expect(completed?.payload).toMatchObject({
      checkEndedAt: first.body.enteredAt,
      completedAt: second.body.enteredAt,
      resultIds: [first.body.resultId, second.body.resultId],
    })
    await eventually(() =>
      expect(world.heard(events.inspection.resultRecorded.type, first.body.resultId)[0]?.payload).toMatchObject({
        objectCode: 'R-1',
        itemName: '营业执照规范使用情况的检查',
        resultType: 'RESULT_TYPE_NO_PROBLEM',
        recordedAt: first.body.enteredAt,
        checkedAt: first.body.enteredAt,
        inspectorIds: taskOn('R-1').team.members.map(({ inspectorId }) => inspectorId),
      }),
    )
  })

  it('answers the same content again as before, under the same key or another, and refuses other content', async () => {
    const entry = entryOf('SCJG-01')
    const first = await enter('R-2', entry, { key: 'key-1' })
    world.clock.advance(60_000)
    expect(await enter('R-2', entry, { key: 'key-1' })).toMatchObject({ status: 201, body: first.body })
    const again = await enter('R-2', entry)
    expect(again).toMatchObject({ status: 200, body: first.body })
    const colleague = await (await inspectorOf('R-2', 1)).post<Entered>(`/v1/tasks/${taskOn('R-2').taskId}/results`, entry)
    expect(colleague.status).toBe(200)
    const other = await enter('R-2', entryOf('SCJG-01', { resultType: 'NO_ACTIVITY' }))
    expect([other.status, other.body.code]).toEqual([409, 'result-already-entered'])
    await eventually(() => expect(world.heard(events.inspection.resultRecorded.type, first.body.resultId)).toHaveLength(1))
  })

  it('INS-06 is for the inspectors assigned, and stores which of them it was', async () => {
    const path = `/v1/tasks/${taskOn('R-3').taskId}/results`
    const outsider = await world.as(['INSPECTOR'], { subject: subjectOf(market, 8) })
    const refused = await outsider.post<ProblemAnswer>(path, entryOf('SCJG-01'))
    expect([refused.status, refused.body.code]).toEqual([403, 'inspector-not-assigned'])
    expect((await dispatcher.post<ProblemAnswer>(path, entryOf('SCJG-01'))).body.code).toBe('role-required')
    expect((await outsider.post<ProblemAnswer>('/v1/tasks/none/results', entryOf('SCJG-01'))).status).toBe(404)
    const entered = await (await inspectorOf('R-3', 1)).post<Entered>(path, entryOf('SCJG-01'))
    const result = (await dispatcher.get<{ enteredBy: string }>(`/v1/results/${entered.body.resultId}`)).body
    expect(result.enteredBy).toBe(taskOn('R-3').team.members[1]?.subject)
  })

  it('INS-05 refuses a result without a completed form', async () => {
    const incomplete = [
      [entryOf('SCJG-01', { recordForm: undefined }), '/recordForm missing-field'],
      [entryOf('SCJG-01', { recordForm: { form: 'F', entries: [] } }), '/recordForm/entries malformed-value'],
      [
        entryOf('SCJG-01', { recordForm: { form: 'F', entries: [{ point: '点', finding: ' ' }] } }),
        '/recordForm/entries/0/finding malformed-value',
      ],
      [entryOf('SCJG-01', { methods: [] }), '/methods malformed-value'],
    ] as const
    for (const [entry, pointer] of incomplete) {
      const { status, body } = await enter('R-4', entry)
      expect([status, pointersOf(body)]).toEqual([400, [pointer]])
    }
  })

  it('Appendix F 19 DQ-09 refuses a type of other rules with a hint, in Chinese', async () => {
    const { status, body } = await enter('R-4', entryOf('SCJG-01', { resultType: '发现问题，依法责令停止' }))
    expect([status, pointersOf(body)]).toEqual([400, ['/resultType result-type-of-other-edition']])
    expect(JSON.stringify(body)).toContain('发现问题，依法责令立即改正或者限期改正')
  })

  it('INS-23 FUP-01 a problem opens one follow-up of the task’s unit; FUP-11 it closes with proof, FUP-17 on one timeline', async () => {
    const entered = await enter('R-5', entryOf('SCJG-01', toCorrect))
    expect(entered.body).toMatchObject({ opensFollowUp: true, followUpId: `fu-${entered.body.resultId}` })
    const path = `/v1/follow-ups/${entered.body.followUpId}`
    const open = await eventually(async () => {
      const { status, body } = await dispatcher.get<FollowUpAnswer>(path)
      expect(status).toBe(200)
      return body
    })
    expect(open).toMatchObject({ kind: 'CORRECTION', dueDate: '2026-05-20', status: 'OPEN', unitId: market, timeline: { closed: false } })

    const incomplete = await dispatcher.post<ProblemAnswer>(`${path}/close`, { outcome: 'CORRECTED', decision: '已改正' })
    expect([incomplete.status, pointersOf(incomplete.body)]).toEqual([400, ['/proof closing-lacks']])
    const stranger = await world.as(['DISPATCHER'], { unitId: fire })
    const closing = { outcome: 'CORRECTED', decision: '经复查已改正', proof: [{ description: '整改照片' }] }
    expect((await stranger.post<ProblemAnswer>(`${path}/close`, closing)).status).toBe(403)

    const closed = await (await inspectorOf('R-5')).post<FollowUpAnswer>(`${path}/close`, closing)
    expect(closed).toMatchObject({ status: 200, body: { status: 'CLOSED', closing: { outcome: 'CORRECTED', late: false } } })
    expect((await dispatcher.post<FollowUpAnswer>(`${path}/close`, closing)).status).toBe(200)
    const other = await dispatcher.post<ProblemAnswer>(`${path}/close`, { ...closing, decision: '另一决定' })
    expect([other.status, other.body.code]).toEqual([409, 'follow-up-closed'])

    const { timeline } = (await dispatcher.get<FollowUpAnswer>(`/v1/results/${entered.body.resultId}`)).body
    expect([timeline?.closed, timeline?.steps.map(({ what }) => what)]).toEqual([true, ['RESULT_ENTERED', 'FOLLOW_UP_OPENED', 'CLOSED']])
    await eventually(() => expect(world.heard(events.inspection.followUpClosed.type, open.followUpId)).toHaveLength(1))
    await eventually(() => expect(world.heard(events.inspection.followUpOpened.type, open.followUpId)).toHaveLength(1))
  })

  it('FUP-12 an investigation stays open until its outcome is linked', async () => {
    const entered = await enter('R-6', entryOf('SCJG-01', { resultType: 'PENDING_INVESTIGATION', clue: '涉嫌无照经营' }))
    const path = `/v1/follow-ups/${entered.body.followUpId}`
    await eventually(async () => expect((await dispatcher.get(path)).status).toBe(200))
    const listed = (await dispatcher.get<Paged<FollowUpAnswer>>('/v1/follow-ups?kind=CASE_CLUE&status=OPEN')).body.items
    expect(listed.map(({ followUpId }) => followUpId)).toEqual([entered.body.followUpId])
    const link = { issuedBy: '示例执法支队', identifier: '示例〔2026〕1号', date: '2026-05-01' }
    const closed = await dispatcher.post<FollowUpAnswer>(`${path}/close`, { outcome: 'CASE_CLOSED', decision: '已结案', link })
    expect(closed.body.status).toBe('CLOSED')
  })

  it('INS-28 shows what is known of the object before going: earlier results and open follow-ups', async () => {
    const problem = await enter('R-7', entryOf('SCJG-01', { resultType: 'NOT_PUBLICIZED', information: '年度报告' }))
    await eventually(async () => expect((await dispatcher.get(`/v1/follow-ups/${problem.body.followUpId}`)).status).toBe(200))
    const next = drawOf({ name: 'next', codes: ['R-7'], units: [{ unitId: fire, itemCodes: ['XFJG-01'] }] })
    await world.dispatch(next)
    const fireDispatcher = await world.as(['DISPATCHER'], { unitId: fire })
    const [task] = (await fireDispatcher.get<Paged<TaskAnswer>>(`/v1/tasks?drawId=${next.drawId}`)).body.items
    const inspector = await world.as(['INSPECTOR'], { unitId: fire, subject: task?.team.members[0]?.subject ?? '' })
    const detail = (
      await inspector.get<{
        earlierResults: readonly { resultId: string; resultType: string }[]
        openFollowUps: readonly FollowUpAnswer[]
        object: { tags: readonly string[]; grade: string }
        trace: readonly { what: string }[]
      }>(`/v1/tasks/${task?.taskId}`)
    ).body
    expect(detail.earlierResults).toMatchObject([{ resultId: problem.body.resultId, resultType: 'NOT_PUBLICIZED' }])
    expect(detail.openFollowUps).toMatchObject([{ followUpId: problem.body.followUpId, kind: 'LISTING' }])
    expect(detail.object).toMatchObject({ grade: 'C', tags: ['示例标签'] })
    expect(detail.trace.map(({ what }) => what)).toEqual(['DISPATCHED'])
  })

  it('lists results by task, draw and type, without what only this service keeps', async () => {
    const ofTask = (await dispatcher.get<Paged<Record<string, unknown>>>(`/v1/results?taskId=${taskOn('R-1').taskId}`)).body.items
    expect(ofTask.map(({ itemCode }) => itemCode).sort()).toEqual(['SCJG-01', 'SCJG-02'])
    for (const hidden of ['subjects', 'contentDigest', 'policyDigest', 'opens']) expect(ofTask[0]).not.toHaveProperty(hidden)
    const orders = (await dispatcher.get<Paged<{ resultType: string }>>(`/v1/results?drawId=${draw.drawId}&resultType=ORDERED_CORRECT`))
      .body.items
    expect(orders.map(({ resultType }) => resultType)).toEqual(['ORDERED_CORRECT'])
  })
})
