import { type Api, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, type ImportAnswer, itemsCsv, objectRow, objectsCsv, unitsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

const clock = movableClock('2026-03-02T01:00:00.000Z')
const brigadeId = '230300-xfj'

let registry: Harness
let bureau: Api
let brigade: Api

beforeAll(async () => {
  registry = await startRegistry({ clock: clock.now })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  const others = '230400-scj,鹤岗市市场监督管理局,局,230400,,市场监管\n230300-jyj,鸡西市教育局,部门,230300,,教育\n'
  await operator.upload('/v1/units/import', `${unitsCsv}${others}`, 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  await admin.post('/v1/policy-bindings', { regionCode: '230000', preset: 'heilongjiang', from: '2026-01-01' })
  await admin.post('/v1/policy-bindings', { regionCode: '230300', preset: 'local/four-coal-cities', from: '2026-01-01' })
  bureau = await registry.as(['REGISTRY_CLERK'])
  brigade = await registry.as(['REGISTRY_CLERK'], { unitId: brigadeId })
  const list = '/v1/check-item-lists/import?listId=list-230300-scj&businessLine=市场监管&effectiveFrom=2026-01-01'
  await bureau.upload(list, itemsCsv, 'text/csv')
})
afterAll(() => registry.dispose())

const importTo = async (api: Api, ...rows: readonly string[]) =>
  (await api.upload<ImportAnswer>('/v1/objects/import', objectsCsv(rows), 'text/csv')).body

const label = async (api: Api, ...rows: readonly string[]) =>
  (await api.upload<ImportAnswer>('/v1/objects/labels/import', ['统一社会信用代码,标签,名称', ...rows, ''].join('\n'), 'text/csv')).body

interface Shown {
  readonly objectId: string
  readonly name: string
  readonly unitId: string
  readonly status: string
  readonly quality: string
  readonly source: string | null
  readonly tags: readonly string[]
}
async function shown(api: Api, serial: number, query = ''): Promise<Shown | undefined> {
  return (await api.get<{ items: Shown[] }>(`/v1/objects?objectCode=${creditCode(serial)}${query}`)).body.items[0]
}

describe('member units', () => {
  it('REG-29 DQ-05 keep pools of their own over one record of the object, under their own tags', async () => {
    await importTo(bureau, objectRow(1, { tags: '业态:堂食' }), objectRow(2))
    expect(await shown(brigade, 1)).toBeUndefined()
    const answer = await label(brigade, `${creditCode(1)},消防重点,`, `${creditCode(2)},,`, `${creditCode(99)},消防重点,`)
    expect(answer).toMatchObject({ received: 3, changed: 2, unmatched: 1 })
    expect((await brigade.get<string>(answer.reportUrl)).body).toMatch(/4,统一社会信用代码,\w+,object-unknown/)
    const known = await shown(brigade, 1, `&unitId=${brigadeId}`)
    expect(known).toMatchObject({ unitId: '230300-scj', tags: ['业态:堂食', '消防重点'].sort() })
    expect((await shown(bureau, 1))?.objectId).toBe(known?.objectId)
    expect(await label(brigade, `${creditCode(1)},消防重点,`)).toMatchObject({ changed: 0, unchanged: 1 })

    await importTo(bureau, objectRow(1, { name: '新名' }))
    expect(await shown(brigade, 1)).toMatchObject({ name: '新名', tags: ['消防重点'] })
    const taken = await importTo(brigade, objectRow(1, { name: '改名' }))
    expect(taken).toMatchObject({ rejected: 1 })
    expect(await brigade.post(`/v1/objects/${known?.objectId}/status`, { status: 'REVOKED' })).toMatchObject({ status: 403 })
    expect(await brigade.delete(`/v1/objects/${known?.objectId}/tags`)).toMatchObject({ status: 200 })
    expect(await shown(brigade, 1)).toBeUndefined()
    expect(await brigade.put(`/v1/objects/${known?.objectId}/tags`, { tags: ['x'] })).toMatchObject({
      status: 403,
      body: { code: 'object-not-in-pool' },
    })
  })

  it('REG-29 DQ-07 shows the coordinating regulator size, tag coverage, last update and freshness of each unit, the empty ones too', async () => {
    await importTo(bureau, objectRow(3, { tags: '业态:堂食' }), objectRow(4, { status: '注销' }))
    const coordinator = await registry.as(['JOINT_COORDINATOR'])
    interface Member {
      readonly unitId: string
    }
    const members = async () => {
      const first = await coordinator.get<{ items: Member[]; next?: string }>('/v1/pools/members?limit=1')
      const rest = await coordinator.get<{ items: Member[] }>(`/v1/pools/members?after=${first.body.next}`)
      return [...first.body.items, ...rest.body.items]
    }
    const source = { dataset: 'OBJECT_POOL', source: null, asOf: clock.now(), limitDays: 7, stale: false }
    expect(await members()).toEqual([
      expect.objectContaining({
        unitId: '230300-jyj',
        size: { total: 0, active: 0 },
        updatedAt: null,
        source: { ...source, of: '230300-jyj', asOf: null, stale: true },
      }),
      {
        unitId: '230300-scj',
        name: '鸡西市市场监督管理局',
        department: '市场监管',
        regionCode: '230300',
        size: { total: 4, active: 3 },
        tagCoverage: { tagged: 1, active: 3 },
        disputed: 0,
        updatedAt: expect.stringMatching(/^2026-03-02T01:00:00/),
        source: { ...source, of: '230300-scj' },
      },
      expect.objectContaining({
        unitId: brigadeId,
        size: { total: 1, active: 1 },
        tagCoverage: { tagged: 0, active: 1 },
        source: { ...source, of: brigadeId },
      }),
    ])
    expect(await bureau.get('/v1/pools/members')).toMatchObject({ status: 403 })
  })

  it('DQ-10 received data carry origin and quality: another name disputes a record, the owner settles it', async () => {
    const file = objectsCsv([objectRow(5)])
    await bureau.upload('/v1/objects/import?source=SELF_BUILT', file, 'text/csv')
    expect(await shown(bureau, 5)).toMatchObject({ source: 'SELF_BUILT', quality: 'UNVERIFIED' })
    await label(brigade, `${creditCode(5)},消防重点,另一个名字`)
    const disputed = await shown(bureau, 5)
    expect(disputed).toMatchObject({ name: '示例企业5', source: 'SELF_BUILT', quality: 'DISPUTED' })
    const path = `/v1/objects/${disputed?.objectId}/quality`
    expect(await brigade.post(path, { status: 'VERIFIED', reason: '核对' })).toMatchObject({
      status: 403,
      body: { code: 'owned-by-other-unit' },
    })
    expect(await bureau.post(path, { status: 'VERIFIED', reason: '与登记证照核对' })).toMatchObject({ body: { quality: 'VERIFIED' } })
    expect(await shown(bureau, 5)).toMatchObject({ quality: 'VERIFIED', tags: ['消防重点'] })
  })
})

describe('identity', () => {
  it('DQ-05 one credit code is one identity in every region', async () => {
    const other = await registry.as(['REGISTRY_CLERK'], { unitId: '230400-scj' })
    await importTo(bureau, objectRow(20))
    await importTo(other, objectRow(20, { region: '230402' }))
    const here = await shown(bureau, 20)
    const there = await shown(other, 20)
    expect(here?.objectId).not.toBe(there?.objectId)
    const auditor = await registry.as(['AUDITOR'], { unitId: '230000-scj' })
    const identity = await auditor.get<{ identityId: string; records: { objectId: string }[] }>(`/v1/objects/${here?.objectId}/identity`)
    expect(identity.body.records.map(({ objectId }) => objectId).sort()).toEqual([here?.objectId, there?.objectId].sort())
    const fromThere = await auditor.get<{ identityId: string }>(`/v1/objects/${there?.objectId}/identity`)
    expect(fromThere.body.identityId).toBe(identity.body.identityId)
    const local = await bureau.get<{ records: unknown[] }>(`/v1/objects/${here?.objectId}/identity`)
    expect(local.body.records).toEqual([{ objectId: here?.objectId, regionCode: '230302', units: ['230300-scj'] }])
  })

  it('DQ-05 merges and splits records, maps the merged one to no item, and logs both', async () => {
    await importTo(bureau, objectRow(21), objectRow(22))
    const [double, survivor] = [await shown(bureau, 21), await shown(bureau, 22)]
    const mapped = async () =>
      (await bureau.get<{ items: Shown[] }>('/v1/check-items/SP-01/objects?limit=500')).body.items.map(({ objectId }) => objectId)
    expect(await mapped()).toContain(double?.objectId)
    const path = `/v1/objects/${double?.objectId}`
    const merge = { survivorId: survivor?.objectId, reason: '换发统一社会信用代码' }
    expect(await bureau.post(`${path}/merge`, merge, { headers: { 'if-match': '"9"' } })).toMatchObject({ status: 412 })
    expect(await bureau.post(`${path}/merge`, merge)).toMatchObject({ body: { status: 'MERGED', mergedInto: survivor?.objectId } })
    expect(await mapped()).not.toContain(double?.objectId)
    expect(await bureau.get(`${path}/check-items`)).toMatchObject({ body: { items: [] } })
    expect(await bureau.post(`${path}/status`, { status: 'ACTIVE' })).toMatchObject({ status: 409, body: { code: 'object-merged' } })
    expect(await importTo(bureau, objectRow(21))).toMatchObject({ unchanged: 1 })
    expect(await bureau.post(`${path}/split`, { reason: '并非同一主体' })).toMatchObject({ body: { status: 'ACTIVE', mergedInto: null } })
    expect(await mapped()).toContain(double?.objectId)
    const auditor = await registry.as(['AUDITOR'])
    expect((await auditor.get<{ items: unknown[] }>('/v1/identity-changes')).body.items).toEqual([
      {
        objectId: double?.objectId,
        unitId: '230300-scj',
        log: [
          expect.objectContaining({ action: 'MERGE', survivorId: survivor?.objectId, reason: '换发统一社会信用代码' }),
          expect.objectContaining({
            action: 'SPLIT',
            reason: '并非同一主体',
            by: { subject: '230300-scj-REGISTRY_CLERK', unitId: '230300-scj' },
          }),
        ],
      },
    ])
  })

  it('DQ-04 DQ-05 exports what the unit itself records: no merged record, none of another unit', async () => {
    const education = await registry.as(['REGISTRY_CLERK'], { unitId: '230300-jyj' })
    await importTo(education, objectRow(23), objectRow(24))
    await importTo(bureau, objectRow(25))
    await label(education, `${creditCode(25)},校外培训,`)
    const [double, survivor] = [await shown(education, 23), await shown(education, 24)]
    await education.post(`/v1/objects/${double?.objectId}/merge`, { survivorId: survivor?.objectId, reason: '重复登记' })
    await label(bureau, `${creditCode(24)},重点对象,`)
    const { body } = await education.get<string>('/v1/objects/export')
    expect(
      body
        .trim()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',')[0]),
    ).toEqual([creditCode(24)])
    expect((await education.upload<ImportAnswer>('/v1/objects/import', body, 'text/csv')).body).toMatchObject({ received: 1, unchanged: 1 })
  })

  it('REG-28 an object that moved to another county is mapped there and no longer where it was', async () => {
    await importTo(bureau, objectRow(30))
    const inCounty = async (regionCode: string) =>
      (
        await bureau.get<{ items: { objectCode: string }[] }>(`/v1/check-items/SP-01/objects?limit=500&regionCode=${regionCode}`)
      ).body.items.some(({ objectCode }) => objectCode === creditCode(30))
    expect([await inCounty('230302'), await inCounty('230303')]).toEqual([true, false])
    await importTo(bureau, objectRow(30, { region: '230303' }))
    expect([await inCounty('230302'), await inCounty('230303')]).toEqual([false, true])
  })
})

