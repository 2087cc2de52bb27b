import { drawnParts } from './batch-scope.ts'
import { departmentsOf } from './departments.ts'
import { jointNormOf } from './joint-industry.ts'
import { placesOf } from './line-cities.ts'
import type { LineContext, LineInput } from './line-input.ts'
import type { PlanLine } from './plan.ts'

/** What of a line tells whether one department checks alone where it should not. */
type JudgedLine = Pick<PlanLine, 'itemCodes' | 'units' | 'scope' | 'batches'> & Pick<LineInput, 'joint'>

/**
 * The industry in which joint checks are the rule and a line of an internal plan is a check of one department alone (JNT-03); undefined where it is none.
 * Offices and stations are of their department, and each scope that the line draws from is looked at.
 */
export function industryOfSingle(line: JudgedLine, context: LineContext): string | undefined {
  if (context.plan.planType !== 'INTERNAL') return undefined
  const known = new Map(placesOf(line, context).flatMap(({ units }) => [...units]))
  const departments = departmentsOf(
    line.units.map(({ unitId }) => unitId),
    known,
  )
  if (departments.size !== 1) return undefined
  // Batches that are refused draw from nothing yet.
  const norm = jointNormOf(context.policy, line.batches.length === 0 ? [line] : drawnParts(line), context.items)
  return norm === undefined || norm === 'ALL' ? undefined : norm.industry
}
