import { readFileSync } from 'node:fs'
import { events, objectKinds, redrawPurposes, resultTypes } from '@dual-random/contracts'
import { type Api, eventually, type MovableClock, movableClock } from '@dual-random/testkit'
import { creditCode, inspectorsCsv, itemsCsv, objectRow, objectsCsv, unitsCsv } from '../files.ts'
import { bureau, type Harness, startRegistry } from '../harness.ts'
import type { Place } from './table.ts'

/** A caller's unit at each place, seen from the bureau of 230300. */
export const unitAt: Readonly<Record<Place, string>> = {
  itself: bureau,
  beside: '230300-xfj',
  above: '230000-scj',
  below: '230302-scj',
  elsewhere: '230400-scj',
}

export const listId = 'list-230300-scj'
export const ruleId = 'rule-1'
export const drawId = 'a1'.repeat(32)
const publishedTable = new Uint8Array(readFileSync(new URL('../../../../deploy/demo/data/fenyang-2021-joint.csv', import.meta.url)))

/** One record of every kind, all of the bureau of 230300. */
export interface World {
  readonly registry: Harness
  readonly objectId: string
  readonly otherObjectId: string
  readonly inspectorId: string
  readonly importId: string
  readonly rosterId: string
  readonly publishedId: string
  readonly institutionId: string
  readonly engagementId: string
  readonly warningId: string
  readonly modelId: string
  readonly reportId: string
  readonly resultId: string
  readonly candidatesId: string
  /** A proposal about a missing duty, sent by the bureau to the province; a new one each time. */
  newProposal(): Promise<string>
}

const units = `${unitsCsv.trimEnd()}
230000-scj,黑龙江省市场监督管理局,局,230000,,市场监管
230302-scj,鸡冠区市场监督管理局,局,230302,,市场监管
230400-scj,鹤岗市市场监督管理局,局,230400,,市场监管
`

const model = {
  field: '食品',
  effectiveFrom: '2026-01-01',
  content: {
    applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['62'], tags: [] },
    weights: { grade: 60, industry: 20, region: 0, riskInformation: 20 },
    gradeScores: ['A', 'B', 'C', 'D'].map((grade, index) => ({ grade, score: index * 30 })),
    industryScores: [],
    regionScores: [],
    scorePerRiskInformation: 100,
    riskInformationDays: 365,
    classes: [{ grade: 'L', from: 0, focus: '信用承诺', checksPerYear: 1, level: 'COUNTY' }],
  },
}

export const tagRule = { itemCode: 'SP-01', tag: '业态:餐饮', condition: { kinds: ['ENTERPRISE'] } }

