import { events } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { decodePayload } from '@dual-random/messaging'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportAnswer } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry({ clock: () => '2026-06-01T02:00:00.000Z' as Instant })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  const units = [
    '单位编码,单位名称,单位类型,行政区划,上级单位,所属部门',
    '230000-scj,黑龙江省市场监督管理局,局,230000,,市场监管',
    '230000-gaj,黑龙江省公安厅,部门,230000,,公安',
    '230300-scj,鸡西市市场监督管理局,局,230300,,市场监管',
    '',
  ]
  await operator.upload('/v1/units/import', units.join('\n'), 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'heilongjiang', from: '2024-01-01' })
  const items = [
    '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,适用对象类型,清单类型,是否示例',
    'T1,电梯使用单位检查,一般检查事项,法,部门,内容,现场检查,企业,内部抽查,是',
    '',
  ]
  const at = '/v1/check-item-lists/import?listId=items&businessLine=市场监管&effectiveFrom=2026-01-01'
  await (await clerk('230000-scj')).upload(at, items.join('\n'), 'text/csv')
})
afterAll(() => registry.dispose())

const clerk = (unitId: string) => registry.as(['REGISTRY_CLERK'], { unitId })

const header =
  '事项编码,重点监管事项,重点领域,监管主体,监管对象,监管措施,适用对象类型,适用行业,检查事项编码,监管环节,每年次数,行业风险防控,行政刑事违法情况,信用风险分类,业务协同,检查结果互认,区域和行业风险特点'
const row = (code: string, { stages = '使用；维保', items = 'T1' } = {}) =>
  `${code},电梯使用安全,特种设备,市场监管部门,电梯使用单位,现场检查；监督检验,企业,,${items},${stages},2,事故通报,处罚记录,D类优先,与住建共享,互认检验,冬季`

const publish = (api: Api, rows: readonly string[], more = '&effectiveFrom=2026-01-05') =>
  api.upload<ImportAnswer & { readonly code?: string }>(
    `/v1/key-supervision-lists/import?listId=key-list&title=${encodeURIComponent('重点监管事项清单')}${more}`,
    `${[header, ...rows].join('\n')}\n`,
    'text/csv',
  )

describe('the key-supervision list of a province', () => {
  it('TGT-03 only the department and level that policy names publish it', async () => {
    for (const unitId of ['230300-scj', '230000-gaj']) {
      expect(await publish(await clerk(unitId), [row('ZD-01')])).toMatchObject({ status: 409, body: { code: 'key-list-maintainer' } })
    }
  })

  it('TGT-05 TGT-06 a bad row keeps the version back and stands in the report with its line', async () => {
    const api = await clerk('230000-scj')
    const { body } = await publish(api, [row('ZD-01'), row('ZD-02', { stages: '' }), row('ZD-03', { items: 'T9' })])
    expect(body).toMatchObject({ received: 3, created: 0, rejected: 2 })
    const report = (await api.get<string>(body.reportUrl)).body
    expect(report).toMatch(/3,监管环节.*stages-missing/)
    expect(report).toMatch(/4,检查事项编码.*item-not-in-force/)
    expect((await api.get('/v1/key-supervision-lists/key-list')).status).toBe(404)
  })

  it('TGT-03 TGT-04 publishes immutable versions with owner, dates, attributes and matters, and tells of each', async () => {
    const api = await clerk('230000-scj')
    expect((await publish(api, [row('ZD-01')])).body).toMatchObject({ created: 1, listVersion: 1 })
    expect((await publish(api, [row('ZD-01')])).body).toMatchObject({ unchanged: 1, listVersion: 1 })
    const second = await publish(api, [row('ZD-01'), row('ZD-02')], '&effectiveFrom=2026-02-01&effectiveTo=2026-12-31&note=1')
    expect(second.body).toMatchObject({ created: 1, unchanged: 1, listVersion: 2 })
    expect(await publish(api, [row('ZD-03')], '&effectiveFrom=2026-01-31')).toMatchObject({ status: 409 })
    expect((await api.get('/v1/key-supervision-lists/key-list?version=1')).body).toMatchObject({
      unitId: '230000-scj',
      shownVersion: 1,
      matters: [{ matterId: 'ZD-01', field: 'SPECIAL_EQUIPMENT', measures: ['现场检查', '监督检验'], timesPerYear: 2 }],
      attributes: [{ id: 'FULL_COVERAGE', measure: 'COVERAGE' }, {}, {}, {}, {}],
      versions: [
        { number: 1, matterCount: 1, effectiveFrom: '2026-01-05' },
        { number: 2, matterCount: 2, effectiveTo: '2026-12-31' },
      ],
    })
    const { keySupervisionListPublished: told } = events.registry
    await eventually(() => {
      const heard = registry.events.filter(({ type }) => type === told.type).map((event) => decodePayload(told, event))
      expect(heard.map(({ listVersion, matters, effectiveTo }) => [listVersion, matters.length, effectiveTo])).toEqual([
        [1, 1, undefined],
        [2, 2, '2026-12-31'],
      ])
    })
  })

  it('TGT-03 its matters are in force in the cities below from day to day, over HTTP and gRPC', async () => {
    const city = await clerk('230300-scj')
    const ids = async (day: string) =>
      (await city.get<{ matters: readonly { matterId: string }[] }>(`/v1/key-matters?at=${day}`)).body.matters.map(
        ({ matterId }) => matterId,
      )
    expect(await ids('2026-01-31')).toEqual(['ZD-01'])
    expect(await ids('2026-12-31')).toEqual(['ZD-01', 'ZD-02'])
    expect(await ids('2027-01-01')).toEqual([])
    const { client, context } = await registry.grpc(['PLANNER'], '230300-scj')
    const asked = { regionCode: '230300', at: '2026-06-01' }
    const { matters } = await client.unary('listKeyMatters', { ...asked, countObjects: true }, context())
    expect(matters).toMatchObject([
      { listId: 'key-list', listVersion: 2, matter: { matterId: 'ZD-01', stages: ['使用', '维保'] }, objects: 0 },
      {},
    ])
    const uncounted = await client.unary('listKeyMatters', { ...asked, countObjects: false }, context())
    expect(uncounted.matters[0]?.objects).toBeUndefined()
    const elsewhere = client.unary('listKeyMatters', { ...asked, regionCode: '230400', countObjects: false }, context())
    await expect(elsewhere).rejects.toMatchObject({ code: 'region-not-allowed' })
  })

  it('TGT-14 REG-19 Appendix F 22: a duty is outside both lists only where the key-supervision list does not name it either', async () => {
    const city = await clerk('230300-scj')
    const proposal = (name: string) => {
      const duty = { name, legalBasis: '某法第二条', description: '法定职责' }
      return city.post('/v1/item-proposals', { purpose: 'MISSING_DUTY', addresseeUnitId: '230000-scj', reason: '应补充纳入', duty })
    }
    expect(await proposal('电梯使用安全')).toMatchObject({ status: 409, body: { code: 'duty-already-listed' } })
    expect(await proposal('两单之外的法定检查')).toMatchObject({ status: 201, body: { status: 'SUBMITTED' } })
  })
})
