import type { Api } from '@dual-random/testkit'
import { stackAddress } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, inspectorsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

let registry: Harness
let direct: MongoClient
let clerk: Api

beforeAll(async () => {
  registry = await startRegistry()
  direct = new MongoClient(stackAddress().mongodbUri)
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  await operator.upload('/v1/units/import', unitsCsv, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  for (const regionCode of ['230000', '230300', '230400']) {
    await admin.post('/v1/policy-bindings', { regionCode, preset: 'local/four-coal-cities', from: '2024-01-01' })
  }
  clerk = await registry.as(['REGISTRY_CLERK'])
})
afterAll(async () => {
  await direct.close()
  await registry.dispose()
})

/** How often the records of a collection were written, and how many events they told: neither may grow. */
async function writesOf(collection: string) {
  const found = await direct.db(registry.scope.database).collection<{ version: number; seq: number }>(collection).find().toArray()
  return found.map(({ _id, version, seq }) => `${String(_id)} ${version} ${seq}`).sort()
}

const mediaTypes = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const

/** Exports in one form, imports what came, and expects that nothing was written. */
async function roundTrip(
  { get, upload }: { readonly get: Api; readonly upload: Api },
  paths: { readonly from: string; readonly to: string; readonly collection: string },
  format: keyof typeof mediaTypes,
) {
  const before = await writesOf(paths.collection)
  const file = await get.get<string>(`${paths.from}${paths.from.includes('?') ? '&' : '?'}format=${format}`)
  expect(file).toMatchObject({ status: 200 })
  expect(file.headers.get('content-type')).toContain(mediaTypes[format])
  const answer = await upload.upload<ImportAnswer>(paths.to, file.body, mediaTypes[format])
  expect(await writesOf(paths.collection)).toEqual(before)
  return { text: file.body, counts: answer.body }
}

describe('the export of inspectors', () => {
  const paths = { from: '/v1/inspectors/export', to: '/v1/inspectors/import', collection: 'inspectors' }

  beforeAll(async () => {
    expect((await clerk.upload<ImportAnswer>(paths.to, inspectorsCsv, 'text/csv')).body).toMatchObject({ created: 5 })
  })

  it.each(['csv', 'ndjson'] as const)(
    'DQ-04 SEC-04 keeps recusal scopes sealed, and imports again without a change (%s)',
    async (format) => {
      const { text, counts } = await roundTrip({ get: clerk, upload: clerk }, paths, format)
      expect(counts).toMatchObject({ received: 5, unchanged: 5, rejected: 0 })
      expect(text).toContain('已密封')
      expect(text).not.toContain('配偶任职')
      expect(text).toContain('行政执法类公务员')
    },
  )

  it.each(['csv', 'ndjson'] as const)(
    'SEC-04 opens them when asked for, imports again without a change, and logs who read how many (%s)',
    async (format) => {
      registry.sensitiveReads.length = 0
      const { text, counts } = await roundTrip({ get: clerk, upload: clerk }, { ...paths, from: `${paths.from}?recusalScope=open` }, format)
      expect(counts).toMatchObject({ received: 5, unchanged: 5, rejected: 0 })
      expect(text).toContain(`对象:${creditCode(1)}=配偶任职`)
      const by = { id: '230300-scj', subject: '230300-scj-REGISTRY_CLERK', unitId: '230300-scj' }
      expect(registry.sensitiveReads).toMatchObject([
        { what: 'inspector-export', count: 5, ...by },
        { what: 'recusal-scope', count: 1, ...by },
      ])
    },
  )

  it('SEC-04 a sealed scope goes on with what else the row says, and is refused where none is recorded', async () => {
    const { body } = await clerk.get<string>(paths.from)
    const [header = '', ...rows] = body.split('\r\n')
    const li2 = rows.find((row) => row.includes('li2')) ?? ''
    const changed = `${header}\n${li2.replace('李二', '李二二')}\n${li2.replace('SL002', 'SL099').replace('li2', 'li99')}\n`
    const answer = await clerk.upload<ImportAnswer>(paths.to, changed, 'text/csv')
    expect(answer.body).toMatchObject({ changed: 1, rejected: 1 })
    expect((await clerk.get<string>(answer.body.reportUrl)).body).toContain('3,回避范围,已密封,recusal-not-recorded')
    const { body: shown } = await clerk.get<{ items: { inspectorId: string; subject: string; name: string }[] }>('/v1/inspectors')
    const found = shown.items.find(({ subject }) => subject === 'li2')
    expect(found?.name).toBe('李二二')
    expect(await clerk.get(`/v1/inspectors/${found?.inspectorId}/recusal-scope`)).toMatchObject({
      body: { entries: [{ kind: 'OBJECT', target: creditCode(1), ground: '配偶任职' }] },
    })
  })

  it('SEC-02 SEC-03 is for clerks and auditors of the pool; scopes open to the owner’s clerk and the auditor alone', async () => {
    const [fire, other, auditor, elsewhere, planner] = await Promise.all([
      registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' }),
      registry.as(['REGISTRY_CLERK'], { unitId: '230400-scj' }),
      registry.as(['AUDITOR'], { unitId: '230300-sjj' }),
      registry.as(['AUDITOR'], { unitId: '230400-sjj' }),
      registry.as(['PLANNER']),
    ])
    const of = (query: string) => `${paths.from}?unitId=230300-scj${query}`
    expect(await auditor.get(of('&recusalScope=open'))).toMatchObject({ status: 200 })
    expect(await planner.get(of(''))).toMatchObject({ status: 403, body: { code: 'role-required' } })
    for (const stranger of [fire, other]) expect(await stranger.get(of(''))).toMatchObject({ status: 403 })
    expect(await elsewhere.get(of(''))).toMatchObject({ status: 403, body: { code: 'region-not-allowed' } })
    expect(await elsewhere.get('/v1/inspectors?unitId=230300-scj')).toMatchObject({ status: 403, body: { code: 'region-not-allowed' } })
    expect(await clerk.get(`${paths.from}?format=xls`)).toMatchObject({ status: 400 })
  })

  it('DQ-04 refuses a value that would begin a cell like a formula, however it stands in a list', async () => {
    const [header = '', first = ''] = inspectorsCsv.split('\n')
    const row = first.replace('食品；特种设备', '食品；=cmd()').replace('SL001', 'SL077')
    const answer = await clerk.upload<ImportAnswer>(paths.to, `${header}\n${row}\n`, 'text/csv')
    expect(answer.body).toMatchObject({ rejected: 1 })
    expect((await clerk.get<string>(answer.body.reportUrl)).body).toContain('2,业务专长,食品；=cmd(),formula-cell')
  })
})

describe('the export of credit-risk results', () => {
  const paths = { from: '/v1/credit-results/export', to: '/v1/credit-results/import', collection: 'credit_records' }
  let creditSystem: Api

  beforeAll(async () => {
    creditSystem = await registry.as(['CREDIT_SYSTEM'], { unitId: '230300-xyb' })
    await clerk.upload('/v1/objects/import', objectsCsv([objectRow(1), objectRow(2)]), 'text/csv')
    const fire = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-xfj' })
    await fire.upload('/v1/objects/import', objectsCsv([objectRow(3)]), 'text/csv')
    const push = (asOf: string, ...rows: readonly string[]) =>
      creditSystem.upload(`${paths.to}?asOf=${asOf}`, `统一社会信用代码,等级,结果类别,领域\n${rows.join('\n')}\n`, 'text/csv')
    await push('2026-01-01', `${creditCode(1)},A,,`, `${creditCode(2)},B,,`, `${creditCode(3)},C,,`)
    await push('2026-02-01', `${creditCode(1)},C,,`, `${creditCode(1)},B,专业分类结果,食品`)
    // A correction of what was pushed before, which the record keeps beside it.
    await push('2026-02-01', `${creditCode(1)},D,,`)
  })

  it.each(['csv', 'ndjson'] as const)(
    'CRD-01 CRD-02 says what counts now, general beside professional, and is no push that changes anything (%s)',
    async (format) => {
      const { text, counts } = await roundTrip({ get: creditSystem, upload: creditSystem }, paths, format)
      expect(counts).toMatchObject({ received: 4, matched: 4, unchanged: 4, unmatched: 0, rejected: 0 })
      expect(text).toContain('专业分类结果')
      expect(
        text
          .trim()
          .split('\n')
          .filter((line) => line.includes(creditCode(1))),
      ).toHaveLength(2)
    },
  )

  it('CRD-02 gives every result that was not corrected with its history, and that changes nothing either', async () => {
    const { text, counts } = await roundTrip(
      { get: creditSystem, upload: creditSystem },
      { ...paths, from: `${paths.from}?history=true` },
      'csv',
    )
    expect(counts).toMatchObject({ received: 5, unchanged: 5 })
    const general = text.split('\r\n').filter((line) => line.startsWith(creditCode(1)) && line.includes('通用结果'))
    expect(general.map((line) => line.split(',')[1]).sort()).toEqual(['A', 'D'])
  })

  it('SEC-02 SEC-03 gives a clerk the results of its own pool, an auditor those of the region, others none', async () => {
    const own = (await clerk.get<string>(paths.from)).body
    expect([own.includes(creditCode(2)), own.includes(creditCode(3))]).toEqual([true, false])
    const auditor = await registry.as(['AUDITOR'], { unitId: '230300-sjj' })
    expect((await auditor.get<string>(paths.from)).body).toContain(creditCode(3))
    expect((await auditor.get<string>(`${paths.from}?unitId=230300-scj`)).body).not.toContain(creditCode(3))
    expect(await clerk.get(`${paths.from}?unitId=230300-xfj`)).toMatchObject({ status: 403 })
    const planner = await registry.as(['PLANNER'])
    expect(await planner.get(paths.from)).toMatchObject({ status: 403 })
    const elsewhere = await registry.as(['CREDIT_SYSTEM'], { unitId: '230400-xyb' })
    expect((await elsewhere.get<string>(paths.from)).body.trim().split('\r\n')).toHaveLength(1)
  })
})

describe('the export of objects', () => {
  it('DQ-04 REG-23 comes as NDJSON too', async () => {
    await clerk.upload('/v1/objects/import', objectsCsv([objectRow(9, { tags: '规模:大型；业态:堂食' })]), 'text/csv')
    const paths = { from: '/v1/objects/export', to: '/v1/objects/import', collection: 'objects' }
    const { text, counts } = await roundTrip({ get: clerk, upload: clerk }, paths, 'ndjson')
    expect(counts).toMatchObject({ rejected: 0, unchanged: text.trim().split('\n').length })
    expect(text).toContain('"tags":["业态:堂食","规模:大型"]')
  })
})
