import type { DrawnFor } from '@dual-random/draw'
import type { Clock } from '@dual-random/kernel'
import { comparable, type DrawnList, type DrawnObject, identityOf, type ListEntry, oneAbove } from '../domain/list-comparison.ts'
import { proposeMatch } from '../domain/list-match.ts'
import type { RegionGroup } from '../domain/sharing.ts'
import type { DrawnLists, FindGroups, ListMatches } from './ports.ts'

export interface ComparisonPorts {
  /** The lists that a draw's line and batch make, one per city that takes part and of a redraw one, without their objects. */
  readonly describeLists: (draw: ListedDraw) => Promise<readonly DrawnList[]>
  /** Whether policy of a region has the lists of that day compared. */
  readonly comparesLists: (regionCode: string, date: string) => Promise<boolean>
  /** The drawn objects of a region, some at a time. */
  readonly drawnObjects: (drawId: string, regionCode: string) => AsyncIterable<readonly DrawnObject[]>
  readonly findGroups: FindGroups
  readonly lists: DrawnLists
  readonly matches: ListMatches
  /** Key of identities and of match ids, kept outside the store. */
  readonly comparisonKey: Uint8Array
  readonly clock: Clock
}

export type ListedDraw = DrawnFor & {
  readonly drawId: string
  readonly regionCode: string
  readonly batch: number
  /** A redraw is of one city, also where its line has several. */
  readonly isRedraw: boolean
}

/**
 * Gathers the list of a draw, of several cities each one's, and proposes a joint check of every object that another department's list names too (DRW-19, JNT-15). Of a list
 * only labels and keyed identities are kept; an object gets its name in a match, for the two departments that drew it (DRW-34). Each list is
 * written before others are looked for, so that of two at once one sees both.
 */
export async function compareDrawnLists(ports: ComparisonPorts, draw: ListedDraw): Promise<void> {
  for (const list of await ports.describeLists(draw)) {
    if (!(await ports.comparesLists(list.regionCode, list.window.start))) continue
    for await (const objects of ports.drawnObjects(list.drawId, list.regionCode)) await compareSome(ports, list, objects)
  }
}

async function compareSome(ports: ComparisonPorts, list: DrawnList, objects: readonly DrawnObject[]): Promise<void> {
  const { lists, matches, comparisonKey, clock } = ports
  const entries = objects.map(
    (object): ListEntry => ({
      drawId: list.drawId,
      listId: list.listId,
      label: object.label,
      identity: identityOf(comparisonKey, list.year, object),
    }),
  )
  await lists.add(list, entries)
  const elsewhere = (await lists.find(entries.map(({ identity }) => identity))).filter(({ drawId }) => drawId !== list.drawId)
  const others = await comparableLists(ports, list, [...new Set(elsewhere.map(({ listId }) => listId))])
  const byIdentity = Map.groupBy(elsewhere, ({ identity }) => identity)
  const found = entries.flatMap((entry, index) => {
    const object = objects[index]
    if (object === undefined) return []
    return (byIdentity.get(entry.identity) ?? []).flatMap((their) => {
      const other = others.get(their.listId)
      if (other === undefined) return []
      const { code, name } = object
      return proposeMatch(comparisonKey, { code, name }, { list, entry }, { list: other, entry: their }, clock())
    })
  })
  for (const match of found) await matches.propose(match)
}

/** Those of the lists that this one is compared with, by id. */
async function comparableLists(
  { lists, findGroups, clock }: ComparisonPorts,
  list: DrawnList,
  listIds: readonly string[],
): Promise<ReadonlyMap<string, DrawnList>> {
  const others = await lists.getMany(listIds)
  const now = clock()
  const groupsOf = (regionCode: string): Promise<readonly RegionGroup[]> => findGroups(regionCode, now)
  const chosen = new Map<string, DrawnList>()
  for (const [listId, other] of others) {
    const apart = !oneAbove(list.regionCode, other.regionCode)
    const groups = apart ? { one: await groupsOf(list.regionCode), other: await groupsOf(other.regionCode) } : { one: [], other: [] }
    if (comparable(list, other, groups)) chosen.set(listId, other)
  }
  return chosen
}
