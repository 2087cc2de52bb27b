import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deriveDrawId, type PrivateObject, redrawOrderDigest, type SignedTranscript, signDigest } from '@dual-random/draw'
import type { DrawId, ItemCode, RegionCode, UnitId } from '@dual-random/kernel'
import { fromRecord, KafkajsTransport, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { eventBus, eventually } from '@dual-random/testkit'
import { parseRedrawOrder, recordDigest } from '@dual-random/witness'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { taskIdOf } from '../src/domain/outcomes.ts'
import type { LineUnit } from '../src/domain/plan-line.ts'
import type { DrawBody } from '../src/http/schemas.ts'
import { publishedLine, sha256Hash } from './fixtures.ts'
import { type GatheredAudit, gatherAudit } from './support/audit.ts'
import { creditCodes, type Deployment, startDeployment } from './support/deployment.ts'
import { bureau, regionCode } from './support/harness.ts'
import { superior, superiorUnit } from './support/outside-units.ts'
import { lineOf } from './support/steps.ts'
import { type TaskEnd, taskEvents } from './support/task-events.ts'

const other = '230400' as RegionCode
const theirs = '230400-scj' as UnitId
const fire = '230300-xfj' as UnitId
const [food, fireSafety, kitchens] = ['SP-01', 'XF-01', 'CF-01'] as const
const [unit] = publishedLine.units as [LineUnit]
const unitOf = (unitId: string, ...itemCodes: readonly string[]): LineUnit => ({
  ...unit,
  unitId: unitId as UnitId,
  itemCodes: itemCodes as readonly ItemCode[],
})

/** Two departments of one city check together, each for its own items, and one of another city, whose every object the two items of its bureau may fit. */
const line = lineOf('A-audits', {
  itemCodes: [food, fireSafety, kitchens] as unknown as readonly ItemCode[],
  itemClass: 'KEY',
  quantity: { kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 1, denominator: 4 } }] },
  units: [unitOf(bureau, food), unitOf(fire, fireSafety), unitOf(theirs, food, kitchens)],
  joint: {
    merged: false,
    cities: [{ regionCode: other, initiatorUnitId: theirs, unitIds: [theirs] }],
  },
})

const rows = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

