import { filingReviewer, plannerOf } from '../world/accounts.ts'
import { firstCity } from '../world/units.ts'
import { cancelledTask, internalLines, type Plan } from './plans.ts'
import type { Scenario } from './scenario.ts'

const autumn = { start: '2026-08-01', end: '2026-10-31' }

/** The city takes a line out and another in, files the change and publishes it: what is drawn in autumn is the adjusted plan (PLN-09, PLN-10). */
export async function adjustPlan({ as, progress }: Scenario, plans: readonly Plan[]): Promise<readonly Plan[]> {
  const plan = plans.find(({ regionCode, planType }) => regionCode === firstCity.regionCode && planType === 'INTERNAL')
  const cancelled = plan?.lines.find(({ taskName }) => taskName === cancelledTask)
  if (plan === undefined || cancelled === undefined) throw new Error('there is no plan to adjust')
  const planner = as(plannerOf(firstCity))
  const path = `/planning/v1/plans/${plan.planId}`
  const [, catering] = internalLines(firstCity, autumn)
  const reason = '示例：上级部署暑期餐饮食品安全专项，复核任务并入日常监管'
  await planner.post(`${path}/adjustments`, {
    reason,
    add: [{ ...catering, taskName: '暑期餐饮服务食品安全加抽（示例）', ratios: [{ stratum: 'ALL', ratio: '2%' }] }],
    cancel: [cancelled.lineId],
  })
  const occasion = 'adjusted'
  await planner.post(`${path}/file`, { note: reason }, occasion)
  await as(filingReviewer).post(`${path}/accept`, {}, occasion)
  const adjusted = await planner.post<Plan>(`${path}/publish`, {}, occasion)
  progress(`  ${plan.planId}：增一减一，重新备案公布 / one line added, one cancelled, filed and published again`)
  return plans.map((each) => (each === plan ? adjusted : each))
}
