import { drawnParts } from './batch-scope.ts'
import { jointNormOf } from './joint-industry.ts'
import type { LineContext } from './line-input.ts'
import type { PlanLine } from './plan.ts'

/** What of a line tells whether one department checks alone where it should not. */
type JudgedLine = Pick<PlanLine, 'itemCodes' | 'scope' | 'batches'>

/**
 * The industry in which joint checks are the rule and a line of an internal plan, which is a check of one department alone, is (JNT-03); undefined where
 * it is in none. Each scope that the line draws from is looked at.
 */
export function industryOfSingle(line: JudgedLine, { plan, policy, items }: LineContext): string | undefined {
  if (plan.planType !== 'INTERNAL') return undefined
  // Batches that are refused draw from nothing yet.
  const norm = jointNormOf(policy, line.batches.length === 0 ? [line] : drawnParts(line), items)
  return norm === undefined || norm === 'ALL' ? undefined : norm.industry
}
