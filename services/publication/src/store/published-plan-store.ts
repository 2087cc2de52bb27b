import type { Clock } from '@dual-random/kernel'
import type { OutboxRelay } from '@dual-random/messaging'
import { aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { PublishedPlans } from '../app/ports.ts'
import type { ChannelDelivery, PublishedPlan } from '../domain/published-plan.ts'
import { scopeFilter } from './scope-filter.ts'

/** Published plans under their planning ids. */
export function publishedPlanStore(
  store: Store,
  {
    relay,
    clock,
    tell,
  }: {
    readonly relay: OutboxRelay
    readonly clock: Clock
    readonly tell: (plan: PublishedPlan, delivery: ChannelDelivery, at: ReturnType<Clock>) => NewEvent
  },
): PublishedPlans {
  const plans = aggregates<PublishedPlan>(store, {
    collection: 'published_plans',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [
      { fields: { unitId: 1, _id: 1 } },
      { fields: { regionCode: 1, _id: 1 } },
      { fields: { 'state.push.retryAt': 1 }, partial: { 'state.status': 'pending' } },
      { fields: { 'state.heardAt': 1 }, partial: { 'state.status': 'pending' } },
    ],
    service: 'publication',
    relay,
    clock,
  })
  const pending = (more: Filter): Filter => ({ 'state.status': 'pending', ...more })
  return {
    load: async (planId) => (await plans.load(planId))?.state,
    change: async (planId, decide) => {
      const saved = await plans.update(planId, (current) => {
        const change = decide(current?.state)
        if (change === undefined) return undefined
        const at = clock()
        return { state: change.plan, events: change.events.map((event) => tell(change.plan, event, at)) }
      })
      return saved?.state
    },
    list: async ({ scope, status }, { limit, after }) => {
      const ofStatus: Filter = status === undefined ? {} : { 'state.status': status }
      const found = await plans.find(
        { ...scopeFilter(scope), ...ofStatus, ...(after === undefined ? {} : { _id: { $gt: after } }) },
        { limit },
      )
      return found.map(({ state }) => state)
    },
    duePushes: async (systemNow, limit) =>
      (await plans.find(pending({ 'state.push.retryAt': { $lte: systemNow } }), { sort: { 'state.push.retryAt': 1 }, limit })).map(
        ({ id }) => id,
      ),
    pendingSince: async () => (await plans.find(pending({}), { sort: { 'state.heardAt': 1 }, limit: 1 }))[0]?.state.heardAt,
  }
}
