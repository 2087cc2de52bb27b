import type { MatchedObject, MatchInput } from '@dual-random/draw'

/** How many objects a draw assigned to each inspector: what later draws of the year start from. */
export interface MatchLoad {
  readonly inspectorId: string
  readonly objects: number
}

/** Objects assigned per inspector, in the order of the ids. */
export function loadsOf(inputs: readonly MatchInput[], matches: readonly MatchedObject[]): readonly MatchLoad[] {
  const ids = new Map(inputs.flatMap(({ inspectors }) => inspectors.map(({ label, id }) => [label, id])))
  const counts = new Map<string, number>()
  for (const member of matches.flatMap(({ teams }) => teams.flatMap(({ members }) => members))) {
    const id = ids.get(member)
    if (id === undefined) throw new Error(`inspector ${member} stands in no input`)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return [...counts].map(([inspectorId, objects]) => ({ inspectorId, objects })).sort((a, b) => (a.inspectorId < b.inspectorId ? -1 : 1))
}

export function sumLoads(all: readonly (readonly MatchLoad[])[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { inspectorId, objects } of all.flat()) sums.set(inspectorId, (sums.get(inspectorId) ?? 0) + objects)
  return sums
}

/** Drawn objects that lack the full team of at least one unit (DRW-15). */
export const shortOfTeam = (matches: readonly MatchedObject[]): number => matches.filter(({ shortages }) => shortages.length > 0).length

/** A drawn object with its teams, at its place in the drawing order. */
export interface Assignment extends Pick<MatchedObject, 'stratum' | 'teams' | 'leader'> {
  readonly position: number
  readonly label: string
}

/** The matches in the order in which the objects are to be checked (DRW-16, DRW-17). */
export function assignmentsInOrder(order: readonly string[], matches: readonly MatchedObject[]): readonly Assignment[] {
  const byLabel = new Map(matches.map((match) => [match.object, match]))
  return order.map((label, index) => {
    const match = byLabel.get(label)
    if (match === undefined) throw new Error(`no match for drawn label ${label}`)
    return { position: index + 1, label, stratum: match.stratum, teams: match.teams, leader: match.leader }
  })
}
