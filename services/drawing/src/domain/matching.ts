import { compareText, type MatchedObject, type MatchInput } from '@dual-random/draw'
import type { DrawId, RegionCode } from '@dual-random/kernel'
import type { FreezeRequest } from './draw.ts'
import { taskDrawOf } from './redraw.ts'

/** How many objects a draw assigned to each inspector: what later draws of the year start from. */
export interface MatchLoad {
  readonly inspectorId: string
  readonly objects: number
}

/** Objects assigned per inspector, in the order of the ids. */
export function loadsOf(inputs: readonly MatchInput[], matches: readonly MatchedObject[]): readonly MatchLoad[] {
  const ids = new Map(inputs.flatMap(({ inspectors }) => inspectors.map(({ label, id }) => [label, id])))
  const counts = new Map<string, number>()
  const kept = keptMembers(inputs)
  const assigned = matches.flatMap(({ object, teams }) =>
    teams.flatMap(({ unitId, members }) => members.filter((member) => kept.get(`${unitId} ${object}`)?.includes(member) !== true)),
  )
  for (const member of assigned) {
    const id = ids.get(member)
    if (id === undefined) throw new Error(`inspector ${member} stands in no input`)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return [...counts].map(([inspectorId, objects]) => ({ inspectorId, objects })).sort((a, b) => compareText(a.inspectorId, b.inspectorId))
}

/** Who stays in a team has the object among its load already: by unit and object, in a re-match alone. */
const keptMembers = (inputs: readonly MatchInput[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    inputs.flatMap(({ rematch, unitId, objects }) =>
      rematch === true ? objects.map(({ label, kept = [] }) => [`${unitId} ${label}`, kept] as const) : [],
    ),
  )

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
  /** Which check batch it is in, from 1 (DRW-16); absent where all are in one. */
  readonly checkBatch?: number
  /** The draw that the object's tasks are of: in a re-match the one that drew it. */
  readonly taskDrawId: DrawId
  /** Of a draw of several cities: the object's own. */
  readonly regionCode?: RegionCode
}

/** The matches in the order in which the objects are to be checked, check batch by check batch (DRW-16). */
export function assignmentsInOrder(
  draw: Pick<FreezeRequest, 'drawId' | 'redraw'>,
  batches: readonly (readonly string[])[],
  matches: readonly MatchedObject[],
  regionOf: (label: string) => RegionCode | undefined = () => undefined,
): readonly Assignment[] {
  const byLabel = new Map(matches.map((match) => [match.object, match]))
  const order = batches.flatMap((labels, index) => labels.map((label) => ({ label, checkBatch: index + 1 })))
  return order.map(({ label, checkBatch }, index) => {
    const match = byLabel.get(label)
    if (match === undefined) throw new Error(`no match for drawn label ${label}`)
    const regionCode = regionOf(label)
    return {
      position: index + 1,
      label,
      ...(batches.length > 1 ? { checkBatch } : {}),
      stratum: match.stratum,
      teams: match.teams,
      leader: match.leader,
      taskDrawId: taskDrawOf(draw, label),
      ...(regionCode === undefined ? {} : { regionCode }),
    }
  })
}
