import type { Policy } from '@dual-random/policy'
import type { CheckItem } from './line-input.ts'
import { industriesMeet, type ObjectScope } from './object-scope.ts'

/** What tells of what a line draws from in which industries its objects are. */
export interface IndustryMarks {
  readonly scope?: Pick<ObjectScope, 'industryPrefixes'>
  readonly itemCodes: readonly string[]
}

/** Where policy has joint checks be the rule: everywhere, in the industry that it names, or nowhere for the line. */
export type JointNorm = 'ALL' | { readonly industry: string }

/**
 * Whether joint checks are the rule for the objects of any part of a line (PLN-17, JNT-03). A part is in an industry where an industry that its scope names
 * or, without a scope of industries, that one of its items names has objects of it; a part about objects of any industry is in none. A policy that asks for
 * combined checks inside the department (最大程度开展内部综合检查) prefers none with others.
 */
export function jointNormOf(policy: Policy, parts: readonly IndustryMarks[], items: ReadonlyMap<string, CheckItem>): JointNorm | undefined {
  const extent = policy.find('plan.jointPreferred')?.extent
  if (extent === 'ALL') return 'ALL'
  if (extent !== 'HIGH_FREQUENCY_INDUSTRIES') return undefined
  const marks = parts.flatMap((part) => marksOf(part, items))
  const found = (policy.find('highFrequencyIndustries') ?? []).find(({ codes }) =>
    codes.some((code) => marks.some((mark) => industriesMeet(code, mark))),
  )
  return found && { industry: found.industry }
}

const marksOf = ({ scope, itemCodes }: IndustryMarks, items: ReadonlyMap<string, CheckItem>): readonly string[] =>
  scope !== undefined && scope.industryPrefixes.length > 0
    ? scope.industryPrefixes
    : itemCodes.flatMap((code) => items.get(code)?.applicability.industryPrefixes ?? [])