describe('sources', () => {
  it('REG-22 takes market subjects from the sources that policy names alone, other kinds from any', async () => {
    const admin = await registry.as(['POLICY_ADMIN'], { unitId: '370000-scj' })
    const bound = { regionCode: '370000', preset: 'samr-2023-draft', from: '2026-01-01', production: false }
    expect(await admin.post('/v1/policy-bindings', bound)).toMatchObject({ status: 200 })
    const clerk = await registry.as(['REGISTRY_CLERK'], { unitId: '370300-scj' })
    const rows = [objectRow(40, { region: '370302' }), objectRow(41, { region: '370302', kind: '项目', code: 'P-41', industry: '' })]
    const send = async (query: string) =>
      (await clerk.upload<ImportAnswer>(`/v1/objects/import${query}`, objectsCsv(rows), 'text/csv')).body
    const refused = await send('?source=MEMBER_UNIT')
    expect(refused).toMatchObject({ created: 1, rejected: 1 })
    expect((await clerk.get<string>(refused.reportUrl)).body).toContain('source-not-admitted')
    expect(await send('?source=REGISTRATION_SYSTEM')).toMatchObject({ created: 1, changed: 1, rejected: 0 })
    expect(await shown(clerk, 40)).toMatchObject({ source: 'REGISTRATION_SYSTEM', quality: 'VERIFIED' })
    const nowhere = await importTo(bureau, objectRow(42))
    expect(nowhere).toMatchObject({ created: 1, rejected: 0 })
  })
})
