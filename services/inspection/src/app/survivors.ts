import type { VisitId } from '@dual-random/kernel'
import type { Visits } from './ports.ts'

/** For each visit the one that has its tasks now: itself, or the end of the chain of visits that took over. */
export async function survivorsOf(visits: Visits, visitIds: readonly VisitId[]): Promise<ReadonlyMap<VisitId, VisitId>> {
  const intoOf = new Map<VisitId, VisitId>()
  for (let asked = [...new Set(visitIds)]; asked.length > 0; ) {
    const found = await visits.getMany(asked)
    const next: VisitId[] = []
    for (const { visitId, mergedInto } of found.values()) {
      if (mergedInto === undefined) continue
      intoOf.set(visitId, mergedInto)
      if (!intoOf.has(mergedInto)) next.push(mergedInto)
    }
    asked = [...new Set(next)]
  }
  return new Map(visitIds.map((visitId) => [visitId, chainOf(intoOf, visitId).at(-1) ?? visitId]))
}

function chainOf(intoOf: ReadonlyMap<VisitId, VisitId>, visitId: VisitId): readonly VisitId[] {
  const into = intoOf.get(visitId)
  return into === undefined ? [visitId] : [visitId, ...chainOf(intoOf, into)]
}
