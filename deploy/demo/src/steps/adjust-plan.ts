import { filingReviewer, plannerOf } from '../world/accounts.ts'
import { importingCity, unitIdOf } from '../world/units.ts'
import { everyObject, type Plan, repeatGround } from './plans.ts'
import type { Scenario } from './scenario.ts'

/** Of the published table: its line about markets of used cars, by its items. */
const usedCars = { trade: 'SY-03', prices: 'SY-23' } as const

/**
 * The city takes a line of its imported plan out and another in, files the change and publishes it: what is drawn in autumn is the adjusted plan
 * (PLN-09, PLN-10). The line out was narrowed to markets of used cars; the one in is about all that trade in them.
 */
export async function adjustPlan({ as, progress }: Scenario, plans: readonly Plan[]): Promise<readonly Plan[]> {
  const plan = plans.find(({ regionCode, planType }) => regionCode === importingCity.regionCode && planType === 'JOINT')
  const cancelled = plan?.lines.find(({ itemCodes }) => itemCodes.includes(usedCars.trade))
  if (plan === undefined || cancelled === undefined) throw new Error('there is no plan to adjust')
  const planner = as(plannerOf(importingCity))
  const path = `/planning/v1/plans/${plan.planId}`
  const reason = '示例：二手车交易投诉增多，由抽查二手车市场改为抽查全部二手车经销主体'
  const commerce = unitIdOf(importingCity, 'swj')
  const added = {
    taskName: '二手车经销主体联合抽查（示例）',
    objectScope: '全市二手车经销企业',
    scope: everyObject,
    itemCodes: Object.values(usedCars),
    ratios: [{ stratum: 'ALL', ratio: '30%' }],
    initiatorUnitId: commerce,
    units: [
      { unitId: commerce, itemCodes: [usedCars.trade] },
      { unitId: unitIdOf(importingCity, 'scj'), itemCodes: [usedCars.prices] },
    ],
    repeatGround,
    window: { start: '2026-09-01', end: '2026-10-31' },
    reasons: [{ rule: 'RATIO_BAND', strata: ['ALL'], reason: '示例：联查任务不按信用等级分层', legalBasis: '示例' }],
  }
  await planner.post(`${path}/adjustments`, { reason, add: [added], cancel: [cancelled.lineId] })
  const occasion = 'adjusted'
  await planner.post(`${path}/file`, { note: reason }, occasion)
  await as(filingReviewer).post(`${path}/accept`, {}, occasion)
  const adjusted = await planner.post<Plan>(`${path}/publish`, {}, occasion)
  progress(`  ${plan.planId}：增一减一，重新备案公布 / one line added, one cancelled, filed and published again`)
  return plans.map((each) => (each === plan ? adjusted : each))
}
