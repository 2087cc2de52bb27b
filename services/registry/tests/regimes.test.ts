import { events as contracts } from '@dual-random/contracts'
import type { Snapshot } from '@dual-random/draw'
import { decodePayload } from '@dual-random/messaging'
import { eventually, movableClock } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { creditCode, itemsCsv, objectRow, objectsCsv } from './files.ts'
import { type Harness, startRegistry } from './harness.ts'

/** The pilot city of the sandbox (001 五(三)), under values that its documents leave to it. */
const pilot = '230200-scj'
const clock = movableClock('2026-03-02T01:00:00.000Z')

interface Membership {
  readonly membershipId: string
  readonly status: string
  readonly daysLeft?: number
  readonly lastDay?: string
}

let registry: Harness
const ids = new Map<number, string>()
const idOf = (serial: number): string => ids.get(serial) ?? ''

/** 1 to 6 are restaurants of grade A, 7 one of grade B, 8 one without a grade, all in the pilot city; 9 is of another city. */
beforeAll(async () => {
  registry = await startRegistry({ clock: clock.now })
  const operator = await registry.as(['OPERATOR'], { unitId: '230000-scj' })
  const units = [
    '230200-scj,齐齐哈尔市市场监督管理局,局,230200,,市场监管',
    '230200-xfj,齐齐哈尔市消防救援支队,部门,230200,,消防救援',
    '230300-scj,鸡西市市场监督管理局,局,230300,,市场监管',
  ]
  await operator.upload('/v1/units/import', ['单位编码,单位名称,单位类型,行政区划,上级单位,所属部门', ...units, ''].join('\n'), 'text/csv')
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: '230000-scj' })
  for (const [regionCode, preset] of [
    ['230000', 'heilongjiang'],
    ['230200', 'local/four-coal-cities'],
    ['230300', 'local/four-coal-cities'],
  ])
    expect(await admin.post('/v1/policy-bindings', { regionCode, preset, from: '2026-01-01' })).toMatchObject({ status: 200 })
  const clerk = await clerkOf(pilot)
  const list = `/v1/check-item-lists/import?listId=list-${pilot}&businessLine=市场监管&effectiveFrom=2026-01-01`
  expect(await clerk.upload(list, itemsCsv, 'text/csv')).toMatchObject({ status: 200 })
  const rows = Array.from({ length: 8 }, (_, index) => objectRow(index + 1, { code: creditCode(index + 1, '230202'), region: '230202' }))
  expect(await clerk.upload('/v1/objects/import', objectsCsv(rows), 'text/csv')).toMatchObject({ body: { created: 8 } })
  const elsewhere = await clerkOf('230300-scj')
  expect(await elsewhere.upload('/v1/objects/import', objectsCsv([objectRow(9)]), 'text/csv')).toMatchObject({ body: { created: 1 } })
  const credit = await registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
  const grades = Array.from({ length: 7 }, (_, index) => `${creditCode(index + 1, '230202')},${index < 6 ? 'A' : 'B'}`)
  const results = ['统一社会信用代码,等级', ...grades, `${creditCode(9)},A`, ''].join('\n')
  expect(await credit.upload('/v1/credit-results/import?asOf=2026-01-31', results, 'text/csv')).toMatchObject({ body: { created: 8 } })
  for (const by of [clerk, elsewhere]) {
    const { body } = await by.get<{ items: { objectId: string; name: string }[] }>('/v1/objects')
    for (const { objectId, name } of body.items) ids.set(Number(name.replace('示例企业', '')), objectId)
  }
})
afterAll(() => registry.dispose())

const clerkOf = (unitId: string) => registry.as(['REGISTRY_CLERK'], { unitId })

const sandbox = { kind: 'SANDBOX', reason: '四新企业试点', innovations: ['NEW_MODEL'], fields: [] as string[] } as const

const enter = async (serial: number, body: object, unitId = pilot) =>
  (await clerkOf(unitId)).post<Membership & { code: string }>(`/v1/objects/${idOf(serial)}/regimes`, body)

const leave = async (serial: number, membershipId: string, body: object) =>
  (await clerkOf(pilot)).post<Membership>(`/v1/objects/${idOf(serial)}/regimes/${membershipId}/exit`, body)

