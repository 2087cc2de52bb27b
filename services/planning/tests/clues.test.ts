import { createHash } from 'node:crypto'
import { events } from '@dual-random/contracts'
import { tlv, utf8 } from '@dual-random/kernel'
import { type Api, eventually } from '@dual-random/testkit'
import { policyOf } from '@dual-random/testkit/shipped'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, planningHarness } from './support/harness.ts'
import { fourCoalCities } from './support/shipped.ts'

interface ClueBody {
  readonly clueId: string
  readonly status: string
  readonly taskId?: string
  readonly due?: { readonly date: string }
  readonly overdue: boolean
  readonly code: string
  readonly detail: string
  readonly check?: object
}
interface TaskBody {
  readonly taskId: string
  readonly status: string
  readonly form: string
  readonly year: number
  readonly clueIds: readonly string[]
  readonly accepted?: { readonly subjectDigest: string }
  readonly terms: { readonly batches: readonly { readonly mergeWindowId?: string }[] }
  readonly code: string
  readonly detail: string
  readonly errors: readonly { readonly pointer: string; readonly code: string }[]
}

const secret = { code: '91230300MA19XXXX6K', name: '示例健身有限公司' }
const clueBody = {
  source: 'COMPLAINT',
  reference: 'TS-2026-0417',
  receivedAt: '2026-05-06T00:45:00.000Z',
  matter: '反映预付卡退费难',
  industry: 'R8930',
}

