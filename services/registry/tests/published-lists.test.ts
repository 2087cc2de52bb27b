import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { eventually } from '@dual-random/testkit'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, startRegistry } from './harness.ts'

interface ImportBody {
  readonly importId: string
  readonly state: string
  readonly code?: string
  readonly encoding: string
  readonly openQuestions: number
  readonly questions: readonly { readonly questionId: string; readonly code: string; readonly state: string }[]
  readonly answers: readonly { readonly by: string; readonly at: string; readonly settled: readonly string[] }[]
  readonly items: readonly Record<string, unknown>[]
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[]
  readonly listVersion?: number
  readonly itemCodes?: Readonly<Record<string, string>>
}

interface ListBody {
  readonly listVersion: number
  readonly items: readonly { readonly code: string; readonly name: string; readonly checkingBody: string }[]
}

const bureau = '230900-scj'
const file = new Uint8Array(readFileSync(new URL('../../../deploy/demo/data/fenyang-2021-joint.csv', import.meta.url)))
const withMark = new Uint8Array([0xef, 0xbb, 0xbf, ...file])

const unitsCsv = [
  '单位编码,单位名称,单位类型,行政区划,上级单位,所属部门',
  '230900-scj,七台河市市场监督管理局,局,230900,,市场监管',
  '230900-xcb,七台河市宣传部,部门,230900,,宣传',
  '230900-wlj,七台河市文化和旅游局,部门,230900,,文化和旅游',
  '230900-jyj,七台河市教育局,部门,230900,,教育',
  '230900-swu,七台河市税务局,部门,230900,,税务',
  '230900-wjw,七台河市卫生健康委员会,部门,230900,,卫生健康',
  '',
].join('\n')

/** A list of one item in the register's own form. */
const wholeList = (code: string): string =>
  [
    '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,适用对象类型,清单类型',
    `${code},出版物零售单位经营检查,一般检查事项,法,部门,内容,现场检查,企业,部门联查`,
    '',
  ].join('\n')

/** Settles every question of the list; what it says is made up for the test. */
const settling = [
  { questionId: 'table/codePrefix', value: 'QT' },
  { questionId: 'table/listType', value: 'JOINT' },
  { questionId: 'line-4/name', omit: true, reason: '原表这一行没有事项' },
  { questionId: 'line-7/initiator', value: '文化和旅游部门' },
  { questionId: 'line-7/participants', participantUnitIds: ['230900-xcb'] },
  { questionId: 'line-8/initiator', initiatorUnitId: '230900-wjw' },
  { questionId: 'line-8/participants', value: ['文化和旅游部门', '消防救援机构'] },
  { questionId: 'line-11/participants', value: ['七台河市公安局', '税务部门'] },
  { code: 'legal-basis-missing', legalBasis: '示例依据' },
  { code: 'check-content-missing', value: 'item-name' },
  { code: 'check-method-missing', value: '现场检查' },
  { code: 'item-class-missing', itemClass: 'GENERAL', fieldClass: 'GENERAL' },
  { code: 'applicability-missing', kinds: ['ENTERPRISE', 'INDIVIDUAL_BUSINESS'], industryPrefixes: ['8760', '9012'] },
]

const perItem = ['legalBasis', 'checkContent', 'checkMethod', 'applicability', 'itemClass', 'fieldClass']

let registry: Harness
beforeAll(async () => {
  registry = await startRegistry()
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
})
afterAll(() => registry.dispose())

const clerk = () => registry.as(['REGISTRY_CLERK'], { unitId: bureau })
const path = '/v1/check-item-lists/published'
const queryOf = (listId: string) => `?listId=${listId}&businessLine=${encodeURIComponent('部门联查')}&effectiveFrom=2026-01-01`

const receive = async (listId: string, bytes = file, more = '') =>
  (await clerk()).upload<ImportBody>(`${path}${queryOf(listId)}${more}`, bytes, 'text/csv')

const answer = async (importId: string, answers: readonly unknown[]) =>
  (await clerk()).post<ImportBody>(`${path}/${importId}/answers`, { answers })

const apply = async (importId: string) => (await clerk()).post<ImportBody>(`${path}/${importId}/apply`)

