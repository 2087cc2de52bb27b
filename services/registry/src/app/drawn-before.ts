import { appError } from '@dual-random/errors'
import { labelSearch } from './draw-files.ts'
import { findFrozen } from './frozen-id.ts'
import type { Blobs, FrozenDraws, Sealer } from './ports.ts'
import type { DrawnBefore } from './repeat-bar.ts'

/** The labels drawn in an earlier draw of the year. */
export interface DrawnEarlier {
  readonly drawId: string
  /** Of a draw of several cities: in whose roster the labels stand. */
  readonly regionCode?: string
  readonly labels: readonly string[]
}

/** Which objects were drawn before, by object id; of several draws the one with the smallest id is named. */
export async function drawnBefore(
  draws: FrozenDraws,
  blobs: Blobs,
  sealer: Sealer,
  earlier: readonly DrawnEarlier[],
): Promise<ReadonlyMap<string, DrawnBefore>> {
  const found = new Map<string, DrawnBefore>()
  for (const { drawId, regionCode, labels } of [...earlier].sort((a, b) => (a.drawId < b.drawId ? -1 : 1))) {
    const draw = await findFrozen(draws, drawId, regionCode)
    if (draw === undefined) throw unknownDraw(drawId)
    const search = await labelSearch(blobs, sealer, draw)
    for (const label of labels) {
      const objectId = search(label)
      if (objectId === undefined) throw appError('invalid', 'label-unknown', { meta: { drawId, label } })
      if (!found.has(objectId)) found.set(objectId, { drawId, label, regionCode: draw.regionCode, asOf: draw.asOf })
    }
  }
  return found
}

export const unknownDraw = (id: string) => appError('not-found', 'not-found', { meta: { what: '冻结名单', id } })