describe('the audit of draws of several units and cities, over what registry and drawing give', () => {
  let deployment: Deployment
  let drawId: DrawId
  let redrawId: DrawId
  let leaving = ''
  const gathered: GatheredAudit[] = []

  const post = async (
    path: string,
    body: object,
    role = 'DRAW_ORGANISER',
    unitId: string = bureau,
  ): Promise<DrawBody & { items?: unknown[] }> =>
    eventually(
      async () => {
        const answer = await (await deployment.as('drawing', [role], { unitId })).post<DrawBody>(path, body)
        if (answer.status > 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
        return answer.body
      },
      { timeoutMs: 120_000 },
    )
  const upload = async (unitId: string, path: string, text: string, role = 'REGISTRY_CLERK'): Promise<void> => {
    const { status, body } = await (await deployment.as('registry', [role], { unitId })).upload(path, text, 'text/csv')
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  }
  const objects = (codes: readonly string[], county: string, industry: string): string =>
    rows(
      '统一社会信用代码,名称,类型,行业代码,行政区划,地址,标签,状态',
      ...codes.map((code) => `${code},示例企业${code.slice(-6)},企业,${industry},${county},示例路${code.slice(-6)}号,,`),
    )
  const inspectors = (homeUnitId: string, specialities: string, scopes: readonly string[]): string =>
    rows(
      '执法证号,姓名,登录名,所在机关或所,业务专长,执法资质有效期至,回避范围,人员性质,状态,离岗日期',
      ...scopes.map((scope, index) => {
        const number = `SL${homeUnitId.slice(0, 6)}${homeUnitId === fire ? 'F' : '0'}${index}`
        return `${number},检查员${index},inspector-${number},${homeUnitId},${specialities},2029-12-31,${scope},行政执法类公务员,在岗,`
      }),
    )
  const itemsOf = (listId: string, businessLine: string) =>
    `/v1/check-item-lists/import?listId=${listId}&businessLine=${businessLine}&effectiveFrom=2026-01-01`
  const itemHeader = '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,重点事由,所需专长,适用对象类型,适用行业,清单类型'
  const train = async (unitId: string): Promise<void> => {
    const clerk = await deployment.as('registry', ['REGISTRY_CLERK'], { unitId })
    const { body } = await clerk.get<{ readonly items: readonly { readonly inspectorId: string }[] }>('/v1/inspectors')
    const inspectorIds = body.items.map(({ inspectorId }) => inspectorId)
    const { status } = await clerk.post('/v1/trainings', { audience: 'OWN_LEVEL', title: '业务培训', heldOn: '2026-02-20', inspectorIds })
    expect(status).toBe(201)
  }
  const audited = async (of: string, redraws: readonly string[] = []): Promise<GatheredAudit> => {
    const files = await gatherAudit(deployment, of, redraws)
    gathered.push(files)
    return files
  }
  const drawn = async (of: string): Promise<readonly string[]> =>
    (JSON.parse(await deployment.text(`/v1/public/draws/${of}/transcript`)) as SignedTranscript).transcript.batches.flat()

  beforeAll(async () => {
    deployment = await startDeployment({ otherRegions: [other] })
    await upload(
      superiorUnit,
      '/v1/units/import',
      rows('单位编码,单位名称,单位类型,行政区划,上级单位,所属部门', `${fire},示例市消防救援支队,部门,${regionCode},,消防救援`),
      'OPERATOR',
    )
    const checks = (code: string, body: string, speciality: string, industry: string) =>
      `${code},${code}检查,重点检查事项,《消防法》第五十三条,${body},经营过程,现场检查,安全,${speciality},企业,${industry},内部抽查`
    await upload(fire, itemsOf(`list-${fire}`, '消防救援'), rows(itemHeader, checks(fireSafety, '消防救援机构', '消防', 'H622')))
    await upload(theirs, itemsOf(`list2-${theirs}`, '市场监管'), rows(itemHeader, checks(kitchens, '市场监管部门', '后厨', 'H622')))
    // Half of the city's objects are of the industry that the fire brigade checks too; one of its inspectors may not check one of them.
    await upload(bureau, '/v1/objects/import', objects(creditCodes.slice(6), `${regionCode.slice(0, 4)}02`, 'H6220'))
    await upload(fire, '/v1/inspectors/import', inspectors(fire, '消防', ['无', `对象:${creditCodes[7]}=曾任职`, '无', '无']))
    await upload(theirs, '/v1/inspectors/import', inspectors(`${theirs}-jg`, '食品；后厨', ['无', '无', '无', '无']))
    await train(fire)
    deployment.planning.publish(line)
  }, 400_000)
  afterAll(async () => {
    await Promise.all(gathered.map(({ bundle }) => rm(bundle, { recursive: true, force: true })))
    await deployment?.dispose()
  }, 60_000)

  it('DRW-26 DRW-31 finds nothing in a matched draw of two departments of one city, with different items, and of another city', async () => {
    await deployment.moveTo('2026-03-02T01:10:30.000Z')
    const frozen = await post('/v1/draws', { planId: line.planId, lineId: line.lineId, batch: 1 })
    drawId = frozen.drawId as DrawId
    const { commitment } = await post(`/v1/draws/${drawId}/commit`, {})
    await deployment.moveTo(commitment?.roundAt ?? '')
    expect(await post(`/v1/draws/${drawId}/run`, {})).toMatchObject({ status: 'MATCHED', match: { shortOfTeam: 0 } })
    const { audit, secrets } = await audited(drawId)
    const inputs = await Promise.all(
      [bureau, fire, theirs].map((unitId) => readFile(join(secrets, `match-inputs/${unitId}.ndjson`), 'utf8')),
    )
    expect(inputs.map((text) => [text.includes('"食品"'), text.includes('"消防"'), text.includes('曾任职')])).toEqual([
      [true, false, false],
      [false, true, true],
      [true, false, false],
    ])
    expect(await audit()).toEqual({ exitCode: 0, output: expect.stringContaining('CLEAN') as string })
  }, 400_000)

  it('DRW-26 DRW-30 DRW-31 finds nothing in a redraw of the other city, though an object there asks for more since the draw', async () => {
    const { secrets } = await audited(drawId)
    const lines = (await readFile(join(secrets, `objects-${other}.ndjson`), 'utf8')).trimEnd().split('\n')
    const pool = lines.map((text) => JSON.parse(text) as PrivateObject)
    const labels = await drawn(drawId)
    leaving = labels.find((label) => pool.some((object) => object.label === label)) ?? ''
    // Of those not drawn, so that it can be drawn now.
    const changed = pool.filter(({ label }) => !labels.includes(label)).map(({ id }) => id)
    await deployment.moveTo('2026-03-20T01:00:00.000Z')
    await upload(theirs, '/v1/objects/import', objects(changed, `${other.slice(0, 4)}02`, 'H6220'))
    await deployment.moveTo('2026-03-21T01:00:00.000Z')
    const redraws = `/v1/draws/${drawId}/redraws`
    await post(redraws, { purpose: 'REPLACEMENT', grounds: [{ reason: 'OBJECT_GONE', label: leaving }] })
    await post(`${redraws}/1/approve`, {}, 'FILING_REVIEWER', superiorUnit)
    redrawId = deriveDrawId(sha256Hash, {
      regionCode: other,
      subject: { kind: 'redraw', parentDrawId: drawId },
      batch: 1,
      attempt: 1,
    })
    await enterApproval()
    await deployment.moveTo('2026-03-21T01:10:00.000Z')
    expect(await post(`${redraws}/1/freeze`, { attempt: 1 })).toMatchObject({ drawId: redrawId, regionCode: other })
    const { commitment } = await post(`/v1/draws/${redrawId}/commit`, {})
    await deployment.moveTo(commitment?.roundAt ?? '')
    expect(await post(`/v1/draws/${redrawId}/run`, {})).toMatchObject({ status: 'MATCHED' })
    const redrawn = await audited(redrawId)
    expect(await readFile(join(redrawn.secrets, `match-inputs/${theirs}.ndjson`), 'utf8')).toContain('"后厨"')
    expect(await redrawn.audit()).toEqual({ exitCode: 0, output: expect.stringContaining('CLEAN') as string })
    expect(await (await audited(drawId)).audit()).toMatchObject({ exitCode: 0 })
  }, 400_000)

  it('DRW-31 DRW-32 finds nothing in the closed draw, whose record has the visited, the replaced and the others', async () => {
    const visited = (await drawn(drawId)).find((label) => label !== leaving) ?? ''
    const ends = [
      [visited, 'completed'],
      [leaving, 'withdrawn'],
    ] as const satisfies readonly (readonly [string, TaskEnd])[]
    const bus = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, deployment.scope, [])
    for (const [label, end] of ends) {
      const unitId = label === leaving ? theirs : await unitAt(label)
      const taskId = taskIdOf(drawId, label, unitId)
      const at = deployment.now()
      const about = { aggregateId: taskId, service: 'inspection', regionCode, at, traceId: '0'.repeat(32) }
      await bus.send(taskEvents(drawId, taskId, at, end).map((event, index) => toRecord({ ...about, ...event, seq: index + 1 })))
      const outcomes = deployment.database.collection<{ _id: string; mark: number }>('task_outcomes')
      await eventually(async () => expect(await outcomes.countDocuments({ _id: taskId, mark: 2 })).toBe(1), { timeoutMs: 60_000 })
    }
    await bus.close()
    const { closeAt } = await (await deployment.as('drawing', ['DRAW_ORGANISER']))
      .get<DrawBody>(`/v1/draws/${drawId}`)
      .then(({ body }) => body)
    await deployment.moveTo(closeAt ?? '')
    expect(await post(`/v1/draws/${drawId}/close`, {})).toMatchObject({ status: 'CLOSED', closing: { visited: 1 } })
    const closed = await audited(drawId, [redrawId])
    expect(await readFile(join(closed.secrets, 'closed.json'), 'utf8')).toContain('"reason":"REPLACED"')
    expect(await closed.audit()).toEqual({ exitCode: 0, output: expect.stringContaining('CLEAN') as string })
  }, 400_000)

  it('DRW-31 names the place of a changed byte, a changed need and an outcome that is left out', async () => {
    const { secrets, audit } = await audited(drawId, [redrawId])
    const spoilt = async (file: string, from: RegExp, to: string): Promise<string> => {
      const path = join(secrets, file)
      const text = await readFile(path, 'utf8')
      expect(text).toMatch(from)
      await writeFile(path, text.replace(from, to))
      const { exitCode, output } = await audit()
      await writeFile(path, text)
      expect([file, exitCode]).toEqual([file, 1])
      return output
    }
    expect(await spoilt(`objects-${other}.ndjson`, /"ownerRegion":"230402"/, '"ownerRegion":"230403"')).toContain(`objects-${other}.ndjson`)
    expect(await spoilt(`match-inputs/${fire}.ndjson`, /("object":.*"specialities":\[)"消防"/, '$1"后厨"')).toMatch(
      new RegExp(`match-inputs/${fire}\\.ndjson line \\d+ /object/specialities`),
    )
    expect(await spoilt('closed.json', /\{"label":"[0-9a-f]{64}","outcome":"NOT_VISITED","reason":"NO_TASK"\},?/, '')).toMatch(
      /transcript-[0-9a-f]{64}\.json \/transcript\/batches\/\d+\/\d+/,
    )
  }, 400_000)

  /** The superior's word for the redraw, in the log of its city. */
  async function enterApproval(): Promise<void> {
    const reviewer = await deployment.scope.issuer.token({
      subject: 'reviewer',
      unitId: superiorUnit,
      regionCode: superiorUnit.slice(0, 6),
      roles: ['FILING_REVIEWER'],
    })
    const response = await fetch(`${deployment.url('drawing')}/v1/draws/${drawId}/redraws/1/text`, {
      headers: { authorization: `Bearer ${reviewer}` },
    })
    const text = parseRedrawOrder(await response.text())
    if (!text.ok) throw new Error(text.error.pointer)
    const order = redrawOrderDigest(sha256Hash, text.value)
    const record = { type: 'dual-random/approval/v1', drawId: redrawId, unitId: superiorUnit, reason: '对象已不存在', order }
    const body = { kind: 'approval', record, ...signDigest(superior, 'approval', other, redrawId, recordDigest(sha256Hash, record)) }
    const entered = await fetch(`${deployment.url('drawing')}/v1/public/region-logs/${other}/entries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    })
    expect([entered.status, await entered.text()]).toEqual([201, expect.any(String)])
  }

  /** The bureau of a label's city. */
  async function unitAt(label: string): Promise<UnitId> {
    const { secrets } = gathered.at(-1) as GatheredAudit
    const isTheirs = (await readFile(join(secrets, `objects-${other}.ndjson`), 'utf8').catch(() => '')).includes(label)
    return isTheirs ? theirs : (bureau as UnitId)
  }
})
