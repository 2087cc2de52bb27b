import { appError } from '@dual-random/errors'
import type { Instant } from '@dual-random/kernel'
import { versionAt } from '../domain/versions.ts'
import { labelSearch } from './draw-files.ts'
import type { DrawnEarlier } from './drawn-before.ts'
import { drawIdOf } from './frozen-id.ts'
import type { Blobs, FrozenDraw, ObjectPool, Sealer } from './ports.ts'

export interface CountDrawnDeps {
  readonly objects: ObjectPool
  readonly blobs: Blobs
  readonly sealer: Sealer
}

/** A frozen draw with the labels drawn of it. */
export interface DrawnOf {
  readonly draw: FrozenDraw
  readonly labels: DrawnEarlier['labels']
}

const batchSize = 1000

/**
 * How many enterprises stand behind the labels of draws, each once however often it was drawn (CRD-08). What was an enterprise at the snapshot
 * of any of the draws is one: other objects are drawn as well, and no share of enterprises.
 */
export async function countDrawnEnterprises({ objects, blobs, sealer }: CountDrawnDeps, drawn: readonly DrawnOf[]): Promise<number> {
  const snapshots = new Map<string, Instant[]>()
  for (const { draw, labels } of drawn) {
    const search = await labelSearch(blobs, sealer, draw)
    for (const label of labels) {
      const objectId = search(label)
      if (objectId === undefined) throw appError('invalid', 'label-unknown', { meta: { drawId: drawIdOf(draw), label } })
      snapshots.set(objectId, [...(snapshots.get(objectId) ?? []), draw.asOf])
    }
  }
  const ids = [...snapshots.keys()]
  let enterprises = 0
  for (let start = 0; start < ids.length; start += batchSize) {
    const found = await objects.loadMany(ids.slice(start, start + batchSize))
    for (const [objectId, { state }] of found) {
      const kinds = (snapshots.get(objectId) ?? []).map((asOf) => versionAt(state.timeline, asOf)?.content.kind)
      if (kinds.includes('ENTERPRISE')) enterprises++
    }
  }
  return enterprises
}
