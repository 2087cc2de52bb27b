import { isApplicable } from '../register/applicability.ts'
import type { Task } from '../steps/inspect.ts'
import type { Year } from '../steps/year.ts'
import { groupBy } from '../world/group-by.ts'
import { type Check, check } from './check.ts'

type Checking = readonly { readonly unitId: string; readonly itemCodes: readonly string[] }[]

/** Of each drawn object: a task of every unit of the line with an item that applies to it, with exactly these items, and no other task. */
export function applicableItems(year: Year): Check {
  const expectedAt = whoChecks(year)
  const failures = year.draws.flatMap((draw) => {
    const ofDraw = year.tasks.filter(({ drawId }) => drawId === draw.drawId)
    const perObject = groupBy(ofDraw, ({ object }) => object.code)
    const drawn = draw.transcript?.drawn ?? 0
    const counted = perObject.size === drawn ? [] : [`${draw.drawId}: 抽中 ${drawn} 户，有任务的 ${perObject.size} 户`]
    const wrong = [...perObject].flatMap(([code, tasks]) => {
      const [expected, found] = [listed(expectedAt(draw, code)), listed(tasks.map(checkingOf))]
      return found === expected ? [] : [`${draw.drawId} ${code}: ${found}（应为 ${expected}）`]
    })
    return [...counted, ...wrong]
  })
  return check(
    'every task holds exactly the items that apply to its object',
    '每项任务所列事项恰为适用于该对象的事项',
    year.tasks.length,
    failures,
  )
}

const checkingOf = ({ unitId, items }: Task) => ({ unitId, itemCodes: items.map(({ itemCode }) => itemCode) })

/** Who should check an object in a draw, and what: from the published lines, the lists and the generated register. */
function whoChecks({ plans, items, registers }: Year) {
  const objects = new Map(registers.cities.flatMap(({ register }) => register.objects.map((object) => [object.code, object] as const)))
  const applicabilities = new Map(items.map(({ regionCode, code, applicability }) => [`${regionCode} ${code}`, applicability]))
  const lines = new Map(plans.flatMap((plan) => plan.lines.map((line) => [`${plan.planId} ${line.lineId}`, line] as const)))
  return ({ regionCode, planId, lineId }: Year['draws'][number], code: string): Checking => {
    const object = objects.get(code)
    const applies = (itemCode: string): boolean => {
      const applicability = applicabilities.get(`${regionCode} ${itemCode}`)
      return object !== undefined && applicability !== undefined && isApplicable(applicability, object)
    }
    return (lines.get(`${planId} ${lineId}`)?.units ?? [])
      .map(({ unitId, itemCodes }) => ({ unitId, itemCodes: itemCodes.filter(applies) }))
      .filter(({ itemCodes }) => itemCodes.length > 0)
  }
}

const listed = (checking: Checking): string =>
  checking
    .map(({ unitId, itemCodes }) => `${unitId}: ${[...itemCodes].sort().join(' ')}`)
    .sort()
    .join(', ')
