import { merkleTree, pathOfLeaf } from '@dual-random/draw'
import { toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { nodeBytes, pathPlaces, writeNodes } from './tree-nodes.ts'

const hash = { name: 'sha256', digest: sha256 } as const

describe('the nodes of a tree in a file', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17])('DRW-34 have the path of every leaf of a tree of %i', (size) => {
    const tree = merkleTree(
      hash,
      Array.from({ length: size }, (_, index) => utf8(`leaf ${index}`)),
    )
    const file = writeNodes(tree)
    for (let index = 0; index < size; index++) {
      const path = pathPlaces(index, size).map((begin) => toHex(file.subarray(begin, begin + nodeBytes)))
      expect(path).toEqual(pathOfLeaf(tree, index).map(toHex))
    }
  })
})
