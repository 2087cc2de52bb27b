import { events } from '@dual-random/contracts'
import type { GetUndrawnLineResponse } from '@dual-random/contracts/planning'
import { appError } from '@dual-random/errors'
import { decodePayload } from '@dual-random/messaging'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { city, fire, market } from './support/draws.ts'
import { entryOf, type ProblemAnswer, pointersOf, type TaskAnswer } from './support/entries.ts'
import { policyOf } from './support/policies.ts'
import { startWorld, type World } from './support/world.ts'

interface Opened extends ProblemAnswer, TaskAnswer {
  readonly supervisionMode: string
  readonly opening: object
  readonly trace?: readonly object[]
}

const objectId = 'ab'.repeat(16)
const target = {
  objectCode: '91230300MA18XXXX0A',
  name: '某某有限公司',
  kind: 'OBJECT_KIND_ENTERPRISE' as const,
  address: '鸡西市鸡冠区',
  industry: 'F5211',
  tags: [],
  inSandbox: false,
  items: [{ code: 'SCJG-01', name: '营业执照规范使用情况的检查' }],
}
const duty = { name: '计量器具强制检定检查', legalBasis: '《计量法》第九条', description: '两张清单均未列入' }

const request = {
  taskName: '投诉核查',
  objectId,
  window: { start: '2026-04-01', end: '2026-04-15' },
  itemCodes: ['SCJG-01'],
  inspectorIds: ['i1', 'i2'],
  leaderId: 'i1',
  opening: { ground: 'CLUE', source: 'COMPLAINT', reference: '12315-1', clueIds: ['clue-1', 'clue-2'] },
}

