import { type Standing, standingIn } from '../domain/pool-flows.ts'
import type { PoolDeps } from './classified-members.ts'
import { type ComparisonAsked, poolComparison } from './compare-pools.ts'
import type { Page } from './ports.ts'

/** An object with the grade in which a draw could reach it at either instant; absent where none could. */
export interface MovedObject {
  readonly objectId: string
  readonly from?: string
  readonly to?: string
}

export interface MovedAsked extends Omit<ComparisonAsked, 'sets'> {
  readonly set: ComparisonAsked['sets'][number]
  /** Whose pools are looked at. */
  readonly unitIds: readonly string[]
}

/** Who stands in another stratum than before, came or left (CRD-11): a page in order of the ids. Of all that moved never more than twice a page is held. */
export async function movedObjects(
  deps: PoolDeps,
  { set, unitIds, ...asked }: MovedAsked,
  { limit, after }: Page,
): Promise<readonly MovedObject[]> {
  const { setsBefore, setsNow, compared } = await poolComparison(deps, { ...asked, sets: [set] }, unitIds)
  const [before, now] = [setsBefore[0], setsNow[0]]
  if (before === undefined || now === undefined) throw new Error('one set was read as none')
  let found: readonly MovedObject[] = []
  for await (const objects of compared()) {
    const moved = objects.flatMap(({ objectId, ...passed }): readonly MovedObject[] => {
      if (after !== undefined && objectId <= after) return []
      const [from, to] = [drawnIn(standingIn(before, passed.from)), drawnIn(standingIn(now, passed.to))]
      return from === to ? [] : [{ objectId, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }]
    })
    if (moved.length > 0) found = [...found, ...moved].toSorted((a, b) => (a.objectId < b.objectId ? -1 : 1)).slice(0, limit)
  }
  return found
}

const drawnIn = (standing: Standing | undefined): string | undefined => (standing?.active === true ? standing.grade : undefined)
