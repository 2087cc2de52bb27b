import { bureau } from '../harness.ts'
import { drawId, listId, ruleId, tagRule, unitAt, type World } from './world.ts'

/** What a call of a route needs beside its path; whatever is asked for is the bureau's. */
export interface SampleRequest {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** A file; rows do not matter, rights are asked first. */
  readonly csv?: string
}

type Sample = (world: World) => SampleRequest | Promise<SampleRequest>

const inRegion: Sample = () => ({ query: { regionCode: '230300' } })
const inUnit: Sample = () => ({ query: { unitId: bureau } })
const inBoth: Sample = () => ({ query: { unitId: bureau, regionCode: '230300' } })
const nothing: Sample = () => ({})
const file = 'x\n'
const whiteListed = { kind: 'WHITE_LIST', reason: '同盟企业' }
const provincialItem = `事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,适用对象类型,清单类型,是否示例
ZD-T1,电梯检查,一般检查事项,法,部门,内容,现场检查,企业,内部抽查,是
`
const keyMatter = `事项编码,重点监管事项,重点领域,监管主体,监管对象,监管措施,适用对象类型,检查事项编码,监管环节,每年次数,行业风险防控,行政刑事违法情况,信用风险分类,业务协同,检查结果互认,区域和行业风险特点
ZD-01,电梯使用安全,特种设备,市场监管部门,电梯使用单位,现场检查,企业,ZD-T1,使用,1,有,有,有,有,有,有
`
const fileOfUnit =
  (query: Readonly<Record<string, string>> = {}): Sample =>
  () => ({ query: { unitId: bureau, ...query }, csv: file })

const object =
  (json?: (world: World) => unknown): Sample =>
  (world) => ({ params: { objectId: world.objectId }, ...(json === undefined ? {} : { json: json(world) }) })
const institution =
  (json?: unknown): Sample =>
  ({ institutionId }) => ({ params: { institutionId }, json })
const warning =
  (json?: unknown): Sample =>
  ({ warningId }) => ({ params: { warningId }, json })
const inspector =
  (json?: unknown): Sample =>
  ({ inspectorId }) => ({ params: { inspectorId }, json })
const published =
  (json?: unknown): Sample =>
  ({ publishedId }) => ({ params: { importId: publishedId }, json })
/** Steps change the proposal, so that each route has one of its own. */
const proposal =
  (json?: unknown): Sample =>
  async ({ newProposal }) => ({ params: { proposalId: await newProposal() }, json })
const list =
  (params: Readonly<Record<string, string>> = {}, json?: unknown): Sample =>
  () => ({ params: { listId, ...params }, json })
const draw =
  (params: Readonly<Record<string, string>> = {}): Sample =>
  () => ({ params: { drawId, ...params } })

