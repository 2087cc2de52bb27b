import type { MerkleTree } from '@dual-random/draw'

/** Bytes of a node: each hash there is has 32. */
export const nodeBytes = 32

/** The nodes of a tree one behind another, leaf hashes first, the root last: a path of it is some reads of 32 bytes, however large the tree. */
export function writeNodes(tree: MerkleTree): Uint8Array {
  const bytes = new Uint8Array(tree.reduce((sum, level) => sum + level.length, 0) * nodeBytes)
  let at = 0
  for (const node of tree.flat()) {
    bytes.set(node, at)
    at += nodeBytes
  }
  return bytes
}

/** At which bytes of `writeNodes` the siblings of a leaf's path begin, the leaf's own first; level by level as `merkleTree` builds it. */
export function pathPlaces(index: number, size: number): readonly number[] {
  const places: number[] = []
  let begin = 0
  for (let at = index, width = size; width > 1; at >>>= 1, width = Math.ceil(width / 2)) {
    const sibling = at ^ 1
    if (sibling < width) places.push((begin + sibling) * nodeBytes)
    begin += width
  }
  return places
}
