import { events, objectKinds, resultTypes } from '@dual-random/contracts'
import { eventually, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditSystem } from './credit-system.ts'
import { creditCode, type ImportAnswer, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { bureau, type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-05-01T02:00:00.000Z')
let system: Awaited<ReturnType<typeof creditSystem>>
let registry: Harness
const objectIds = new Map<number, string>()

beforeAll(async () => {
  system = await creditSystem()
  const env = { DR_CREDIT_SYSTEM_URL: system.url, DR_CREDIT_SYSTEM_TOKEN: 'secret', DR_CREDIT_SYSTEM_SWEEP_MS: '50' }
  registry = await startRegistry({ clock: clock.now, env })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'local/four-coal-cities', from: '2024-01-01' })
  const clerk = await registry.as(['REGISTRY_CLERK'])
  await clerk.upload('/v1/objects/import', objectsCsv([objectRow(1), objectRow(2), objectRow(3)]), 'text/csv')
  for (const serial of [1, 2, 3]) {
    const { body } = await clerk.get<{ items: { objectId: string }[] }>(`/v1/objects?objectCode=${creditCode(serial)}`)
    objectIds.set(serial, body.items[0]?.objectId ?? '')
  }
})
afterAll(async () => {
  await registry?.dispose()
  await system?.close()
})

interface Warning {
  readonly warningId: string
  readonly number: string
  readonly status: string
  readonly dueDate: string | null
}

const header = '预警编号,统一社会信用代码,预警事项,预警时间,来源,领域,处置期限'
const receive = async (...rows: readonly string[]) => {
  const credit = await registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
  return credit.upload<ImportAnswer>('/v1/warnings/import', `${[header, ...rows].join('\n')}\n`, 'text/csv')
}
const clerk = () => registry.as(['REGISTRY_CLERK'])
const warningOf = async (number: string): Promise<Warning> => {
  const { body } = await (await clerk()).get<{ items: readonly Warning[] }>('/v1/warnings?limit=500')
  const found = body.items.find((each) => each.number === number)
  if (found === undefined) throw new Error(`no warning ${number}`)
  return found
}

const result = (resultId: string, taskId: string, serial: number) =>
  registry.publish(events.inspection.resultRecorded, resultId, {
    resultId,
    taskId,
    visitId: 'v1',
    drawId: 'd1',
    regionCode: '230300',
    unitId: bureau,
    itemCode: 'SP-01',
    itemName: '餐饮服务食品安全检查',
    resultType: resultTypes.toWire('NO_PROBLEM'),
    objectId: objectIds.get(serial) ?? '',
    objectCode: creditCode(serial),
    objectName: `示例企业${serial}`,
    objectKind: objectKinds.toWire('ENTERPRISE'),
    recordedAt: '2026-05-02T03:00:00.000Z',
    opensFollowUp: false,
    inspectorIds: [],
    checkedAt: undefined,
  })

