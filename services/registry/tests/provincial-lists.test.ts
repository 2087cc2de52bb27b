import type { Api } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportAnswer } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry()
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  const units = [
    '单位编码,单位名称,单位类型,行政区划,上级单位,所属部门',
    '230000-scj,黑龙江省市场监督管理局,局,230000,,市场监管',
    '230300-scj,鸡西市市场监督管理局,局,230300,,市场监管',
    '',
  ]
  await operator.upload('/v1/units/import', units.join('\n'), 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'heilongjiang', from: '2024-01-01' })
})
afterAll(() => registry.dispose())

const province = () => registry.as(['REGISTRY_CLERK'], { unitId: '230000-scj' })
const city = () => registry.as(['REGISTRY_CLERK'], { unitId: '230300-scj' })

const header = '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,适用对象类型,清单类型,综合监管事项,适用区域,是否示例'

/** Synthetic items: the texts of the editions are not in the documents, only their numbers are. */
const internal = (code: string, scope = '') => `${code},示例事项${code},一般检查事项,法,部门,内容,现场检查,企业,内部抽查,,${scope},是`
const joint = (code: string, matter: number) =>
  `${code},示例事项${code},一般检查事项,法,部门,内容,现场检查,企业,部门联查,示例综合监管事项${matter},,是`

const publish = (api: Api, listId: string, rows: readonly string[], more = '') =>
  api.upload<ImportAnswer>(
    `/v1/check-item-lists/import?listId=${listId}&businessLine=市场监管&effectiveFrom=2026-01-01${more}`,
    `${[header, ...rows].join('\n')}\n`,
    'text/csv',
  )

const reportOf = async (api: Api, { body }: { readonly body: ImportAnswer }) => (await api.get<string>(body.reportUrl)).body
const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at))

describe('editions of the province', () => {
  const editionOf = (title: string) => `&edition=${encodeURIComponent(title)}`
  const first = editionOf('黑龙江省市场监管系统双随机抽查事项清单（第一版）')
  const fourth = editionOf('黑龙江省市场监管领域部门联合双随机“一业一查”事项清单暨部门联查事项清单（第四版）')

  it('REG-16 the internal list is loaded with 77 items and with no other number', async () => {
    const api = await province()
    const refused = await publish(
      api,
      'hlj-internal',
      many(76, (at) => internal(`N${at}`)),
      first,
    )
    expect(refused.body).toMatchObject({ created: 0, rejected: 1 })
    expect(await reportOf(api, refused)).toContain('edition-count-differs')
    expect(
      (
        await publish(
          api,
          'hlj-internal',
          many(77, (at) => internal(`N${at}`)),
          first,
        )
      ).body,
    ).toMatchObject({ created: 77, listVersion: 1 })
  })

  it('REG-16 the joint list is loaded with 89 classes of matters, however many items they have', async () => {
    const api = await province()
    const refused = await publish(
      api,
      'hlj-joint',
      many(178, (at) => joint(`J${at}`, at % 88)),
      fourth,
    )
    expect(await reportOf(api, refused)).toContain('edition-count-differs')
    expect(
      (
        await publish(
          api,
          'hlj-joint',
          many(178, (at) => joint(`J${at}`, at % 89)),
          fourth,
        )
      ).body,
    ).toMatchObject({ created: 178 })
    expect((await api.get('/v1/check-item-lists/hlj-joint')).body).toMatchObject({
      versions: [{ edition: expect.stringContaining('第四版') }],
    })
  })
})

describe('items of a place with legislative power', () => {
  it('REG-09 Appendix F 11 are refused on the city’s own list, included by the province, and usable in the city alone', async () => {
    const [own, superior] = [await city(), await province()]
    expect(await reportOf(own, await publish(own, 'jx', [internal('JX-1')]))).toContain('item-exceeds-provincial-list')
    const item = {
      code: 'JX-1',
      name: '示例事项JX-1',
      itemClass: 'GENERAL',
      legalBasis: '法',
      checkingBody: '部门',
      checkContent: '内容',
      checkMethod: '现场检查',
      kinds: ['ENTERPRISE'],
      listType: 'INTERNAL',
      synthetic: true,
    }
    const body = { purpose: 'LOCAL_INCLUSION', addresseeUnitId: '230000-scj', listId: 'hlj-local', reason: '地方性法规规定', item }
    expect(await own.post('/v1/item-proposals', body)).toMatchObject({ status: 400, body: { code: 'proposal-item' } })
    const local = { ...body, item: { ...item, legalBasisKind: 'LOCAL_REGULATION' } }
    const submitted = await own.post<{ proposalId: string }>('/v1/item-proposals', local)
    expect(submitted.status).toBe(201)
    const approver = await registry.as(['LIST_APPROVER'], { unitId: '230000-scj' })
    const path = `/v1/item-proposals/${submitted.body.proposalId}`
    expect(await approver.post(`${path}/approve`, {}, { headers: { 'if-match': '"9"' } })).toMatchObject({ status: 412 })
    expect(await approver.post(`${path}/approve`, {}, { headers: { 'if-match': '"1"' } })).toMatchObject({ status: 200 })
    expect(await reportOf(superior, await publish(superior, 'hlj-local', [internal('JX-1')]))).toContain('scope-not-as-approved')
    expect((await publish(superior, 'hlj-local', [internal('JX-1', '230300')])).body).toMatchObject({ created: 1 })
    const codesIn = async (regionCode: string) =>
      (await superior.get<{ items: { code: string }[] }>(`/v1/check-items?regionCode=${regionCode}&at=2026-06-01`)).body.items.map(
        ({ code }) => code,
      )
    expect(await codesIn('230300')).toContain('JX-1')
    expect(await codesIn('230400')).not.toContain('JX-1')
    expect((await publish(own, 'jx', [internal('JX-1')])).body).toMatchObject({ created: 1 })
  })

  it('REG-17 the joint list is the province’s: a city adds nothing to it', async () => {
    const own = await city()
    expect(await reportOf(own, await publish(own, 'jx-joint', [joint('X1', 1)]))).toContain('joint-list-kept-elsewhere')
    expect((await publish(own, 'jx-joint', [joint('J1', 1)])).body).toMatchObject({ created: 1 })
  })
})

