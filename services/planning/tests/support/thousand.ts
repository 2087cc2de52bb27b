import type { Instant, ItemCode, PlanId, RegionCode } from '@dual-random/kernel'
import type { PlanInForce } from '../../src/app/consider-plan.ts'
import { poolCounter } from '../../src/app/count-pools.ts'
import type { Caller, Registry } from '../../src/app/ports.ts'
import type { ItemSet } from '../../src/domain/item-set.ts'
import type { DateWindow, Plan, PlanLine, PlanType } from '../../src/domain/plan.ts'
import { city, code, days, item, lineId, planLine } from './lines.ts'

const template = planLine('L01')
const march = days('2026-03-01', '2026-03-31')

/** A line of the bureau with one batch. */
export const lineOf = (id: number, codes: readonly string[], window: DateWindow = march): PlanLine => ({
  ...template,
  lineId: lineId(`L${id}`),
  itemCodes: codes.map(code),
  batches: template.batches.slice(0, 1).map((batch) => ({ ...batch, window })),
})

export const planOf = (planId: string, lines: readonly PlanLine[], planType: PlanType = 'INTERNAL'): PlanInForce => ({
  plan: { planId: planId as PlanId, planType, regionCode: city, policy: { preset: 'four-coal-cities', version: '1' } } as Plan,
  lines,
})

/** Items over all enterprises, or over those of the division that the name ends in; E is over all, and fits none of this registry. */
export const listed = new Map(
  ['W', 'E', ...Array.from({ length: 40 }, (_, index) => `S${10 + index}`)].map((each) => [
    each,
    item(each, { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: each.length === 1 ? [] : [each.slice(1)], tags: [] } }),
  ]),
)

/** A registry of 1,000 objects of grade A, ten in each division; remembers what it was asked. */
export function thousand() {
  const asked: (readonly (readonly ItemCode[])[])[] = []
  const objectsOf = (set: readonly ItemCode[]) => (set.includes(code('W')) ? 1000 : 10 * set.filter((each) => each !== code('E')).length)
  const registry = {
    pools: async (_region: RegionCode, sets: readonly ItemSet[]) => {
      asked.push(sets.map(({ itemCodes }) => itemCodes))
      const pools = sets.map(({ itemCodes }) => new Map([['A', objectsOf(itemCodes)]]))
      return { pools: pools.map((byGrade) => ({ byGrade, enterprisesByGrade: byGrade })), enterprises: 1000 }
    },
  } as unknown as Registry
  const asOf = '2026-01-10T02:00:00.000Z' as Instant
  return { asked, count: poolCounter(registry, city, asOf, { context: {} } as unknown as Caller) }
}
