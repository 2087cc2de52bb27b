import { regionPrefix } from '@dual-random/kernel'
import { type AggregateOptions, aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { PlanQuery, Plans } from '../app/ports.ts'
import type { PlanEvent } from '../domain/commands.ts'
import type { Plan } from '../domain/plan.ts'

export type Publishing = Pick<AggregateOptions<never>, 'relay' | 'clock'>

/** The plan after its events, with what is told of them. */
export type Tell = (before: Plan | undefined, happened: readonly PlanEvent[]) => { readonly plan: Plan; readonly told: readonly NewEvent[] }

export function planStore(store: Store, { relay, clock }: Publishing, tell: Tell): Plans {
  const plans = aggregates<Plan>(store, {
    collection: 'plans',
    service: 'planning',
    relay,
    clock,
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1, 'state.year': 1, _id: 1 } }, { fields: { 'state.year': 1, _id: 1 } }],
  })
  const find = async (filter: Filter, limit: number): Promise<readonly Plan[]> =>
    (await plans.find(filter, { limit })).map(({ state }) => state)

  return {
    load: async (planId) => (await plans.load(planId))?.state,
    change: async (planId, decide) => {
      const changed = await plans.update(planId, async (current) => {
        const happened = await decide(current?.state)
        if (happened.length === 0) return undefined
        const { plan, told } = tell(current?.state, happened)
        return { state: plan, events: told }
      })
      if (changed === undefined) throw new Error(`nothing was decided on ${planId}, which does not exist`)
      return changed.state
    },
    page: (query, { limit, after }) => find({ ...filterOf(query), ...(after === undefined ? {} : { _id: { $gt: after } }) }, limit + 1),
    all: async (query) => {
      const found: Plan[] = []
      for await (const { state } of plans.scan(filterOf(query))) found.push(state)
      return found
    },
  }
}

const filterOf = ({ regionCode, regionCodes, year, planType, unitId, publishedOnly, from }: PlanQuery): Filter => ({
  ...(from === undefined ? {} : { _id: { $gte: from } }),
  ...(regionCode === undefined ? {} : { 'state.regionCode': { $regex: `^${regionPrefix(regionCode)}` } }),
  ...(regionCodes === undefined ? {} : { 'state.regionCode': { $in: [...regionCodes] } }),
  ...(year === undefined ? {} : { 'state.year': year }),
  ...(planType === undefined ? {} : { 'state.planType': planType }),
  ...(unitId === undefined ? {} : { 'state.unitId': unitId }),
  ...(publishedOnly === true ? { 'state.versions.state': 'PUBLISHED' } : {}),
})