const listOf = async (listId: string) => (await clerk()).get<ListBody>(`/v1/check-item-lists/${listId}`)

const open = ({ questions }: ImportBody): readonly string[] =>
  questions.filter(({ state }) => state === 'OPEN').map(({ questionId }) => questionId)

const publishedEvents = (listId: string) => registry.events.filter(({ aggregateId }) => aggregateId === listId)

describe('a published list becomes a version of the list', () => {
  it('DQ-04 REG-02 asks about everything the table leaves open, and about nothing else', async () => {
    const received = await receive('list-asked', file, `&fileName=${encodeURIComponent('汾阳市清单.csv')}`)
    expect(received).toMatchObject({
      status: 201,
      body: {
        state: 'OPEN',
        fileName: '汾阳市清单.csv',
        encoding: 'utf-8',
        businessLine: '部门联查',
        receivedBy: `${bureau}-REGISTRY_CLERK`,
      },
    })
    const ofItems = Array.from({ length: 11 }, (_, index) => perItem.map((field) => `line-${index + 1}/${field}`)).flat()
    const ofCells = [
      'line-4/name',
      'line-7/initiator',
      'line-7/participants',
      'line-8/initiator',
      'line-8/participants',
      'line-11/participants',
    ]
    expect([...open(received.body)].sort()).toEqual(['table/codePrefix', 'table/listType', ...ofItems, ...ofCells].sort())
    expect(received.body.openQuestions).toBe(74)
    expect(received.body.questions.find(({ questionId }) => questionId === 'line-11/participants')?.code).toBe('unknown-unit')
  })

  it('REG-02 REG-12 DQ-04 takes answers with who and when, publishes ten items only when nothing is open, and the same file changes nothing', async () => {
    const listId = '230900-joint'
    const { importId } = (await receive(listId)).body
    expect(await apply(importId)).toMatchObject({ status: 409, body: { code: 'import-has-open-questions' } })

    const wrong = await answer(importId, [settling[0], { questionId: 'table/listType', value: '随便' }])
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: '/answers/1', code: 'answer-wrong-form' }] } })
    expect((await (await clerk()).get<ImportBody>(`${path}/${importId}`)).body.answers).toEqual([])

    const nearly = await answer(importId, settling.slice(1))
    expect(open(nearly.body)).toEqual(['table/codePrefix'])
    expect(await apply(importId)).toMatchObject({ status: 409, body: { code: 'import-has-open-questions' } })
    expect((await listOf(listId)).status).toBe(404)

    const settled = await answer(importId, settling.slice(0, 1))
    expect(settled.body).toMatchObject({ state: 'OPEN', openQuestions: 0 })
    expect(settled.body.answers).toHaveLength(settling.length)
    for (const { by, at } of settled.body.answers) {
      expect(by).toBe(`${bureau}-REGISTRY_CLERK`)
      expect(at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
    }

    const applied = await apply(importId)
    const codes = [1, 2, 3, 5, 6, 7, 8, 9, 10, 11].map((no) => `QT-${String(no).padStart(2, '0')}`)
    expect(applied).toMatchObject({ status: 200, body: { state: 'APPLIED', listVersion: 1 } })
    expect(Object.values(applied.body.itemCodes ?? {})).toEqual(codes)
    expect(applied.body.items[3]).toMatchObject({ omitted: true, omitReason: '原表这一行没有事项' })
    const list = await listOf(listId)
    expect(list.body.items.map(({ code }) => code)).toEqual(codes)
    expect(list.body.items.find(({ code }) => code === 'QT-07')).toMatchObject({
      name: '影剧院、录像厅(室)、游艺厅(室)、舞厅、音乐厅取得、公示相关许可证及其他情况的检查',
      checkingBody: '七台河市文化和旅游局（发起）、七台河市宣传部（配合）',
      legalBasis: '示例依据',
      checkMethod: '现场检查',
      itemClass: 'GENERAL',
      listType: 'JOINT',
      applicability: { kinds: ['ENTERPRISE', 'INDIVIDUAL_BUSINESS'], industryPrefixes: ['R8760', 'R9012'], tags: [] },
    })
    await eventually(() => expect(publishedEvents(listId)).toHaveLength(1))

    const again = await receive(listId)
    expect(again).toMatchObject({ status: 200, body: { importId, state: 'APPLIED', listVersion: 1 } })
    expect((await apply(importId)).body).toMatchObject({ listVersion: 1 })
    expect(await answer(importId, settling.slice(0, 1))).toMatchObject({ status: 409, body: { code: 'list-import-applied' } })
    expect((await listOf(listId)).body.listVersion).toBe(1)
    expect(publishedEvents(listId)).toHaveLength(1)
    const records = await (await clerk()).get<Record<string, unknown>>(`/v1/imports/${importId}`)
    expect(records.body).toMatchObject({ kind: 'check-item-lists', received: 11, created: 10, omitted: 1, listVersion: 1 })
    const report = (await (await clerk()).get<string>(`/v1/imports/${importId}/report`)).body
    expect(report).toMatch(/^2,,对包装装潢[^\r]*,item-listed,已列入清单第 1 版，编码 QT-01,/m)
    expect(report).toMatch(/^5,,,item-omitted,不列入清单：原表这一行没有事项,/m)
    expect(report.match(/,item-listed,/g)).toHaveLength(10)
    expect((await (await clerk()).get<string>(`${path}/${importId}/report`)).body).toBe(report)
  })

  it('DQ-04 the same file is the same import while it is open: looked up again, its answers kept', async () => {
    const table = new TextEncoder().encode('序号,抽查事项,检查对象,发起部门,配合部门\n1,寄递企业检查,寄递企业,市场监管部门,邮政部门\n')
    const first = await receive('list-again', table)
    expect(open(first.body)).toContain('line-1/participants')
    await answer(first.body.importId, settling.slice(0, 2))
    const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
    await operator.upload(
      '/v1/units/import',
      unitsCsv.replace('税务\n', '税务\n230900-yzj,七台河市邮政管理局,部门,230900,,邮政\n'),
      'text/csv',
    )
    const later = await receive('list-again', table)
    expect(later).toMatchObject({ status: 200, body: { importId: first.body.importId } })
    expect(later.body.answers).toHaveLength(2)
    expect(open(later.body)).not.toContain('line-1/participants')
    expect(later.body.questions.find(({ questionId }) => questionId === 'line-1/participants')?.state).toBe('MOOT')
    const listed = await (await clerk()).get<{ items: readonly { importId: string }[] }>(`${path}?listId=list-again`)
    expect(listed.body.items.map(({ importId }) => importId)).toEqual([first.body.importId])
  })

  it('DQ-04 reads UTF-8 with a mark and GB18030, and gives the file back as it was received', async () => {
    const gb = new Uint8Array(iconv.encode(new TextDecoder().decode(file), 'gb18030'))
    const marked = await receive('list-encodings', withMark)
    const received = await receive('list-encodings', gb)
    expect(received).toMatchObject({ status: 201, body: { encoding: 'gb18030' } })
    expect(received.body.items.map(({ name }) => name)).toEqual(marked.body.items.map(({ name }) => name))
    expect(received.body.importId).not.toBe(marked.body.importId)
    const token = await registry.scope.issuer.token({ subject: 'c', unitId: bureau, regionCode: '230900', roles: ['REGISTRY_CLERK'] })
    const kept = await fetch(`http://127.0.0.1:${registry.service.httpPort}${path}/${received.body.importId}/file`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
    expect(digestOf(new Uint8Array(await kept.arrayBuffer()))).toBe(digestOf(gb))
  })

  it('REG-11 REG-07 a later table makes the next version: it asks for the trigger, what becomes of other items, and the parent', async () => {
    const listId = 'list-later'
    const first = (await receive(listId)).body
    await answer(first.importId, [{ questionId: 'table/codePrefix', value: 'LT' }, ...settling.slice(1)])
    expect(await apply(first.importId)).toMatchObject({ status: 200, body: { listVersion: 1 } })
    const province = await registry.as(['REGISTRY_CLERK'], { unitId: '230000-scj' })
    await province.upload(
      '/v1/check-item-lists/import?listId=230000-joint&businessLine=a&effectiveFrom=2026-01-01',
      wholeList('HLJ-1'),
      'text/csv',
    )

    const table = '序号,抽查事项,抽查依据,检查对象,发起部门,配合部门\n1,对出版物零售单位经营情况的检查,条例,出版物零售单位,宣传部门,无\n'
    const second = (await receive(listId, new TextEncoder().encode(table))).body
    expect(open(second)).toEqual(expect.arrayContaining(['table/trigger', 'line-1/parentItemCode']))
    const answered = await answer(second.importId, [
      ...settling.slice(1, 2),
      { questionId: 'table/codePrefix', value: 'LT' },
      { questionId: 'table/trigger', value: 'WORK_NEED', note: '补充依据' },
      { questionId: 'line-1/parentItemCode', value: 'HLJ-1' },
      ...settling.slice(-4),
    ])
    expect(open(answered.body)).toEqual(['table/otherItems'])
    await answer(second.importId, [{ questionId: 'table/otherItems', value: 'keep' }])
    expect(await apply(second.importId)).toMatchObject({ status: 200, body: { listVersion: 2 } })
    const { body } = await listOf(listId)
    expect(body.items).toHaveLength(10)
    expect(body.items[0]).toMatchObject({ code: 'LT-01', parentItemCode: 'HLJ-1', checkingBody: '七台河市宣传部' })
    expect(body).toMatchObject({ versions: [{ trigger: null }, { trigger: 'WORK_NEED', triggerNote: '补充依据' }] })
  })
})

