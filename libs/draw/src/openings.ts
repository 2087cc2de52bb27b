import { toHex } from '@dual-random/kernel'
import { type DrawHash, digestBytes } from './hash.ts'
import { type BlindedEntity, labelOf } from './labels.ts'
import { pathOfLeaf, rootOfPath } from './merkle.ts'
import { ndjson } from './ndjson.ts'
import { compareText } from './order.ts'
import { type RosterEntry, rosterLeaf, rosterTree } from './roster.ts'
import { labelsOf, type Snapshot } from './snapshot.ts'

/** What shows one object its own place in the mapped set (rule 11): given to that object alone. */
export type ObjectOpening = {
  readonly type: 'dual-random/opening/v1'
  readonly drawId: string
  /** Whose roster it stands in, where several cities draw together; absent elsewhere. */
  readonly regionCode?: string
  readonly id: string
  readonly salt: string
  readonly label: string
  readonly stratum: string
  /** Leaf number from 0 and size of the tree, with the sibling hashes in hex, the leaf's first. */
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
}

/** Where a member of the mapped set stands in the tree of its roster: the path's hashes from the leaf upward. */
export interface RosterPlace {
  readonly stratum: string
  readonly index: number
  readonly size: number
  readonly path: readonly Uint8Array[]
}

/** The opening of one member, from its place in the tree. */
export function openingAt(
  drawId: string,
  { id, label, salt }: BlindedEntity,
  { stratum, index, size, path }: RosterPlace,
  /** In a draw of several cities, whose roster this is. */
  regionCode?: string,
): ObjectOpening {
  const ofCity = regionCode === undefined ? {} : { regionCode }
  return { type: 'dual-random/opening/v1', drawId, ...ofCity, id, salt, label, stratum, index, size, path: path.map(toHex) }
}

/** Opens members of one snapshot whose roster is in memory; the tree is built once. Undefined for a label outside the mapped set. */
export function objectOpener(
  hash: DrawHash,
  drawId: string,
  sorted: readonly RosterEntry[],
  /** In a draw of several cities, whose roster this is. */
  regionCode?: string,
): (entity: BlindedEntity) => ObjectOpening | undefined {
  const tree = rosterTree(hash, sorted)
  const places = new Map(sorted.map((entry, index) => [entry.label, { index, stratum: entry.stratum }]))
  return (entity) => {
    const place = places.get(entity.label)
    if (place === undefined) return undefined
    return openingAt(drawId, entity, { ...place, size: sorted.length, path: pathOfLeaf(tree, place.index) }, regionCode)
  }
}

/** Whether an opening leads from its id to the root that registry signed. */
export function opensTo(hash: DrawHash, snapshot: Snapshot, opening: ObjectOpening): boolean {
  const { drawId, id, salt, label, stratum, index, size, path } = opening
  if (drawId !== snapshot.drawId || label !== labelOf(hash, 'object', labelsOf(snapshot), salt, id)) return false
  const mapped = snapshot.strata.reduce((sum, one) => sum + one.mapped, 0)
  const root = rootOfPath(hash, rosterLeaf(label, stratum), index, size, path.map(digestBytes))
  return size === mapped && root !== undefined && toHex(root) === snapshot.root
}

/** A drawn object as the public learns of it after its visit: `salt` is s′ under `drawn-set` and s under `full`. */
export type PublicOpeningLine = { readonly id: string; readonly salt: string }

/** The openings file: those opened so far, in the byte order of their ids. */
export const publicOpeningsText = (lines: readonly PublicOpeningLine[]): string =>
  ndjson([...lines].sort((a, b) => compareText(a.id, b.id)).map(({ id, salt }) => ({ id, salt })))
