import { events as contracts } from '@dual-random/contracts'
import { type Api, eventually, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overridesAnswer } from '../src/http/override-answer.ts'
import { type ImportAnswer, objectRow, objectsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-10-31T15:59:00.000Z')
let registry: Harness

/** 31 works by the rules of 002, 33 by those of 003, 23 by the shipped preset of 001. */
beforeAll(async () => {
  const presets = new URL('presets', import.meta.url).pathname
  registry = await startRegistry({ clock: clock.now, env: { DR_PRESETS_DIR: presets } })
  const columns = '单位编码,单位名称,单位类型,行政区划,上级单位,所属部门'
  const units = {
    '310000': [
      '310000-scj,上海市市场监督管理局,局,310000,,市场监管',
      '310000-spc,食品经营处,局机关,310000,310000-scj,市场监管',
      '310101-scj,黄浦区市场监督管理局,局,310101,,市场监管',
    ],
    '330000': [
      '330600-scj,绍兴市市场监督管理局,局,330600,,市场监管',
      '330600-wlj,绍兴市文化广电旅游局,部门,330600,,文化和旅游',
      '330600-zf,绍兴市人民政府,部门,330600,,人民政府',
    ],
  }
  for (const [regionCode, rows] of Object.entries(units)) {
    const operator = await registry.as(['OPERATOR'], { unitId: `${regionCode}-scj`, regionCode })
    expect(await operator.upload('/v1/units/import', `${[columns, ...rows].join('\n')}\n`, 'text/csv')).toMatchObject({
      body: { created: 3 },
    })
    const admin = await registry.as(['POLICY_ADMIN'], { unitId: `${regionCode}-scj`, regionCode })
    const preset = regionCode === '310000' ? 'districts-add' : 'joint-list-approved'
    expect(await admin.post('/v1/policy-bindings', { regionCode, preset, from: '2024-01-01' })).toMatchObject({ status: 200 })
  }
})
afterAll(() => registry.dispose())

const clerk = (unitId: string) => registry.as(['REGISTRY_CLERK'], { unitId })
const approver = (unitId: string) => registry.as(['LIST_APPROVER'], { unitId })

const header =
  '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,重点事由,适用对象类型,清单类型,比例上限,依据类型,业务处室,上级事项'

interface Row {
  readonly code: string
  readonly key?: boolean
  readonly type?: string
  readonly cap?: string
  readonly basis?: string
  readonly division?: string
  readonly parent?: string
}

const row = ({ code, key = false, type = '内部抽查', cap = key ? '' : '5%', basis = '', division = '', parent = '' }: Row): string =>
  `${code},事项${code},${key ? '重点检查事项,法,部门,内容,现场检查,安全' : '一般检查事项,法,部门,内容,现场检查,'},企业,${type},${cap},${basis},${division},${parent}`

const listPath = (listId: string, more = '') =>
  `/v1/check-item-lists/import?listId=${listId}&businessLine=市场监管&effectiveFrom=2026-01-01${more}`

const publish = async (api: Api, listId: string, rows: readonly Row[], more = '') =>
  api.upload<ImportAnswer>(listPath(listId, more), `${[header, ...rows.map(row)].join('\n')}\n`, 'text/csv')

const reportOf = async (api: Api, { body }: { readonly body: ImportAnswer }) => (await api.get<string>(body.reportUrl)).body

/** The members of an item as a proposal gives them. */
const member = (code: string, members: Readonly<Record<string, unknown>> = {}) => ({
  code,
  name: `事项${code}`,
  itemClass: 'GENERAL',
  legalBasis: '法',
  checkingBody: '部门',
  checkContent: '内容',
  checkMethod: '现场检查',
  kinds: ['ENTERPRISE'],
  listType: 'INTERNAL',
  ratioCap: '5%',
  ...members,
})

interface Proposal {
  readonly proposalId: string
  readonly status: string
  readonly version: number
  readonly code?: string
}

describe('lists on which districts may only add', () => {
  const base = `&edition=${encodeURIComponent('市场监管总局随机抽查事项清单（第一版）')}`

  it('REG-10 REG-06 the bureau loads the national edition, and adds only what a division and a local basis stand behind', async () => {
    const api = await clerk('310000-scj')
    expect((await publish(api, 'national', [{ code: 'N1' }, { code: 'N2' }], base)).body).toMatchObject({ created: 2, listVersion: 1 })
    const refused = await publish(api, 'municipal', [
      { code: 'M1', parent: 'N1' },
      { code: 'M2', basis: '法律法规', cap: '' },
    ])
    expect(refused.body).toMatchObject({ rejected: 1, created: 0 })
    const report = await reportOf(api, refused)
    for (const code of ['ratio-cap-missing', 'division-missing', 'basis-kind-not-allowed']) expect(report).toContain(code)
    const added = { code: 'M2', basis: '地方性法规', division: '食品经营处' }
    expect((await publish(api, 'municipal', [{ code: 'M1', parent: 'N1' }, added])).body).toMatchObject({ created: 2, listVersion: 1 })
  })

  it('REG-08 a district adds to the municipal list and deletes nothing of it', async () => {
    const api = await clerk('310101-scj')
    const inherited = ['N1', 'N2', 'M1', 'M2'].map((code) => ({ code }))
    const refused = await publish(api, 'district', [...inherited.slice(0, 3), { code: 'D1' }])
    expect(await reportOf(api, refused)).toMatch(/1,事项编码,M2,inherited-item-missing/)
    expect((await publish(api, 'district', [...inherited, { code: 'D1' }])).body).toMatchObject({ created: 5, listVersion: 1 })
    const { body } = await api.get<{ items: { code: string }[] }>('/v1/check-items?at=2026-06-01')
    expect(body.items.map(({ code }) => code)).toEqual(['D1', 'M1', 'M2', 'N1', 'N2'])
  })

  it('REG-04 REG-05 a key item waits for an approval by somebody else, is then published without a cap, and is counted', async () => {
    const api = await clerk('310101-scj')
    const rows = [...['N1', 'N2', 'M1', 'M2', 'D1'].map((code) => ({ code })), { code: 'K1', key: true }]
    expect(await reportOf(api, await publish(api, 'district', rows, '&trigger=WORK_NEED'))).toContain('key-mark-not-approved')
    const item = member('K1', { itemClass: 'KEY', keyGrounds: ['SAFETY'], ratioCap: null })
    const body = { purpose: 'KEY_ITEM', addresseeUnitId: '310101-scj', listId: 'district', reason: '涉及安全', item }
    const submitted = await api.post<Proposal>('/v1/item-proposals', body)
    expect(submitted).toMatchObject({ status: 201, body: { status: 'SUBMITTED' } })
    const path = `/v1/item-proposals/${submitted.body.proposalId}`
    expect(await api.post(`${path}/approve`, {})).toMatchObject({ status: 403, body: { code: 'role-required' } })
    expect(await (await approver('310000-scj')).post(`${path}/approve`, {})).toMatchObject({
      status: 403,
      body: { code: 'proposal-not-yours' },
    })
    expect(await (await approver('310101-scj')).post(`${path}/approve`, {})).toMatchObject({ status: 200, body: { status: 'APPROVED' } })
    expect((await publish(api, 'district', rows, '&trigger=WORK_NEED')).body).toMatchObject({ created: 1, listVersion: 2 })
    expect((await api.get<Proposal>(path)).body.status).toBe('INCLUDED')
    expect((await api.get('/v1/check-item-lists/district')).body).toMatchObject({ keyItems: { count: 1, share: '16.666666%' } })
    await eventually(() =>
      expect(
        registry.events.filter(({ type }) => type.startsWith('cn.dualrandom.registry.item-proposal.')).map(({ payload }) => payload),
      ).toMatchObject([{ purpose: 'KEY_ITEM' }, { status: 'APPROVED' }, { status: 'INCLUDED' }]),
    )
  })

  it('REG-10 a division adds to the list of its bureau by a proposal to it, and to no other', async () => {
    const division = await clerk('310000-spc')
    const item = member('M3', { legalBasisKind: 'GOVERNMENT_RULE', division: '食品经营处' })
    const body = { purpose: 'DIVISION_ADDITION', addresseeUnitId: '310000-scj', listId: 'municipal', reason: '政府规章', item }
    expect(await division.post('/v1/item-proposals', body)).toMatchObject({ status: 201, body: { status: 'SUBMITTED' } })
    expect(await division.post('/v1/item-proposals', { ...body, addresseeUnitId: '310101-scj' })).toMatchObject({
      status: 409,
      body: { code: 'proposal-addressee' },
    })
    expect(await division.post('/v1/item-proposals', { ...body, item: { ...item, checkMethod: null, kinds: ['X'] } })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/item/checkMethod' }, { pointer: '/item/kinds' }] },
    })
  })

  it('REG-12 shows the public each version, and which channel still lacks it', async () => {
    const api = await clerk('310101-scj')
    expect((await api.get('/v1/check-item-lists/district')).body).toMatchObject({ toPublish: ['PUBLICITY_SYSTEM'] })
    const path = '/v1/check-item-lists/district/versions/2/publications'
    expect(await api.post(path, { channel: 'RADIO', reference: 'x' })).toMatchObject({
      status: 400,
      body: { code: 'channel-not-in-policy' },
    })
    const publication = { channel: 'PUBLICITY_SYSTEM', reference: '公告 2026-1' }
    expect(await api.post(path, publication)).toMatchObject({ status: 200, body: { publications: [publication] } })
    expect((await api.get('/v1/check-item-lists/district')).body).toMatchObject({ toPublish: [] })
    const url = `http://127.0.0.1:${registry.service.httpPort}/v1/public/check-item-lists/district`
    const seen = await fetch(url)
    expect(await seen.json()).toMatchObject({
      listId: 'district',
      listVersion: 2,
      items: expect.arrayContaining([expect.objectContaining({ code: 'D1' })]),
    })
    expect((await fetch(url, { headers: { 'if-none-match': seen.headers.get('etag') ?? '' } })).status).toBe(304)
    const page = (await (await fetch(`${url.replace('/district', '')}?limit=1`)).json()) as { items: { listId: string }[]; next: string }
    expect(page).toMatchObject({ items: [{ listId: 'district' }], next: 'district' })
  })

  it('REG-14 alerts items without a random check before the year’s end, once, unless a special circumstance is recorded', async () => {
    const api = await clerk('310101-scj')
    const alerts = async () => (await api.get<{ alerts: unknown[] }>('/v1/check-item-alerts?year=2026')).body.alerts
    const sweep = () => registry.service.runSweep('unchecked-items')
    await sweep()
    expect(await alerts()).toEqual([])
    clock.advance(60_000)
    const exceptions = '/v1/check-item-lists/district/years/2026/exceptions'
    expect(await api.post(exceptions, { itemCode: 'D1', reason: '辖区年内无此类对象' })).toMatchObject({ status: 400 })
    const special = { itemCode: 'D1', reason: '辖区年内无此类对象', legalBasis: '沪市监信用〔2019〕94号二(一)' }
    expect(await api.post(exceptions, special)).toMatchObject({ status: 200 })
    expect(await api.post(exceptions, { ...special, itemCode: 'X' })).toMatchObject({
      status: 409,
      body: { code: 'item-not-on-this-list' },
    })
    await sweep()
    await sweep()
    expect(await alerts()).toEqual([{ listId: 'district', unitId: '310101-scj', itemCodes: ['K1', 'M1', 'M2', 'N1', 'N2'] }])
    const report = (await api.get('/v1/check-item-lists/district/years/2026')).body
    expect(report).toMatchObject({ times: 1, alertFrom: '2026-11-01' })
    const { type } = contracts.registry.uncheckedItemsReported
    const ofDistrict = () => registry.events.filter((event) => event.type === type && event.regionCode === '310101')
    await eventually(() => expect(ofDistrict()).toHaveLength(1))
    expect(ofDistrict()[0]?.payload).toMatchObject({ listId: 'district', year: 2026, itemCodes: ['K1', 'M1', 'M2', 'N1', 'N2'] })
  })

  it('POL-07 a special circumstance is an override with who, when, rule, reason and legal basis, reported per rule and unit', async () => {
    const auditor = await registry.as(['AUDITOR'], { unitId: '310000-scj' })
    const path = '/v1/policy-overrides?year=2026'
    expect((await auditor.get(path)).body).toEqual({
      counts: [{ rule: 'item.yearlyCheck', unitId: '310101-scj', count: 1 }],
      overrides: [
        {
          listId: 'district',
          itemCode: 'D1',
          rule: 'item.yearlyCheck',
          by: '310101-scj-REGISTRY_CLERK',
          unitId: '310101-scj',
          at: expect.stringMatching(/^2026-10-31T/),
          reason: '辖区年内无此类对象',
          legalBasis: '沪市监信用〔2019〕94号二(一)',
          policy: expect.objectContaining({ preset: 'districts-add' }),
          document: '002',
          clause: '二(一)',
        },
      ],
      total: 1,
    })
    expect((await auditor.get('/v1/policy-overrides?year=2025')).body).toEqual({ counts: [], overrides: [], total: 0 })
    const whole = (await auditor.get<object>(path)).body
    expect(overridesAnswer.safeParse(whole)).toMatchObject({ success: true })
    expect((await auditor.get(`${path}&limit=1`)).body).toEqual(whole)
    expect((await auditor.get(`${path}&after=district/D0`)).body).toEqual(whole)
    expect((await auditor.get(`${path}&after=district/D1`)).body).toEqual({ ...whole, overrides: [] })
    for (const wrong of ['limit=0', 'limit=501', 'after=', `after=${'x'.repeat(501)}`]) {
      expect((await auditor.get(`${path}&${wrong}`)).status, wrong).toBe(400)
    }
    expect((await (await clerk('310101-scj')).get(path)).status).toBe(403)
  })

  it('REG-14 a matched draw that drawing tells of counts for the items it was frozen with, once, and ends their alert', async () => {
    const api = await clerk('310101-scj')
    const object = objectRow(1, { region: '310101' })
    expect(await api.upload('/v1/objects/import', objectsCsv([object]), 'text/csv')).toMatchObject({ body: { created: 1 } })
    const asOf = clock.now()
    clock.advance(10_000)
    const draw = { drawId: '14'.repeat(32), regionCode: '310101', planId: 'p1', lineId: 'L01', batch: 1 }
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'], '310101-scj')
    const matchingUnitIds = ['310101-scj']
    await client.unary(
      'freezeRoster',
      { ...draw, attempt: 1, asOf, itemCodes: ['K1', 'M1'], byGrade: false, earlierDraws: [], matchingUnitIds, checkUntil: '2026-12-31' },
      context(),
    )
    const years = async () =>
      (await api.get<{ items: { itemCode: string; draws: number; due: boolean }[] }>('/v1/check-item-lists/district/years/2026')).body.items
    const drawn = async () => (await years()).filter(({ draws }) => draws > 0)
    expect(await drawn()).toEqual([])
    const matched = { ...draw, unitId: '310101-scj', drawn: 1, shortOfTeam: 0, transcriptDigest: 'd'.repeat(64) }
    await registry.publish(contracts.drawing.drawMatched, draw.drawId, matched)
    const counted = [
      { itemCode: 'K1', draws: 1, due: false },
      { itemCode: 'M1', draws: 1, due: false },
    ]
    await eventually(async () => expect(await drawn()).toMatchObject(counted))
    await registry.repeat()
    const elsewhere = { ...matched, drawId: '15'.repeat(32) }
    await registry.publish(contracts.drawing.drawMatched, elsewhere.drawId, elsewhere)
    await eventually(async () => expect(await registry.applied(contracts.drawing.drawMatched.topic, elsewhere.drawId)).toBe(1))
    expect(await drawn()).toMatchObject(counted)
    // DRW-26: another city organised the draw, and this one took part.
    const together = { ...matched, drawId: '16'.repeat(32), regionCode: '320100', joint: { regionCodes: ['310101'] } }
    await client.unary(
      'freezeRoster',
      {
        ...draw,
        drawId: together.drawId,
        organiserRegionCode: together.regionCode,
        attempt: 1,
        asOf,
        itemCodes: ['K1'],
        byGrade: false,
        earlierDraws: [],
        matchingUnitIds,
        checkUntil: '2026-12-31',
      },
      context(),
    )
    await registry.publish(contracts.drawing.drawMatched, together.drawId, together)
    await eventually(async () =>
      expect(await drawn()).toMatchObject([
        { itemCode: 'K1', draws: 2 },
        { itemCode: 'M1', draws: 1 },
      ]),
    )
    const alerts = (await api.get<{ alerts: { itemCodes: string[] }[] }>('/v1/check-item-alerts?year=2026')).body.alerts
    expect(alerts).toMatchObject([{ itemCodes: ['M2', 'N1', 'N2'] }])
  })

  it('REG-15 REG-20 links an item to lists, forms and rules under If-Match, and reports what is missing', async () => {
    const api = await clerk('310101-scj')
    const document = async (kind: string) =>
      (await api.post<{ id: string }>('/v1/item-documents', { kind, title: kind, effectiveFrom: '2026-01-01', text: '正文' })).body.id
    const forms = [await document('SAMPLE_FORM'), await document('IMPLEMENTING_RULES')]
    const guideline = { businessLine: '市场监管', title: '抽查工作指引', effectiveFrom: '2026-01-01', text: '指引' }
    const { body: guide } = await api.post<{ id: string }>('/v1/guidelines', guideline)
    const path = '/v1/check-item-lists/district/items/D1/links'
    const links = { powerEntries: [{ code: 'QZ-1', name: '行政检查' }], supervisionEntries: [], documentIds: [...forms, guide.id] }
    const joint = await document('JOINT_MEASURES')
    expect(await api.put(path, { ...links, documentIds: [joint] })).toMatchObject({ status: 400, body: { code: 'document-kind-unfit' } })
    expect(await api.put(path, { ...links, documentIds: ['nothing'] })).toMatchObject({ status: 400, body: { code: 'document-unknown' } })
    expect(await (await clerk('310000-scj')).put(path, links)).toMatchObject({ status: 403 })
    expect(await api.put(path, links, { headers: { 'if-match': '"0"' } })).toMatchObject({ status: 200, body: { version: 1 } })
    expect(await api.put(path, links, { headers: { 'if-match': '"0"' } })).toMatchObject({ status: 412 })
    const unlinked = async () =>
      (await api.get<{ items: { itemCode: string; missing: string[] }[]; next?: string }>('/v1/check-item-lists/district/unlinked?limit=2'))
        .body
    expect(await unlinked()).toMatchObject({ items: [{ itemCode: 'D1', missing: ['SUPERVISION_LIST'] }, { itemCode: 'K1' }], next: 'K1' })
    const whole = { ...links, supervisionEntries: [{ code: 'JG-1', name: '监管事项' }] }
    expect(await api.put(path, whole, { headers: { 'if-match': '"1"' } })).toMatchObject({ status: 200, body: { version: 2 } })
    expect((await unlinked()).items.map(({ itemCode }) => itemCode)).toEqual(['K1', 'M1'])
  })
})

