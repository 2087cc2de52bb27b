import { events } from '@dual-random/contracts'
import { eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectorsCsv, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { bureau, type Harness, startRegistry } from './harness.ts'

const { taskOpened } = events.inspection
const duty = { name: '计量器具强制检定检查', legalBasis: '《计量法》第九条', description: '两张清单均未列入' }

const opened = (taskId: string, change: { readonly ground?: string; readonly duty?: typeof duty } = {}) => ({
  taskId,
  taskNumber: `2303002026-Z-scj-${taskId}`,
  regionCode: '230300',
  unitId: bureau,
  visitId: 'v1',
  supervisionMode: 'KEY_SUPERVISION',
  ground: 'STATUTORY_DUTY',
  itemCodes: ['DUTY-1'],
  window: { start: '2026-04-01', end: '2026-04-15' },
  clueIds: [],
  duty,
  keyCheck: undefined,
  plannedCheck: undefined,
  openedBy: 'wang.wu',
  openedAt: '2026-04-01T01:00:00.000Z',
  ...change,
})

describe('checks without a draw', () => {
  let registry: Harness

  beforeAll(async () => {
    registry = await startRegistry()
    const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
    const province = '230000-scj,黑龙江省市场监督管理局,局,230000,,市场监管\n'
    await operator.upload('/v1/units/import', `${unitsCsv}${province}`, 'text/csv')
    const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
    for (const [regionCode, preset] of [
      ['230000', 'heilongjiang'],
      ['230300', 'local/four-coal-cities'],
    ])
      await admin.post('/v1/policy-bindings', { regionCode, preset, from: '2020-01-01' })
    const clerk = await registry.as(['REGISTRY_CLERK'])
    await clerk.upload(
      `/v1/check-item-lists/import?listId=list-${bureau}&businessLine=市场监管&effectiveFrom=2020-01-01`,
      itemsCsv,
      'text/csv',
    )
    await clerk.upload('/v1/objects/import', objectsCsv([objectRow(1), objectRow(2, { status: '注销' })]), 'text/csv')
    await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv')
  })
  afterAll(() => registry.dispose())

  it('TGT-14 REG-19 a check of a duty that no list names proposes it to the provincial bureau, once however many checks it takes', async () => {
    await registry.publish(taskOpened, 't1', opened('t1'))
    await registry.publish(taskOpened, 't2', opened('t2'))
    await registry.publish(taskOpened, 't3', { ...opened('t3', { ground: 'CLUE' }), duty: undefined })
    for (const taskId of ['t1', 't2', 't3']) await eventually(async () => expect(await registry.applied(taskOpened.topic, taskId)).toBe(1))
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const { body } = await clerk.get<{ items: object[] }>('/v1/item-proposals')
    expect(body.items).toMatchObject([
      { purpose: 'MISSING_DUTY', status: 'SUBMITTED', unitId: bureau, addresseeUnitId: '230000-scj', duty, steps: [{ by: 'wang.wu' }] },
    ])
  })

  it('REG-19 a duty that a list in force names is not proposed', async () => {
    await registry.publish(taskOpened, 't4', opened('t4', { duty: { ...duty, name: '餐饮服务食品安全检查' } }))
    await eventually(async () => expect(await registry.applied(taskOpened.topic, 't4')).toBe(1))
    const clerk = await registry.as(['REGISTRY_CLERK'])
    expect((await clerk.get<{ items: object[] }>('/v1/item-proposals')).body.items).toHaveLength(1)
  })

  it('TGT-12 TGT-14 describes an object of the pool with what applies to it, and inspectors of the unit who may check', async () => {
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const objects = (await clerk.get<{ items: { objectId: string; name: string }[] }>('/v1/objects')).body.items
    const people = (await clerk.get<{ items: { inspectorId: string; certificateNumber: string }[] }>('/v1/inspectors')).body.items
    const idOf = (name: string): string => objects.find((each) => each.name === name)?.objectId ?? ''
    const personOf = (number: string): string => people.find(({ certificateNumber }) => certificateNumber === number)?.inspectorId ?? ''
    const { client, context } = await registry.grpc(['DISPATCHER'])
    const describeTarget = (objectId: string, inspectorIds: string[]) =>
      client.unary('describeCheckTarget', { objectId, inspectorIds }, context())
    const found = await describeTarget(idOf('示例企业1'), [personOf('SL001')])
    expect(found).toMatchObject({
      name: '示例企业1',
      items: [{ code: 'SP-01', name: '餐饮服务食品安全检查' }, { code: 'TZ-01' }],
      inspectors: [{ inspectorId: personOf('SL001'), subject: 'zhang1' }],
    })
    await expect(describeTarget(idOf('示例企业1'), [personOf('SL004')])).rejects.toMatchObject({ code: 'check-inspector-unavailable' })
    await expect(describeTarget(idOf('示例企业2'), [])).rejects.toMatchObject({ code: 'regime-object-not-active' })
    const forDuty = (dutyName: string) =>
      client.unary('describeCheckTarget', { objectId: idOf('示例企业1'), inspectorIds: [], dutyName }, context())
    expect(await forDuty(duty.name)).toMatchObject({ name: '示例企业1' })
    await expect(forDuty('餐饮服务食品安全检查')).rejects.toMatchObject({ code: 'duty-already-listed', meta: { itemCode: 'SP-01' } })
    await expect(describeTarget('ab'.repeat(16), [])).rejects.toMatchObject({ kind: 'not-found' })
    const elsewhere = await registry.grpc(['DISPATCHER'], '230300-xfj')
    await expect(
      elsewhere.client.unary('describeCheckTarget', { objectId: idOf('示例企业1'), inspectorIds: [] }, elsewhere.context()),
    ).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