const days = 86_400_000

let draws = 0

/** Freezes a draw of the pilot city as of an instant, with the clock shortly after it. */
async function freeze(asOf: string) {
  clock.advance(Math.max(0, Date.parse(asOf) + 60_000 - Date.parse(clock.now())))
  draws += 1
  const drawId = draws.toString(16).padStart(64, '0')
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'], pilot)
  const request = {
    drawId,
    regionCode: '230200',
    planId: 'plan-230200-2026-INTERNAL-230200-scj',
    lineId: 'L01',
    batch: 1,
    attempt: 1,
    asOf,
    itemCodes: ['SP-01'],
    byGrade: true,
    earlierDraws: [],
    matchingUnitIds: [pilot],
    checkUntil: '2028-03-31',
  }
  const { snapshotJson } = await client.unary('freezeRoster', request, context())
  const { snapshot } = JSON.parse(snapshotJson) as { readonly snapshot: Snapshot }
  const auditor = await registry.scope.issuer.token({ subject: 'audit', unitId: '230000-scj', regionCode: '230000', roles: ['AUDITOR'] })
  const url = `http://127.0.0.1:${registry.service.httpPort}/v1/draws/${drawId}/files/exclusions`
  const exclusions = await (await fetch(url, { headers: { authorization: `Bearer ${auditor}` } })).text()
  return {
    drawId,
    sizes: Object.fromEntries(snapshot.strata.map(({ stratum, mapped, eligible }) => [stratum, [mapped, eligible]])),
    grounds: exclusions.split('\n').flatMap((line) => /"ground":"(\w+)"/.exec(line)?.[1] ?? []),
    exclusions,
  }
}

/** What registry tells whoever opens a check without a draw. */
async function inSandboxNow(serial: number): Promise<boolean> {
  const { client, context } = await registry.grpc(['DISPATCHER'], pilot)
  return (await client.unary('describeCheckTarget', { objectId: idOf(serial), inspectorIds: [] }, context())).inSandbox
}

