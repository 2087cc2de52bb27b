import { concatBytes } from '@dual-random/kernel'
import type { DrawHash } from './hash.ts'

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

const leafHash = (hash: DrawHash, leaf: Uint8Array): Uint8Array => hash.digest(concatBytes([leafPrefix, leaf]))

const nodeHash = (hash: DrawHash, left: Uint8Array, right: Uint8Array): Uint8Array => hash.digest(concatBytes([nodePrefix, left, right]))

/** Pairs neighbours and lifts an odd last one: level by level this is the tree of RFC 9162 §2.1.1. */
function levelAbove(hash: DrawHash, level: readonly Uint8Array[]): readonly Uint8Array[] {
  const above: Uint8Array[] = []
  for (let i = 0; i < level.length; i += 2) {
    const left = level[i] as Uint8Array
    const right = level[i + 1]
    above.push(right === undefined ? left : nodeHash(hash, left, right))
  }
  return above
}

/** A whole tree, leaf hashes first; the last level holds the root alone. Built once, it gives every path. */
export type MerkleTree = readonly (readonly Uint8Array[])[]

/** The tree of RFC 9162 §2.1.1 over leaf entries; over none it is the root H(""). */
export function merkleTree(hash: DrawHash, leaves: readonly Uint8Array[]): MerkleTree {
  let level: readonly Uint8Array[] = leaves.length === 0 ? [hash.digest(new Uint8Array(0))] : leaves.map((leaf) => leafHash(hash, leaf))
  const levels = [level]
  while (level.length > 1) {
    level = levelAbove(hash, level)
    levels.push(level)
  }
  return levels
}

export const rootOfTree = (tree: MerkleTree): Uint8Array => tree.at(-1)?.[0] as Uint8Array

/** Inclusion path of RFC 9162 §2.1.3.1, the leaf's sibling first. */
export function pathOfLeaf(tree: MerkleTree, index: number): readonly Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= (tree[0]?.length ?? 0)) throw new Error(`no leaf ${index} in the tree`)
  // The root, alone in its level, has no sibling.
  return tree.flatMap((level, depth) => level[(index >>> depth) ^ 1] ?? [])
}

/** The root that a leaf, its index and its path lead to (RFC 9162 §2.1.3.2); undefined when the path has a wrong length. */
export function rootOfPath(
  hash: DrawHash,
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!Number.isInteger(index) || !Number.isInteger(size) || index < 0 || index >= size) return undefined
  let node = leafHash(hash, leaf)
  let used = 0
  for (let at = index, last = size - 1; last > 0; at >>>= 1, last >>>= 1) {
    if (at === last && at % 2 === 0) continue
    const sibling = path[used++]
    if (sibling === undefined) return undefined
    node = at % 2 === 0 ? nodeHash(hash, node, sibling) : nodeHash(hash, sibling, node)
  }
  return used === path.length ? node : undefined
}
