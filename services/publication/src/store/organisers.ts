import type { UnitId } from '@dual-random/kernel'
import { type Projection, projection, type Store } from '@dual-random/mongo'
import type { OrganiserOf } from '../app/ports.ts'

export interface DrawCopy {
  readonly unitId: UnitId
}

/** Which unit organised each draw, copied from the draws' own events. */
export const drawCopies = (store: Store): Projection<DrawCopy> => projection<DrawCopy>(store, { collection: 'draws', indexes: [] })

export const organisersOf =
  (draws: Projection<DrawCopy>): OrganiserOf =>
  async (drawId) =>
    (await draws.get(drawId))?.unitId