describe('warning items', () => {
  it('CRD-14 CRD-20 counts what came, gives a due date, and takes a repeated push for the same', async () => {
    const rows = [
      `YJ-1,${creditCode(1)},连续两年未年报,2026-04-30,,,`,
      `YJ-2,${creditCode(2)},通过登记住所无法联系,2026-04-30,,,2026-05-10`,
      `FX-1,${creditCode(3)},抽检不合格,2026-04-30,风险信息,食品,`,
      `YJ-3,${creditCode(99)},无此对象,2026-04-30,,,`,
      `YJ-4,${creditCode(1)},期限不对,2026-04-30,,,2026-13-01`,
    ]
    expect((await receive(...rows)).body).toMatchObject({ received: 5, created: 3, unmatched: 1, rejected: 1 })
    expect((await receive(...rows)).body).toMatchObject({ received: 5, created: 0, unchanged: 3, unmatched: 1, rejected: 1 })
    expect(await warningOf('YJ-1')).toMatchObject({ status: 'OPEN', dueDate: '2026-05-31' })
    expect(await warningOf('YJ-2')).toMatchObject({ dueDate: '2026-05-10' })
    const risk = await (await clerk()).get<{ items: readonly Warning[] }>('/v1/warnings?source=RISK_INFORMATION&field=食品')
    expect(risk.body.items.map(({ number }) => number)).toEqual(['FX-1'])
  })

  it('CRD-14 TGT-15 none is forgotten: the overview counts those that wait and those past their day', async () => {
    const api = await clerk()
    const overview = async () => (await api.get('/v1/warnings/overview')).body
    expect(await overview()).toMatchObject({ open: 3, tasked: 0, overdue: 0 })
    clock.advance(9 * 86_400_000)
    expect(await overview()).toMatchObject({ overdue: 0 })
    clock.advance(86_400_000)
    expect(await overview()).toMatchObject({ open: 3, overdue: 1 })
    const late = await api.get<{ items: readonly Warning[] }>('/v1/warnings?overdue=true')
    expect(late.body.items.map(({ number }) => number)).toEqual(['YJ-2'])
  })

  it('CRD-14 turns a warning into a check task, and is settled by the result at its object', async () => {
    const { warningId } = await warningOf('YJ-1')
    const api = await clerk()
    const given = await api.post(`/v1/warnings/${warningId}/task`, { taskId: 't1', taskNumber: 'N-1' })
    expect(given).toMatchObject({ status: 200, body: { status: 'TASKED', links: [{ taskId: 't1', taskNumber: 'N-1' }] } })
    expect(await api.post(`/v1/warnings/${warningId}/task`, { taskId: 't9', taskNumber: 'N-9' })).toMatchObject({
      status: 409,
      body: { code: 'warning-has-task' },
    })
    await result('r1', 't1', 1)
    await eventually(async () => expect(await warningOf('YJ-1')).toMatchObject({ status: 'CHECKED', resultId: 'r1' }))
    expect(await api.post(`/v1/warnings/${warningId}/close`, { reason: '已处理' })).toMatchObject({
      status: 409,
      body: { code: 'warning-settled' },
    })
  })

  it('CRD-19 collects no check result where policy has no credit module', async () => {
    const { body } = await (await clerk()).get(`/v1/objects/${objectIds.get(1)}/credit-record`)
    expect(body).toMatchObject({ entries: [], standing: null, checkResults: [{ resultId: 'r1' }] })
  })

  it('CRD-14 a task at another object opens the warning again, also when its result came first', async () => {
    const { warningId } = await warningOf('YJ-2')
    const given = await (await clerk()).post(`/v1/warnings/${warningId}/task`, { taskId: 't1', taskNumber: 'N-1' })
    expect(given.body).toMatchObject({ status: 'OPEN', misdirected: ['t1'] })
  })

  it('CRD-14 closes with a reason, under If-Match, by the unit of the pool alone', async () => {
    const { warningId } = await warningOf('FX-1')
    const path = `/v1/warnings/${warningId}`
    const api = await clerk()
    const etag = (await api.get(path)).headers.get('etag') ?? ''
    const stranger = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    expect((await stranger.post(`${path}/close`, { reason: '无关' })).status).toBe(403)
    expect((await api.post(`${path}/close`, { reason: '  ' })).status).toBe(400)
    expect((await api.post(`${path}/close`, { reason: '批次已召回' }, { headers: { 'if-match': '"99"' } })).status).toBe(412)
    const closed = await api.post(`${path}/close`, { reason: '批次已召回' }, { headers: { 'if-match': etag } })
    expect(closed).toMatchObject({ status: 200, body: { status: 'CLOSED', closing: { reason: '批次已召回' } } })
    const inspector = await registry.as(['INSPECTOR'])
    expect((await inspector.get(path)).status).toBe(403)
  })
})

describe('check results to the classification system', () => {
  const overview = async () => (await (await registry.as(['OPERATOR'])).get('/v1/result-deliveries/overview')).body

  it('CRD-15 sends each result once it is recorded, in the documented form', async () => {
    await eventually(() => expect(system.taken).toHaveLength(1))
    expect(system.taken[0]).toEqual({
      path: '/credit/check-results/r1',
      authorization: 'Bearer secret',
      body: {
        resultId: 'r1',
        taskId: 't1',
        regionCode: '230300',
        unitId: bureau,
        objectId: objectIds.get(1),
        objectCode: creditCode(1),
        objectName: '示例企业1',
        objectKind: 'ENTERPRISE',
        itemCode: 'SP-01',
        itemName: '餐饮服务食品安全检查',
        resultType: 'NO_PROBLEM',
        subValue: null,
        recordedAt: '2026-05-02T03:00:00.000Z',
      },
    })
    await eventually(async () => expect(await overview()).toEqual({ waiting: 0, delivered: 1, dead: 0, oldestWaitingSince: null }))
  })

  it('CRD-15 waits out an outage and then delivers', async () => {
    system.answer(503)
    const before = system.calls()
    await result('r2', 't2', 2)
    await eventually(() => expect(system.calls()).toBeGreaterThan(before))
    system.answer(204)
    await eventually(() => expect(system.taken.map(({ path }) => path)).toContain('/credit/check-results/r2'))
  })

  it('CRD-15 sets a result aside after the third refusal, and sends it again when told to', async () => {
    system.answer(422)
    const before = system.calls()
    await result('r3', 't3', 3)
    await eventually(async () => expect(await overview()).toMatchObject({ dead: 1 }))
    expect(system.calls() - before).toBe(3)
    const operator = await registry.as(['OPERATOR'])
    const dead = await operator.get('/v1/result-deliveries?status=DEAD')
    expect(dead.body).toMatchObject({ items: [{ resultId: 'r3', refusals: 3, lastFailure: 'credit-system-refused' }] })
    system.answer(204)
    const auditor = await registry.as(['AUDITOR'])
    expect((await auditor.post('/v1/result-deliveries/r3/resend')).status).toBe(403)
    expect(await operator.post('/v1/result-deliveries/r3/resend')).toMatchObject({ status: 200, body: { status: 'WAITING', refusals: 0 } })
    await eventually(async () => expect(await overview()).toMatchObject({ dead: 0, waiting: 0, delivered: 3 }))
  })
})