describe('checks without a draw', () => {
  let world: World
  let dispatcher: Api

  beforeAll(async () => {
    world = await startWorld()
    world.peers.targets.set(objectId, target)
    dispatcher = await world.as(['DISPATCHER'])
  })
  afterAll(() => world?.dispose())

  const open = (changes: object = {}, api = dispatcher) => api.post<Opened>('/v1/tasks', { ...request, ...changes })

  it('TGT-01 TGT-07 TGT-12 a clue opens a targeted check, told with its clues and nothing of object or person', async () => {
    const { status, body } = await open()
    expect([status, body.supervisionMode, body.status]).toEqual([201, 'TARGETED', 'OPEN'])
    expect(body.opening).toMatchObject({
      ground: 'CLUE',
      source: 'COMPLAINT',
      reference: '12315-1',
      clueIds: ['clue-1', 'clue-2'],
      by: `${market}-DISPATCHER`,
    })
    expect(body).not.toHaveProperty('drawId')
    const { taskOpened } = events.inspection
    await eventually(() => {
      const told = world.heard(taskOpened.type, body.taskId).map((event) => decodePayload(taskOpened, event))
      expect(told).toMatchObject([
        { supervisionMode: 'TARGETED', ground: 'CLUE', clueIds: ['clue-1', 'clue-2'], clueSource: 'COMPLAINT', itemCodes: ['SCJG-01'] },
      ])
      expect(JSON.stringify(told)).not.toMatch(/91230300MA18XXXX0A|某某|login-|i1/)
    })
  })

  it('TGT-07 TGT-15 a clue has a source that policy knows: a warning opens a check, an unknown source none', async () => {
    const from = (source: string, more: object = {}) => open({ opening: { ...request.opening, source, ...more } })
    expect(await from('WARNING')).toMatchObject({ status: 201, body: { opening: { source: 'WARNING' } } })
    expect(await from('PUBLIC_OPINION')).toMatchObject({ status: 400, body: { code: 'clue-source-unknown' } })
    expect(await from('OTHER', { sourceNote: '新闻报道' })).toMatchObject({ status: 400, body: { code: 'clue-source-unknown' } })
  })

  it('TGT-15 refuses a check for a clue that it may not settle; one of another register passes', async () => {
    const clue = { regionCode: city as string, status: 'OPEN', source: 'COMPLAINT' }
    const ofRegion = (regionCode: string) => ({ ...clue, regionCode })
    world.peers.clues.set('clue-object', { ...clue, objectCode: target.objectCode })
    world.peers.clues.set('clue-group', clue)
    world.peers.clues.set('clue-province', ofRegion('230000'))
    world.peers.clues.set('clue-clustered', { ...clue, status: 'CLUSTERED' })
    world.peers.clues.set('clue-other-object', { ...clue, objectCode: '91230300MA18XXXX1B' })
    world.peers.clues.set('clue-other-region', ofRegion('230400'))
    world.peers.clues.set('clue-county', ofRegion('230302'))
    world.peers.clues.set('clue-checked', { ...clue, status: 'CHECKED' })
    world.peers.clues.set('clue-closed', { ...clue, status: 'CLOSED' })
    const openFor = (...clueIds: readonly string[]) => open({ opening: { ...request.opening, clueIds } })
    expect((await openFor('12315-1', 'clue-object', 'clue-group', 'clue-province', 'clue-clustered')).status).toBe(201)
    const refusal = async (clueId: string) => {
      const { status, body } = await openFor('12315-1', 'clue-group', clueId)
      return [status, body.code]
    }
    expect(await refusal('clue-other-object')).toEqual([409, 'clue-of-another-object'])
    expect(await refusal('clue-other-region')).toEqual([409, 'clue-of-another-region'])
    expect(await refusal('clue-county')).toEqual([409, 'clue-of-another-region'])
    expect(await refusal('clue-checked')).toEqual([409, 'clue-settled'])
    expect(await refusal('clue-closed')).toEqual([409, 'clue-settled'])
  })

  it('TGT-22 its result follows the way of every other, with an empty draw', async () => {
    const { body } = await open()
    const inspector = await world.as(['INSPECTOR'], { subject: 'login-i1' })
    const changes = { resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20' }
    expect(await inspector.post(`/v1/tasks/${body.taskId}/results`, entryOf('SCJG-01', changes))).toMatchObject({
      status: 201,
      body: { taskStatus: 'COMPLETED', opensFollowUp: true },
    })
    const { resultRecorded, taskCompleted, followUpOpened } = events.inspection
    await eventually(() => {
      const [result] = world.heard(resultRecorded.type).map((event) => decodePayload(resultRecorded, event))
      expect(result).toMatchObject({ taskId: body.taskId, drawId: '', objectId })
      expect(world.heard(taskCompleted.type, body.taskId).map((event) => decodePayload(taskCompleted, event))).toMatchObject([
        { drawId: '' },
      ])
      expect(world.heard(followUpOpened.type)).toHaveLength(1)
    })
  })

  it('TGT-14 a duty outside both lists is checked as such, with its legal basis, and told so that the list can be amended', async () => {
    const { body, status } = await open({ itemCodes: [], opening: { ground: 'STATUTORY_DUTY', mode: 'KEY_SUPERVISION', duty } })
    expect([status, body.supervisionMode, body.items.map(({ itemName }) => itemName)]).toEqual([201, 'KEY_SUPERVISION', [duty.name]])
    const { taskOpened } = events.inspection
    await eventually(() => {
      const [told] = world.heard(taskOpened.type, body.taskId).map((event) => decodePayload(taskOpened, event))
      expect(told).toMatchObject({ ground: 'STATUTORY_DUTY', duty, clueIds: [] })
    })
  })

  it('TGT-14 REG-13 a duty that a list in force names is not checked as one outside the lists', async () => {
    const listed = { ...duty, name: '经营范围中无需审批的经营项目的检查' }
    expect(await open({ itemCodes: [], opening: { ground: 'STATUTORY_DUTY', mode: 'KEY_SUPERVISION', duty: listed } })).toMatchObject({
      status: 409,
      body: { code: 'duty-already-listed', detail: expect.stringContaining('SCJG-02') },
    })
  })

  it('POL-07 takes no override where the policy permits the ground', async () => {
    const override = { reason: '上级督办', legalBasis: '某法第一条' }
    expect(await open({ override })).toMatchObject({ status: 400, body: { code: 'opening-override-not-asked' } })
  })

  it('TGT-12 refuses what lacks its ground, an item that does not apply, and too small a team', async () => {
    expect((await open({ opening: { ground: 'CLUE', source: 'COMPLAINT' } })).status).toBe(400)
    expect((await open({ opening: { ground: 'NONE' } })).status).toBe(400)
    expect((await open({ opening: { ground: 'STATUTORY_DUTY', mode: 'DOUBLE_RANDOM', duty } })).status).toBe(400)
    expect(await open({ itemCodes: ['SCJG-02'] })).toMatchObject({ status: 409, body: { code: 'opening-item-not-applying' } })
    expect(await open({ inspectorIds: ['i1'] })).toMatchObject({ status: 400, body: { code: 'opening-team-small' } })
    expect(await open({ leaderId: 'i9' })).toMatchObject({ status: 400, body: { code: 'opening-leader-unknown' } })
    expect((await open({ objectId: 'cd'.repeat(16) })).status).toBe(404)
  })

  it('DRW-14 a recusal suspends it until the dispatcher names another team', async () => {
    const { body } = await open()
    const inspector = await world.as(['INSPECTOR'], { subject: 'login-i2' })
    const recusal = { raisedBy: 'INSPECTOR', inspectorIds: ['i2'], ground: 'KINSHIP', statement: '亲属任职' }
    expect(await inspector.post(`/v1/tasks/${body.taskId}/recusals`, recusal)).toMatchObject({
      status: 201,
      body: { taskStatus: 'SUSPENDED' },
    })
    const team = { inspectorIds: ['i1', 'i3'], leaderId: 'i1' }
    const other = await world.as(['DISPATCHER'], { unitId: fire })
    expect((await other.post(`/v1/tasks/${body.taskId}/team`, team)).status).toBe(403)
    expect(await dispatcher.post(`/v1/tasks/${body.taskId}/team`, team)).toMatchObject({
      status: 200,
      body: { status: 'OPEN', team: { members: [{ inspectorId: 'i1' }, { inspectorId: 'i3' }] } },
    })
    const recusals = await dispatcher.get<{ items: object[] }>(`/v1/recusals?taskId=${body.taskId}`)
    expect(recusals.body.items).toMatchObject([{ status: 'UPHELD' }])
  })

  it('TGT-23 problem finding is reported by mode and grade, in the region alone', async () => {
    const auditor = await world.as(['AUDITOR'])
    const { body } = await auditor.get('/v1/checks/problem-finding?year=2026')
    expect(body).toEqual({ rates: [{ supervisionMode: 'TARGETED', checks: 1, found: 1, rate: '100%' }] })
    expect((await auditor.get('/v1/checks/problem-finding?year=2025')).body).toEqual({ rates: [] })
    expect((await auditor.get('/v1/checks/problem-finding?regionCode=230400')).status).toBe(403)
  })

  const planned = { planId: 'plan-1', lineId: 'L03', matterId: 'ZD-01' }
  const matter = { ground: 'KEY_LIST_MATTER', matter: '电梯使用安全' }
  /** As planned to the day. */
  const keyLine: GetUndrawnLineResponse = {
    planId: 'plan-1',
    lineId: 'L03',
    planVersion: 1,
    regionCode: city,
    unitId: market,
    kind: 'KEY_SUPERVISION',
    taskName: '电梯重点检查',
    itemCodes: ['SCJG-01'],
    objects: { kinds: ['OBJECT_KIND_ENTERPRISE'], industryPrefixes: ['F52'], tags: [] },
    initiatorUnitId: market,
    unitIds: [market],
    window: request.window,
    matter: { listId: 'hlj-key', listVersion: 3, matterId: 'ZD-01', name: '电梯使用安全' },
    policy: { preset: 'local/four-coal-cities', version: '1' },
    policyDigest: 'f'.repeat(64),
  }

  it('TGT-05 a check of a planned matter tells its line and a mark that is the object’s in that line, and in no other', async () => {
    for (const lineId of ['L03', 'L04']) world.peers.undrawnLines.set(`plan-1/${lineId}`, { ...keyLine, lineId })
    const marks: string[] = []
    for (const lineId of ['L03', 'L03', 'L04']) {
      const { status, body } = await open({ opening: { ...matter, planned: { ...planned, lineId } } })
      expect([status, body.supervisionMode]).toEqual([201, 'KEY_SUPERVISION'])
      const { taskOpened } = events.inspection
      await eventually(() => {
        const [told] = world.heard(taskOpened.type, body.taskId).map((event) => decodePayload(taskOpened, event))
        expect(told?.keyCheck).toMatchObject({ ...planned, lineId })
        marks.push(told?.keyCheck?.objectMark ?? '')
      })
    }
    expect(marks[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(marks[1]).toBe(marks[0])
    expect(marks[2]).not.toBe(marks[0])
  })

  it('PLN-11 PLN-28 TGT-05 a check that names a line is opened only as the published line plans it; each mismatch is told with both values', async () => {
    const opening = { ...matter, planned }
    const lines = world.peers.undrawnLines
    expect(await open({ opening: { ...matter, planned: { ...planned, lineId: 'L09' } } })).toMatchObject({
      status: 404,
      body: { code: 'line-not-in-plan' },
    })
    const of = (changes: Partial<GetUndrawnLineResponse> | Error) => {
      lines.set('plan-1/L03', changes instanceof Error ? changes : { ...keyLine, ...changes })
      return open({ opening })
    }
    expect(await of(appError('failed-precondition', 'plan-not-published', { meta: { planId: 'plan-1' } }))).toMatchObject({
      status: 409,
      body: { code: 'plan-not-published' },
    })
    const { matter: _matter, ...campaign } = keyLine
    lines.set('plan-1/L03', { ...campaign, kind: 'CAMPAIGN' })
    expect(await open({ opening })).toMatchObject({ status: 409, body: { code: 'planned-kind' } })
    const refused = await of({
      matter: { listId: 'hlj-key', listVersion: 3, matterId: 'ZD-02', name: '锅炉安全' },
      regionCode: '230400',
      unitIds: [fire],
      window: { start: '2026-04-02', end: '2026-04-15' },
      itemCodes: ['SCJG-02'],
      objects: { kinds: ['OBJECT_KIND_ENTERPRISE'], industryPrefixes: ['H62'], tags: [] },
    })
    expect(refused).toMatchObject({ status: 409, body: { code: 'planned-matter' } })
    expect(pointersOf(refused.body)).toEqual([
      '/opening/planned/matterId planned-matter',
      '/opening/planned/planId planned-region',
      '/opening/planned/lineId planned-unit',
      '/window planned-window',
      '/itemCodes/0 planned-item',
      '/objectId planned-object',
    ])
    expect(refused.body.detail).toBe('检查的重点监管事项 ZD-01 与计划任务的事项 ZD-02 不一致')
  })

  it('PLN-11 TGT-05 without planning’s answer such a check is not opened; one that was is known again, whatever the plan has become', async () => {
    const opening = { ...matter, planned }
    world.peers.undrawnLines.set('plan-1/L03', appError('unavailable', 'service-unavailable', { meta: { service: 'planning' } }))
    const send = () => dispatcher.post<Opened>('/v1/tasks', { ...request, opening }, { key: 'key-check-1' })
    expect(await send()).toMatchObject({ status: 503, body: { code: 'service-unavailable' } })
    world.peers.undrawnLines.set('plan-1/L03', keyLine)
    const { status, body } = await send()
    expect([status, body.status]).toEqual([201, 'OPEN'])
    world.peers.undrawnLines.delete('plan-1/L03')
    expect((await send()).body.taskId).toBe(body.taskId)
    expect((await open({ opening })).status).toBe(404)
  })

  const { matter: _matter, ...facts } = keyLine
  /** As planned to the day. */
  const campaign: GetUndrawnLineResponse = { ...facts, lineId: 'L05', kind: 'CAMPAIGN', taskName: '预付卡专项整治' }
  const ofCampaign = { ground: 'PLANNED_LINE', mode: 'TARGETED', planned: { planId: 'plan-1', lineId: 'L05' } }

  it('PLN-20 PLN-24 a check of a planned campaign rests on its line, with a task number, and tells the line and the object’s mark in it', async () => {
    world.peers.undrawnLines.set('plan-1/L05', campaign)
    const { status, body } = await open({ opening: ofCampaign })
    expect([status, body.supervisionMode, body.taskNumber]).toEqual([201, 'TARGETED', expect.stringMatching(/^2303002026-Z-/)])
    expect(body.opening).toMatchObject(ofCampaign)
    const { taskOpened } = events.inspection
    await eventually(() => {
      const [told] = world.heard(taskOpened.type, body.taskId).map((event) => decodePayload(taskOpened, event))
      expect(told).toMatchObject({ ground: 'PLANNED_LINE', supervisionMode: 'TARGETED', plannedCheck: ofCampaign.planned })
      expect(told?.plannedCheck?.objectMark).toMatch(/^[0-9a-f]{32}$/)
      expect(told?.keyCheck).toBeUndefined()
    })
  })

  it('PLN-11 TGT-11 a planned check is refused where the line is not so: key supervision, made by a draw, another unit, no items', async () => {
    const of = (changes: Partial<GetUndrawnLineResponse>, asked: object = {}) => {
      world.peers.undrawnLines.set('plan-1/L05', { ...campaign, ...changes })
      return open({ opening: ofCampaign, ...asked })
    }
    const refused = (code: string) => ({ status: 409, body: { code } })
    expect(await of(keyLine)).toMatchObject(refused('planned-key-supervision'))
    expect(await of({ kind: 'SPECIAL_CHECK', madeBy: { lineId: 'L01' } })).toMatchObject(refused('planned-by-draw'))
    expect(await of({ unitIds: [fire] })).toMatchObject(refused('planned-unit'))
    expect(await of({}, { itemCodes: [] })).toMatchObject(refused('opening-items-missing'))
    expect(await of({}, { opening: { ...ofCampaign, mode: 'DOUBLE_RANDOM' } })).toMatchObject({ status: 400 })
    world.peers.undrawnLines.delete('plan-1/L05')
    expect(await of({}, { opening: { ...ofCampaign, planned: { planId: 'plan-1', lineId: 'L77' } } })).toMatchObject({
      status: 404,
      body: { code: 'line-not-in-plan' },
    })
  })

  it('PLN-20 a campaign about what no list has is checked as such', async () => {
    world.peers.undrawnLines.set('plan-1/L05', { ...campaign, itemCodes: [] })
    const { status, body } = await open({ opening: ofCampaign, itemCodes: [] })
    expect([status, body.items]).toEqual([201, [expect.objectContaining({ itemName: '预付卡专项整治' })]])
    expect(body.items[0]?.itemCode).toMatch(/^LINE-[0-9a-f]{12}$/)
  })

  it('PLN-11 TGT-12 a check of a matter of the list that names no line rests on the list alone', async () => {
    expect(await open({ opening: matter })).toMatchObject({ status: 201, body: { opening: matter } })
  })

  it('TGT-12 counts them as a share of all checks of the year, in the region alone', async () => {
    const auditor = await world.as(['AUDITOR'])
    expect((await auditor.get('/v1/checks/by-mode?year=2026')).body).toEqual({
      checks: 13,
      drawn: 0,
      opened: 13,
      byGround: [
        { ground: 'CLUE', supervisionMode: 'TARGETED', checks: 5 },
        { ground: 'KEY_LIST_MATTER', supervisionMode: 'KEY_SUPERVISION', checks: 5 },
        { ground: 'PLANNED_LINE', supervisionMode: 'TARGETED', checks: 2 },
        { ground: 'STATUTORY_DUTY', supervisionMode: 'KEY_SUPERVISION', checks: 1 },
      ],
    })
    expect((await auditor.get('/v1/checks/by-mode?year=2025')).body).toMatchObject({ checks: 0 })
    expect((await auditor.get('/v1/checks/by-mode?regionCode=230400')).status).toBe(403)
  })
})

describe('a check on another ground than policy has', () => {
  let world: World
  let dispatcher: Api

  beforeAll(async () => {
    world = await startWorld({ policy: policyOf('heilongjiang') })
    world.peers.targets.set(objectId, target)
    dispatcher = await world.as(['DISPATCHER'])
  })
  afterAll(() => world?.dispose())

  const exempted = { ...request, opening: { ground: 'LEGAL_EXEMPTION', mode: 'TARGETED', legalBasis: '某法第一条' } }
  const override = { reason: '法律要求逐户检查', legalBasis: '某法第一条' }
  const report = async () =>
    (await world.as(['AUDITOR'])).get<{ readonly counts: readonly object[]; readonly overrides: readonly object[] }>(
      '/v1/policy-overrides?year=2026',
    )

  it('TGT-02 TGT-12 is refused by name of the grounds there are, and nothing is opened', async () => {
    const { status, body } = await dispatcher.post<Opened & { readonly detail: string }>('/v1/tasks', exempted)
    expect([status, body.code]).toEqual([409, 'opening-override-missing'])
    expect(body.detail).toContain('STATUTORY_DUTY（两个清单以外的法定监督检查事项）')
    expect((await dispatcher.post('/v1/tasks', { ...exempted, override: { reason: ' ', legalBasis: '某法' } })).status).toBe(400)
    expect((await dispatcher.get<{ readonly items: readonly object[] }>('/v1/tasks')).body.items).toEqual([])
    expect((await report()).body).toMatchObject({ counts: [], overrides: [] })
  })

  it('POL-07 TGT-12 is opened with an override, which the task shows and the report of overrides counts', async () => {
    const { status, body } = await dispatcher.post<Opened>('/v1/tasks', { ...exempted, override })
    const recorded = {
      rule: 'check.withoutDraw',
      by: `${market}-DISPATCHER`,
      unitId: market,
      ...override,
      document: '001',
      clause: '三(六)',
    }
    expect(status).toBe(201)
    expect(body.opening).toMatchObject({ ground: 'LEGAL_EXEMPTION', override: recorded })
    const found = await report()
    expect(found.body).toMatchObject({
      counts: [{ rule: 'check.withoutDraw', unitId: market, count: 1 }],
      overrides: [{ taskId: body.taskId, ...recorded }],
    })
  })

  it('TGT-14 the duty outside both lists needs none', async () => {
    const opening = { ground: 'STATUTORY_DUTY', mode: 'TARGETED', duty }
    expect((await dispatcher.post('/v1/tasks', { ...request, itemCodes: [], opening })).status).toBe(201)
    expect((await report()).body.overrides).toHaveLength(1)
  })

  const inSandbox = { ...request, objectId: 'ef'.repeat(16) }
  const from = (source: string) => ({ ...request.opening, source, clueIds: [] })
  const untriggered = { reason: '等级转高', legalBasis: '实施方案五(三)' }

  it('TGT-18 TGT-22 in the sandbox a complaint opens a check without more, and what it finds is followed up; so does a duty by law', async () => {
    world.peers.targets.set(inSandbox.objectId, { ...target, inSandbox: true })
    const { status, body } = await dispatcher.post<Opened>('/v1/tasks', { ...inSandbox, opening: from('COMPLAINT') })
    expect(status).toBe(201)
    expect(body.opening).not.toHaveProperty('untriggered')
    const inspector = await world.as(['INSPECTOR'], { subject: 'login-i1' })
    const found = { resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20' }
    expect(await inspector.post(`/v1/tasks/${body.taskId}/results`, entryOf('SCJG-01', found))).toMatchObject({
      status: 201,
      body: { opensFollowUp: true },
    })
    const byLaw = { ...inSandbox, itemCodes: [], opening: { ground: 'STATUTORY_DUTY', mode: 'TARGETED', duty } }
    expect((await dispatcher.post('/v1/tasks', byLaw)).status).toBe(201)
    expect((await report()).body.overrides).toHaveLength(1)
  })

  it('TGT-18 POL-07 in the sandbox a warning asks for reason and legal basis, shown with the task and counted; elsewhere none is taken', async () => {
    const onWarning = { ...inSandbox, opening: from('WARNING') }
    const refused = await dispatcher.post<Opened & { readonly detail: string }>('/v1/tasks', onWarning)
    expect([refused.status, refused.body.code]).toEqual([409, 'sandbox-reason-missing'])
    expect(refused.body.detail).toContain('COMPLAINT（投诉举报）、TRANSFERRED（转办交办）')
    const notAsked = { status: 400, body: { code: 'sandbox-reason-not-asked' } }
    expect(await dispatcher.post('/v1/tasks', { ...inSandbox, opening: from('COMPLAINT'), untriggered })).toMatchObject(notAsked)
    expect(await dispatcher.post('/v1/tasks', { ...request, opening: from('WARNING'), untriggered })).toMatchObject(notAsked)
    const { status, body } = await dispatcher.post<Opened>('/v1/tasks', { ...onWarning, untriggered })
    const recorded = {
      rule: 'sandbox.daily',
      by: `${market}-DISPATCHER`,
      unitId: market,
      ...untriggered,
      document: '001',
      clause: '五(三)',
    }
    expect([status, body.opening]).toEqual([201, expect.objectContaining({ untriggered: expect.objectContaining(recorded) })])
    expect((await report()).body).toMatchObject({
      counts: expect.arrayContaining([{ rule: 'sandbox.daily', unitId: market, count: 1 }]),
      overrides: expect.arrayContaining([expect.objectContaining({ taskId: body.taskId, ...recorded })]),
    })
  })
})