describe('duties on neither list', () => {
  it('REG-19 are proposed to the province and followed to the list that takes them', async () => {
    const [own, superior] = [await city(), await province()]
    const duty = { name: '某项法定检查', legalBasis: '某法第一条', description: '检查中发现，两个清单均未列入' }
    const body = { purpose: 'MISSING_DUTY', addresseeUnitId: '230000-scj', reason: '应补充纳入', duty }
    expect(await own.post('/v1/item-proposals', { ...body, duty: { ...duty, name: '示例事项N1' } })).toMatchObject({
      status: 409,
      body: { code: 'duty-already-listed' },
    })
    expect(await own.post('/v1/item-proposals', { ...body, addresseeUnitId: '230300-scj' })).toMatchObject({
      status: 409,
      body: { code: 'proposal-addressee' },
    })
    const { proposalId } = (await own.post<{ proposalId: string }>('/v1/item-proposals', body)).body
    const path = `/v1/item-proposals/${proposalId}`
    const approver = await registry.as(['LIST_APPROVER'], { unitId: '230000-scj' })
    await approver.post(`${path}/approve`, { note: '补入随机抽查清单' })
    const outcome = { list: 'RANDOM_CHECK', listId: 'hlj-internal', itemCode: 'N99' }
    expect(await superior.post(`${path}/outcome`, outcome)).toMatchObject({ status: 409, body: { code: 'item-not-on-this-list' } })
    expect(await superior.post(`${path}/outcome`, { ...outcome, itemCode: 'N1' })).toMatchObject({
      status: 200,
      body: { status: 'INCLUDED' },
    })
    const read = await own.get<{ steps: { status: string; note: string | null }[] }>(path)
    expect(read.body.steps.map(({ status, note }) => `${status} ${note ?? ''}`)).toEqual([
      'SUBMITTED ',
      'APPROVED 补入随机抽查清单',
      'INCLUDED hlj-internal N1',
    ])
    const stranger = await registry.as(['REGISTRY_CLERK'], { unitId: '230400-scj' })
    expect(await stranger.get(path)).toMatchObject({ status: 403 })
  })

  it('REG-19 REG-13 Appendix F 22: a duty on neither list opens a proposal with its legal basis, and no random draw is made on it', async () => {
    const own = await city()
    const duty = { name: '某项清单外法定检查', legalBasis: '某法第二条', description: '法定职责，两个清单均未列入' }
    const body = { purpose: 'MISSING_DUTY', addresseeUnitId: '230000-scj', reason: '应补充纳入', duty }
    expect((await own.post('/v1/item-proposals', { ...body, duty: { ...duty, legalBasis: ' ' } })).status).toBe(400)
    const opened = await own.post<{ proposalId: string }>('/v1/item-proposals', body)
    expect(opened).toMatchObject({ status: 201, body: { status: 'SUBMITTED', duty, addresseeUnitId: '230000-scj' } })
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'], '230300-scj')
    const draw = { drawId: 'f2'.repeat(32), regionCode: '230300', asOf: '2026-06-01T01:00:00.000Z', checkUntil: '2026-06-30' }
    const rest = { planId: 'p', lineId: 'L01', batch: 1, attempt: 1, byGrade: false, earlierDraws: [], matchingUnitIds: ['230300-scj'] }
    await expect(client.unary('freezeRoster', { ...draw, ...rest, itemCodes: ['OFF-LIST'] }, context())).rejects.toMatchObject({
      kind: 'failed-precondition',
      code: 'item-not-in-force',
    })
    await expect(
      client.unary('countPool', { regionCode: '230300', asOf: draw.asOf, itemCodes: ['OFF-LIST'] }, context()),
    ).rejects.toMatchObject({
      code: 'item-not-in-force',
    })
  })
})