describe('a joint list that the government approves', () => {
  it('REG-17 departments propose, the market regulator collates, the government approves, and only that is published', async () => {
    const [wlj, scj, government] = [await clerk('330600-wlj'), await clerk('330600-scj'), await approver('330600-zf')]
    const rows = [{ code: 'J1', type: '部门联查' }]
    expect(await reportOf(scj, await publish(scj, 'joint', rows))).toContain('joint-item-not-approved')
    const body = {
      purpose: 'JOINT_ITEM',
      addresseeUnitId: '330600-scj',
      listId: 'joint',
      reason: '牵头实施',
      item: member('J1', { listType: 'JOINT' }),
    }
    const { proposalId } = (await wlj.post<Proposal>('/v1/item-proposals', body)).body
    const path = `/v1/item-proposals/${proposalId}`
    expect(await government.post(`${path}/approve`, {})).toMatchObject({ status: 409, body: { code: 'proposal-status' } })
    expect(await scj.post(`${path}/collate`, { note: '已汇总' })).toMatchObject({ status: 200, body: { status: 'COLLATED' } })
    const waiting = await government.get<{ items: Proposal[] }>('/v1/item-proposals?status=COLLATED')
    expect(waiting.body.items).toMatchObject([{ proposalId, purpose: 'JOINT_ITEM' }])
    expect(await government.post(`${path}/approve`, {})).toMatchObject({ status: 200 })
    expect((await publish(scj, 'joint', rows)).body).toMatchObject({ created: 1, listVersion: 1 })
    expect(await reportOf(wlj, await publish(wlj, 'joint-wlj', [{ code: 'J2', type: '部门联查' }]))).toContain('joint-list-kept-elsewhere')
  })

  it('REG-18 a department’s own list stands on that of its provincial department once there is one', async () => {
    const operator = await registry.as(['OPERATOR'], { unitId: '330000-scj' })
    const unit = '单位编码,单位名称,单位类型,行政区划,上级单位,所属部门\n330000-wlt,浙江省文化和旅游厅,部门,330000,,文化和旅游\n'
    await operator.upload('/v1/units/import', unit, 'text/csv')
    expect((await publish(await clerk('330000-wlt'), 'wlt', [{ code: 'W1' }])).body).toMatchObject({ created: 1 })
    const wlj = await clerk('330600-wlj')
    expect(await reportOf(wlj, await publish(wlj, 'wlj', [{ code: 'W9' }]))).toContain('item-not-derived')
    expect((await publish(wlj, 'wlj', [{ code: 'W9', parent: 'W1' }])).body).toMatchObject({ created: 1 })
  })
})
