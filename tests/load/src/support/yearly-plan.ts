import { createHash } from 'node:crypto'
import type { Collection } from 'mongodb'
import type { BenchScope } from './bench-scope.ts'
import { objectsOf, wholeItem } from './mapped-pool.ts'
import type { PlanningProcess } from './planning-process.ts'
import type { RegistryProcess } from './registry-process.ts'

/** Divisions of GB/T 4754, with their sections. */
const divisions = Array.from({ length: 31 }, (_, index) => `C${13 + index}`).concat(
  'F51 F52 G54 G58 G59 H61 H62 I64 I65 K70 L71 L72 M73 M74 O80 O81 P83 Q84 R89 R90'.split(' '),
)
const kinds = ['企业', '个体工商户', '企业；个体工商户']

/** Items of as many scopes as divisions and kinds make. */
const scopes = divisions.flatMap((division) => kinds.map((kind, index) => ({ code: `S-${division}-${index}`, division, kind })))

const wholeScope = { kinds: [], industryPrefixes: [], tags: [], regionCodes: [] }
/** What a line is narrowed to beyond its items: by place, mark, industry and kind, alone and together. */
const narrowings = [
  { ...wholeScope, regionCodes: ['230302', '230303'] },
  { ...wholeScope, tags: ['业态:预付卡', '业态:网络餐饮'] },
  { ...wholeScope, industryPrefixes: ['F52', 'H62'] },
  { ...wholeScope, kinds: ['ENTERPRISE'] },
  { kinds: ['ENTERPRISE'], industryPrefixes: ['F52'], tags: ['业态:预付卡'], regionCodes: ['230302'] },
]

const header = '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,重点事由,所需专长,适用对象类型,适用行业,清单类型'
const list = [
  header,
  ...scopes.map(
    ({ code, division, kind }) => `${code},事项${code},一般检查事项,法,县级以上市场监管部门,内容,现场检查,,,${kind},${division},内部抽查`,
  ),
  '',
].join('\n')

export const planLines = 500
/** One line in so many is over every object. */
export const wholeEvery = 10

const done = ({ status, body }: { readonly status: number; readonly body: unknown }): void => {
  if (status > 201) throw new Error(`${status} ${JSON.stringify(body).slice(0, 2000)}`)
}

/**
 * A plan of five hundred lines over more than a hundred item scopes, one line in ten over every object; one in three is narrowed to some of the objects
 * of its items. How it is named.
 */
export async function draftYear(registry: RegistryProcess, planning: PlanningProcess): Promise<string> {
  const path = `/v1/check-item-lists/import?listId=scopes&businessLine=${encodeURIComponent('综合')}&effectiveFrom=2024-01-01`
  done(await (await registry.clerk()).upload(path, list, 'text/csv'))
  const planner = await planning.planner()
  const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING' }
  const drafted = await planner.post<{ readonly planId: string }>('/v1/plans', { year: yearNow, planType: 'INTERNAL', selection })
  done(drafted)
  const lines = Array.from({ length: planLines }, (_, index) => lineOf(index))
  done(await planner.post(`/v1/plans/${drafted.body.planId}/lines`, { lines }))
  return drafted.body.planId
}

/** Files it with the superior region, which settles its figures and has the candidates of every line kept. */
export async function fileYear(planning: PlanningProcess, planId: string): Promise<void> {
  done(await (await planning.planner()).post(`/v1/plans/${planId}/file`))
}

/** Gives it back to its unit, so that it can be filed anew. */
export async function returnYear(planning: PlanningProcess, planId: string): Promise<void> {
  done(await (await planning.reviewer()).post(`/v1/plans/${planId}/return`, { reason: '再报' }))
}

export const yearNow = new Date().getFullYear()

function lineOf(index: number) {
  const month = String((index % 12) + 1).padStart(2, '0')
  const item = index % wholeEvery === 0 ? undefined : scopes[index % scopes.length]
  const scope = isNarrowed(index) ? narrowingOf(index, item) : undefined
  return {
    taskName: `任务${index}`,
    itemCodes: [item?.code ?? wholeItem],
    ...(scope === undefined ? {} : { objectScope: '部分对象', scope }),
    ratios: [
      { stratum: 'A', ratio: '3%' },
      { stratum: 'B', ratio: '4%' },
      { stratum: 'C', ratio: '20%' },
      { stratum: 'D', ratio: '60%' },
      { stratum: 'UNGRADED', ratio: '5%' },
    ],
    window: { start: `${yearNow}-${month}-01`, end: `${yearNow}-${month}-28` },
  }
}

/** Of the lines over every object every other one, of the others one in three. */
export const isNarrowed = (index: number): boolean => (index % wholeEvery === 0 ? index % (2 * wholeEvery) !== 0 : index % 3 === 1)

/** In turn; of lines of one industry by place and mark, and by kind where their item is for two, for another industry or kind would leave nothing. */
function narrowingOf(index: number, item: (typeof scopes)[number] | undefined) {
  if (item === undefined) return narrowings[Math.floor(index / (2 * wholeEvery)) % narrowings.length]
  const apt = narrowings.filter(
    ({ kinds: wanted, industryPrefixes }) => industryPrefixes.length === 0 && (wanted.length === 0 || item.kind === kinds[2]),
  )
  return apt[Math.floor(index / 3) % apt.length]
}

interface StoredCredit {
  readonly _id: string
}

export const creditsOf = ({ client, database }: BenchScope): Collection<StoredCredit> => client.db(database).collection('credit_records')

const batchSize = 1000

/** Gives every object of the pool a credit grade, four in five A: one is stored by the import, the others are copies of it under their objects' ids. */
export async function gradePool(scope: BenchScope, registry: RegistryProcess): Promise<void> {
  // Codes of copies begin with a letter.
  const [first] = await objectsOf(scope)
    .find({ 'state.objectCode': { $lt: 'a' } })
    .limit(1)
    .toArray()
  if (first === undefined) throw new Error('no object was imported')
  const officer = await registry.as('CREDIT_SYSTEM', '230000-scj')
  done(
    await officer.upload('/v1/credit-results/import?asOf=2025-12-31', `统一社会信用代码,等级\n${first.state.objectCode},A\n`, 'text/csv'),
  )
  const credits = creditsOf(scope)
  const [stored] = await credits.find().limit(1).toArray()
  if (stored === undefined) throw new Error('no credit result was stored')
  const template = stored as StoredCredit & { readonly state: { readonly objectId: string; readonly results: readonly object[] } }
  let batch: StoredCredit[] = []
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await credits.insertMany(batch, { ordered: false })
    batch = []
  }
  for await (const { _id } of objectsOf(scope).find({}, { projection: { _id: 1 }, batchSize: 10_000 })) {
    if (_id === first._id) continue
    const results = template.state.results.map((result) => ({ ...result, grade: gradeOf(_id) }))
    batch.push({ ...template, _id: `credit-${_id}`, state: { ...template.state, objectId: _id, results }, outbox: [] } as StoredCredit)
    if (batch.length === batchSize) await flush()
  }
  await flush()
}

/** By the object's id, so that the same pool is graded alike. */
function gradeOf(objectId: string): string {
  const part = createHash('sha256').update(objectId).digest()[0] ?? 0
  return part < 205 ? 'A' : part < 240 ? 'B' : part < 252 ? 'C' : 'D'
}
