import { appError } from '@dual-random/errors'
import type { EarlierTasks } from '../domain/earlier-task.ts'
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
  /** Of a joint check; absent where it is none, and of draws whose line was kept without saying. */
  readonly joint?: true
  /** How its tasks are numbered; absent where that is not known, or it made none. */
  readonly tasks?: EarlierTasks
}

/** What was drawn before, by object id: of each object every draw, the earliest snapshot first. */
export async function drawnBefore(
  draws: FrozenDraws,
  blobs: Blobs,
  sealer: Sealer,
  earlier: readonly DrawnEarlier[],
): Promise<ReadonlyMap<string, readonly DrawnBefore[]>> {
  const frozen = await Promise.all(
    earlier.map(async (told) => {
      const draw = await findFrozen(draws, told.drawId, told.regionCode)
      if (draw === undefined) throw unknownDraw(told.drawId)
      return { told, draw }
    }),
  )
  const found = new Map<string, DrawnBefore[]>()
  for (const { told, draw } of frozen.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))) {
    const { drawId, joint = false, tasks } = told
    const search = await labelSearch(blobs, sealer, draw)
    for (const [index, label] of told.labels.entries()) {
      const objectId = search(label)
      if (objectId === undefined) throw appError('invalid', 'label-unknown', { meta: { drawId, label } })
      const position = tasks?.positions[index]
      const task = tasks === undefined || position === undefined ? {} : { task: { tasks, position } }
      found.set(objectId, [...(found.get(objectId) ?? []), { drawId, label, joint, mapping: draw, ...task }])
    }
  }
  return found
}

const orderOf = ({ told, draw }: { readonly told: DrawnEarlier; readonly draw: { readonly asOf: string } }): string =>
  `${draw.asOf} ${told.drawId}`

export const unknownDraw = (id: string) => appError('not-found', 'not-found', { meta: { what: '冻结名单', id } })