/** A request for every route of registry. Those that would change what other routes need are such as are refused for another reason than rights. */
export const requests: Readonly<Record<string, Sample>> = {
  'GET /v1/import-templates/:register': () => ({ params: { register: 'objects' } }),
  'POST /v1/units/import': fileOfUnit(),
  'POST /v1/objects/import': fileOfUnit(),
  'POST /v1/objects/labels/import': fileOfUnit(),
  'POST /v1/objects/reconciliation': fileOfUnit(),
  'POST /v1/inspectors/import': fileOfUnit(),
  'POST /v1/inspectors/completeness': fileOfUnit({ source: '人事系统' }),
  'POST /v1/credit-results/import': fileOfUnit(),
  'POST /v1/credit-data/import': fileOfUnit(),
  'POST /v1/credit-records/grade': inRegion,
  'POST /v1/warnings/import': fileOfUnit(),
  'POST /v1/check-item-lists/import': fileOfUnit({ listId, businessLine: '市场监管' }),
  'POST /v1/check-item-lists/published': () => ({ query: { listId, businessLine: '市场监管' }, csv: file }),
  'POST /v1/rosters/import': () => ({ csv: file }),
  'POST /v1/tags/import': fileOfUnit(),
  'POST /v1/import-files': () => ({ csv: file }),
  'GET /v1/imports': nothing,
  'GET /v1/imports/unfinished': nothing,
  'GET /v1/imports/:importId': ({ importId }) => ({ params: { importId } }),
  'GET /v1/imports/:importId/report': ({ importId }) => ({ params: { importId } }),
  'GET /v1/rosters/:importId': ({ rosterId }) => ({ params: { importId: rosterId } }),

  'GET /v1/objects': inBoth,
  'GET /v1/objects/export': inUnit,
  'GET /v1/tags/export': inUnit,
  'GET /v1/inspectors/export': inUnit,
  'GET /v1/credit-results/export': inUnit,
  'GET /v1/objects/:objectId': object(),
  'GET /v1/objects/:objectId/check-items': object(),
  'GET /v1/objects/:objectId/credit-results': object(),
  'GET /v1/objects/:objectId/credit-record': object(),
  'GET /v1/objects/:objectId/identity': object(),
  'GET /v1/objects/:objectId/tags': object(),
  'POST /v1/objects/:objectId/status': object(() => ({ status: 'ACTIVE' })),
  'PUT /v1/objects/:objectId/tags': object(() => ({ tags: ['业态:餐饮'] })),
  'DELETE /v1/objects/:objectId/tags': object(),
  'POST /v1/objects/:objectId/quality': object(() => ({ status: 'VERIFIED', reason: '已核实' })),
  'GET /v1/objects/:objectId/regimes': object(),
  'POST /v1/objects/:objectId/regimes': object(() => whiteListed),
  'POST /v1/objects/:objectId/regimes/:membershipId/exit': async ({ objectId, registry }) => {
    const clerk = await registry.as(['REGISTRY_CLERK'])
    const { body } = await clerk.post<{ readonly membershipId: string }>(`/v1/objects/${objectId}/regimes`, whiteListed)
    return { params: { objectId, membershipId: body.membershipId }, json: { reason: '退出同盟' } }
  },
  'GET /v1/regimes': inBoth,
  'POST /v1/objects/:objectId/merge': ({ objectId, otherObjectId }) => ({
    params: { objectId: otherObjectId },
    json: { survivorId: objectId, reason: '同一主体' },
  }),
  'POST /v1/objects/:objectId/split': object(() => ({ reason: '并非同一主体' })),
  'GET /v1/identity-changes': inRegion,
  'GET /v1/check-items/:itemCode/objects': () => ({ params: { itemCode: 'SP-01' }, query: { regionCode: '230300' } }),

  'GET /v1/inspectors': inUnit,
  'GET /v1/inspectors/completeness': inUnit,
  'GET /v1/inspectors/:inspectorId': inspector(),
  'GET /v1/inspectors/:inspectorId/recusal-scope': inspector(),
  'POST /v1/inspectors/:inspectorId/quality': inspector({ status: 'VERIFIED', reason: '已核对' }),
  'POST /v1/inspectors/:inspectorId/status': inspector({ status: 'ACTIVE', effectiveOn: '2026-03-02' }),
  'GET /v1/trainings': inUnit,
  'GET /v1/trainings/coverage': inUnit,
  'POST /v1/trainings': ({ inspectorId }) => ({
    json: { audience: 'OWN_LEVEL', title: '业务培训', heldOn: '2026-03-01', inspectorIds: [inspectorId] },
  }),

  'GET /v1/institutions': inBoth,
  'POST /v1/institutions': () => ({ json: { name: '某律师事务所', kind: 'LAW_FIRM', fields: ['食品'] } }),
  'GET /v1/institutions/:institutionId': institution(),
  'POST /v1/institutions/:institutionId/engagements/:engagementId/end': ({ institutionId, engagementId }) => ({
    params: { institutionId, engagementId },
    json: {},
  }),
  'GET /v1/my/engagements': nothing,
  'POST /v1/institutions/:institutionId/oversight': institution({ kind: 'GUIDANCE', on: '2026-03-01', text: '指导' }),
  'POST /v1/institutions/:institutionId/engagements': institution({ taskId: 't1', field: '食品', work: 'TESTING' }),

  'GET /v1/key-matters': inRegion,
  'GET /v1/key-supervision-lists': inRegion,
  'GET /v1/key-supervision-lists/:listId': async ({ registry }) => {
    const province = await registry.as(['REGISTRY_CLERK'], { unitId: unitAt.above })
    await province.upload('/v1/check-item-lists/import?listId=of-province&businessLine=市场监管', provincialItem, 'text/csv')
    await province.upload('/v1/key-supervision-lists/import?listId=key-list&title=重点监管', keyMatter, 'text/csv')
    return { params: { listId: 'key-list' } }
  },
  'POST /v1/key-supervision-lists/import': fileOfUnit({ listId: 'key-list', title: '重点监管事项清单' }),
  'GET /v1/check-items': inRegion,
  'GET /v1/check-item-alerts': inRegion,
  'GET /v1/check-item-lists': inRegion,
  'GET /v1/check-item-lists/:listId': list(),
  'GET /v1/check-item-lists/:listId/export': list(),
  'GET /v1/check-item-lists/:listId/unlinked': list(),
  'GET /v1/check-item-lists/:listId/items/:itemCode/links': list({ itemCode: 'SP-01' }),
  'PUT /v1/check-item-lists/:listId/items/:itemCode/links': list(
    { itemCode: 'SP-01' },
    { powerEntries: [], supervisionEntries: [], documentIds: [] },
  ),
  'POST /v1/check-item-lists/:listId/versions/:number/publications': list({ number: '1' }, { channel: 'RADIO', reference: '公告' }),
  'GET /v1/check-item-lists/:listId/years/:year': list({ year: '2026' }),
  'POST /v1/check-item-lists/:listId/years/:year/exceptions': list(
    { year: '2026' },
    { itemCode: 'SP-01', reason: '停业', legalBasis: '《示例办法》第一条' },
  ),
  'GET /v1/check-item-lists/published': nothing,
  'GET /v1/check-item-lists/published/:importId': published(),
  'GET /v1/check-item-lists/published/:importId/file': published(),
  'GET /v1/check-item-lists/published/:importId/report': published(),
  'POST /v1/check-item-lists/published/:importId/answers': published({
    answers: [{ code: 'legal-basis-missing', legalBasis: '示例依据' }],
  }),
  'POST /v1/check-item-lists/published/:importId/apply': published(),
  'GET /v1/public/check-item-lists': inRegion,
  'GET /v1/public/check-item-lists/:listId': list(),
  'GET /v1/item-documents': inRegion,
  'POST /v1/item-documents': () => ({ json: { kind: 'SAMPLE_FORM', title: '检查表', effectiveFrom: '2026-01-01', text: '…' } }),

  'GET /v1/item-proposals': nothing,
  'POST /v1/item-proposals': () => ({
    json: {
      purpose: 'MISSING_DUTY',
      addresseeUnitId: unitAt.above,
      reason: '应补充纳入',
      duty: { name: '另一项法定检查', legalBasis: '某法第二条', description: '未列入' },
    },
  }),
  'GET /v1/item-proposals/:proposalId': proposal(),
  'POST /v1/item-proposals/:proposalId/collate': proposal({}),
  'POST /v1/item-proposals/:proposalId/approve': proposal({}),
  'POST /v1/item-proposals/:proposalId/return': proposal({ note: '已列入' }),
  'POST /v1/item-proposals/:proposalId/withdraw': proposal({}),
  'POST /v1/item-proposals/:proposalId/outcome': proposal({ list: 'KEY_SUPERVISION', reference: '清单 1' }),

  'GET /v1/policies': inRegion,
  'GET /v1/policy-overrides': inRegion,
  'GET /v1/policy-presets': nothing,
  'GET /v1/policy-bindings': inRegion,
  'POST /v1/policy-bindings': () => ({ json: { regionCode: '230300' } }),
  'POST /v1/role-bindings': () => ({ json: { subject: 'somebody', unitId: bureau, regionCode: '230300', roles: ['PLANNER'] } }),
  'GET /v1/role-bindings/:subject': () => ({ params: { subject: 'somebody' } }),
  'GET /v1/units': inRegion,
  'GET /v1/pools': inRegion,
  'GET /v1/pools/members': inRegion,
  'GET /v1/business-lines': inRegion,
  'GET /v1/guidelines': inRegion,
  'POST /v1/guidelines': () => ({ json: { businessLine: '市场监管', title: '指引', effectiveFrom: '2026-01-01', text: '…' } }),
  'GET /v1/tag-scheme': inRegion,
  'POST /v1/tag-scheme/changes': () => ({ json: { action: 'ADD', dimensionId: 'ACCESS', name: '权限', reason: '检验权限' } }),
  'GET /v1/tag-rules': inRegion,
  // A rule that rests asks for no item in force, which another region's list would not have.
  'PUT /v1/tag-rules/:ruleId': () => ({ params: { ruleId }, json: { ...tagRule, status: 'RETIRED' } }),
  'GET /v1/reports': inRegion,
  'GET /v1/sensitive-reads': inRegion,
  'GET /v1/reports/:reportId': ({ reportId }) => ({ params: { reportId } }),
  'GET /v1/reports/:reportId/rows': ({ reportId }) => ({ params: { reportId } }),

  'GET /v1/warnings': inBoth,
  'GET /v1/warnings/overview': inBoth,
  'GET /v1/warnings/:warningId': warning(),
  'POST /v1/warnings/:warningId/task': warning({ taskId: 't1', taskNumber: '任务 1' }),
  'POST /v1/warnings/:warningId/close': warning({ reason: '已核实' }),
  'GET /v1/result-deliveries': inRegion,
  'GET /v1/result-deliveries/overview': inRegion,
  'POST /v1/result-deliveries/:resultId/resend': ({ resultId }) => ({ params: { resultId } }),
  'GET /v1/professional-models': inRegion,
  'GET /v1/professional-models/:modelId': ({ modelId }) => ({ params: { modelId } }),
  'POST /v1/professional-models': () => ({ json: { field: '药品', effectiveFrom: '2026-01-01', content: {} } }),
  'POST /v1/professional-models/:modelId/classify': ({ modelId }) => ({ params: { modelId } }),
  'GET /v1/plan-candidates/:candidatesId': ({ candidatesId }) => ({ params: { candidatesId } }),
  'GET /v1/draws/:drawId/sources': draw(),
  'GET /v1/draws/:drawId/key': draw(),
  'GET /v1/draws/:drawId/wrapped-key': draw(),
  'GET /v1/draws/:drawId/match-facts': draw(),
  'GET /v1/draws/:drawId/openings/:objectCode': draw({ objectCode: bureau }),
  'GET /v1/draws/:drawId/files/:file': draw({ file: 'objects' }),
}
