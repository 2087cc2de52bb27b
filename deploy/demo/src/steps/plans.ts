import type { ObjectScope } from '../register/applicability.ts'
import { itemsCsv, type ListItem } from '../register/items.ts'
import { clerkOf, filingReviewer, plannerOf } from '../world/accounts.ts'
import { type City, cities, dataFile } from '../world/cities.ts'
import { unitIdOf } from '../world/units.ts'
import { planFromPublishedItems } from './published-items.ts'
import type { Scenario } from './scenario.ts'
import { answersOf, type PlanAnswers, type SettledImport, settleImport, type TableImport } from './settle-import.ts'

export interface PlanLine {
  readonly lineId: string
  readonly taskName: string
  readonly initiatorUnitId: string
  readonly itemCodes: readonly string[]
  /** Absent where the line is about all of them. */
  readonly scope?: ObjectScope
  readonly units: readonly { readonly unitId: string; readonly itemCodes: readonly string[] }[]
  readonly batches: readonly {
    readonly number: number
    readonly window: { readonly start: string; readonly end: string }
    readonly freezeAt: string
    readonly commitAt: string
    readonly mergeWindowId?: string
  }[]
}

export interface Plan {
  readonly planId: string
  readonly regionCode: string
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly state: string
  /** Absent until it is published. */
  readonly published?: { readonly deliveries: readonly { readonly channel: string; readonly status: string }[] }
  readonly lines: readonly PlanLine[]
}

export const selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING', note: '示例：全局内随机' }

/** The internal and the joint plan of every city: drafted, imported or entered, filed, accepted, published. */
export async function makePlans(
  scenario: Scenario,
): Promise<{ readonly plans: readonly Plan[]; readonly imports: readonly SettledImport[] }> {
  const plans: Plan[] = []
  const imports: SettledImport[] = []
  for (const city of cities) {
    const planner = scenario.as(plannerOf(city))
    const internal = await planner.post<Plan>('/planning/v1/plans', {
      year: 2026,
      planType: 'INTERNAL',
      selection,
      rationale: '示例：日常监管',
    })
    await planner.post(`/planning/v1/plans/${internal.planId}/lines`, { lines: internalLines(city, firstHalf) })
    const joint = await planner.post<Plan>('/planning/v1/plans', { year: 2026, planType: 'JOINT', selection, rationale: '示例：部门联查' })
    const answers = answersOf(city)
    if (answers === undefined) await enterJointLines(scenario, city, joint.planId)
    else if ('list' in answers) imports.push(await planFromPublishedItems(scenario, city, joint.planId, answers))
    else imports.push(await importTable(scenario, city, joint.planId, answers))
    for (const { planId } of [joint, internal]) {
      await planner.post(`/planning/v1/plans/${planId}/file`, {})
      await scenario.as(filingReviewer).post(`/planning/v1/plans/${planId}/accept`, {})
      plans.push(await planner.post<Plan>(`/planning/v1/plans/${planId}/publish`, {}))
    }
  }
  return { plans, imports }
}

/** Past the end of the scenario. */
export const lastQuarter = { start: '2026-10-08', end: '2026-12-31' }
const firstHalf = { start: '2026-03-01', end: '2026-06-30' }

/** The words for the objects add nothing to what the items apply to. */
export const everyObject = { kinds: [], industryPrefixes: [], tags: [], regionCodes: [] }

/** Objects of other grades than the lowest risk, and of key items, may be drawn by several lines of a year (CRD-07). */
export const repeatGround = { reason: '示例：不同事项必要时可多次抽查' }

/** Grade bands of 001 for daily checks, and a key item without a cap. */
export const internalLines = (city: City, window: PlanLine['batches'][number]['window']) => [
  {
    taskName: '市场主体登记事项日常抽查（示例）',
    objectScope: '全部企业和个体工商户',
    scope: everyObject,
    itemCodes: [`${city.regionCode}-SC-01`],
    ratios: [
      { stratum: 'A', ratio: '2%' },
      { stratum: 'B', ratio: '4%' },
      { stratum: 'C', ratio: '30%' },
      { stratum: 'D', ratio: '60%' },
      { stratum: 'UNGRADED', ratio: '5%' },
    ],
    repeatGround,
    window,
  },
  {
    taskName: '餐饮服务食品安全抽查（示例）',
    objectScope: '餐饮服务单位',
    scope: everyObject,
    itemCodes: [`${city.regionCode}-SC-02`],
    ratios: [{ stratum: 'ALL', ratio: '5%' }],
    repeatGround,
    window,
  },
]

/** Sends the table as it was published, adds the items that the list lacks, and answers until no question is open. */
async function importTable(
  scenario: Scenario,
  city: City,
  planId: string,
  { table, listItems, rounds }: PlanAnswers,
): Promise<SettledImport> {
  const planner = scenario.as(plannerOf(city))
  const path = `/planning/v1/plans/${planId}/imports`
  const upload = `${path}?fileName=${encodeURIComponent(table)}`
  const received = await planner.upload<TableImport>(upload, 'text/csv', dataFile(table))
  scenario.progress(`  ${city.name}：${table} 提出 ${received.openQuestions} 个问题 / ${received.openQuestions} questions`)
  await addJointItems(scenario, city, listItems)
  // The list has changed: the same file is looked up again.
  await planner.upload<TableImport>(upload, 'text/csv', dataFile(table), 'list extended')
  return settleImport(planner, `${path}/${received.importId}`, city, table, received, rounds)
}

async function addJointItems(scenario: Scenario, city: City, items: readonly ListItem[]): Promise<void> {
  const query = `listId=${city.regionCode}-joint&businessLine=${encodeURIComponent('部门联查')}&effectiveFrom=2026-01-01`
  await scenario.as(clerkOf(unitIdOf(city, 'scj'))).upload(`/registry/v1/check-item-lists/import?${query}`, 'text/csv', itemsCsv(items))
}

/** A city without a published table enters one line by hand: cinemas, checked by three departments. */
async function enterJointLines(scenario: Scenario, city: City, planId: string): Promise<void> {
  const prefix = city.alias.slice(0, 2).toUpperCase()
  const departments = [
    ['wlj', '文化和旅游局', '影院放映经营检查（示例）'],
    ['wjw', '卫生健康委员会', '影院公共场所卫生检查（示例）'],
    ['xcb', '宣传部', '电影放映内容管理检查（示例）'],
  ] as const
  const items = departments.map(
    ([, body, name], index): ListItem => ({
      code: `${prefix}-0${index + 1}`,
      name,
      itemClass: '一般检查事项',
      checkingBody: body,
      kinds: '企业；个体工商户',
      industries: '8760；9012；8930',
      tags: '',
      listType: '部门联查',
    }),
  )
  await addJointItems(scenario, city, items)
  await scenario.as(plannerOf(city)).post(`/planning/v1/plans/${planId}/lines`, {
    lines: [
      {
        taskName: '文化娱乐场所部门联查（示例）',
        objectScope: '影院、游艺厅、健身场所',
        scope: everyObject,
        itemCodes: items.map(({ code }) => code),
        ratios: [{ stratum: 'ALL', ratio: '20%' }],
        initiatorUnitId: unitIdOf(city, 'wlj'),
        units: departments.map(([suffix], index) => ({ unitId: unitIdOf(city, suffix), itemCodes: [items[index]?.code] })),
        repeatGround,
        window: { start: '2026-03-01', end: '2026-06-30' },
        reasons: [{ rule: 'RATIO_BAND', strata: ['ALL'], reason: '示例：联查任务不按信用等级分层', legalBasis: '示例' }],
      },
    ],
  })
}
