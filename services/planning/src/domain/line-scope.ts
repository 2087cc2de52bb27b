import { regionContains } from '@dual-random/kernel'
import type { CheckItem, LineContext, LineInput } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import { narrowingScope, type ObjectScope, takesIn } from './object-scope.ts'

interface LineScope {
  readonly value: { readonly scope?: ObjectScope }
  readonly problems: readonly LineProblem[]
}

/** What narrows the objects of a line (PLN-13), and what of it cannot be: a region elsewhere, or nothing that any of the items applies to. */
export function readScope({ scope: given, joint }: LineInput, items: readonly CheckItem[], { plan }: LineContext): LineScope {
  const scope = given && narrowingScope(given)
  if (given === undefined || scope === undefined) return { value: {}, problems: [] }
  const problems = given.regionCodes.flatMap((regionCode, index): LineProblem[] =>
    regionContains(plan.regionCode, regionCode)
      ? []
      : [{ code: 'scope-outside-region', pointer: `/scope/regionCodes/${index}`, regionCode }],
  )
  // Each city freezes its own pool: a region of one says nothing of the others.
  if (joint !== undefined && scope.regionCodes.length > 0)
    problems.push({ code: 'scope-regions-with-cities', pointer: '/scope/regionCodes' })
  if (items.length > 0 && !items.some((item) => takesIn(scope, item))) problems.push({ code: 'scope-without-objects', pointer: '/scope' })
  return { value: { scope }, problems }
}