/** The body of an answer that must be no refusal. */
function done<T>({ status, body }: { readonly status: number; readonly body: T }): T {
  if (status > 201) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

async function fillPools(registry: Harness, clerk: Api): Promise<void> {
  const operator = await registry.as(['OPERATOR'], { unitId: unitAt.above })
  done(await operator.upload('/v1/units/import', units, 'text/csv'))
  const admin = await registry.as(['POLICY_ADMIN'], { unitId: unitAt.above })
  for (const [regionCode, preset] of [
    ['230000', 'heilongjiang'],
    ['230300', 'local/four-coal-cities'],
  ])
    done(await admin.post('/v1/policy-bindings', { regionCode, preset, from: '2026-01-01' }))
  const list = `/v1/check-item-lists/import?listId=${listId}&businessLine=市场监管&effectiveFrom=2026-01-01`
  done(await clerk.upload(list, itemsCsv, 'text/csv'))
  done(await clerk.upload('/v1/inspectors/import', inspectorsCsv, 'text/csv'))
}

async function freeze(registry: Harness, clock: MovableClock): Promise<void> {
  const asOf = clock.now()
  clock.advance(60_000)
  const { client, context } = await registry.grpc(['DRAW_ORGANISER'])
  await client.unary('freezeRoster', { ...freezeRequest, drawId, asOf }, context())
}

async function keepCandidates(registry: Harness) {
  const { client, context } = await registry.grpc(['PLANNER'])
  return client.unary('keepCandidates', candidatesRequest, context())
}

export const candidatesRequest = {
  planId: 'plan-1',
  regionCode: '230300',
  sets: [{ itemCodes: ['SP-01'], scoped: [] }],
  asOf: '2026-03-02T01:00:00.000Z',
}

export const movedRequest = {
  planId: 'plan-1',
  regionCode: '230300',
  from: '2026-03-01T01:00:00.000Z',
  to: '2026-03-02T01:00:00.000Z',
  set: { itemCodes: ['SP-01'], scoped: [] },
  limit: 10,
}

export const freezeRequest = {
  drawId,
  regionCode: '230300',
  planId: 'plan-1',
  lineId: 'L01',
  batch: 1,
  attempt: 1,
  asOf: '2026-03-02T01:00:00.000Z',
  itemCodes: ['SP-01'],
  byGrade: false,
  earlierDraws: [],
  matchingUnitIds: [bureau],
  checkUntil: '2026-03-31',
}

/** Of the draw that the world froze. */
export const redrawRequest = (redrawId: string) => ({
  drawId: redrawId,
  regionCode: '230300',
  parentDrawId: drawId,
  purpose: redrawPurposes.toWire('ESCALATION'),
  number: 1,
  attempt: 1,
  asOf: '2026-03-02T01:00:30.000Z',
  labels: [],
  drawnLabels: [],
  earlierDraws: [],
  matchingUnitIds: [bureau],
  checkUntil: '2026-03-31',
})

/** Somebody was checked: the result waits for the classification system. */
async function recordResult({ publish }: Harness, operator: Api, objectId: string, resultId: string): Promise<void> {
  await publish(events.inspection.resultRecorded, resultId, {
    resultId,
    taskId: 't1',
    visitId: 'v1',
    drawId: 'd1',
    regionCode: '230300',
    unitId: bureau,
    itemCode: 'SP-01',
    itemName: '餐饮服务食品安全检查',
    resultType: resultTypes.toWire('NO_PROBLEM'),
    objectId,
    objectCode: creditCode(1),
    objectName: '示例企业1',
    objectKind: objectKinds.toWire('ENTERPRISE'),
    recordedAt: '2026-03-02T03:00:00.000Z',
    opensFollowUp: false,
    inspectorIds: [],
    checkedAt: undefined,
  })
  await eventually(async () => {
    const { items } = done(await operator.get<{ items: readonly object[] }>('/v1/result-deliveries'))
    if (items.length === 0) throw new Error('the result has not arrived')
  })
}

export async function startWorld(): Promise<World> {
  const clock = movableClock('2026-03-02T01:00:00.000Z')
  const registry = await startRegistry({ clock: clock.now })
  const clerk = await registry.as(['REGISTRY_CLERK'])
  await fillPools(registry, clerk)
  const { importId } = done(
    await clerk.upload<{ importId: string }>(
      '/v1/objects/import',
      objectsCsv([1, 2].map((serial) => objectRow(serial, { region: '230303' }))),
      'text/csv',
    ),
  )
  const [object, other] = done(await clerk.get<{ items: readonly { objectId: string }[] }>('/v1/objects')).items
  const [inspector] = done(await clerk.get<{ items: readonly { inspectorId: string }[] }>('/v1/inspectors')).items
  done(await clerk.put(`/v1/tag-rules/${ruleId}`, tagRule))
  const roster = readFileSync(new URL('../../../../libs/tables/tests-data/rosters/bengbu-2022-training.csv', import.meta.url))
  const { importId: rosterId } = done(await clerk.upload<{ importId: string }>('/v1/rosters/import', roster, 'text/csv'))
  const about = `listId=published&businessLine=${encodeURIComponent('部门联查')}`
  const { importId: publishedId } = done(
    await clerk.upload<{ importId: string }>(`/v1/check-item-lists/published?${about}`, publishedTable, 'text/csv'),
  )
  const firm = { name: '某检测中心', kind: 'TESTING_BODY', fields: ['食品'] }
  const { id: institutionId } = done(await clerk.post<{ id: string }>('/v1/institutions', firm))
  const engagement = { taskId: 't1', field: '食品', work: 'TESTING' }
  const { engagements } = done(
    await clerk.post<{ engagements: readonly { id: string }[] }>(`/v1/institutions/${institutionId}/engagements`, engagement),
  )
  const credit = await registry.as(['CREDIT_SYSTEM'])
  const warning = `预警编号,统一社会信用代码,预警事项,预警时间\nYJ-1,${creditCode(1)},连续两年未年报,2026-02-28\n`
  done(await credit.upload('/v1/warnings/import', warning, 'text/csv'))
  const [raised] = done(await clerk.get<{ items: readonly { warningId: string }[] }>('/v1/warnings')).items
  const { modelId } = done(await clerk.post<{ modelId: string }>('/v1/professional-models', model))
  await recordResult(registry, await registry.as(['OPERATOR']), object?.objectId ?? '', 'result-1')
  const source = `统一社会信用代码\n${creditCode(1)}\n`
  done(await clerk.upload('/v1/objects/reconciliation?sourceAsOf=2026-03-02', source, 'text/csv'))
  clock.advance(86_400_000)
  await registry.service.runSweep('reports')
  const reports = done(
    await clerk.get<{ items: readonly { id: string }[] }>(`/v1/reports?kind=OBJECT_POOL_RECONCILIATION&subject=${bureau}`),
  )
  await freeze(registry, clock)
  const { candidatesId = '' } = (await keepCandidates(registry)).kept[0] ?? {}
  return {
    registry,
    objectId: object?.objectId ?? '',
    otherObjectId: other?.objectId ?? '',
    inspectorId: inspector?.inspectorId ?? '',
    importId,
    rosterId,
    publishedId,
    institutionId,
    engagementId: engagements[0]?.id ?? '',
    warningId: raised?.warningId ?? '',
    modelId,
    reportId: reports.items[0]?.id ?? '',
    resultId: 'result-1',
    candidatesId,
    newProposal: async () => {
      const duty = { name: '某项法定检查', legalBasis: '某法第一条', description: '两个清单均未列入' }
      const body = { purpose: 'MISSING_DUTY', addresseeUnitId: unitAt.above, reason: '应补充纳入', duty }
      return done(await clerk.post<{ proposalId: string }>('/v1/item-proposals', body)).proposalId
    },
  }
}
