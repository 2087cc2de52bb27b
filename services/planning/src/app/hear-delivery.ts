import { type ToldDelivery, tellDelivery } from '../domain/channel-delivery.ts'
import { noSuchPlan } from './access.ts'
import type { Ports } from './ports.ts'

/** Takes onto a version what publication told of one of its channels (PLN-08). */
export async function hearDelivery({ plans }: Pick<Ports, 'plans'>, planId: string, told: ToldDelivery): Promise<void> {
  await plans.change(planId, (plan) => {
    if (plan === undefined) throw noSuchPlan(planId)
    return tellDelivery(plan, told)
  })
}