describe('clues and the tasks on them', () => {
  let harness: Harness
  let planner: Api

  beforeAll(async () => {
    harness = await planningHarness({}, '2026-05-08T02:00:00.000Z')
    planner = await harness.planner()
  })
  afterAll(() => harness.dispose())

  const record = async (body: object = {}): Promise<ClueBody> => {
    const answer = await planner.post<ClueBody>('/v1/clues', { ...clueBody, ...body })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const two = async (): Promise<string[]> => [(await record()).clueId, (await record()).clueId].sort()
  const taskBody = (clueIds: readonly string[], body: object = {}) => ({
    clueIds,
    trigger: 'MANY_COMPLAINTS',
    ground: '五月上旬健身行业预付卡投诉集中',
    scope: { industryPrefixes: ['R89'], regionCodes: ['230302'] },
    taskName: '预付卡经营者定向抽查',
    itemCodes: ['K1'],
    count: 12,
    units: [{ unitId: '230300-scj', selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING' } }],
    window: { start: '2026-06-01', end: '2026-06-30' },
    ...body,
  })
  const propose = (clueIds: readonly string[], body: object = {}) => planner.post<TaskBody>('/v1/clue-tasks', taskBody(clueIds, body))
  const statusOf = async (clueId: string) => (await planner.get<ClueBody>(`/v1/clues/${clueId}`)).body.status

  it('DRW-25 a clue id names nobody: it is made by chance, whatever the clue says and whatever key the command has', async () => {
    const send = async (key: string) => (await planner.post<ClueBody>('/v1/clues', { ...clueBody, object: secret }, { key })).body.clueId
    const first = await send(secret.code)
    expect(first).toMatch(/^clue-[0-9a-f]{32}$/)
    expect(await send(secret.code)).toBe(first)
    expect(await send(`${secret.code}-2`)).not.toBe(first)
    // What anybody could compute from the object, and from the key that somebody chose after it.
    const guesses = ['POST /v1/clues', '/v1/clues'].map((route) => tlv('derived-id', '230300-scj', route, secret.code))
    for (const guess of [utf8(secret.code), utf8(secret.name), utf8(`${secret.code}${secret.name}`), ...guesses]) {
      for (const algorithm of ['sha256', 'sha1', 'md5']) {
        expect(createHash(algorithm).update(guess).digest('hex').slice(0, 32)).not.toBe(first.slice('clue-'.length))
      }
    }
  })

  it('TGT-07 TGT-15 is entered with its source and due date, found while overdue, and ends in a check or a closure', async () => {
    const { clueId, due } = await record({ receivedAt: '2026-05-06T00:45:00.000Z' })
    expect(due?.date).toBe('2026-05-12')
    expect((await planner.post<ClueBody>('/v1/clues', { ...clueBody, source: 'GOSSIP' })).body.code).toBe('clue-source-unknown')
    const future = await planner.post<TaskBody>('/v1/clues', { ...clueBody, receivedAt: '2026-05-09T00:00:00.000Z' })
    expect([future.status, future.body.errors[0]?.code]).toEqual([400, 'clue-not-received-yet'])
    expect((await planner.get<{ items: ClueBody[] }>('/v1/clues?overdue=true')).body.items).toEqual([])
    harness.clock.advance(7 * 86_400_000)
    const overdue = (await planner.get<{ items: ClueBody[] }>('/v1/clues?overdue=true')).body.items
    expect(overdue.map((clue) => clue.clueId)).toContain(clueId)
    expect(overdue.every((clue) => clue.overdue)).toBe(true)

    const checked = await planner.post<ClueBody>(`/v1/clues/${clueId}/check`, {
      at: '2026-05-10T03:00:00.000Z',
      note: '现场检查，未发现问题',
    })
    expect(checked.body).toMatchObject({ status: 'CHECKED', overdue: false, check: { note: '现场检查，未发现问题', by: 'planner' } })
    const other = await record()
    const closed = await planner.post<ClueBody>(`/v1/clues/${other.clueId}/close`, { reason: '重复投诉' })
    expect(closed.body).toMatchObject({ status: 'CLOSED', closing: { reason: '重复投诉', by: 'planner' } })
    const late = await planner.post<ClueBody>(`/v1/clues/${clueId}/close`, { reason: '再关' })
    expect([late.status, late.body.code]).toEqual([409, 'clue-settled'])
  })

  it('SEC-01 clues are read by who keeps them and by auditors, and changed by the unit that received them', async () => {
    const { clueId } = await record({ object: secret })
    const statusFor = async (unitId: string, regionCode: string, role: string) =>
      (await (await harness.as('x', unitId, regionCode, role)).get(`/v1/clues/${clueId}`)).status
    expect(await statusFor('230300-scj', '230300', 'AUDITOR')).toBe(200)
    expect(await statusFor('230000-scj', '230000', 'AUDITOR')).toBe(200)
    expect(await statusFor('230300-scj', '230300', 'DISPATCHER')).toBe(200)
    for (const role of ['INSPECTOR', 'DRAW_ORGANISER', 'EVALUATOR', 'PUBLISHER'])
      expect(await statusFor('230300-scj', '230300', role), role).toBe(403)
    expect(await statusFor('230400-scj', '230400', 'AUDITOR')).toBe(403)
    const stranger = await harness.as('x', '230300-gaj', '230300', 'PLANNER')
    expect((await stranger.post(`/v1/clues/${clueId}/close`, { reason: '不归我' })).status).toBe(403)
    expect((await stranger.post<TaskBody>('/v1/clue-tasks', taskBody([clueId, (await record()).clueId]))).status).toBe(403)
    expect((await harness.anonymous().get(`/v1/clues/${clueId}`)).status).toBe(401)
  })

  it('TGT-07 TGT-08 one clue alone goes to a check: no draw is made of it', async () => {
    const { clueId } = await record()
    const refused = await propose([clueId])
    expect([refused.status, refused.body.code]).toEqual([409, 'clue-goes-to-check'])
    expect(refused.body.detail).toContain(clueId)
    // The same clue twice is one clue.
    expect((await propose([clueId, clueId])).body.code).toBe('clue-goes-to-check')
    expect(await statusOf(clueId)).toBe('OPEN')
  })

  it('TGT-07 TGT-11 TGT-13 under shaoxing-2019-draft a case clue is not put through a draw, and widespread problems make a special check', async () => {
    const ids = await two()
    const { clueId } = await record({ object: secret })
    harness.registry.content.policy = policyOf('shaoxing-2019-draft')
    try {
      const refused = await propose([...ids, clueId], { trigger: 'WIDESPREAD_PROBLEM' })
      expect([refused.status, refused.body.code]).toEqual([409, 'clue-needs-direct-check'])
      expect(refused.body.detail).toContain(clueId)
      expect(await statusOf(ids[0] ?? '')).toBe('OPEN')
    } finally {
      harness.registry.content.policy = fourCoalCities
    }
  })

  it('TGT-08 TGT-09 TGT-10 several clues make a task with trigger, industries, region, items and number; the clues are in it', async () => {
    const ids = await two()
    for (const [body, code] of [
      [{ trigger: 'NO_SUCH' }, 'trigger-unknown'],
      [{ scope: { industryPrefixes: [], regionCodes: ['230400'] } }, 'scope-outside-region'],
      [{ itemCodes: ['X9'] }, 'item-not-on-list'],
      [{ window: { start: '2026-06-30', end: '2026-06-01' } }, 'window-reversed'],
    ] as const) {
      const { body: refused, status } = await propose(ids, body)
      expect([status, refused.code, refused.errors?.[0]?.code].includes(code), JSON.stringify(refused)).toBe(true)
    }
    const proposed = await propose(ids)
    expect(proposed).toMatchObject({
      status: 201,
      body: {
        status: 'PROPOSED',
        form: 'TARGETED_DRAW',
        year: 2026,
        clueIds: ids,
        trigger: { id: 'MANY_COMPLAINTS', text: '投诉举报较多' },
      },
    })
    const { taskId } = proposed.body
    expect((await planner.get<ClueBody>(`/v1/clues/${ids[0]}`)).body).toMatchObject({ status: 'CLUSTERED', taskId })
    const taken = await propose([...ids, (await record()).clueId])
    expect([taken.status, taken.body.code]).toEqual([409, 'clue-clustered'])
    await expect(harness.getClueTask(taskId)).rejects.toMatchObject({ code: 'clue-task-not-accepted' })
    expect((await harness.anonymous().get(`/v1/public/clue-tasks/${taskId}`)).status).toBe(404)
  })

  it('DRW-25 an accepted task stands as it is: drawing gets it under the digest of what the public reads, which names no object', async () => {
    const ids = await two()
    const { taskId } = (await propose(ids)).body
    const accepted = (await planner.post<TaskBody>(`/v1/clue-tasks/${taskId}/accept`, {})).body
    const digest = accepted.accepted?.subjectDigest ?? ''
    expect(accepted.terms.batches[0]?.mergeWindowId).toMatch(/^230300-2026-W\d\d$/)
    const text = await (await fetch(`${harness.baseUrl()}/v1/public/clue-tasks/${taskId}`)).text()
    expect(createHash('sha256').update(text).digest('hex')).toBe(digest)
    expect(JSON.parse(text)).toMatchObject({ type: 'dual-random/clue-task/v1', clueIds: ids, scope: { industryPrefixes: ['R89'] } })
    for (const kept of [clueBody.matter, clueBody.reference, '五月上旬']) expect(text).not.toContain(kept)
    expect(await harness.getClueTask(taskId)).toMatchObject({
      clueTask: { taskId, clueIds: ids },
      trigger: 'MANY_COMPLAINTS',
      form: 'TARGETED_DRAW',
      regionCode: '230300',
      year: 2026,
      planType: 'PLAN_TYPE_INTERNAL',
      count: 12,
      itemCodes: ['K1'],
      initiatorUnitId: '230300-scj',
      units: [{ unitId: '230300-scj', teamSize: 2, selectionMode: 'SELECTION_MODE_BUREAU_WIDE' }],
      batches: [{ number: 1, window: { start: '2026-06-01', end: '2026-06-30' }, share: { numerator: 1, denominator: 1 } }],
      policy: { preset: 'local/four-coal-cities' },
      subjectDigest: digest,
      industryPrefixes: ['R89'],
      scopeRegionCodes: ['230302'],
    })
    expect((await planner.post<TaskBody>(`/v1/clue-tasks/${taskId}/accept`, {})).body).toEqual(accepted)
  })

  it('CRD-07 DRW-25 keeps why objects may be drawn again, tells drawing, and the public that there is a reason and by which law', async () => {
    const repeatGround = { reason: '张某反映，需再次检查', citation: { kind: 'LAW', text: '《消费者权益保护法》第三十二条' } }
    const proposed = await propose(await two(), { repeatGround })
    expect(proposed).toMatchObject({ status: 201, body: { repeatGround } })
    const { taskId } = proposed.body
    expect((await planner.post<TaskBody>(`/v1/clue-tasks/${taskId}/accept`, {})).body).toMatchObject({ repeatGround })
    expect((await harness.getClueTask(taskId)).repeatGround).toEqual(repeatGround)
    const text = await (await fetch(`${harness.baseUrl()}/v1/public/clue-tasks/${taskId}`)).text()
    expect(JSON.parse(text)).toMatchObject({ repeatGround: { hasReason: true, citation: repeatGround.citation } })
    expect(text).not.toContain('张某')
  })

  it('DRW-25 is withdrawn with its clues let go until a draw is committed for it, and tells each step', async () => {
    const ids = await two()
    const heard = await harness.collect(events.planning.clueRecorded.topic)
    const { taskId } = (await propose(ids)).body
    await planner.post(`/v1/clue-tasks/${taskId}/withdraw`, { reason: '范围有误' })
    expect([await statusOf(ids[0] ?? ''), await statusOf(ids[1] ?? '')]).toEqual(['OPEN', 'OPEN'])
    await eventually(async () => {
      const told = heard.received.filter(({ aggregateId }) => aggregateId === ids[0]).map(({ type }) => type.split('.').at(-2))
      expect(told).toEqual(['recorded', 'clustered', 'released'])
    })
    await heard.stop()
    expect(JSON.stringify(heard.received)).not.toContain(clueBody.matter)

    const second = (await propose(ids)).body.taskId
    await planner.post(`/v1/clue-tasks/${second}/accept`, {})
    const draw = { drawId: '7a'.repeat(32), regionCode: '230300', unitId: '230300-scj' }
    const clueTask = { taskId: second, clueIds: ids }
    const frozen = { ...draw, planId: '', lineId: '', planVersion: 0, batch: 1, attempt: 1, asOf: '2026-06-01T01:00:00.000Z', clueTask }
    await harness.publish(events.drawing.drawFrozen, draw.drawId, 1, frozen)
    await harness.publish(events.drawing.drawCommitted, draw.drawId, 2, {
      ...draw,
      commitmentDigest: 'c'.repeat(64),
      committedAt: '2026-06-01T01:10:00.000Z',
      beaconSource: 'self/230300',
      round: 7n,
    })
    await eventually(async () => expect(await harness.drawSeen(draw.drawId)).toBe(2))
    const kept = await planner.post<TaskBody>(`/v1/clue-tasks/${second}/withdraw`, { reason: '不想抽了' })
    expect([kept.status, kept.body.code]).toEqual([409, 'clue-task-has-draw'])

    // TGT-15: the first completed check of the draw settles its clues.
    const task = { taskId: '5c'.repeat(16), regionCode: '230300', unitId: '230300-scj', drawId: draw.drawId, visitId: 'v1' }
    await harness.publish(events.inspection.taskDispatched, task.taskId, 1, {
      ...task,
      taskNumber: '2303002026-X-scj-1',
      planId: '',
      lineId: '',
      planType: 'PLAN_TYPE_INTERNAL',
      itemCodes: ['K1'],
      window: { start: '2026-06-01', end: '2026-06-30' },
      mergeWindowId: '230300-2026-W01',
      clueTask,
    })
    const ended = { checkEndedAt: '2026-06-05T03:00:00.000Z', completedAt: '2026-06-05T04:00:00.000Z', resultIds: [], clueIds: [] }
    await harness.publish(events.inspection.taskCompleted, task.taskId, 2, { ...task, ...ended })
    await eventually(async () => {
      for (const clueId of ids) {
        expect((await planner.get<ClueBody>(`/v1/clues/${clueId}`)).body).toMatchObject({
          status: 'CHECKED',
          taskId: second,
          check: { checkTaskId: task.taskId, at: '2026-06-05T03:00:00.000Z' },
        })
      }
    })
  })

  it('TGT-15 is settled by hand by a completed check of its own region and object alone', async () => {
    const { clueId } = await record({ object: secret })
    const settle = (checkTaskId: string) =>
      planner.post<ClueBody>(`/v1/clues/${clueId}/check`, { at: '2026-05-09T03:00:00.000Z', checkTaskId })
    const known = { regionCode: '230300', status: 'COMPLETED', objectCode: secret.code }
    const tasks = {
      open: { ...known, status: 'OPEN' },
      elsewhere: { ...known, regionCode: '230400' },
      another: { ...known, objectCode: '91230300MA19XXXX7L' },
      right: { ...known, regionCode: '230302' },
    }
    for (const [id, task] of Object.entries(tasks)) harness.checkTasks.set(`task-${id}`, task)
    const refused = async (taskId: string) => {
      const { status, body } = await settle(taskId)
      return [status, body.code]
    }
    expect(await refused('task-unknown')).toEqual([404, 'not-found'])
    expect(await refused('task-open')).toEqual([409, 'clue-check-not-completed'])
    expect(await refused('task-elsewhere')).toEqual([409, 'clue-of-another-region'])
    expect(await refused('task-another')).toEqual([409, 'clue-of-another-object'])
    expect(await statusOf(clueId)).toBe('OPEN')
    expect((await settle('task-right')).body).toMatchObject({ status: 'CHECKED', check: { checkTaskId: 'task-right' } })
  })

  it('TGT-15 another service is told of a clue what a check is judged by, and nothing of an id of another register', async () => {
    const { clueId } = await record({ object: secret })
    const { clueId: ofGroup } = await record()
    expect((await harness.getClues(['12315-1', ofGroup, clueId])).clues).toEqual([
      { clueId: ofGroup, regionCode: '230300', status: 'OPEN', objectCode: undefined, source: 'COMPLAINT' },
      { clueId, regionCode: '230300', status: 'OPEN', objectCode: secret.code, source: 'COMPLAINT' },
    ])
  })

  it('TGT-07 TGT-15 settles a single clue by the check that was opened for it, and no other', async () => {
    const [clueId, other] = [(await record()).clueId, (await record()).clueId]
    const task = { taskId: '6d'.repeat(16), regionCode: '230300', unitId: '230300-scj', drawId: '', visitId: 'v2', resultIds: ['r1'] }
    const ended = { checkEndedAt: '2026-05-09T03:00:00.000Z', completedAt: '2026-05-09T04:00:00.000Z' }
    // A clue of another register is named beside it.
    await harness.publish(events.inspection.taskCompleted, task.taskId, 1, { ...task, ...ended, clueIds: ['TS-2026-0417', clueId] })
    await eventually(async () => {
      expect((await planner.get<ClueBody>(`/v1/clues/${clueId}`)).body).toMatchObject({
        status: 'CHECKED',
        check: { checkTaskId: task.taskId, at: ended.checkEndedAt },
      })
    })
    expect((await planner.get<ClueBody>(`/v1/clues/${other}`)).body.status).toBe('OPEN')
  })
})
