import type { FrozenDraw, FrozenDraws } from './ports.ts'

/**
 * What a freeze is kept under, its K with it: the draw's id; of another city's part in a draw of several, that and the city, as each city
 * freezes its own pool under a K of its own (docs/draw-protocol.md §23).
 */
export const frozenIdOf = (drawId: string, regionCode: string, organiserRegionCode = regionCode): string =>
  regionCode === organiserRegionCode ? drawId : `${drawId}-${regionCode}`

/** The draw that a freeze belongs to. */
export const drawIdOf = ({ id, jointDrawId }: FrozenDraw): string => jointDrawId ?? id

/** What its K is kept under. */
export const keyIdOf = ({ id, labelsOf, parentId }: FrozenDraw): string => parentId ?? labelsOf ?? id

/** The draw whose id its labels are formed with. */
export const labelDrawOf = (draw: FrozenDraw): string => draw.labelsOf ?? drawIdOf(draw)

/** The freeze of a city, however many take part; of the organiser's where none is named. */
export async function findFrozen(draws: Pick<FrozenDraws, 'get'>, drawId: string, regionCode?: string): Promise<FrozenDraw | undefined> {
  const organisers = await draws.get(drawId)
  if (regionCode === undefined || organisers?.regionCode === regionCode) return organisers
  return draws.get(`${drawId}-${regionCode}`)
}
