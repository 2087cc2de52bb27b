import { toHex } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { sha256Hash } from '../tests/node-hash.ts'
import { merkleTree, pathOfLeaf, rootOfPath, rootOfTree } from './merkle.ts'

const leaves = Array.from({ length: 13 }, (_, index) => Uint8Array.of(index))
const treeOf = (size: number) => merkleTree(sha256Hash, leaves.slice(0, size))
const leafAt = (index: number): Uint8Array => leaves[index] as Uint8Array
const rootHex = (root: Uint8Array | undefined): string | undefined => (root === undefined ? undefined : toHex(root))

describe('a Merkle tree', () => {
  it('DRW-31 leads from every leaf to its root, and from its place alone', () => {
    for (let size = 1; size <= leaves.length; size += 1) {
      const tree = treeOf(size)
      const root = toHex(rootOfTree(tree))
      for (let index = 0; index < size; index += 1) {
        const path = pathOfLeaf(tree, index)
        const led = (at: number, of = size, by = path) => rootHex(rootOfPath(sha256Hash, leafAt(index), at, of, by))
        expect(led(index)).toBe(root)
        const places = Array.from({ length: size }, (_, at) => at)
        expect(places.filter((at) => led(at) === root)).toEqual([index])
        // A path with a step too few or too many leads nowhere at all.
        expect(led(index, size, [...path, leafAt(0)])).toBeUndefined()
        expect(path.map((_, step) => led(index, size, path.slice(step + 1)))).toEqual(path.map(() => undefined))
      }
    }
  })

  it('DRW-31 has no path from where no leaf is', () => {
    const tree = treeOf(5)
    for (const index of [-1, 5, 0.5, Number.NaN]) expect(() => pathOfLeaf(tree, index)).toThrow('no leaf')
    expect(() => pathOfLeaf([], 0)).toThrow('no leaf')
    expect([0, 4].map((index) => pathOfLeaf(tree, index).length)).toEqual([3, 1])
    const path = pathOfLeaf(tree, 4)
    for (const [index, size] of [
      [-1, 5],
      [5, 5],
      [0.5, 5],
      [4, 4.5],
      [0, 0],
    ] as const)
      expect(rootOfPath(sha256Hash, leafAt(4), index, size, path)).toBeUndefined()
    expect(rootOfPath(sha256Hash, leafAt(0), 0, 0, [])).toBeUndefined()
    expect(rootOfPath(sha256Hash, leafAt(0), 0, 0.5, [])).toBeUndefined()
    expect(rootOfPath(sha256Hash, leafAt(0), -1, 1, [])).toBeUndefined()
  })
})
