import { type Projection, projection, type Store } from '@dual-random/mongo'
import type { DrawCopy, OrganiserOf } from '../app/ports.ts'

/** Which unit organised each draw, copied from the draws' own events and what planning says of their lines. */
export const drawCopies = (store: Store): Projection<DrawCopy> => projection<DrawCopy>(store, { collection: 'draws', indexes: [] })

export const organisersOf =
  (draws: Projection<DrawCopy>): OrganiserOf =>
  async (drawId, regionCode) => {
    const draw = await draws.get(drawId)
    return draw?.cities?.find((city) => city.regionCode === regionCode)?.unitId ?? draw?.unitId
  }
