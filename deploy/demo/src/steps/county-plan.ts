import { cityReviewer, countyPlanner } from '../world/accounts.ts'
import { importingCity } from '../world/units.ts'
import { internalLines, lastQuarter, type Plan, selection } from './plans.ts'
import type { Scenario } from './scenario.ts'

/** A county plans for itself and files with its city, which returns the plan once: the lowest of the three levels (PLN-06). */
export async function makeCountyPlan({ as, progress }: Scenario): Promise<Plan> {
  const planner = as(countyPlanner)
  const reviewer = as(cityReviewer)
  const draft = { year: 2026, planType: 'INTERNAL', selection, rationale: '示例：县区日常监管' }
  const { planId } = await planner.post<Plan>('/planning/v1/plans', draft)
  const path = `/planning/v1/plans/${planId}`
  const [daily, catering] = internalLines(importingCity, lastQuarter)
  await planner.post(`${path}/lines`, { lines: [daily] })
  await planner.post(`${path}/file`, {})
  await reviewer.post(`${path}/return`, { reason: '示例：重点事项“餐饮服务食品安全监督检查”未列入' })
  await planner.post(`${path}/lines`, { lines: [catering] })
  await planner.post(`${path}/file`, {}, 'filed again')
  await reviewer.post(`${path}/accept`, {})
  const plan = await planner.post<Plan>(`${path}/publish`, {})
  progress(`  ${planId}：退回一次后备案公布 / returned once, then accepted and published`)
  return plan
}