describe('entering', () => {
  it('TGT-16 refuses an excluded field, a grade that is not low, another city and another unit’s object, each with its reason', async () => {
    expect(await enter(2, { ...sandbox, fields: ['PERSONAL_HEALTH'] })).toMatchObject({
      status: 409,
      body: { code: 'sandbox-field-excluded', detail: expect.stringContaining('人身健康') },
    })
    expect(await enter(7, sandbox)).toMatchObject({ status: 409, body: { code: 'sandbox-not-low-risk' } })
    expect(await enter(8, sandbox)).toMatchObject({ status: 409, body: { code: 'sandbox-not-low-risk' } })
    expect(await enter(9, sandbox, '230300-scj')).toMatchObject({ status: 409, body: { code: 'sandbox-not-in-pilot' } })
    expect(await enter(2, sandbox, '230200-xfj')).toMatchObject({ status: 403, body: { code: 'owned-by-other-unit' } })
    expect(await enter(2, { kind: 'SANDBOX', reason: '未判断领域', innovations: ['NEW_MODEL'] })).toMatchObject({ status: 400 })
  })

  it('TGT-17 TGT-19 keeps entry and exit with dates and reasons, shows the days left, and tells of both', async () => {
    const first = await enter(5, sandbox)
    expect(first).toMatchObject({ status: 201, body: { status: 'IN_FORCE', daysLeft: 365, lastDay: '2027-03-02' } })
    expect(await enter(5, sandbox)).toMatchObject({ status: 200, body: { membershipId: first.body.membershipId } })
    expect(await enter(5, { ...sandbox, on: '2026-06-01' })).toMatchObject({ status: 409, body: { code: 'regime-overlap' } })
    const { membershipId } = first.body
    expect(await leave(5, membershipId, { on: '2026-03-01', reason: '企业申请' })).toMatchObject({ status: 400 })
    expect(await leave(5, membershipId, { on: '2026-03-05', reason: '企业申请' })).toMatchObject({
      status: 200,
      body: { status: 'IN_FORCE', lastDay: '2026-03-04', daysLeft: 2, exit: { on: '2026-03-05', reason: '企业申请' } },
    })
    expect(await enter(5, { ...sandbox, on: '2026-06-01' })).toMatchObject({ status: 409, body: { code: 'sandbox-extension-not-allowed' } })
    const history = await (await clerkOf(pilot)).get<{ memberships: Membership[] }>(`/v1/objects/${idOf(5)}/regimes`)
    expect(history.body.memberships).toMatchObject([{ membershipId, entry: { on: '2026-03-02', reason: '四新企业试点' } }])
    const { regimeEntered, regimeLeft } = contracts.registry
    const common = { membershipId, kind: 'SANDBOX', objectId: idOf(5), regionCode: '230202', unitId: pilot, enteredOn: '2026-03-02' }
    await eventually(() => {
      const told = registry.events.filter(({ aggregateId }) => aggregateId === idOf(5))
      expect(told.flatMap((event) => (event.type === regimeEntered.type ? [decodePayload(regimeEntered, event)] : []))).toEqual([
        { ...common, lastDay: '2027-03-02' },
      ])
      expect(told.flatMap((event) => (event.type === regimeLeft.type ? [decodePayload(regimeLeft, event)] : []))).toEqual([
        { ...common, lastDay: '2026-03-04', reason: '企业申请' },
      ])
    })
  })

  it('TGT-17 TGT-20 lists who is in on a day, page by page', async () => {
    expect(await enter(3, { kind: 'WHITE_LIST', reason: '广告产业信用同盟成员' })).toMatchObject({
      status: 201,
      body: { status: 'IN_FORCE', alliance: '广告产业信用同盟' },
    })
    expect(await enter(1, sandbox)).toMatchObject({ status: 201 })
    const clerk = await clerkOf(pilot)
    type Listed = { items: { objectId: string; objectName: string }[]; next?: string }
    const listed = async (query: string) => (await clerk.get<Listed>(`/v1/regimes?${query}`)).body
    const names = ({ items }: Listed) => items.map(({ objectName }) => objectName).sort()
    expect(names(await listed(''))).toEqual(['示例企业1', '示例企业3', '示例企业5'])
    expect(names(await listed('kind=SANDBOX&inForceOn=2026-03-04'))).toEqual(['示例企业1', '示例企业5'])
    expect(names(await listed('kind=SANDBOX&inForceOn=2026-03-05'))).toEqual(['示例企业1'])
    expect(names(await listed('kind=WHITE_LIST'))).toEqual(['示例企业3'])
    const page = await listed('limit=2')
    const rest = await listed(`limit=2&after=${page.next ?? ''}`)
    expect([...page.items, ...rest.items].length).toBe(3)
    expect(rest.next).toBeUndefined()
  })
})

