import { isApplicable, isWithin } from '../register/applicability.ts'
import type { Draw } from '../steps/draws.ts'
import type { Year } from '../steps/year.ts'
import { type Check, check } from './check.ts'

/**
 * Every roster holds as many objects as the items of its line apply to, within what the line is narrowed to, and none other is drawn. Some lines are
 * narrowed; whether a narrowed one leaves anybody out hangs on the register, which the seed makes.
 */
export function plannedPools(year: Year): Check {
  const pools = poolsOf(year)
  const failures = pools.flatMap(({ draw, within }) => {
    const mapped = draw.strata.reduce((sum, stratum) => sum + stratum.mapped, 0)
    const outside = year.tasks.filter(({ drawId, object }) => drawId === draw.drawId && !within.has(object.code))
    return [
      ...(mapped === within.size ? [] : [`${draw.drawId}: 名单 ${mapped} 户（应为 ${within.size}）`]),
      ...outside.map(({ object }) => `${draw.drawId}: ${object.code} 不在任务范围内`),
    ]
  })
  const none = pools.some(({ narrowed }) => narrowed) ? [] : ['没有一项任务限定了对象']
  return check('every roster is of the objects that its plan line takes in', '名单恰为计划任务范围内的对象', pools.length, [
    ...failures,
    ...none,
  ])
}

/** Of each draw how many objects the items of its line apply to, and the codes of those within what the line is narrowed to: by the generated register. */
function poolsOf({ draws, plans, items, registers }: Year) {
  const applicabilities = new Map(items.map(({ regionCode, code, applicability }) => [`${regionCode} ${code}`, applicability]))
  const lines = new Map(plans.flatMap((plan) => plan.lines.map((line) => [`${plan.planId} ${line.lineId}`, line] as const)))
  const objects = new Map(registers.cities.map(({ city, register }) => [city.regionCode, register.objects]))
  return draws.map((draw: Draw) => {
    const { itemCodes = [], scope } = lines.get(`${draw.planId} ${draw.lineId}`) ?? {}
    const applying = itemCodes.flatMap((code) => applicabilities.get(`${draw.regionCode} ${code}`) ?? [])
    const all = (objects.get(draw.regionCode) ?? []).filter((object) => applying.some((each) => isApplicable(each, object)))
    const within = all.filter((object) => scope === undefined || isWithin(scope, object))
    return { draw, narrowed: scope !== undefined, within: new Set(within.map(({ code }) => code)) }
  })
}
