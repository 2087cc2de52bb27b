import { chinaDateOf, type Instant, type RegionCode, selfAndSuperiors, type UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { type Dataset, isStale, type SourceFreshness } from '../domain/source.ts'
import type { PolicyBook } from './policy-book.ts'
import type { ImportKind, ImportRecord, Imports } from './ports.ts'

const limitKeys = { OBJECT_POOL: 'objectPoolDays', INSPECTOR_POOL: 'inspectorPoolDays', CREDIT_RESULTS: 'creditResultDays' } as const

/** How fresh the sources are that a draw in a region stands on, as of an instant (DQ-07): the pools of the units named, the region's results. */
export async function sourceFreshness(
  imports: Imports,
  policy: Policy,
  about: {
    readonly regionCode: RegionCode
    readonly at: Instant
    readonly objectUnitIds: readonly string[]
    readonly inspectorUnitIds: readonly string[]
  },
): Promise<readonly SourceFreshness[]> {
  const limits = policy.find('dataset.freshness')
  const { regionCode, at } = about
  const judged = async (dataset: Dataset, of: string, kinds: readonly ImportKind[], from: Parameters<Imports['lastBy']>[0]) => {
    const asOf = spokeAt(await imports.lastBy(from, kinds, at))
    const limitDays = limits?.[limitKeys[dataset]] ?? null
    return { dataset, of, ...asOf, limitDays, stale: isStale(asOf.asOf, limitDays, at) }
  }
  const found: SourceFreshness[] = []
  for (const id of about.objectUnitIds) {
    found.push(await judged('OBJECT_POOL', id, ['objects', 'object-labels'], { unitId: id as UnitId }))
  }
  for (const id of about.inspectorUnitIds) found.push(await judged('INSPECTOR_POOL', id, ['inspectors'], { unitId: id as UnitId }))
  // A region is served by its own systems and by those of every level above it.
  const regionCodes = selfAndSuperiors(regionCode, policy.find('division.municipalities'))
  found.push(await judged('CREDIT_RESULTS', regionCode, ['credit-results'], { regionCodes }))
  return found
}

const spokeAt = (last: ImportRecord | undefined): { readonly source: string | null; readonly asOf: Instant | null } => ({
  source: last?.source ?? null,
  asOf: last === undefined ? null : (last.sourceAsOf ?? last.at),
})

/** The same for what a region's units have now, by the policy of today. */
export async function freshnessNow(
  { imports, book, clock }: { readonly imports: Imports; readonly book: PolicyBook; readonly clock: () => Instant },
  regionCode: RegionCode,
  unitIds: readonly string[],
): Promise<readonly SourceFreshness[]> {
  const at = clock()
  const { policy } = await book.inForce(regionCode, chinaDateOf(at))
  return sourceFreshness(imports, policy, { regionCode, at, objectUnitIds: unitIds, inspectorUnitIds: unitIds })
}