describe('in a draw', () => {
  it('TGT-18 TGT-19 DRW-22 Appendix F 14: a draw skips a sandbox enterprise through its last day, and draws it from the next; whoever opens a check is told', async () => {
    const inside = await freeze('2026-03-10T01:00:00.000Z')
    // 3 is on the white list, 5 has left the sandbox.
    expect(inside.sizes).toEqual({ A: [5, 4], B: [1, 1], UNGRADED: [1, 1], WHITE_LIST_A: [1, 1] })
    expect(inside.grounds).toEqual(['SANDBOX'])
    expect(inside.exclusions).toContain('2026-03-02/2027-03-02')
    expect(await Promise.all([1, 3, 5].map(inSandboxNow))).toEqual([true, false, false])
    const last = await freeze('2027-03-02T15:59:59.999Z')
    expect([last.sizes['A'], last.grounds]).toEqual([[5, 4], ['SANDBOX']])
    const after = await freeze('2027-03-02T16:00:00.000Z')
    expect([after.sizes['A'], after.grounds]).toEqual([[5, 5], []])
    expect(await inSandboxNow(1)).toBe(false)
    const shown = await (await clerkOf(pilot)).get<{ memberships: Membership[] }>(`/v1/objects/${idOf(1)}/regimes`)
    expect(shown.body.memberships).toMatchObject([{ status: 'TOLERANCE_OVER', daysLeft: 0 }])
  })

  it('TGT-20 DRW-22 counts white-list members for a plan in the stratum they are drawn in', async () => {
    const { client, context } = await registry.grpc(['PLANNER'], pilot)
    const request = { regionCode: '230200', itemCodes: ['SP-01'], asOf: clock.now() }
    const { mapped } = await client.unary('countPool', request, context())
    expect(mapped).toEqual([
      { grade: '', count: 1, enterprises: 1 },
      { grade: 'A', count: 5, enterprises: 5 },
      { grade: 'B', count: 1, enterprises: 1 },
      { grade: 'WHITE_LIST_A', count: 1, enterprises: 1 },
    ])
    const { itemCodes, ...of } = request
    const together = await client.unary('countPools', { ...of, sets: [{ itemCodes, scoped: [] }] }, context())
    expect(together.pools).toEqual([{ mapped }])
    const { kept } = await client.unary('keepCandidates', { ...of, planId: 'plan-1', sets: [{ itemCodes, scoped: [] }] }, context())
    expect(kept.map((each) => each.mapped)).toEqual([mapped])
  })

  it('DRW-22 what was entered later changes nothing of a snapshot as of an earlier instant', async () => {
    const asOf = clock.now()
    const first = await freeze(asOf)
    expect(await enter(4, { kind: 'WHITE_LIST', reason: '新入同盟' })).toMatchObject({ status: 201 })
    clock.advance(days)
    expect((await freeze(asOf)).sizes).toEqual(first.sizes)
    expect((await freeze(clock.now())).sizes).toEqual({ ...first.sizes, A: [4, 4], WHITE_LIST_A: [2, 2] })
  })

  it('DRW-22 DRW-30 a redraw keeps the strata of its draw and leaves out who entered the sandbox since', async () => {
    const parent = await freeze(clock.now())
    expect(await enter(2, sandbox)).toMatchObject({ status: 201 })
    clock.advance(days)
    const { client, context } = await registry.grpc(['DRAW_ORGANISER'], pilot)
    const { snapshotJson } = await client.unary(
      'freezeRedraw',
      {
        drawId: 'f'.repeat(64),
        regionCode: '230200',
        parentDrawId: parent.drawId,
        purpose: 'REDRAW_PURPOSE_ESCALATION',
        number: 1,
        attempt: 1,
        asOf: new Date(Date.parse(clock.now()) - 60_000).toISOString(),
        labels: [],
        drawnLabels: [],
        earlierDraws: [],
        matchingUnitIds: [pilot],
        checkUntil: '2028-03-31',
      },
      context(),
    )
    const { snapshot } = JSON.parse(snapshotJson) as { readonly snapshot: Snapshot }
    const sizes = Object.fromEntries(snapshot.strata.map(({ stratum, mapped, eligible }) => [stratum, [mapped, eligible]]))
    expect(sizes).toEqual({ ...parent.sizes, A: [4, 3] })
  })
})

describe('the pool', () => {
  it('TGT-16 TGT-17 names who is in the sandbox and could not enter it any more, and why; nobody leaves by it', async () => {
    expect(await enter(6, sandbox)).toMatchObject({ status: 201 })
    const pool = async () => {
      const { body } = await (await clerkOf(pilot)).get<{ items: { objectId: string; lapse: object | null }[] }>('/v1/regimes?kind=SANDBOX')
      return Object.fromEntries(body.items.map(({ objectId, lapse }) => [objectId, lapse]))
    }
    expect(await pool()).toMatchObject({ [idOf(2)]: null, [idOf(5)]: null, [idOf(6)]: null })
    const credit = await registry.as(['CREDIT_SYSTEM'], { unitId: '230000-scj' })
    const asOf = clock.now().slice(0, 10)
    const graded = ['统一社会信用代码,等级', ...[5, 6].map((serial) => `${creditCode(serial, '230202')},C`), ''].join('\n')
    expect(await credit.upload(`/v1/credit-results/import?asOf=${asOf}`, graded, 'text/csv')).toMatchObject({ status: 200 })
    clock.advance(days)
    // The fifth left long ago: what it could enter now says nothing of its record.
    expect(await pool()).toMatchObject({ [idOf(2)]: null, [idOf(5)]: null, [idOf(6)]: { code: 'sandbox-not-low-risk', grade: 'C' } })
    const history = await (await clerkOf(pilot)).get<{ memberships: Membership[] }>(`/v1/objects/${idOf(6)}/regimes`)
    expect(history.body.memberships).toMatchObject([{ status: 'IN_FORCE' }])
  })
})
