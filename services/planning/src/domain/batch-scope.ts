import { regionContains } from '@dual-random/kernel'
import type { DrawnPart } from './item-set.ts'
import type { CheckItem, LineContext } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import { narrowingScope, type ObjectScope, scopeKey, takesIn } from './object-scope.ts'
import type { PlanLine } from './plan.ts'

interface BatchScope {
  readonly value: { readonly scope?: ObjectScope }
  readonly problems: readonly LineProblem[]
}

/**
 * What one batch is narrowed to (PLN-13): a list that it leaves empty is the line's, and none goes beyond the line's. Nothing where it draws from all that
 * the line is about.
 */
export function readBatchScope(
  given: ObjectScope,
  { scope: ofLine, items }: { readonly scope?: ObjectScope; readonly items: readonly CheckItem[] },
  { plan }: Pick<LineContext, 'plan'>,
  pointer: string,
): BatchScope {
  const own = narrowingScope(given)
  if (own === undefined) return { value: {}, problems: [] }
  const scope = ofLine === undefined ? own : withinLine(own, ofLine)
  const elsewhere = own.regionCodes.filter((regionCode) => !regionContains(plan.regionCode, regionCode))
  const problems: LineProblem[] = elsewhere.map((regionCode) => ({
    code: 'scope-outside-region',
    pointer: `${pointer}/regionCodes/${given.regionCodes.indexOf(regionCode)}`,
    regionCode,
  }))
  if (problems.length === 0 && ofLine !== undefined && goesBeyond(own, ofLine)) problems.push({ code: 'batch-scope-outside-line', pointer })
  if (items.length > 0 && !items.some((item) => takesIn(scope, item))) problems.push({ code: 'scope-without-objects', pointer })
  return { value: scopeKey(scope) === scopeKey(ofLine) ? {} : { scope }, problems }
}

const ownOr = <T>(own: readonly T[], others: readonly T[]): readonly T[] => (own.length > 0 ? own : others)

const withinLine = (own: ObjectScope, line: ObjectScope): ObjectScope => ({
  kinds: ownOr(own.kinds, line.kinds),
  industryPrefixes: ownOr(own.industryPrefixes, line.industryPrefixes),
  tags: ownOr(own.tags, line.tags),
  regionCodes: ownOr(own.regionCodes, line.regionCodes),
})

/** A list without members takes in everything. */
const reaches = <T>(own: readonly T[], line: readonly T[], isWithin: (a: T, b: T) => boolean): boolean =>
  line.length > 0 && own.some((one) => !line.some((each) => isWithin(one, each)))

const goesBeyond = (own: ObjectScope, line: ObjectScope): boolean =>
  reaches(own.kinds, line.kinds, (a, b) => a === b) ||
  reaches(own.tags, line.tags, (a, b) => a === b) ||
  reaches(own.industryPrefixes, line.industryPrefixes, (a, b) => a.startsWith(b)) ||
  reaches(own.regionCodes, line.regionCodes, (a, b) => regionContains(b, a))

type Scoped = Pick<PlanLine, 'scope' | 'batches'>

/** What a batch of a line draws from. */
export const scopeOfBatch = ({ scope }: Pick<PlanLine, 'scope'>, batch: { readonly scope?: ObjectScope }): ObjectScope | undefined =>
  batch.scope ?? scope

/** Whether any batch draws from less than the line is about. */
export const hasBatchScopes = ({ batches }: Pick<PlanLine, 'batches'>): boolean => batches.some(({ scope }) => scope !== undefined)

/** The batches of a line by what they draw from, in the order of the first of each. */
export const batchesByScope = <L extends Scoped>(line: L): ReadonlyMap<string, L['batches']> =>
  Map.groupBy(line.batches, (batch) => scopeKey(scopeOfBatch(line, batch)))

/** What a line draws from: one part for each scope that its batches have. */
export function drawnParts({ itemCodes, ...line }: Scoped & Pick<PlanLine, 'itemCodes'>): readonly DrawnPart[] {
  return [...batchesByScope(line).values()].flatMap(([first]) => {
    const scope = first === undefined ? undefined : scopeOfBatch(line, first)
    return [{ itemCodes, ...(scope === undefined ? {} : { scope }) }]
  })
}