describe('who may and what is no list', () => {
  it('REG-41 leaves an import and a list to the unit that owns it; an auditor of the region reads', async () => {
    const { importId } = (await receive('list-owned')).body
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230900-xcb' })
    expect(await other.get(`${path}/${importId}`)).toMatchObject({ status: 403, body: { code: 'unit-not-allowed' } })
    expect(await other.post(`${path}/${importId}/answers`, { answers: settling.slice(0, 1) })).toMatchObject({ status: 403 })
    expect(await other.post(`${path}/${importId}/apply`)).toMatchObject({ status: 403 })
    await (await clerk()).upload(`/v1/check-item-lists/import${queryOf('list-of-bureau')}`, wholeList('OWN-1'), 'text/csv')
    expect(await other.upload(`${path}${queryOf('list-of-bureau')}`, file, 'text/csv')).toMatchObject({
      status: 403,
      body: { code: 'owned-by-other-unit' },
    })
    const auditor = await registry.as(['AUDITOR'], { unitId: '230000-scj' })
    expect(await auditor.get(`${path}/${importId}`)).toMatchObject({ status: 200 })
    expect(await auditor.post(`${path}/${importId}/apply`)).toMatchObject({ status: 403, body: { code: 'role-required' } })
  })

  it('DQ-04 refuses what is no list, and an import nobody knows', async () => {
    expect(await receive('list-none', new TextEncoder().encode('你好\n世界\n'))).toMatchObject({
      status: 400,
      body: { code: 'list-unreadable' },
    })
    expect(await (await clerk()).get(`${path}/${'0'.repeat(32)}`)).toMatchObject({ status: 404 })
  })

  it('DQ-04 takes as many rows as one import holds, and refuses a row more', async () => {
    const table = (rows: number) =>
      new TextEncoder().encode(
        ['序号,抽查事项,检查对象', ...Array.from({ length: rows - 1 }, (_, at) => `${at + 1},检查${at + 1},企业`), ''].join('\n'),
      )
    const taken = await receive('list-long', table(500))
    expect(taken.status).toBe(201)
    expect(taken.body.items).toHaveLength(499)
    expect(await receive('list-long', table(501))).toMatchObject({ status: 400, body: { code: 'list-unreadable' } })
  })

  it('DQ-04 an import with every row left out makes no version', async () => {
    const { importId } = (await receive('list-empty')).body
    await answer(importId, [
      ...Array.from({ length: 11 }, (_, index) => ({ lineNo: index + 1, omit: true, reason: '不列入' })),
      { questionId: 'table/listType', value: 'JOINT' },
    ])
    expect(await apply(importId)).toMatchObject({ status: 409, body: { code: 'list-import-without-items' } })
  })
})
